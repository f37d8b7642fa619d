import asyncio
import uuid
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import Header
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, migrate, purge_trash
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough


async def tenant(x_tenant: Annotated[str | None, Header()] = None) -> str | None:
    return x_tenant


async def post(api: Api, path: str, body: Any = None, key: str = "key", **headers: str) -> httpx2.Response:
    return await api.send("POST", path, body, headers={"Idempotency-Key": key, **headers})


def told(response: httpx2.Response) -> tuple[Any, ...]:
    """Return what a client gets to know from a response."""
    names = ("etag", "location", "content-type", "content-length")
    return (response.status_code, response.content, *(response.headers.get(name) for name in names))


# What tests/house/test_idempotency.py does not ask: nothing is to be done, or it is asked for in another way.
VERBS = [
    ("/todos/{todo}/reopen", None),
    ("/todos/{recurring}/complete", None),
    ("/todos/{recurring}/skip?occurrence=2026-03-29", None),
    ("/todos/{todo}/move", {}),
    ("/lists/{list}/unarchive", None),
    ("/lists/{list}/move", {"after": "{other_list}"}),
]


async def make_scene(api: Api) -> dict[str, str]:
    """Make one of each thing and return their ids."""
    scene = {
        "todo": await api.todo(),
        "trashed_todo": await api.todo(),
        "recurring": await api.todo(due={"date": "2026-03-28"}, recurrence={"unit": "day"}),
        "list": await api.list(),
        "other_list": await api.list(),
        "trashed_list": await api.list(),
        "label": await api.label("a"),
        "other_label": await api.label("b"),
    }
    ids = {name: str(one["id"]) for name, one in scene.items()}
    await api.post(f"/todos/{ids['recurring']}/complete")
    await api.delete(f"/todos/{ids['trashed_todo']}")
    await api.delete(f"/lists/{ids['trashed_list']}")
    return ids


async def state(api: Api) -> list[Any]:
    """Return everything there is in a space, as a client sees it."""
    return [await api.get(path) for path in ("/todos", "/lists", "/labels", "/trash")]


@pytest.mark.parametrize(("path", "body"), VERBS)
async def test_a_repeated_request_gets_the_same_answer_and_changes_nothing(api: Api, path: str, body: Any) -> None:
    ids = await make_scene(api)
    path, body = path.format(**ids), body and {name: value.format(**ids) for name, value in body.items()}
    first = await post(api, path, body)
    before = await state(api)

    second = await post(api, path, body)

    assert first.is_success
    assert told(second) == told(first)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert await state(api) == before


async def test_the_answer_is_replayed_as_it_was(api: Api) -> None:
    first = await post(api, "/todos", {"title": "first"})
    await api.patch(f"/todos/{first.json()['id']}", {"title": "changed"})
    await api.delete(f"/todos/{first.json()['id']}")

    second = await post(api, "/todos", {"title": "first"})

    assert told(second) == told(first)
    assert await api.titles() == []


async def test_a_replayed_change_does_not_ask_for_its_precondition_again(api: Api) -> None:
    todo = await api.todo()
    path = f"/todos/{todo['id']}/complete"

    first = await post(api, path, **{"If-Match": '"1"'})
    second = await post(api, path, **{"If-Match": '"1"'})

    assert first.json()["version"] == 2
    assert told(second) == told(first)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/todos", {"title": "another"}),
        ("/todos", {"title": "x", "priority": 1}),
        ("/lists", {"name": "x"}),
        ("/todos?space={space}", {"title": "x"}),
        ("/todos/{todo}/complete", None),
    ],
)
async def test_a_key_that_was_used_for_another_request_is_refused(api: Api, path: str, body: Any) -> None:
    first = (await post(api, "/todos", {"title": "x"})).json()
    space = (await api.get("/spaces/current"))["id"]

    response = await post(api, path.format(todo=first["id"], space=space), body)

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert await api.get("/todos") == {"items": [first], "next_cursor": None}
    assert (await api.get("/lists"))["items"][0]["is_inbox"]


async def test_a_key_belongs_to_its_user(api: Api) -> None:
    other = api.as_user()

    answers = [await post(user, "/todos", {"title": "x"}) for user in (api, other)]

    assert len({answer.json()["id"] for answer in answers}) == 2
    assert await api.titles() == await other.titles() == ["x"]


async def test_a_key_belongs_to_its_user_in_a_shared_space_too(settings: TodoKitSettings) -> None:
    header = {"X-Tenant": uuid.uuid4().hex}
    async with running(make_app(settings, space=tenant)) as ann:
        bob = ann.as_user()

        answers = [await post(user, "/todos", {"title": "x"}, **header) for user in (ann, bob, ann)]

    ids = [answer.json()["id"] for answer in answers]
    assert ids[0] == ids[2] != ids[1]


async def test_a_key_belongs_to_its_space(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, space=tenant)) as api:
        shared = await post(api, "/todos", {"title": "x"}, **{"X-Tenant": uuid.uuid4().hex})
        own = await post(api, "/todos", {"title": "x"})

    assert shared.json()["id"] != own.json()["id"]
    assert "idempotency-replayed" not in own.headers


async def test_a_request_that_failed_can_be_tried_again_with_its_key(api: Api) -> None:
    label = await api.label("taken")
    failed = await post(api, "/labels", {"name": "Taken"})
    await api.delete(f"/labels/{label['id']}")

    again = await post(api, "/labels", {"name": "Taken"})

    assert (failed.status_code, again.status_code) == (409, 201)
    assert "idempotency-replayed" not in again.headers


async def test_a_request_that_failed_does_not_bind_its_key(api: Api) -> None:
    for path, body, status in (("/todos/x/complete", None, 404), ("/todos", {"title": ""}, 422), ("/todos", {}, 422)):
        assert (await post(api, path, body)).status_code == status

    assert (await post(api, "/todos", {"title": "x"})).status_code == 201


@pytest.mark.parametrize("writers", [2, 20])
async def test_concurrent_requests_with_one_key_make_one_object(api: Api, writers: int) -> None:
    answers = await asyncio.gather(*(post(api, "/todos", {"title": "once"}) for _ in range(writers)))

    assert {told(answer) for answer in answers} == {told(answers[0])}
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == writers - 1
    assert await api.titles() == ["once"]


async def test_answers_survive_a_restart(settings: TodoKitSettings) -> None:
    async with running(make_app(settings)) as before:
        first = await post(before, "/lists", {"name": "x"})

    async with running(make_app(settings), before.user) as after:
        second = await post(after, "/lists", {"name": "x"})

    assert told(second) == told(first)
    assert second.headers["idempotency-replayed"] == "true"


async def test_an_answer_expires(api: Api, clock: TestClock) -> None:
    first = await post(api, "/todos", {"title": "x"})
    clock.advance(hours=23, minutes=59)
    within = await post(api, "/todos", {"title": "x"})
    clock.advance(minutes=2)
    beyond = await post(api, "/todos", {"title": "y"})
    again = await post(api, "/todos", {"title": "y"})

    assert within.json()["id"] == first.json()["id"]
    assert beyond.status_code == 201
    assert again.json()["id"] == beyond.json()["id"]
    assert await api.titles() == ["x", "y"]


@pytest.fixture
async def fresh(request: pytest.FixtureRequest, database_url: str, tmp_path: Any) -> TodoKitSettings:
    """Settings of a database that no other test uses: a purge goes over all spaces."""
    if database_url.startswith("sqlite"):
        settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path}/fresh.db")
        await migrate(settings)
        return settings
    make = request.getfixturevalue("new_postgres")
    return TodoKitSettings(database_url=await asyncio.to_thread(make))


@pytest.mark.parametrize("with_trash", [True, False])
async def test_a_purge_forgets_old_answers(fresh: TodoKitSettings, *, with_trash: bool) -> None:
    clock = TestClock()
    async with running(make_app(fresh, clock=clock)) as api:
        if with_trash:
            await api.delete(f"/todos/{(await api.todo('old'))['id']}")
        await post(api, "/todos", {"title": "x"}, "old")
        clock.advance(days=31)
        await post(api, "/todos", {"title": "x"}, "new")

        await purge_trash(fresh, Host(clock=clock))

        assert await stored_keys(fresh) == ["new"]


async def stored_keys(settings: TodoKitSettings) -> list[str]:
    """Return the keys whose answers the database holds."""

    engine = create_async_engine(settings.database_url)
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT key FROM todokit_idempotency ORDER BY key"))).all()
    await engine.dispose()
    return [row.key for row in rows]


@pytest.mark.parametrize("key", [b"", b"x" * 256, b"\xe4", "ä".encode(), b"a\tb", b"\x7f"])
async def test_a_bad_key_is_invalid_input(api: Api, key: bytes) -> None:
    headers = [(b"Idempotency-Key", key), (b"X-User", api.user.encode())]

    response = await api.client.post("/todos", json={"title": "x"}, headers=headers)

    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"].lower() == "idempotency-key"
    assert await api.titles() == []


@pytest.mark.parametrize("key", ["x", "x" * 255, '"8e03978e-40d5-43dd-bc93-6894a57f9324"', "a b", "%_'\\;--"])
async def test_any_printable_key_will_do(api: Api, key: str) -> None:
    first, second = [await post(api, "/todos", {"title": "x"}, key) for _ in range(2)]

    assert (first.status_code, told(second)) == (201, told(first))


CHANGES = [
    ("PATCH", "/todos/{todo}", {"title": "x"}),
    ("PATCH", "/lists/{list}", {"name": "x"}),
    ("PATCH", "/labels/{label}", {"name": "x"}),
    ("PATCH", "/todos/{todo}/reminders/{reminder}", {"minutes_before": 20}),
    ("PUT", "/todos/{todo}/labels/{label}", None),
    ("DELETE", "/todos/{todo}/labels/{other_label}", None),
    ("DELETE", "/todos/{todo}", None),
    ("DELETE", "/lists/{list}", None),
    ("DELETE", "/labels/{label}", None),
    ("DELETE", "/todos/{todo}/reminders/{reminder}", None),
    ("DELETE", "/trash", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
@pytest.mark.parametrize("precondition", [{}, {"If-Match": "present"}], ids=["bare", "if-match"])
async def test_a_change_whose_answer_was_lost_can_be_repeated(
    api: Api, method: str, path: str, body: Any, precondition: dict[str, str]
) -> None:
    ids = await make_scene(api)
    await api.put(f"/todos/{ids['todo']}/labels/{ids['other_label']}")
    ids["reminder"] = (await api.post(f"/todos/{ids['todo']}/reminders", {"minutes_before": 10}))["id"]
    path = path.format(**ids)
    if precondition:
        place = path.partition("/labels/")[0] if path.startswith("/todos") else path
        precondition = {"If-Match": (await api.send("GET", place)).headers.get("etag", "*")}
    headers = {"Idempotency-Key": "key", **precondition}

    first = await api.send(method, path, body, headers=headers)
    after = await state(api)
    second = await api.send(method, path, body, headers=headers)

    assert first.is_success, first.text
    assert (told(second), second.headers.get("idempotency-replayed")) == (told(first), "true")
    assert await state(api) == after


async def test_a_body_that_says_nothing_is_the_same_request_as_none(api: Api) -> None:
    todo, headers = await api.todo(), {"X-User": api.user}
    for method, path in (("POST", f"/todos/{todo['id']}/complete"), ("DELETE", f"/todos/{todo['id']}")):
        key = {**headers, "Idempotency-Key": method}
        first = await api.client.request(method, path, headers=key)
        for body in (b"{}", b"null", b" { } ", b"\n"):
            again = await api.client.request(method, path, content=body, headers=key)

            assert (again.status_code, again.content) == (first.status_code, first.content), (method, body)
            assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    "spelled",
    [
        b'{"extra": {"b": 1, "a": [1.5, null]}, "title": "caf\xc3\xa9"}',
        b'{\n  "title": "caf\\u00e9",\n  "extra": {"a": [1.5, null], "b": 1}\n}',
        b'{"title":"caf\xc3\xa9","extra":{"a":[15e-1,null],"b":1}}',
    ],
)
async def test_the_same_json_is_the_same_request_however_it_is_spelled(api: Api, spelled: bytes) -> None:
    headers = {"X-User": api.user, "Idempotency-Key": "key", "Content-Type": "application/json"}
    body = {"title": "caf\u00e9", "extra": {"a": [1.5, None], "b": 1}}

    first = await post(api, "/todos", body)
    second = await api.client.post("/todos", content=spelled, headers=headers)

    assert told(second) == told(first)


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, "1"), (1, 1.0), (0, None), ([1, 2], [2, 1])])
async def test_another_value_is_another_request(api: Api, one: Any, other: Any) -> None:
    await post(api, "/todos", {"title": "x", "extra": {"a": one}})

    response = await post(api, "/todos", {"title": "x", "extra": {"a": other}})

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
