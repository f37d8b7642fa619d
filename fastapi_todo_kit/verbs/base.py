"""What all verbs have in common."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi_todo_kit.callers import Caller
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")


class Verbs:
    """Methods of a service, each a unit of work of its own."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def _run(self, action: Action, operation: Callable[[Work], Awaitable[T]]) -> T:
        return await self._caller.run(action, operation)
