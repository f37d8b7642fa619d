"""SIGKILL of one of two workers: nothing is lost, and what is told twice has the same id."""

import asyncio
from pathlib import Path

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.survival.scale import IS_FULL
from tests.worker.processes import NOTIFYING, due_reminders, environment, told, until_told, worker
from tests.worker.support import rows_of

pytestmark = pytest.mark.survival

REMINDERS = 300 if IS_FULL else 160
LEASE = 6.0


async def test_what_a_killed_worker_had_is_told_by_the_other(own_url: str, tmp_path: Path) -> None:
    await due_reminders(own_url, REMINDERS)
    given = environment(own_url, tmp_path, LEASE=str(LEASE), SECONDS_EACH="0.2")
    with worker(given, *NOTIFYING) as first, worker(given, *NOTIFYING) as second:
        for started in (first, second):
            await asyncio.to_thread(started.wait_for, "Working on")
        await until_told(tmp_path, REMINDERS // 3)
        first.process.kill()
        await until_told(tmp_path, REMINDERS, 120)

        async with asyncio.timeout(120):
            while await rows_of(TodoKitSettings(database_url=own_url), "SELECT 1 FROM todokit_job"):  # noqa: ASYNC110  (another process does it)
                await asyncio.sleep(0.1)

    ids = told(tmp_path)
    fired = await rows_of(
        TodoKitSettings(database_url=own_url), "SELECT id FROM todokit_reminder WHERE fired_at IS NOT NULL"
    )
    assert len(set(ids)) == len(fired) == REMINDERS
    assert len(ids) - REMINDERS <= 20, "no more than one worker had"
