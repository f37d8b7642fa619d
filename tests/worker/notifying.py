"""A host for worker processes: it appends the id of what it tells to a file, and what dies is soon given to another."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

from fastapi_todo_kit import Host, Notification
from fastapi_todo_kit.worker import runner

if "LEASE" in os.environ:
    runner._LEASE = timedelta(seconds=float(os.environ["LEASE"]))  # type: ignore[misc]  # thirty seconds are long for a test
    runner._HEARTBEAT = float(os.environ["LEASE"]) / 3  # type: ignore[misc]  # the same


class FileNotifier:
    """Takes its time, or waits until a file is gone, so that a signal comes in between."""

    async def notify(self, notification: Notification) -> None:
        await asyncio.sleep(float(os.environ.get("SECONDS_EACH", "0")))
        while Path(os.environ.get("HELD_BY", "nothing")).exists():  # noqa: ASYNC110, ASYNC240  (another process takes it away)
            await asyncio.sleep(0.01)
        _append(f"{notification.id}\n")


def _append(line: str) -> None:
    with Path(os.environ["NOTIFIED"]).open("a", encoding="ascii") as file:
        file.write(line)


host = Host(notifier=FileNotifier())
