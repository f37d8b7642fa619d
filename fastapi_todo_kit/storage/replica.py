"""Reads on a replica: which of them it may answer, and what becomes of those that it cannot.

A client whose answer came from the primary may ask for one that is at least as new; the space's own counter `seq` says
what that means.
"""

import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Final, Literal, NamedTuple, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fastapi_todo_kit.core.errors import Unavailable
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.failures import sqlstate
from fastapi_todo_kit.storage.kit import Context, Operation
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.spanning import work_on
from fastapi_todo_kit.storage.tables import table_of

_logger = get_logger(__name__)

T = TypeVar("T")
_COOLDOWN_SECONDS: Final = 5.0
_MOST_MARKS: Final = 10_000
_NEVER: Final = 2**63
"""More than any counter reaches."""
# Of one statement: a conflict with what the replica replays, and the statement's time limit.
_OF_ONE_READ: Final = ("40", "57014")

_space = table_of(Space)
_SEQ = select(_space.c.seq).where(_space.c.id == bindparam("space"))


class _Mark(NamedTuple):
    """A write: the space's `seq` after it, and between which moments it was committed."""

    seq: int
    began: float
    ended: float


class Marks:
    """What a process has written and its replica may not have yet.

    A replica repeats commits in their order. So one that has a write has all that were answered before that one began,
    and what is remembered is what the replica lacks, not what was ever written.
    """

    def __init__(self, most: int = _MOST_MARKS) -> None:
        self._most = most
        self._marks: dict[uuid.UUID, _Mark] = {}
        self._dropped = 0.0
        """When the last write was answered that had to be dropped although the replica may lack it."""

    def __len__(self) -> int:
        return len(self._marks)

    def wanted(self, space_id: uuid.UUID) -> int:
        """Return the `seq` that a read of a space must see; more than there is where that is not known any more."""
        mark = self._marks.get(space_id)
        if mark is None:
            return _NEVER if self._dropped else 0
        return mark.seq

    @property
    def newest(self) -> tuple[uuid.UUID, int] | None:
        """The space that was written to last, and the `seq` that it must have: with that comes all that was before."""
        space_id = next(reversed(self._marks), None)
        return None if space_id is None else (space_id, self.wanted(space_id))

    def note(self, space_id: uuid.UUID, seq: int, began: float = 0.0) -> None:
        """Remember what the primary has said of a space; `began` only where that was committed after this moment."""
        known = self._marks.pop(space_id, None)
        if known is not None and known.seq > seq:  # another write of the space was told of first
            seq, began, _ = known
        self._marks[space_id] = _Mark(seq, began, time.monotonic())
        if len(self._marks) > self._most:
            self._dropped = self._pop_oldest().ended

    def reached(self, space_id: uuid.UUID, seq: int) -> None:
        """Forget what the replica has, now that it was seen to have come so far in a space."""
        mark = self._marks.get(space_id)
        if mark is None or mark.seq > seq:
            return
        del self._marks[space_id]
        while self._marks and next(iter(self._marks.values())).ended < mark.began:
            self._pop_oldest()
        if self._dropped < mark.began:
            self._dropped = 0.0

    def _pop_oldest(self) -> _Mark:
        return self._marks.pop(next(iter(self._marks)))


class _Behind(Exception):
    """The replica does not have what a read must see."""


class ReplicatedDatabase:
    """Runs on a replica what changes nothing; on the primary what changes something, or the replica cannot answer.

    Args:
        settings: where the replica is, and how both are connected to.
        primary: where everything else runs.
        observer: hears of the reads that the replica could not answer.
    """

    def __init__(self, settings: TodoKitSettings, primary: Database, observer: Observer = NOBODY) -> None:
        self._primary = primary
        self._replica = Database(settings.model_copy(update={"database_url": settings.read_url}))
        self._observer = observer
        self._marks = Marks()
        self._left_alone_until = 0.0
        self._quiet_until = 0.0

    async def read(self, context: Context, operation: Operation[T], after: int = 0) -> T:
        """Run an operation that changes nothing, on what has at least what this process, or the client, has seen.

        Args:
            context: the call.
            operation: what is read.
            after: the `seq` that the client has seen.
        """
        reason: Literal["behind", "unavailable"] = "unavailable"
        if self._may_be_asked():
            try:
                return await self._ask(context, operation, after)
            except _Behind:
                reason = "behind"
            except Unavailable as error:
                self._note_failure(error.__cause__ or error)
        self._observer.fell_back(reason)
        return await self._primary.read(context, operation)

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock and log its changes."""
        return (await self.write_and_tell(context, operation))[0]

    async def transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function in one transaction on the primary."""
        return await self._primary.transact(run)

    async def write_and_tell(self, context: Context, operation: Operation[T]) -> tuple[T, int]:
        """Run an operation as `write` does; return the space's `seq` after it, too."""
        began = time.monotonic()
        result, work = await self._primary.commit(context, operation)
        # Where nothing changed, `seq` is of a commit before this one. And first of all: whoever hears of it may read.
        for one in work.everywhere:
            self._marks.note(one.space_id, one.seq, began if one.has_changes_here else 0.0)
        await work.announce()
        return result, work.seq

    async def present_seq(self, context: Context) -> int:
        """Return how far the call's space is on the primary; from now on this process reads nothing older of it."""
        space_id = context.access.space.id
        seq = await self._primary.query(lambda connection: _seq_on(connection, space_id))
        self._marks.note(space_id, seq)
        return seq

    async def warm_up(self) -> None:
        """Open a first connection to each; what is away now may be there later."""
        await self._primary.warm_up()
        try:
            await self._replica.query(_connected)
        except Unavailable as error:
            self._note_failure(error.__cause__ or error)

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        await self._primary.close()
        await self._replica.close()

    async def _ask(self, context: Context, operation: Operation[T], after: int) -> T:
        space_id = context.access.space.id
        wanted = max(after, self._marks.wanted(space_id))
        if context.is_about_many:  # and the client has seen that in whichever of them
            space_id, wanted = (space_id, _NEVER) if after else self._marks.newest or (space_id, 0)

        async def run(connection: Connection) -> T:
            if wanted:
                # On this connection: behind one address there may be several replicas.
                seq = await _seq_on(connection, space_id)
                if seq < wanted:
                    raise _Behind
                self._marks.reached(space_id, seq)
            if context.is_about_many and self._marks:
                raise _Behind
            result = await work_on(context, connection).perform(operation)
            self._left_alone_until = 0.0  # not before: a connection of the pool may be dead
            return result

        return await self._replica.query(run)

    def _may_be_asked(self) -> bool:
        """Say whether a read may try the replica; of those that come after it was left alone, one finds out."""
        now = time.monotonic()
        if now < self._left_alone_until:
            return False
        if self._left_alone_until:
            self._left_alone_until = now + _COOLDOWN_SECONDS
        return True

    def _note_failure(self, cause: BaseException) -> None:
        now = time.monotonic()
        if now >= self._quiet_until:
            self._quiet_until = now + _COOLDOWN_SECONDS
            _logger.warning("the replica cannot answer, so the primary does: %r", cause)
        if not _is_of_one_read(cause):
            self._left_alone_until = now + _COOLDOWN_SECONDS


async def _connected(_connection: Connection) -> None:
    """Do nothing, but on a connection."""


async def _seq_on(connection: Connection, space_id: uuid.UUID) -> int:
    rows = await connection.fetch(_SEQ, {"space": space_id})
    return int(rows[0].seq) if rows else 0


def _is_of_one_read(cause: BaseException) -> bool:
    """Say whether the next read may fare better; if not, it would wait in vain for a connection or an answer."""
    return isinstance(cause, PoolTimeout) or sqlstate(cause).startswith(_OF_ONE_READ)
