"""Workers in processes of their own, and reminders that are due for them, whose clocks are real."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi_todo_kit import TodoKitSettings
from tests.features.reminders.support import path
from tests.support import TestClock, make_app, running

ROOT = Path(__file__).parents[2]
TODO_KIT = (sys.executable, "-c", "from fastapi_todo_kit.cli.app import app; app()")
NOTIFYING = ("--host", "tests.worker.notifying:host")


class Started:
    """A worker in a process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def wait_for(self, words: str) -> None:
        """Read what it says until it says this."""
        assert self.process.stderr is not None
        said = ""
        for line in self.process.stderr:
            said += line
            if words in line:
                return
        raise AssertionError(said)


def environment(url: str, folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a worker that writes what it tells into a file of the folder."""
    own = {"TODO_KIT_DATABASE_URL": url, "NOTIFIED": str(folder / "notified"), "TODO_KIT_WORKER__POLL": "0.1"}
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **own, **more}


@contextmanager
def worker(given: dict[str, str], *arguments: str) -> Iterator[Started]:
    """Start a worker, and kill it at the end if it still runs."""
    process = subprocess.Popen(
        [*TODO_KIT, "worker", *arguments], env=given, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Started(process)
    finally:
        process.kill()
        process.communicate()


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
