"""A worker that goes on until it is stopped: it does what is due, and now and then what keeps the tables small."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import worker_kit
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.worker.rota import Rota
from fastapi_todo_kit.worker.runner import Runner

_logger = get_logger(__name__)

_LAST_WORDS: Final = 10.0
"""Seconds that a worker is given to finish what it has begun."""
_CHORES: Final = [chore for feature in FEATURES for chore in feature.chores if chore.every is not None]


class Worker:
    """Does what is due in one event loop, until `stop` is called."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._settings = kit.settings
        self._is_stopped = asyncio.Event()

    def stop(self) -> None:
        """Let it end as soon as what it has begun is done."""
        self._is_stopped.set()

    async def run(self) -> None:
        """Work until stopped. What goes wrong is logged, and tried again."""
        runner = Runner(self._kit)
        chores = [Rota(chore) for chore in _CHORES]
        while not self._is_stopped.is_set():
            await self._try("what is due", runner.run_due())
            if self._settings.metrics:
                await self._try("counting what is due", runner.count_waiting())
            for one in chores:
                if one.is_due:
                    await self._try(one.chore.what, one.do(self._kit))
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
    async with worker_kit(settings, host) as kit:
        worker = Worker(kit)
        task = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            _, late = await asyncio.wait([task], timeout=_LAST_WORDS)
            for one in late:  # its lease ends soon, and another worker does it
                one.cancel()
                await asyncio.wait([one])
