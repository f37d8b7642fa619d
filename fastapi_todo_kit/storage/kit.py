"""What the library works with, and the call that a unit of work is made from: one for all, whoever calls."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fastapi_todo_kit.core.access import Access, Principal, SpaceRef, access_in, access_to
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.errors import NotFound, SpaceNotFound
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.core.people import People as PeopleOfHost
from fastapi_todo_kit.host import Host, Recipient
from fastapi_todo_kit.policy import Action, RolePolicy
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.tables import new_id

if TYPE_CHECKING:
    from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")
Operation = Callable[["Work"], Awaitable[T]]
Listener = Callable[["Work", Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Events:
    """What happens: events, inside the transaction, and changes, which the host hears of."""

    listeners: Mapping[type, Sequence[Listener]] = field(default_factory=dict)
    """Which functions hear of which event."""
    changes: Mapping[str, type[ChangeEvent]] = field(default_factory=dict)
    """The class of each kind of change, by the name of that, such as `todo.completed`."""

    def event_of(self, row: Mapping[str, Any]) -> ChangeEvent:
        """Return the change of a row of the log; a plain `ChangeEvent` for a kind that this version does not know."""
        kind = self.changes.get(f"{row['entity']}.{row['op']}", ChangeEvent)
        return kind(
            space_id=row["space_id"],
            seq=row["seq"],
            entity_id=row["entity_id"],
            version=row["version"],
            actor_id=row["actor_id"],
            request_id=row["request_id"],
            at=row["at"],
            changes={name: (old, new) for name, (old, new) in row["diff"].items()},
        )


class Store(Protocol):
    """Runs units of work, on the kit's own engine or inside a session of the host."""

    async def read(self, context: "Context", operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        ...

    async def write(self, context: "Context", operation: Operation[T]) -> T:
        """Run an operation under the space's lock and log its changes."""
        ...

    async def transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function in one transaction, without a space."""
        ...


class People(PeopleOfHost, Protocol):
    """The users of the kit's own accounts, for what works without a request."""

    async def recipient(self, user_id: str, tenant: str | None) -> Recipient | None:
        """Return who a user is, as `Host.recipient` does; None for whoever is gone."""
        ...

    async def moved_since(self, moment: datetime, most: int) -> list[str]:
        """Return the ids of users who have moved to another zone since a moment."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


@dataclass(frozen=True, slots=True)
class Kit:
    """What one mount, worker or service works with."""

    settings: TodoKitSettings
    host: Host
    store: Store
    events: Events
    observer: Observer = NOBODY
    people: People | None = None
    """Only for a worker, where users are those of the kit's accounts."""

    def as_system(self, space: SpaceRef, action: Action, name: str) -> "Context":
        """Return a call of the library itself, which no policy is asked about; the log names it `system:<name>`."""
        kit = replace(self, host=replace(self.host, policy=RolePolicy()))
        return Context(kit, Access(Principal(f"system:{name}"), space), action)


@dataclass(frozen=True, slots=True)
class Context:
    """One call: who, in which space, to do what, and what with."""

    kit: Kit
    access: Access
    action: Action
    request_id: str = field(default_factory=lambda: new_id().hex)
    missing: type[NotFound] = SpaceNotFound
    """What is said where there is no such space."""
    other: tuple[Access, Action] | None = None
    """Another space that the call works in, too, and what is asked for there."""
    across: Sequence[Access] = ()
    """Where the call reads in all spaces of the principal: those whose access is known without any row."""
    entered: Access | None = None
    """The access that is known without any row, where the call is about what the principal keeps in its own space."""

    @property
    def is_about_many(self) -> bool:
        """Whether what it shows is of several spaces of the principal."""
        return bool(self.across) or self.entered is not None or self.action is Action.READ_SPACE

    def at_home(self, entered: Access) -> "Context":
        """Return the call as one in the principal's own space, if it is about what is kept there.

        Args:
            entered: the access that is known without any row.
        """
        if not self.action.is_own:
            return self
        own = access_to(self.kit.settings.namespace, self.access.principal)
        return replace(self, access=own, entered=entered)

    def going_into(self, into: "Into", entered: Access) -> "Context":
        """Return the call as one that works in another space, too; in none, if it names none or this one.

        Args:
            into: the space, and what is asked for there.
            entered: the access that is known without any row.
        """
        if into is None or into[0] in (None, self.access.space.id):
            return self
        return replace(self, other=(access_in(self.kit.settings.namespace, entered, into[0]), into[1]))


Into = tuple[uuid.UUID | None, Action] | None
"""Another space that a request names, if it names one, and what is asked for there."""
