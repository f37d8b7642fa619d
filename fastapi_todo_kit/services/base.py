"""What the verbs of all features have in common, and those of their sync twins."""

import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

from pydantic import validate_call

from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.storage.kit import Into
from fastapi_todo_kit.storage.sessions import drive
from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")
Twin = TypeVar("Twin")


class Verbs:
    """Methods of a service, each a unit of work of its own.

    Each checks its arguments as the API does, by their annotations, before anything is asked of the database: ids as
    UUIDs or texts, limits of pages, moments with a zone. What is wrong is Pydantic's `ValidationError`.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __init_subclass__(cls) -> None:
        """Let each verb of a class check its arguments."""
        for name, verb in list(vars(cls).items()):
            if inspect.iscoroutinefunction(verb) and not name.startswith("_"):
                setattr(cls, name, validate_call(verb))

    async def _run(
        self, action: Action, operation: Callable[[Work], Awaitable[T]], into: Into = None, *, spans: bool = False
    ) -> T:
        return await self._caller.run(action, operation, into, may_span=spans)


class SyncVerbs(Generic[Twin]):
    """The same methods on a sync session, on which nothing in them ever waits: each is run to its end in one step."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def _drive(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return drive(coroutine)
