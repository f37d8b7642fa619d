"""Workers in processes of their own, and reminders that are due for them, whose clocks are real."""

import asyncio
import os
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi_todo_kit import TodoKitSettings
from tests.features.reminders.support import path
from tests.forks import Forked, forked
from tests.support import TestClock, make_app, running

ROOT = Path(__file__).parents[2]
NOTIFYING = ("--host", "tests.worker.notifying:host")


def environment(url: str, folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a worker that writes what it tells into a file of the folder."""
    own = {"TODO_KIT_DATABASE_URL": url, "NOTIFIED": str(folder / "notified"), "TODO_KIT_WORKER__POLL": "0.1"}
    return {**os.environ, "PYTHONPATH": str(ROOT), **own, **more}


def worker(given: dict[str, str], *arguments: str) -> AbstractContextManager[Forked]:
    """Start a worker, and kill it at the end if it still runs."""
    return forked(given, ROOT, "todo-kit", "worker", *arguments)


def told(folder: Path) -> list[str]:
    """Return the ids of what was told, in that order."""
    file = folder / "notified"
    return file.read_text("ascii").splitlines() if file.exists() else []


async def until_told(folder: Path, count: int, seconds: float = 120) -> None:
    """Wait until so many different ones were told."""
    async with asyncio.timeout(seconds):
        while len(set(told(folder))) < count:  # noqa: ASYNC110  (another process writes the file)
            await asyncio.sleep(0.05)


async def due_reminders(url: str, count: int) -> None:
    """Set reminders, twenty of each todo, that are due since yesterday."""
    clock = TestClock(datetime.now(UTC) - timedelta(days=1))
    due = {"datetime": f"{clock.now + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}", "timezone": "UTC"}
    async with running(make_app(TodoKitSettings(database_url=url), clock=clock)) as api:
        for number in range(count):
            if number % 20 == 0:
                user = api.as_user()
                todo = await user.todo(due=due)
            await user.post(path(todo), {"minutes_before": number % 20}, 201)
