"""Every operation, by nobody and by a stranger, with every foreign id in path, query and body."""

import uuid
from typing import Any

import pytest

from fastapi_todo_kit.testing.examples import BODIES, FILTERS, GIVEN, THINGS, filled, named_in
from tests.house.operations import (
    OPERATIONS,
    Operation,
    each_operation,
    everything,
    finds_nothing,
    foreign_requests,
    make_things,
    own_path,
    own_requests,
    send,
    without_request_id,
)
from tests.support import Api

pytestmark = pytest.mark.thorough


def test_there_is_a_body_for_each_operation_that_takes_one() -> None:
    assert {operation.name for operation in OPERATIONS.values() if operation.body is not None} == set(BODIES)


@each_operation
def test_every_field_that_names_an_object_is_tried(operation: Operation) -> None:
    fields = (operation.body or {}).get("properties", {})
    ids = {name for name, schema in fields.items() if "'uuid'" in str(schema)} - {"id"}

    assert ids <= {name for body in BODIES.get(operation.name, []) for name, value in body.items() if named_in(value)}


@each_operation
def test_every_parameter_that_names_an_object_is_tried(operation: Operation) -> None:
    assert "space" in operation.id_parameters
    assert set(operation.id_parameters) <= set(FILTERS)
    assert operation.places.keys() == set(operation.path_names)
    assert set(operation.places.values()) <= {*THINGS, *GIVEN}


async def test_nobody_may_do_anything_without_saying_who_he_is(api: Api) -> None:
    owned = await make_things(api)
    before = await everything(api)

    answers = {}
    for operation in OPERATIONS.values():
        for body in operation.bodies:
            path = operation.path.format(**own_path(operation, owned))
            response = await api.client.request(operation.method, path, json=filled(body, owned))
            answers[operation.name] = (response.status_code, response.json()["code"])

    assert set(answers.values()) == {(401, "unauthorized")}, answers
    assert await everything(api) == before


@each_operation
async def test_a_stranger_sees_and_changes_nothing(api: Api, operation: Operation) -> None:
    stranger = api.as_user()
    owned, own = await make_things(api), await make_things(stranger)
    nothing = {name: str(uuid.uuid4()) for name in owned}
    before, own_before = await everything(api), await everything(stranger)

    requests = zip(foreign_requests(operation, own, owned), foreign_requests(operation, own, nothing), strict=True)
    for foreign, missing in requests:
        answer, same = await send(stranger, operation, foreign), await send(stranger, operation, missing)
        assert answer.status_code == 404 or finds_nothing(foreign, answer), (foreign, answer.status_code, answer.text)
        assert without_request_id(answer) == without_request_id(same)

    assert await everything(api) == before
    assert await everything(stranger) == own_before
    assert (await send(stranger, operation, own_requests(operation, own)[0])).is_success


async def test_a_precondition_tells_a_stranger_nothing(api: Api) -> None:
    owned, stranger = await make_things(api), api.as_user()

    for path in (f"/todos/{owned['todo']}", f"/lists/{owned['list']}", f"/labels/{owned['label']}"):
        for header, method in (("If-None-Match", "GET"), ("If-Match", "DELETE"), ("If-Match", "PATCH")):
            for tag in ('"1"', '"99"', "*"):
                body: Any = {} if method == "PATCH" else None
                response = await stranger.send(method, path, body, headers={header: tag})
                assert response.status_code == 404


async def test_a_cursor_takes_a_stranger_nowhere(api: Api) -> None:
    await make_things(api)
    stranger = api.as_user()
    await make_things(stranger)

    for path in ("/todos", "/lists", "/labels", "/trash"):
        cursor = (await api.get(path, limit=1))["next_cursor"]
        assert (await stranger.get(path, 400, limit=1, cursor=cursor))["code"] == "invalid_cursor"


@pytest.mark.parametrize(("path", "body"), [("/todos", {"title": "x"}), ("/lists", {"name": "x"})])
async def test_an_id_that_somebody_else_uses_is_free(api: Api, path: str, body: dict[str, str]) -> None:
    owned, stranger = await make_things(api), api.as_user()
    before = await everything(api)

    for kind in ("todo", "trashed_todo", "list", "label"):
        created = await stranger.post(path, {**body, "id": owned[kind]}, 201)
        assert created["id"] == owned[kind]

    assert await everything(api) == before


async def test_search_and_filters_show_a_stranger_nothing(api: Api) -> None:
    await make_things(api)
    await api.todo("secret", links=[{"source": "billing", "type": "invoice", "id": "42"}])
    stranger = api.as_user()

    for query in ("q=secret", "link.type=invoice", "status=needs_action", "due.gte=2000-01-01", "sort=-title"):
        page = (await stranger.send("GET", f"/todos?count=exact&{query}")).json()
        assert (page["items"], page["count"], page["next_cursor"]) == ([], 0, None)
