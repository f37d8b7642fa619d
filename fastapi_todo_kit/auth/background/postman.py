"""Delivering in the background of an application: soon after something was queued, and now and then for the rest."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.auth.background.purge import purge_expired
from fastapi_todo_kit.auth.mail.delivery import deliver
from fastapi_todo_kit.core.observing.logs import get_logger

_logger = get_logger(__name__)

_DELAY: Final = 0.5
"""Seconds between a request that queues a mail and its delivery, which is not to slow down what it answers."""
_ROUND: Final = 30.0
"""Seconds after which is looked for mails that were to be tried again, or that a killed process has left."""
_ROUNDS_TO_PURGE: Final = 120


class Postman:
    """Sends mails in one event loop, and finishes what other processes have left.

    Args:
        accounts: whose mails.
        resume: finishes erasures that were begun and not finished.
    """

    def __init__(self, accounts: Accounts, resume: Callable[[], Awaitable[object]]) -> None:
        self._accounts = accounts
        self._resume = resume
        self._is_woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Deliver soon; without a running loop of the router's own, in a task of its own."""
        self._is_woken.set()
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._is_woken = asyncio.Event()
            self._task = asyncio.create_task(self._deliver_soon())

    async def walk(self) -> None:
        """Deliver until cancelled, and remove now and then what has expired."""
        self._task, rounds = asyncio.current_task(), 0
        while True:
            await self._deliver()
            if rounds % _ROUNDS_TO_PURGE == 0:
                await self._try("what has expired could not be removed", purge_expired(self._accounts))
            await self._try("erasures could not be finished", self._resume())
            rounds += 1
            await self._wait()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._is_woken.wait(), _ROUND)
        except TimeoutError:
            return
        self._is_woken.clear()
        await asyncio.sleep(_DELAY)

    async def _deliver_soon(self) -> None:
        await asyncio.sleep(_DELAY)
        await self._deliver()
        await self._try("erasures could not be finished", self._resume())

    async def _deliver(self) -> None:
        await self._try("mails could not be delivered", deliver(self._accounts))

    async def _try(self, failure: str, doing: Awaitable[object]) -> None:
        try:
            await doing
        except Exception as error:
            _logger.warning("%s, which is tried again: %r", failure, error)
