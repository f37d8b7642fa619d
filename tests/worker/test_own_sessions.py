"""A worker in a session of the host's own, async and sync, which it commits after each step."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Recipient, redrive_jobs, refresh_reminders
from tests.features.reminders.support import path, remind
from tests.worker.support import NOBODY, BrokenNotifier, Office


@contextmanager
def sync_session(office: Office) -> Iterator[Session]:
    """Yield a session as the SQLModel tutorial makes it."""
    url = office.settings.database_url.replace("+aiosqlite", "").replace("+asyncpg", "+psycopg")
    engine = create_engine(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


async def test_an_async_session_is_committed(office: Office) -> None:
    reminders = [await office.reminder() for _ in range(3)]
    office.clock.advance(hours=2)
    engine = create_async_engine(office.settings.url)

    async with AsyncSession(engine) as session:
        assert await office.run_due(session=session) == {**NOBODY, "done": 3}
    await engine.dispose()

    assert sorted(office.told()) == sorted(one["id"] for one in reminders)
    assert await office.jobs() == []
    assert [(await office.api.get(path(one)))["next_at"] for one in reminders] == [None] * 3


async def test_a_sync_session_is_committed(office: Office) -> None:
    reminders = [await office.reminder() for _ in range(3)]
    office.clock.advance(hours=2)

    with sync_session(office) as session:
        assert await office.run_due(session=session) == {**NOBODY, "done": 3}

    assert sorted(office.told()) == sorted(one["id"] for one in reminders)
    assert await office.jobs() == []


async def test_what_fails_in_a_session_is_kept_for_later(office: Office) -> None:
    _, notifier = await office.reminder(), BrokenNotifier()
    office.clock.advance(hours=2)

    with sync_session(office) as session:
        assert await office.with_host(notifier=notifier).run_due(session=session) == {**NOBODY, "failed": 1}

    (job,) = await office.jobs()
    assert (job["attempts"], job["error"]) == (1, "RuntimeError: the line is dead")


async def test_reminders_are_found_out_anew_in_a_sync_session(office: Office) -> None:
    reminder = await remind(office.api, await office.api.todo(due={"date": "2026-04-10"}))
    office.people.known[office.api.user] = Recipient(time_zone="Asia/Tokyo")

    with sync_session(office) as session:
        await refresh_reminders(office.settings, office.host, session=session)

    assert (await office.api.get(path(reminder)))["next_at"] == "2026-04-10T00:00:00Z"


async def test_what_was_put_aside_is_freed_in_a_session(office: Office) -> None:
    await office.reminder()
    await office.rows("UPDATE todokit_job SET parked_at = run_at, attempts = 8")
    engine = create_async_engine(office.settings.url)

    async with AsyncSession(engine) as session:
        assert await redrive_jobs(office.settings, office.host, session=session) == 1
    await engine.dispose()

    assert [(job["parked_at"], job["attempts"]) for job in await office.jobs()] == [(None, 0)]
