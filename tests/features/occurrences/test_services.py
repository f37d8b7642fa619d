"""The same verbs without HTTP, in the session of a host."""

import asyncio
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, TodoKitSettings, migrate, sync_todo_services, todo_services
from fastapi_todo_kit.errors import InvalidInput, NothingToUndo, TodoDoesNotRecur, WrongOccurrence
from fastapi_todo_kit.schemas import DateValue, FriendlyRecurrence, RecurrencePreview, RuleRecurrence, TodoCreate
from tests.features.occurrences.support import OCCURRENCES, RESET
from tests.support import TestClock

pytestmark = pytest.mark.thorough

TODAY = DateValue(date=date(2026, 3, 28))
WEEKLY = FriendlyRecurrence(unit="week")


async def test_services_complete_skip_and_undo(settings: TodoKitSettings, clock: TestClock) -> None:
    engine = create_async_engine(settings.url)
    async with (
        AsyncSession(engine) as session,
        todo_services(settings, Host(clock=clock), session=session, user_id=uuid.uuid4().hex) as kit,
    ):
        todo = await kit.todos.create(TodoCreate(title="x", due=TODAY, recurrence=RuleRecurrence(rrule="FREQ=DAILY")))

        done = await kit.todos.complete(todo["id"], occurrence="2026-03-28")
        assert await kit.todos.complete(todo["id"], frozenset({1})) == done
        skipped = await kit.todos.skip(todo["id"], occurrence="2026-03-29")
        page = await kit.todos.occurrences(todo["id"], limit=1)
        coming = await kit.todos.upcoming(todo["id"], limit=1)
        undone = await kit.todos.undo(todo["id"])
        with pytest.raises(WrongOccurrence):
            await kit.todos.skip(todo["id"], occurrence="2026-04-09")
        await session.rollback()
    await engine.dispose()

    slots = [one["occurrence"] for one in (todo, done, skipped, undone, *page["items"], *coming["items"])]
    assert slots == ["2026-03-28", "2026-03-29", "2026-03-30", "2026-03-29", "2026-03-29", "2026-03-31"]
    assert page["next_cursor"] is not None


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    asyncio.run(migrate(TodoKitSettings(database_url=f"sqlite:///{tmp_path}/sync.db")))
    engine = create_engine(f"sqlite:///{tmp_path}/sync.db")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_sync_services_complete_skip_and_undo(session: Session) -> None:
    with sync_todo_services(TodoKitSettings(), Host(clock=TestClock()), session=session, user_id=7) as kit:
        todo = kit.todos.create(TodoCreate(title="x", due=TODAY, recurrence=WEEKLY))

        done = kit.todos.complete(todo["id"], occurrence="2026-03-28")
        skipped = kit.todos.skip(todo["id"])
        page = kit.todos.occurrences(todo["id"])
        coming = kit.todos.upcoming(todo["id"], limit=2)
        undone = [kit.todos.undo(todo["id"]) for _ in range(2)]
        with pytest.raises(NothingToUndo):
            kit.todos.undo(todo["id"])
        with pytest.raises(TodoDoesNotRecur):
            kit.todos.skip(kit.todos.create(TodoCreate(title="plain"))["id"])

    assert [one["occurrence"] for one in (done, skipped)] == ["2026-04-04", "2026-04-11"]
    assert [one["outcome"] for one in page["items"]] == ["skipped", "completed"]
    assert [one["occurrence"] for one in coming["items"]] == ["2026-04-18", "2026-04-25"]
    assert [one["occurrence"] for one in undone] == ["2026-04-04", "2026-03-28"]


def test_undo_leaves_nothing_behind_in_a_session_without_foreign_keys(session: Session) -> None:
    with sync_todo_services(TodoKitSettings(), Host(clock=TestClock()), session=session, user_id=7) as kit:
        todo = kit.todos.create(TodoCreate(title="x", due=TODAY, recurrence=WEEKLY))
        child = kit.todos.create(TodoCreate(title="child", parent_id=todo["id"]))
        kit.todos.complete(child["id"])
        kit.todos.complete(todo["id"])
        assert session.scalar(select(func.count()).select_from(RESET)) == 1

        kit.todos.undo(todo["id"])

    assert [session.scalar(select(func.count()).select_from(table)) for table in (OCCURRENCES, RESET)] == [0, 0]


def test_sync_services_preview_a_recurrence(session: Session) -> None:
    with sync_todo_services(TodoKitSettings(), Host(clock=TestClock()), session=session, user_id=7) as kit:
        kit.todos.create(TodoCreate(title="x"))

        preview = kit.todos.preview_recurrence(RecurrencePreview(recurrence=WEEKLY, due=TODAY, limit=2))
        with pytest.raises(InvalidInput):
            kit.todos.preview_recurrence(RecurrencePreview(recurrence=FriendlyRecurrence(unit="hour"), due=TODAY))

    assert preview["text"] == "every week"
    assert [one["occurrence"] for one in preview["items"]] == ["2026-03-28", "2026-04-04"]
