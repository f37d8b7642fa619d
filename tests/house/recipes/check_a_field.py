"""A field that was added: run in the copy in which the page was carried out."""

from functools import partial

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.schemas import TodoCreate, TodoUpdate
from fastapi_todo_kit.storage.tables import metadata
from tests.migrations.test_migrations import on_connection
from tests.support import Api


async def test_it_goes_through_everything(api: Api) -> None:
    made = await api.post("/todos", {"title": "x", "effort": 3})
    assert made["effort"] == 3
    parent = await api.post("/todos", {"title": "y", "parent_id": made["id"]})
    assert parent["effort"] is None

    changed = await api.patch(f"/todos/{made['id']}", {"effort": 5})
    copy = await api.post(f"/todos/{made['id']}/duplicate")
    cleared = await api.patch(f"/todos/{made['id']}", {"effort": None})

    assert (changed["effort"], copy["effort"], cleared["effort"]) == (5, 5, None)
    assert [todo["effort"] for todo in (await api.get("/todos"))["items"] if todo["id"] == copy["id"]] == [5]


async def test_what_is_no_effort_is_refused(api: Api) -> None:
    for wrong in (0, 101, "3", 3.5, True, []):
        assert (await api.send("POST", "/todos", {"title": "x", "effort": wrong})).status_code == 422


async def test_the_revision_makes_what_the_model_says(settings: TodoKitSettings) -> None:
    assert await on_connection(settings, partial(differences, metadata=metadata)) == []


def test_services_know_it() -> None:
    assert TodoCreate(title="x", effort=3).effort == 3
    assert "effort" in TodoUpdate.model_fields
    assert todo_router(TodoKitSettings(), Host(current_user=lambda: None)).routes
    assert ChangeEvent
