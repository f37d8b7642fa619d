"""Every operation, by nobody and by a stranger, with every foreign id in path, query and body; listed by OpenAPI."""

import itertools
import re
import uuid
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.support import Api, make_app

pytestmark = pytest.mark.thorough

# Every field of a body that names an object stands in at least one of the operation's bodies.
BODIES: dict[str, list[dict[str, Any]]] = {
    "create_todo": [
        {"title": "x", "list_id": "{list}"},
        {"title": "x", "parent_id": "{todo}"},
        {"title": "x", "label_ids": ["{label}"]},
    ],
    "update_todo": [{"title": "x", "label_ids": ["{label}"]}],
    "preview_recurrence": [{"recurrence": {"unit": "week"}, "due": {"date": "2026-03-30"}}],
    "move_todo": [
        {"list_id": "{list}"},
        {"parent_id": "{neighbour}"},
        {"before": "{neighbour}"},
        {"after": "{neighbour}"},
    ],
    "create_reminder": [{"minutes_before": 10}],
    "update_reminder": [{"minutes_before": 20}],
    "snooze_reminder": [{"until": "2199-01-01T00:00:00Z"}],
    "create_list": [{"name": "x"}],
    "update_list": [{"name": "x"}],
    "move_list": [{"before": "{other_list}"}, {"after": "{other_list}"}],
    "create_label": [{"name": "x"}],
    "update_label": [{"name": "x"}],
    "merge_label": [{"into": "{other_label}"}],
}
# What a parameter of this name may be given: each of these objects of a user.
NAMED: dict[str, tuple[str, ...]] = {
    "todo_id": ("todo", "subtask", "trashed_todo", "recurring_todo"),
    "list_id": ("list", "archived_list", "trashed_list"),
    "label_id": ("label",),
    "reminder_id": ("reminder",),
    "space": ("space",),
    "list": ("list", "archived_list", "trashed_list"),
    "parent": ("todo", "subtask", "trashed_todo"),
    "label": ("label", "other_label"),
    "label.all": ("label", "other_label"),
    "label.not": ("label", "other_label"),
    "to": ("list", "archived_list", "trashed_list"),
}
# Parameters that leave out what has to do with the object.
EXCLUDING = {"label.not"}
# Parameters that make sense only together with another.
COMPANIONS = {"to": {"todos": "move"}}
# Operations that succeed on a certain object only.
PLACES = {
    "restore_todo": {"todo_id": "trashed_todo"},
    "restore_list": {"list_id": "trashed_list"},
    "skip_todo": {"todo_id": "recurring_todo"},
    "undo_todo": {"todo_id": "recurring_todo"},
}


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any] | None
    """The JSON schema of the body."""

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET" or self.name.startswith("preview_")

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def id_parameters(self) -> list[str]:
        """The names of the query parameters that take ids."""
        return [
            one["name"] for one in self.parameters if one["in"] == "query" and '"uuid"' in str(one).replace("'", '"')
        ]

    @property
    def bodies(self) -> list[dict[str, Any] | None]:
        return [None] if self.body is None else [*BODIES[self.name]]


def read_operations() -> list[Operation]:
    """Return every operation of the API, so that a new one is tested without being named here."""
    document = make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")).openapi()
    schemas = document["components"]["schemas"]
    found = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            found.append(
                Operation(
                    operation["operationId"].removeprefix("todo_kit_"),
                    method.upper(),
                    path.removeprefix("/api"),
                    tuple(operation["parameters"]),
                    schemas[body["$ref"].rpartition("/")[2]] if body else None,
                )
            )
    return found


OPERATIONS = read_operations()
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


@dataclass(frozen=True)
class Request:
    """A request in which one object is foreign, or none."""

    path: str
    params: dict[str, str]
    body: Any


def fill(template: Any, ids: dict[str, str]) -> Any:
    if isinstance(template, dict):
        return {name: fill(value, ids) for name, value in template.items()}
    if isinstance(template, list):
        return [fill(value, ids) for value in template]
    return template.format(**ids) if isinstance(template, str) else template


def own_path(operation: Operation, own: dict[str, str]) -> dict[str, str]:
    places = PLACES.get(operation.name, {})
    return {name: own[places.get(name, NAMED[name][0])] for name in operation.path_names}


def foreign_requests(operation: Operation, own: dict[str, str], foreign: dict[str, str]) -> list[Request]:
    """Return the requests of a stranger that name one object of somebody else, everything else being the stranger's."""
    valid = own_path(operation, own)
    made = []
    for name in operation.path_names:
        for kind, body in itertools.product(NAMED[name], operation.bodies):
            path = operation.path.format(**{**valid, name: foreign[kind]})
            made.append(Request(path, {}, fill(body, own)))
    for name in operation.id_parameters:
        for kind, body in itertools.product(NAMED[name], operation.bodies):
            params = {name: foreign[kind], **COMPANIONS.get(name, {})}
            made.append(Request(operation.path.format(**valid), params, fill(body, own)))
    naming = [body for body in operation.bodies if fill(body, own) != body]
    return [*made, *(Request(operation.path.format(**valid), {}, fill(body, foreign)) for body in naming)]


async def make_things(api: Api) -> dict[str, str]:
    """Make one of each thing that an operation can name, and return their ids."""
    # The name of a label is unique in its space, which may hold the things of several users.
    label, other_label = await api.label(f"secret {uuid.uuid4().hex}"), await api.label(f"secret {uuid.uuid4().hex}")
    home, other_list = await api.list("secret"), await api.list("secret too")
    archived_list, trashed_list = await api.list("secret three"), await api.list("secret four")
    todo = await api.todo("secret", list_id=home["id"], label_ids=[label["id"]], extra={"secret": True})
    things = {
        "label": label,
        "other_label": other_label,
        "list": home,
        "other_list": other_list,
        "archived_list": archived_list,
        "trashed_list": trashed_list,
        "todo": todo,
        "neighbour": await api.todo("secret", list_id=home["id"]),
        "subtask": await api.todo("secret", parent_id=todo["id"]),
        "trashed_todo": await api.todo("secret"),
        "recurring_todo": await api.todo("secret", due={"date": "2026-03-30"}, recurrence={"unit": "week"}),
        "reminder": await api.post(f"/todos/{todo['id']}/reminders", {"minutes_before": 15}),
        "space": await api.get("/spaces/current"),
    }
    await api.post(f"/lists/{archived_list['id']}/archive")
    await api.delete(f"/lists/{trashed_list['id']}")
    await api.delete(f"/todos/{things['trashed_todo']['id']}")
    await api.post(f"/todos/{things['recurring_todo']['id']}/complete")
    return {name: one["id"] for name, one in things.items()}


async def everything(api: Api) -> list[Any]:
    """Return all that there is in a user's space, with the number of its last change."""
    paths = (
        "/todos?limit=200",
        "/lists?archived=any&counts=true",
        "/labels",
        "/trash",
        "/reminders",
        "/spaces/current",
    )
    return [(await api.send("GET", path)).json() for path in paths]


async def send(api: Api, operation: Operation, request: Request) -> httpx2.Response:
    return await api.send(operation.method, request.path, request.body, params=request.params)


def without_request_id(response: httpx2.Response) -> tuple[Any, ...]:
    """Return what a client gets to know from a response, but for the id of its own request."""
    body = {name: value for name, value in response.json().items() if name != "request_id"}
    return response.status_code, response.headers, body


def test_there_is_a_body_for_each_operation_that_takes_one() -> None:
    assert {operation.name for operation in OPERATIONS if operation.body is not None} == set(BODIES)


@each_operation
def test_every_field_that_names_an_object_is_tried(operation: Operation) -> None:
    fields = (operation.body or {}).get("properties", {})
    ids = {name for name, schema in fields.items() if "'uuid'" in str(schema)} - {"id"}

    assert ids <= {name for body in BODIES.get(operation.name, []) for name in body}


@each_operation
def test_every_parameter_that_names_an_object_is_tried(operation: Operation) -> None:
    assert "space" in operation.id_parameters
    assert {*operation.path_names, *operation.id_parameters} <= set(NAMED)


async def test_nobody_may_do_anything_without_saying_who_he_is(api: Api) -> None:
    owned = await make_things(api)
    before = await everything(api)

    answers = {}
    for operation in OPERATIONS:
        for body in operation.bodies:
            path = operation.path.format(**own_path(operation, owned))
            response = await api.client.request(operation.method, path, json=fill(body, owned))
            answers[operation.name] = (response.status_code, response.json()["code"])

    assert set(answers.values()) == {(401, "unauthorized")}, answers
    assert await everything(api) == before


def finds_nothing(request: Request, answer: httpx2.Response) -> bool:
    """Whether a page holds nothing, or what it holds wherever there is no such object."""
    if answer.status_code != 200:
        return False
    return answer.json().get("items") == [] or bool(EXCLUDING & request.params.keys())


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
    valid = Request(operation.path.format(**own_path(operation, own)), {}, fill(operation.bodies[0], own))
    assert (await send(stranger, operation, valid)).is_success


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
