"""As whom reminders work outside of a request: as the library itself, or as a user."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi_todo_kit.core.access import Access, SpaceRef
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.kit import Context, Kit, Operation
from fastapi_todo_kit.storage.sessions import SessionStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReminderWorker:
    """What works on reminders without a request."""

    kit: Kit

    async def ask(self, function: Callable[..., Any], *given: Any) -> Any:
        """Return what a callable of the host answers, plain or async; a plain one may wait, for it is in a thread.

        In a session of the host's it is called where that is: it may work in it, too.
        """
        return await answer_of(function, *given, in_thread=not isinstance(self.kit.store, SessionStore))

    async def look(self, space: SpaceRef, operation: Operation[T]) -> T:
        """Read as the worker, whom no policy is asked about."""
        return await self.kit.store.read(self._as_worker(space), operation)

    async def write(self, space: SpaceRef, operation: Operation[T]) -> T:
        """Write as the worker."""
        return await self.kit.store.write(self._as_worker(space), operation)

    async def read_as(self, access: Access, operation: Operation[T]) -> T:
        """Read as a user, who sees what the host's policy shows."""
        return await self.kit.store.read(Context(self.kit, access, Action.READ_TODO), operation)

    def _as_worker(self, space: SpaceRef) -> Context:
        return self.kit.as_system(space, Action.SET_REMINDER, "worker")
