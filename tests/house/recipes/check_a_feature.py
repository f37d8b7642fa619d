"""A feature that was added: run in the copy in which the page was carried out."""

import json
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import (
    Host,
    OnChange,
    TodoKitSettings,
    erase_user,
    export_user,
    purge_trash,
    run_due,
    sync_todo_services,
)
from fastapi_todo_kit.changes import ChangeEvent, NoteCreated, NoteExpired
from fastapi_todo_kit.errors import NoteTooLate
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.schemas import NoteCreate, TodoCreate
from fastapi_todo_kit.storage.tables import metadata
from fastapi_todo_kit.testing import TodoKitConformance, sync_create_tables
from tests.migrations.test_migrations import on_connection
from tests.support import Api, TestClock, header_user, make_app, running


async def test_the_revision_makes_what_the_model_says(settings: TodoKitSettings) -> None:
    assert await on_connection(settings, partial(differences, metadata=metadata)) == []


async def test_notes_are_written_read_and_copied(api: Api) -> None:
    todo = await api.post("/todos", {"title": "x"})
    note = await api.post(f"/todos/{todo['id']}/notes", {"text": "hello"})

    copy = await api.post(f"/todos/{todo['id']}/duplicate")

    assert (await api.get(f"/todos/{todo['id']}/notes"))["items"] == [note]
    assert [one["text"] for one in (await api.get(f"/todos/{copy['id']}/notes"))["items"]] == ["hello"]


async def test_the_host_hears_of_notes_and_a_worker_removes_them(settings: TodoKitSettings, clock: TestClock) -> None:
    heard: list[ChangeEvent] = []

    async def hear(changes: Any) -> None:
        heard.extend(changes)

    host = {"on_change": OnChange(after_commit=hear)}
    async with running(make_app(settings, clock=clock, **host)) as api:
        todo = await api.post("/todos", {"title": "x"})
        path = f"/todos/{todo['id']}/notes"
        await api.post(path, {"text": "soon gone", "until": "2026-03-29T00:00:00Z"})
        late = await api.send("POST", path, {"text": "late", "until": "2020-01-01T00:00:00Z"})
        clock.advance(days=2)
        await run_due(settings, Host(current_user=header_user, clock=clock, **host))
        left = (await api.get(path))["items"]

    assert (late.status_code, late.json()["code"], NoteTooLate.code) == (409, "note_too_late", "note_too_late")
    assert [type(one) for one in heard if "note" in type(one).__struct_config__.tag] == [NoteCreated, NoteExpired]
    assert left == []


async def test_notes_are_purged_exported_and_erased(settings: TodoKitSettings, clock: TestClock) -> None:
    host = Host(current_user=header_user, clock=clock)
    async with running(make_app(settings, clock=clock)) as api:
        todo = await api.post("/todos", {"title": "x"})
        kept = await api.post("/todos", {"title": "y"})
        for one in (todo, kept):
            await api.post(f"/todos/{one['id']}/notes", {"text": "mine"})
        await api.delete(f"/todos/{todo['id']}")
        clock.advance(days=31)
        await purge_trash(settings, host)

        exported = [row async for row in export_user(settings, api.user, host)]
        assert json.dumps(exported, default=str).count("mine") == 1

        await erase_user(settings, api.user, host)
        assert [row async for row in export_user(settings, api.user, host)] == []


def test_sync_services_write_notes() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        sync_create_tables(connection)
    with (
        Session(engine) as session,
        sync_todo_services(TodoKitSettings(), session=session, user_id="ann") as kit,
    ):
        todo = kit.todos.create(TodoCreate(title="x"))
        note = kit.notes.create(todo["id"], NoteCreate(text="hello"))
        assert kit.notes.page(todo["id"])["items"] == [note]
        with pytest.raises(NoteTooLate):
            kit.notes.create(todo["id"], NoteCreate(text="late", until="2020-01-01T00:00:00Z"))


def test_openapi_knows_notes_by_a_stable_name() -> None:
    paths = make_app(TodoKitSettings()).openapi()["paths"]

    assert {method: one["operationId"] for method, one in paths["/api/todos/{todo_id}/notes"].items()} == {
        "get": "todo_kit_list_notes",
        "post": "todo_kit_create_note",
    }


class TestConformance(TodoKitConformance):
    """The suite that hosts run tries notes, too."""

    prefix = "/api"

    @pytest.fixture
    def todo_kit_client(self, sqlite_url: str) -> Any:
        with TestClient(make_app(TodoKitSettings(database_url=sqlite_url))) as client:
            yield client

    @pytest.fixture
    def todo_kit_owner(self, todo_kit_client: TestClient) -> Any:
        return As(todo_kit_client, "owner")

    @pytest.fixture
    def todo_kit_stranger(self, todo_kit_client: TestClient) -> Any:
        return As(todo_kit_client, "stranger")

    @pytest.fixture
    def todo_kit_anonymous(self, todo_kit_client: TestClient) -> Any:
        return todo_kit_client


class As:
    """A test client as one user."""

    def __init__(self, client: TestClient, user: str) -> None:
        self.client = client
        self.user = user

    def request(self, method: str, path: str, *, headers: Any = None, **options: Any) -> Any:
        return self.client.request(method, path, headers={**(headers or {}), "X-User": self.user}, **options)
