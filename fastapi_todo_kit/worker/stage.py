"""Where a worker works: its settings, its host, and the database, as itself or as a user."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import Any, Final, Protocol, TypeVar

from fastapi_todo_kit.core.access import Access, Principal, SpaceRef
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.host import Host, Recipient
from fastapi_todo_kit.policy import Action, RolePolicy
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Context, Events, Operation, answer_of

T = TypeVar("T")
SYSTEM: Final = Principal("system:worker")


class Transacting(Protocol):
    """A database of the kit, or a session of the host."""

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        ...

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock and log its changes."""
        ...

    async def transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function in one transaction, without a space."""
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """What jobs are done on."""

    settings: TodoKitSettings
    host: Host
    store: Transacting
    accounts: Any = None
    """The kit's accounts, where the users are theirs."""
    observer: Observer = NOBODY

    async def person(self, user_id: str) -> Recipient | None:
        """Return who a user is, where the host does not say it; None for whoever is gone from the kit's accounts."""
        if self.accounts is None:
            return Recipient()
        # Not imported above: accounts need an extra.
        recipients = import_module("fastapi_todo_kit.auth.users.recipients")
        found: Recipient | None = await recipients.recipient_of(self.accounts, user_id)
        return found

    async def ask(self, function: Callable[..., Any], *given: Any) -> Any:
        """Return what a callable of the host answers, plain or async; a plain one may wait, for it is in a thread.

        In a session of the host's it is called where that is: it may work in it, too.
        """
        return await answer_of(function, *given, in_thread=not isinstance(self.store, SessionStore))

    async def moved_since(self, moment: datetime, most: int) -> list[str]:
        """Return the ids of users of the kit's accounts who have moved to another zone since a moment."""
        if self.accounts is None:
            return []
        recipients = import_module("fastapi_todo_kit.auth.users.recipients")  # the same
        found: list[str] = await recipients.moved_since(self.accounts, moment, most)
        return found

    async def look(self, space: SpaceRef, operation: Operation[T]) -> T:
        """Read as the worker, whom no policy is asked about."""
        return await self.store.read(self._context(space), operation)

    async def write(self, space: SpaceRef, operation: Operation[T]) -> T:
        """Write as the worker."""
        return await self.store.write(self._context(space), operation)

    async def read_as(self, access: Access, operation: Operation[T]) -> T:
        """Read as a user, who sees what the host's policy shows."""
        return await self.store.read(self._made(access, self.host, Action.READ_TODO), operation)

    def _context(self, space: SpaceRef) -> Context:
        access = Access(SYSTEM, space)
        return self._made(access, replace(self.host, policy=RolePolicy()), Action.SET_REMINDER)

    def _made(self, access: Access, host: Host, action: Action) -> Context:
        return Context(self.settings, host, access, action, new_id().hex, Events(), self.observer)
