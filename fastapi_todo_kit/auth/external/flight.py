"""One fetch from a foreign server at a time, for all who wait for it, and a pause before the next one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from fastapi_todo_kit.host import Clock


class Flight:
    """A fetch that is begun when somebody needs it, and not again before a pause is over, whatever came of it.

    Args:
        fetch: gets something and keeps it; it raises nothing.
        clock: where the time comes from.
    """

    def __init__(self, fetch: Callable[[], Awaitable[None]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.tried_at: datetime | None = None
        """When the last fetch began."""

    async def run(self, pause: timedelta) -> None:
        """Wait for the fetch that is under way, or begin one, unless the last began within the pause."""
        if (task := self._task_here()) is None:
            if self.is_within(pause, self.tried_at):
                return
            self.tried_at = self._clock()
            task = self._task = asyncio.ensure_future(self._fetched())
        # Shielded: a client that goes away must not take the fetch from those who wait for it too.
        await asyncio.shield(task)

    def is_within(self, duration: timedelta, moment: datetime | None) -> bool:
        """Whether a moment is less than this from now, in both directions: a clock may be set back."""
        return moment is not None and abs(self._clock() - moment) < duration

    async def _fetched(self) -> None:
        await self._fetch()

    def _task_here(self) -> asyncio.Task[None] | None:
        task = self._task
        # A test client runs each request in an event loop of its own: a task of another one cannot be awaited.
        here = task is not None and not task.done() and task.get_loop() is asyncio.get_running_loop()
        return task if here else None
