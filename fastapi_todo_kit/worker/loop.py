"""A worker that goes on until it is stopped: it does what is due, and now and then what keeps the tables small."""

import asyncio
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.worker.purge import purge_trash
from fastapi_todo_kit.worker.rezoning import refresh
from fastapi_todo_kit.worker.runner import Runner, running_stage
from fastapi_todo_kit.worker.stage import Stage

_logger = get_logger(__name__)

_BETWEEN_PURGES: Final = 3_600.0
_BETWEEN_REFRESHES: Final = 86_400.0
_LAST_WORDS: Final = 10.0
"""Seconds that a worker is given to finish what it has begun."""


class Worker:
    """Does what is due in one event loop, until `stop` is called."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._settings = stage.kit.settings
        self._is_stopped = asyncio.Event()

    def stop(self) -> None:
        """Let it end as soon as what it has begun is done."""
        self._is_stopped.set()

    async def run(self) -> None:
        """Work until stopped. What goes wrong is logged, and tried again."""
        runner = Runner(self._stage)
        loop = asyncio.get_running_loop()
        next_purge = next_refresh = loop.time()
        while not self._is_stopped.is_set():
            await self._try("what is due", runner.run_due())
            if self._settings.metrics:
                await self._try("counting what is due", runner.count_waiting())
            if loop.time() >= next_purge:
                await self._try("removing what has expired", purge_trash(self._settings, self._stage.kit.host))
                next_purge = loop.time() + _BETWEEN_PURGES * random.uniform(0.9, 1.1)  # noqa: S311  (jitter)
            if loop.time() >= next_refresh:
                await self._try("refreshing reminders", refresh(self._stage))
                next_refresh = loop.time() + _BETWEEN_REFRESHES * random.uniform(0.9, 1.1)  # noqa: S311  (jitter)
            await self._pause()

    async def _try(self, what: str, doing: Coroutine[Any, Any, object]) -> None:
        try:
            await doing
        except Exception as error:
            _logger.warning("%s failed, and is tried again: %r", what, error)

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._is_stopped.wait(), self._settings.worker.poll)
        except TimeoutError:
            return


@asynccontextmanager
async def working(settings: TodoKitSettings, host: Host | None = None) -> AsyncIterator[None]:
    """Have a worker work beside what is done inside, on connections of its own, and finish what it has begun."""
    async with running_stage(settings, host) as stage:
        worker = Worker(stage)
        task = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            _, late = await asyncio.wait([task], timeout=_LAST_WORDS)
            for one in late:  # its lease ends soon, and another worker does it
                one.cancel()
                await asyncio.wait([one])
