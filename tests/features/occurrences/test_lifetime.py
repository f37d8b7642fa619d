"""Recurring todos that are copied, moved, deleted and purged, and users who are erased."""

import asyncio
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import TodoKitSettings, erase_user, migrate, purge_trash
from tests.features.occurrences.support import (
    OCCURRENCES,
    RESET,
    Todo,
    act,
    day,
    history,
    read,
    recurring,
    rows_of,
    statuses,
    told,
)
from tests.invariants import assert_invariants
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough


async def used(api: Api, **fields: str) -> tuple[Todo, Todo]:
    """Make a recurring todo with a subtask, both with rows behind them: an occurrence, and what that reset."""
    todo = await recurring(api, **fields)
    child = await api.todo("child", parent_id=todo["id"])
    await act(api, child, "complete")
    await act(api, todo, "complete")
    todo, child = await read(api, todo, child)
    return todo, child


async def test_a_copy_begins_a_series_of_its_own(api: Api, settings: TodoKitSettings) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=2"}, start=day("2026-03-27"))
    todo = await act(api, todo, "complete")

    copy = await api.post(f"/todos/{todo['id']}/duplicate", expect=201)

    assert (copy["occurrence"], copy["start"], copy["due"]) == ("2026-03-29", day("2026-03-28"), day("2026-03-29"))
    assert (await act(api, copy, "undo", 409))["code"] == "nothing_to_undo"
    assert (await act(api, copy, "complete"))["start"] == day("2026-03-29")
    assert await history(api, copy) == [("2026-03-29", "completed")]
    assert await read(api, todo) == [todo]
    assert (await act(api, todo, "complete"))["status"] == "completed"
    await assert_invariants(settings)


async def test_a_copy_of_an_exhausted_todo_is_open(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    await act(api, todo, "complete")

    copy = await api.post(f"/todos/{todo['id']}/duplicate", expect=201)

    assert (copy["status"], copy["completed_at"], copy["occurrence"]) == ("needs_action", None, "2026-03-28")
    assert (await act(api, copy, "complete"))["status"] == "completed"


async def test_a_copied_list_has_todos_that_recur(api: Api, settings: TodoKitSettings) -> None:
    home = await api.list()
    todo, _ = await used(api, list_id=home["id"])

    copied = await api.post(f"/lists/{home['id']}/duplicate")

    copy, _ = (await api.get("/todos", list=copied["id"]))["items"]
    assert (copy["recurrence"], copy["occurrence"]) == (todo["recurrence"], "2026-03-29")
    assert (await act(api, copy, "complete"))["occurrence"] == "2026-03-30"
    assert await history(api, todo) == [("2026-03-28", "completed")]
    await assert_invariants(settings)


async def test_a_todo_that_moves_takes_its_series_and_its_history_along(api: Api) -> None:
    todo, _ = await used(api)
    other = await api.list()

    moved = await api.post(f"/todos/{todo['id']}/move", {"list_id": other["id"]})

    assert moved["occurrence"] == "2026-03-29"
    undone = await act(api, todo, "undo")
    assert (undone["list_id"], undone["due"]) == (other["id"], day("2026-03-28"))


async def test_a_restored_todo_is_where_it_was(api: Api, settings: TodoKitSettings) -> None:
    todo, child = await used(api)
    await api.delete(f"/todos/{todo['id']}")
    for verb in ("complete", "skip", "undo"):
        await act(api, todo, verb, 404)

    restored = await act(api, todo, "restore")

    assert {**told(restored), "position": todo["position"]} == told(todo)
    assert await history(api, todo) == [("2026-03-28", "completed")]
    await act(api, todo, "undo")
    assert await statuses(api, child) == ["completed"]
    await assert_invariants(settings)


async def test_emptying_the_trash_leaves_nothing_behind(api: Api, settings: TodoKitSettings) -> None:
    (todo, child), (kept, _) = await used(api), await used(api)
    await api.delete(f"/todos/{todo['id']}")

    await api.delete("/trash")

    assert await rows_of(settings, todo, child) == (0, 0)
    assert await rows_of(settings, kept) == (1, 0)
    await assert_invariants(settings)


async def test_a_purged_subtask_takes_what_was_reset_of_it_along(api: Api, settings: TodoKitSettings) -> None:
    todo, child = await used(api)
    await api.delete(f"/todos/{child['id']}")

    await api.delete("/trash")

    assert await rows_of(settings, todo, child) == (1, 0)
    assert (await act(api, todo, "undo"))["occurrence"] == "2026-03-28"
    await assert_invariants(settings)


def test_a_purge_in_a_session_without_foreign_keys_leaves_nothing_behind(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path}/host.db")

    async def make() -> None:
        await migrate(settings)
        async with running(make_app(settings, clock=TestClock())) as api:
            todo, _ = await used(api)
            await api.delete(f"/todos/{todo['id']}")

    asyncio.run(make())
    engine = create_engine(f"sqlite:///{tmp_path}/host.db")
    with Session(engine) as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (OCCURRENCES, RESET)]
        assert left == [1, 1]

        asyncio.run(
            purge_trash(settings.model_copy(update={"trash_retention": settings.trash_retention * 0}), session=session)
        )
        session.commit()

        left = [session.scalar(select(func.count()).select_from(table)) for table in (OCCURRENCES, RESET)]
    engine.dispose()
    assert left == [0, 0]


async def test_an_erased_user_is_named_by_no_occurrence(database_url: str, clock: TestClock) -> None:
    settings, tenant = TodoKitSettings(database_url=database_url), f"tenant-{uuid.uuid4().hex}"
    async with running(make_app(settings, clock=clock, space=lambda: tenant)) as ann:
        bob = ann.as_user()
        todo, child = await used(ann)
        await act(bob, todo, "skip")

        await erase_user(settings, ann.user)

        items = (await bob.get(f"/todos/{todo['id']}/occurrences"))["items"]
        assert [one["ended_by"] for one in items] == [bob.user, "erased"]
        assert await stored_completers(settings, child) == ["erased"]
        await act(bob, todo, "undo")
        await act(bob, todo, "undo")
        assert (await read(bob, child))[0]["completed_by"] == "erased"


async def stored_completers(settings: TodoKitSettings, todo: Todo) -> list[str | None]:
    """Return who completed a subtask, as the rows of its resets say."""
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        statement = select(RESET.c.completed_by).where(RESET.c.todo_id == uuid.UUID(todo["id"]))
        found = list((await connection.execute(statement)).scalars())
    await engine.dispose()
    return found
