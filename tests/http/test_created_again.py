"""What a create answers whose id is taken: the object where it is just so, and otherwise what stands in the way."""

import asyncio
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from fastapi import FastAPI
from sqlalchemy import ColumnElement, FromClause, create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import (
    Access,
    Action,
    Host,
    OnChange,
    RolePolicy,
    TodoKitSettings,
    migrate,
    sync_todo_services,
    todo_router,
    todo_services,
)
from fastapi_todo_kit.errors import AlreadyExists
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.schemas import ListCreate, TodoCreate
from tests.support import Api, TestClock, header_user, make_app, running

LATER = {"datetime": "2026-04-01T08:00:00"}
BODIES: dict[str, dict[str, Any]] = {
    "/labels": {"name": "urgent", "color": "#D97706"},
    "/lists": {"name": "Work", "extra": {"n": 1}},
    "/spaces": {"name": "Kitchen", "color": "#D97706"},
    "/todos": {
        "title": "call",
        "due": {"date": "2026-04-01"},
        "deadline": "2026-04-02",
        "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=MO"},
        "links": [{"source": "billing", "type": "invoice", "id": "42"}],
        "extra": {"b": [True], "a": 1.5},
    },
    "/todos/{todo_id}/reminders": {"at": LATER},
}
CHANGES: dict[str, dict[str, Any]] = {
    "/labels": {"color": None},
    "/lists": {"extra": {"n": True}},
    "/spaces": {"color": None},
    "/todos": {"status": "in_progress"},
    "/todos/{todo_id}/reminders": {"at": {"datetime": "2026-04-02T08:00:00"}},
}
ENTITIES = {
    "/labels": "label",
    "/lists": "list",
    "/spaces": "space",
    "/todos": "todo",
    "/todos/{todo_id}/reminders": "reminder",
}
each_create = pytest.mark.parametrize("path", BODIES)
each_with_trash = pytest.mark.parametrize("path", ["/lists", "/todos"])


@pytest.fixture
def bodies() -> dict[str, dict[str, Any]]:
    """What each create is sent, with an id."""
    return {path: {"id": str(uuid.uuid4()), **body} for path, body in BODIES.items()}


async def at(api: Api, path: str) -> str:
    return path.format(todo_id=(await api.todo(due=LATER))["id"]) if "{" in path else path


def test_every_create_that_takes_an_id_is_tested_here() -> None:
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), Host(current_user=header_user)))
    described = app.openapi()

    def takes_id(operation: Any) -> bool:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {"schema": {}})
        name = content["schema"].get("$ref", "/").rsplit("/", 1)[1]
        return "id" in described["components"]["schemas"].get(name, {}).get("properties", {})

    creates = {path: one["post"] for path, one in described["paths"].items() if takes_id(one.get("post", {}))}

    del creates["/lists/{list_id}/share"]  # its answer is the list; tests/features/sharing
    assert set(creates) == set(BODIES)
    assert all(one["responses"].keys() >= {"200", "201", "409"} for one in creates.values())
    assert all(one["responses"]["200"]["content"] == one["responses"]["201"]["content"] for one in creates.values())


@each_create
async def test_an_identical_create_is_answered_with_what_is_there(
    api: Api, bodies: dict[str, dict[str, Any]], path: str
) -> None:
    collection, body = await at(api, path), bodies[path]

    created = await api.post(collection, body, 201)
    again = await api.send("POST", collection, body, headers={"Idempotency-Key": "again"})
    replayed = await api.send("POST", collection, body, headers={"Idempotency-Key": "again"})

    assert (again.status_code, again.json()) == (200, created)
    assert (again.headers["etag"], "location" in again.headers) == ('"1"', False)
    assert (replayed.status_code, replayed.json()) == (200, created)


@each_create
async def test_an_identical_create_is_found_a_year_later(
    api: Api, bodies: dict[str, dict[str, Any]], path: str, clock: TestClock
) -> None:
    collection = await at(api, path)
    created = await api.post(collection, bodies[path], 201)

    clock.advance(days=365)

    assert (await api.post(collection, bodies[path], 200))["created_at"] == created["created_at"]


@each_create
async def test_identical_creates_at_once_make_one_object(
    api: Api, bodies: dict[str, dict[str, Any]], path: str
) -> None:
    collection = await at(api, path)

    responses = await asyncio.gather(*(api.send("POST", collection, bodies[path]) for _ in range(5)))

    assert sorted(response.status_code for response in responses) == [200] * 4 + [201]
    assert len({response.json()["created_at"] for response in responses}) == 1


@each_create
async def test_a_create_that_asks_for_something_else_is_told_what_is_there(
    api: Api, bodies: dict[str, dict[str, Any]], path: str
) -> None:
    collection, body = await at(api, path), bodies[path]
    await api.post(collection, body, 201)
    expected = {"code": "already_exists", "entity": ENTITIES[path], "id": body["id"], "in_trash": False}

    refused = await api.post(collection, {**body, **CHANGES[path]}, 409)
    await api.patch(f"{collection}/{body['id']}", CHANGES[path])
    changed_since = await api.post(collection, body, 409)

    assert {**refused, **expected} == refused
    assert {**changed_since, **expected} == changed_since


@each_with_trash
async def test_a_create_is_told_that_what_is_there_is_in_the_trash(
    api: Api, bodies: dict[str, dict[str, Any]], path: str
) -> None:
    body = bodies[path]
    await api.post(path, body, 201)
    await api.delete(f"{path}/{body['id']}")

    refused = await api.post(path, body, 409)

    assert (refused["entity"], refused["id"], refused["in_trash"]) == (ENTITIES[path], body["id"], True)


async def test_a_todo_is_found_again_only_where_it_was_to_be(api: Api) -> None:
    elsewhere, parent = await api.list(), await api.todo()
    root = {"id": str(uuid.uuid4()), "title": "root"}
    child = {"id": str(uuid.uuid4()), "title": "child", "parent_id": parent["id"]}
    in_list = {"id": str(uuid.uuid4()), "title": "in list", "list_id": elsewhere["id"]}
    for body in (root, child, in_list):
        await api.post("/todos", body, 201)
        await api.post("/todos", body, 200)
    await api.post("/todos", {**child, "list_id": parent["list_id"]}, 200)

    for wrong in ({**child, "parent_id": None}, {**in_list, "list_id": None}, {**root, "list_id": elsewhere["id"]}):
        await api.post("/todos", wrong, 409)
    await api.post(f"/todos/{root['id']}/move", {"list_id": elsewhere["id"]})
    await api.post("/todos", root, 409)


PLACED: dict[str, list[tuple[str, dict[str, str]]]] = {
    "/todos": [("/todos", {"list_id": "{in_list}"}), ("/todos", {"parent_id": "{below}"})],
    "/todos/{todo_id}/reminders": [("/todos/{below}/reminders", {})],
}
"""Of each kind that has a place, other places than the one in which it is made: path and members of the body."""


@pytest.mark.parametrize("path", PLACED)
@pytest.mark.parametrize("is_in_trash", [False, True])
async def test_an_object_that_is_elsewhere_is_named(
    api: Api, bodies: dict[str, dict[str, Any]], path: str, is_in_trash: bool
) -> None:
    collection, body = await at(api, path), bodies[path]
    await api.post(collection, body, 201)
    if is_in_trash:
        await api.delete(f"{collection}/{body['id']}" if path == "/todos" else collection.removesuffix("/reminders"))

    ids = {"in_list": (await api.list())["id"], "below": (await api.todo(due=LATER))["id"]}
    for place, fields in PLACED[path]:
        placed = {name: value.format(**ids) for name, value in fields.items()}
        told = await api.post(place.format(**ids), {**body, **placed}, 409)
        assert (told["code"], told.get("entity"), told.get("id"), told.get("in_trash")) == (
            "already_exists",
            ENTITIES[path],
            body["id"],
            is_in_trash,
        )


async def test_what_filled_a_space_is_found_again(settings: TodoKitSettings) -> None:
    limits = settings.limits.model_copy(update={"labels_per_space": 1, "lists_per_space": 1, "todos_per_list": 1})
    bodies = {path: {"id": str(uuid.uuid4()), **body} for path, body in BODIES.items() if "{" not in path}
    async with running(make_app(settings.model_copy(update={"limits": limits}))) as api:
        for path in ("/labels", "/todos"):
            await api.post(path, bodies[path], 201)

            assert (await api.post(path, bodies[path], 200))["id"] == bodies[path]["id"]


class Shy(RolePolicy):
    """Hides by row, or by object, what somebody else made, and lets nobody create whose name says so."""

    def __init__(self, by: str) -> None:
        super().__init__()
        self.by = by

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        if record is not None and action.is_read and self.by == "object":
            return bool(record["created_by"] == access.principal.user_id)
        may = action.is_read or not access.principal.user_id.startswith("reader")
        return may and super().allows(access, action, record)

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        return rows.c.created_by == access.principal.user_id if self.by == "row" else None


@pytest.mark.parametrize("by", ["row", "object", "nothing"])
async def test_a_create_is_told_nothing_of_what_is_hidden(settings: TodoKitSettings, by: str) -> None:
    tenant = uuid.uuid4().hex

    async def shared() -> str:
        return tenant

    async with running(make_app(settings, policy=Shy(by), space=shared)) as api:
        for path in ("/labels", "/lists", "/todos"):
            body = {"id": str(uuid.uuid4()), **BODIES[path]}
            await api.post(path, body, 201)
            other = {"title": "x"} if path == "/todos" else {"name": f"{by} x"}

            refused = await api.as_user("other").post(path, {"id": body["id"], **other}, 409)
            may_not = await api.as_user("reader").post(path, {"id": body["id"], **other}, 403)

            assert ("id" in refused, "in_trash" in refused) == ((True, True) if by == "nothing" else (False, False))
            assert "id" not in may_not


class Hiding(RolePolicy):
    """Hides the todos that a test says."""

    hidden: ClassVar[set[uuid.UUID]] = set()

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        return (record is None or record["id"] not in self.hidden) and super().allows(access, action, record)


async def test_a_reminder_of_a_todo_that_is_hidden_by_now_is_not_told_of(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, policy=Hiding())) as api:
        todo, other = await api.todo(due=LATER), await api.todo(due=LATER)
        body = {"id": str(uuid.uuid4())}
        await api.post(f"/todos/{todo['id']}/reminders", body, 201)
        Hiding.hidden.add(uuid.UUID(todo["id"]))

        refused = await api.post(f"/todos/{other['id']}/reminders", body, 409)

        assert "id" not in refused


async def test_the_services_return_what_is_there(settings: TodoKitSettings) -> None:
    heard: list[Any] = []
    new = TodoCreate(id=uuid.uuid4(), title="call")
    host = Host(on_change=OnChange(before_commit=lambda events, _transaction: heard.extend(events)))
    engine = create_async_engine(settings.url)
    async with AsyncSession(engine) as session:
        async with todo_services(settings, host, session=session, user_id=uuid.uuid4().hex) as kit:
            created = await kit.todos.create(new)

            assert await kit.todos.create(new) == created
            with pytest.raises(AlreadyExists) as caught:
                await kit.todos.create(new.model_copy(update={"title": "other"}))
        await session.rollback()
    await engine.dispose()

    assert caught.value.members == {"entity": "todo", "id": str(new.id), "in_trash": False}
    assert [type(event).__name__ for event in heard] == ["ListCreated", "TodoCreated"]


async def test_the_sync_services_return_what_is_there(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite:///{tmp_path}/sync.db")
    await migrate(settings)
    new = ListCreate(id=uuid.uuid4(), name="Work")
    engine = create_engine(f"sqlite:///{tmp_path}/sync.db")
    with Session(engine) as session, sync_todo_services(settings, Host(), session=session, user_id=7) as kit:
        assert kit.lists.create(new) == kit.lists.create(new)
    engine.dispose()
