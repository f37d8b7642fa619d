"""The unit of work: what a service is made from, how it reaches the database, and how its changes are logged."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec
from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from fastapi_todo_kit.host import Clock, Principal
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.failures import reraise
from fastapi_todo_kit.storage.log import APPEND, DRAW_MORE, LOCK_SPACE, SpaceRef

T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True, slots=True)
class Context:
    """One call: who, in which space, when, and under which settings."""

    settings: TodoKitSettings
    principal: Principal
    space: SpaceRef
    clock: Clock
    request_id: str
    events: "Events"


class Work:
    """What one request does in the database: a connection, the call's context, and the changes to log."""

    def __init__(self, context: Context, connection: AsyncConnection) -> None:
        self.context = context
        self.now: datetime = context.clock()
        """When this work happens; a write's moments follow the order in which writers got the lock."""
        self._connection = connection
        self._drawn = 0
        self._seq = 0
        self._changes: list[dict[str, Any]] = []

    @property
    def space_id(self) -> uuid.UUID:
        """The space that every statement of this work is about."""
        return self.context.space.id

    async def execute(self, statement: Executable, parameters: Parameters = None) -> CursorResult[Any]:
        """Run a statement on the connection of this work."""
        return await self._connection.execute(statement, parameters)

    async def lock(self) -> None:
        """Take the space's lock, creating the space when it is new, and draw one number of its log."""
        space = self.context.space
        row = {"id": space.id, "kind": space.kind, "key": space.key, "n": 1, "now": self.now}
        self._seq = (await self.execute(LOCK_SPACE, row)).scalar_one()
        self.now = self.context.clock()
        self._drawn = 1

    def record(
        self, entity: str, entity_id: uuid.UUID, op: str, version: int, diff: dict[str, Any] | None = None
    ) -> None:
        """Note a change for the log. `diff` maps each field that changed to its old and new value."""
        self._changes.append(
            {
                "entity": entity,
                "entity_id": entity_id,
                "op": op,
                "version": version,
                "diff": msgspec.to_builtins(diff or {}),
            }
        )

    async def emit(self, event: object) -> None:
        """Tell the features above, inside this transaction, what happened here."""
        for handler in self.context.events.handlers.get(type(event), ()):
            await handler(self, event)

    async def append_changes(self) -> None:
        """Number the noted changes and write them; the space's counter ends exactly at the last of them."""
        missing = len(self._changes) - self._drawn
        if missing:
            self._seq = (await self.execute(DRAW_MORE, {"space": self.space_id, "n": missing})).scalar_one()
        if not self._changes:
            return
        first = self._seq - len(self._changes) + 1
        common = {
            "space_id": self.space_id,
            "actor_id": self.context.principal.user_id,
            "request_id": self.context.request_id,
            "at": self.now,
        }
        rows = [{**common, "seq": first + n, **change} for n, change in enumerate(self._changes)]
        await self.execute(APPEND, rows if len(rows) > 1 else rows[0])


Operation = Callable[[Work], Awaitable[T]]
Handler = Callable[[Work, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Events:
    """Which functions hear of which event; wired once by the composition root, called inside the transaction."""

    handlers: Mapping[type, Sequence[Handler]] = field(default_factory=dict)


class Store(Protocol):
    """Runs units of work, on the kit's own engine or inside a session of the host."""

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        ...

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock, log its changes, and commit before returning."""
        ...


async def perform(work: Work, operation: Operation[T]) -> T:
    """Lock the space, run the operation, write its changes: everything of a write but the commit."""
    await work.lock()
    result = await operation(work)
    await work.append_changes()
    return result


class HostStore:
    """Runs units of work in the transaction of a session that the host opened; the host retries, the kit commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        try:
            return await operation(Work(context, await self._session.connection()))
        except Exception as error:
            reraise(error)

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock and commit the host's session, with all else that is in it."""
        try:
            result = await perform(Work(context, await self._session.connection()), operation)
            await self._session.commit()
        except Exception as error:
            reraise(error)
        return result
