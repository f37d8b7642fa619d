"""The unit of work: what a service is made from, how it reaches the database, and how its changes are logged."""

import inspect
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from sqlalchemy import ColumnElement, Executable, FromClause, Row, Select

from fastapi_todo_kit.core.access import Access
from fastapi_todo_kit.core.answers import is_async, yes_or_no
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.encoding import to_builtins
from fastapi_todo_kit.core.errors import Forbidden, NotFound, SpaceNotFound, TransactionBroken
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Action, Entity, RolePolicy, condition
from fastapi_todo_kit.storage.engines.connections import ONE_OFF, Bound, Connection, Parameters
from fastapi_todo_kit.storage.failures import done_by_host
from fastapi_todo_kit.storage.kit import Context, Kit, Operation
from fastapi_todo_kit.storage.log import APPEND, APPEND_LAST, CREATE_SPACE, DRAW_MORE, IS_LOGGED, lock_of
from fastapi_todo_kit.storage.pieces import PIECE, in_pieces

_logger = get_logger(__name__)

T = TypeVar("T")


class Work:
    """What one request does in the database: a connection, the call's context, and the changes to log."""

    def __init__(self, context: Context, connection: Connection) -> None:
        self.context = context
        self.now: datetime = context.kit.host.now()
        """When this work happens; a write's moments follow the order in which writers got the lock."""
        self._connection = connection
        self._was_authorised = False
        self._drawn = 0
        self._seq = 0
        self._changes: list[dict[str, Any]] = []
        self._is_locked = False
        self._was_shown = False
        self._deferred: Bound | None = None
        self._expects_many = False

    @property
    def kit(self) -> Kit:
        """What this mount, worker or service works with."""
        return self.context.kit

    @property
    def access(self) -> Access:
        """Who works in which space."""
        return self.context.access

    @property
    def space_id(self) -> uuid.UUID:
        """The space that every statement of this work is about."""
        return self.context.access.space.id

    @property
    def seq(self) -> int:
        """The number of the space's last change; known once the changes are appended."""
        return self._seq

    @property
    def has_changes(self) -> bool:
        """Whether anything was noted for the log."""
        return bool(self._changes)

    async def fetch(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        await self._release()
        return await self._connection.fetch(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        await self._release()
        return await self._connection.run(statement, parameters)

    async def run_one(self, statement: Executable, parameters: Parameters) -> None:
        """Run a statement that changes one row: before any other, at the latest in one round trip with its change."""
        await self._release()
        if self._is_locked:
            self._deferred = (statement, parameters)
        else:  # nothing will be logged
            await self._connection.run(statement, parameters)

    async def run_many(self, statement: Executable, rows: Iterable[Parameters]) -> None:
        """Run a statement once for each of the rows, which have the same names; others have their turn between many."""
        for n, piece in enumerate(in_pieces(rows)):  # `pieces` itself would cost a write of one row more than this
            if n == 0 and len(piece) == 1:
                await self.run_one(statement, piece[0])
                continue
            if n:
                await self.give_way()
            await self._release()
            if n:
                await self.expect_many()
            await self._connection.run_many(statement, piece)

    async def expect_many(self) -> None:
        """Get ready for thousands of rows.

        PostgreSQL keeps the plan by which it looks up foreign keys. One of when a table was small goes through all of
        it, for each row: 9 s for 3,000 copies with ten labels, and 0.9 s with a new plan.
        """
        if not self._expects_many:
            self._expects_many = True
            await self._connection.forget_plans()

    async def give_way(self) -> None:
        """Let others have the event loop."""
        await self._connection.give_way()

    async def pieces(self, rows: Iterable[T], size: int = PIECE) -> AsyncIterator[list[T]]:
        """Yield rows some at a time, and let others have the event loop between: for all that is done row by row.

        A list holds ten thousand todos, and what takes 0.1 ms for each would keep everybody waiting for a second.
        """
        for n, piece in enumerate(in_pieces(rows, size)):
            if n:
                await self.give_way()
            yield piece

    async def _release(self) -> None:
        """Run what was deferred."""
        deferred, self._deferred = self._deferred, None
        if deferred is not None:
            await self._connection.run(*deferred)

    def authorise(self, record: Mapping[str, Any] | None = None, missing: type[NotFound] = SpaceNotFound) -> None:
        """Ask the policy whether the call's action may be done to an object, or to the space as a whole.

        Raises:
            Forbidden: no.
            NotFound: no, and it would only be read; of the given class.
        """
        self._was_authorised = True
        action = self.context.action
        if not self.may(action, record):
            raise missing if action.is_read else Forbidden

    def may(self, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Ask the policy about an object, or the space as a whole, also in a call that does something else.

        Raises:
            ConfigurationError: it answers neither True nor False.
        """
        return yes_or_no("Host.policy.allows", self.kit.host.policy.allows(self.access, action, record))

    @property
    def decides_by_object(self) -> bool:
        """Whether the policy may say of one object what it does not say of another; `RolePolicy` by itself does not.

        Where it does not, nothing is loaded just to ask about it, and a role that may add and not read can add.
        """
        return getattr(self.kit.host.policy.allows, "__func__", None) is not RolePolicy.allows

    def check_named(self, action: Action, record: Mapping[str, Any], missing: type[NotFound]) -> None:
        """Make sure that an object may be read which a request names besides the one that it is about.

        Raises:
            NotFound: it may not; of the given class.
        """
        if self.decides_by_object:
            self.check_read(action, record, missing)

    def require(self, action: Action, record: Mapping[str, Any]) -> None:
        """Make sure that something may be done to an object along with what the call does.

        Raises:
            Forbidden: it may not; the words say which right is missing.
        """
        if not self.may(action, record):
            raise Forbidden(f"This needs the right to do {action.value}, too.")

    def check_read(self, action: Action, record: Mapping[str, Any], missing: type[NotFound]) -> None:
        """Make sure that an object may be read, in a call that does something else.

        Raises:
            NotFound: it may not; of the given class.
        """
        if not self.may(action, record):
            raise missing

    def visible(self, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Return the condition under which a row of the entity exists for this principal; None where all do."""
        return condition(self.kit.host.policy.narrow(self.access, entity, rows))

    def narrowed(self, statement: Select[Any], entity: Entity, rows: FromClause) -> Select[Any]:
        """Return a statement that shows only those rows of the entity that exist for this principal."""
        condition = self.visible(entity, rows)
        return statement if condition is None else statement.where(condition).execution_options(**ONE_OFF)

    async def may_reach(self, target: LinkTarget) -> bool:
        """Say whether the principal may link to an object of the host, or list its todos."""
        policy = self.kit.host.link_policy
        await self._release()
        if policy is None:
            return True
        return yes_or_no("Host.link_policy", await ask_host(self._connection, policy, self.access, target))

    async def perform(self, operation: Operation[T]) -> T:
        """Run an operation; what it returns is worth nothing unless it has asked the policy."""
        result = await operation(self)
        if not self._was_authorised:
            raise RuntimeError(f"{self.context.action} was done without asking the policy")
        return result

    async def lock(self, *, draw: int = 1) -> None:
        """Take the space's lock, creating the space when it is new, and draw numbers of its log."""
        space = self.access.space
        if not await self._connection.begin(lock_of(space.id, draw)):
            row = {"id": space.id, "kind": space.kind, "key": space.key, "n": draw, "now": self.now}
            await self.run(CREATE_SPACE, row)
        self.now = self.kit.host.now()
        self._drawn = draw
        self._is_locked = True

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
                "diff": to_builtins(diff or {}),
            }
        )

    async def events(self) -> list[ChangeEvent]:
        """Return the changes that were appended to the log, as the host hears of them."""
        return [self.kit.events.event_of(change) async for piece in self.pieces(self._changes) for change in piece]

    async def emit(self, event: object) -> None:
        """Tell the features above, inside this transaction, what happened here."""
        for listener in self.kit.events.listeners.get(type(event), ()):
            await listener(self, event)

    async def append_changes(self) -> None:
        """Number the noted changes and write them; the space's counter ends exactly at the last of them."""
        common = {
            "space_id": self.space_id,
            "actor_id": self.access.principal.user_id,
            "request_id": self.context.request_id,
            "at": self.now,
        }
        for change in self._changes:
            change.update(common)
        await (self._append_one() if len(self._changes) == self._drawn == 1 else self._append_all())
        before_commit = self.kit.host.on_change.before_commit
        if before_commit is None or not self._changes:
            return
        self._was_shown = True
        await ask_host(self._connection, before_commit, await self.events())

    @property
    def logged(self) -> Bound:
        """A statement that finds something if what was written is there: its last change in the log."""
        return IS_LOGGED, {"space": self.space_id, "seq": self._seq, "request": self.context.request_id}

    async def check_kept(self) -> None:
        """Make sure that what was written is still there, where a callable of the host had its turn behind it.

        For one round trip; PostgreSQL makes a ROLLBACK of a COMMIT if a statement had failed, and SQLAlchemy does not
        tell.

        Raises:
            TransactionBroken: it is not.
        """
        if self._was_shown and not await self.fetch(*self.logged):
            raise TransactionBroken

    async def _append_one(self) -> None:
        """Write the one change that a number was drawn for, together with what was changed."""
        deferred, self._deferred = self._deferred, None
        change = self._changes[0]
        self._seq = change["seq"] = (await self._connection.fetch(APPEND_LAST, change, after=deferred))[0].seq

    async def _append_all(self) -> None:
        """Draw the numbers that are missing, or give back the one that was not needed, and write the changes."""
        missing = len(self._changes) - self._drawn
        if missing:
            self._seq = (await self.fetch(DRAW_MORE, {"space": self.space_id, "n": missing}))[0].seq
        for seq, change in enumerate(self._changes, start=self._seq - len(self._changes) + 1):
            change["seq"] = seq
        await self.run_many(APPEND, self._changes)
        await self._release()

    async def announce(self) -> None:
        """Tell the host what is committed now. It is too late for an error to change anything."""
        if self._changes:
            lag = self.kit.host.now() - self.now
            self.kit.observer.changes(len(self._changes), lag.total_seconds())
        after_commit = self.kit.host.on_change.after_commit
        if after_commit is None or not self._changes:
            return
        try:
            await answer_of(after_commit, await self.events(), in_thread=not self._connection.is_sync)
        except Exception:
            _logger.exception("Host.on_change.after_commit failed; the change is committed")


async def ask_host(connection: Connection, function: Callable[..., Any], *given: Any) -> Any:
    """Return what a callable of the host answers inside a transaction, which is its last argument; see `answer_of`.

    What it breaks is the host's to tell.

    Raises:
        TransactionBroken: it has ended the transaction.
    """
    # Not one of the threads that all requests share: those may all be waiting for the connection that this one has.
    limiter = anyio.CapacityLimiter(1)
    async with connection.lending() as transaction:
        with done_by_host():
            return await answer_of(function, *given, transaction, in_thread=not connection.is_sync, limiter=limiter)


async def answer_of(
    function: Callable[..., Any], *given: Any, in_thread: bool = True, limiter: anyio.CapacityLimiter | None = None
) -> Any:
    """Return what a callable of the host answers: an async one is awaited, a plain one may wait in a thread.

    So it is with all that FastAPI calls. A plain one on the event loop would keep everybody waiting.

    Args:
        function: the host's.
        given: what it is called with.
        in_thread: whether there is an event loop to be kept free. On a sync session there is none.
        limiter: whose threads; those that FastAPI's plain functions have, too, without one.
    """
    if in_thread and not is_async(function):
        answer = await anyio.to_thread.run_sync(partial(function, *given), limiter=limiter)
    else:
        answer = function(*given)
    return await answer if inspect.isawaitable(answer) else answer


async def perform_logged(work: Work, operation: Operation[T]) -> T:
    """Lock the space, run the operation, write its changes: everything of a write but the commit."""
    await work.lock()
    result = await work.perform(operation)
    await work.append_changes()
    return result
