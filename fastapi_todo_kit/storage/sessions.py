"""Units of work inside a session of the host, sync or async, which the kit or the host commits."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeVar

import anyio
import anyio.to_thread
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Executable, Row, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util import await_only

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.storage.commit_watch import CommitWatch, is_listened_to
from fastapi_todo_kit.storage.engines.connections import (
    FORGET_PLANS,
    AlchemyConnection,
    Bound,
    Connection,
    Parameters,
    lent,
    open_transactions,
)
from fastapi_todo_kit.storage.failures import done_by_host, done_for_host, reraise
from fastapi_todo_kit.storage.kit import Context, Operation
from fastapi_todo_kit.storage.rollbacks import keeping_loaded
from fastapi_todo_kit.storage.spanning import work_on
from fastapi_todo_kit.storage.work import Work, perform_logged

_logger = get_logger(__name__)

T = TypeVar("T")
_HELD = "todo_kit_held"
_WATCH = "todo_kit_watch"


class _Session(Protocol):
    """What the store needs of a session: `AsyncSession` has it, `_Blocking` gives it to a `Session`."""

    async def connection(self) -> Any: ...
    async def flush(self) -> None: ...
    async def commit(self) -> None: ...
    async def rollback(self) -> None: ...
    def begin_nested(self) -> AbstractAsyncContextManager[Any]: ...


class SessionStore:
    """Runs units of work in the transaction of a session that the host opened; retrying is the host's.

    Args:
        session: the host's.
        commits: whether the kit commits it. If not, each write is a savepoint, so that one that fails leaves nothing
            behind in a transaction that goes on.
    """

    def __init__(self, session: AsyncSession | Session, *, commits: bool) -> None:
        self._given = session
        self._session: _Session = _Blocking(session) if isinstance(session, Session) else session
        self._commits = commits
        self._held: list[_Held] = []

    @property
    def is_committed(self) -> bool:
        """Whether the host has committed everything that was written here."""
        return all(held.is_committed for held in self._held)

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        try:
            return await (await self._begin(context)).perform(operation)
        except Exception as error:
            reraise(error)

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock, and commit the session, with all else that is in it, if asked to.

        Raises:
            sqlalchemy.exc.IntegrityError: what the host had pending breaks a constraint, which is the host's to tell.
        """
        try:
            await self._flush()
            return await (self._write_and_commit if self._commits else self._write)(context, operation)
        except Exception as error:
            reraise(error)

    async def undo(self) -> None:
        """Roll the session back."""
        given = self._given
        with keeping_loaded(given.sync_session if isinstance(given, AsyncSession) else given):
            await self._session.rollback()

    async def transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function in a transaction of its own, and commit it."""
        try:
            result = await run(await self._connect())
            await self._session.commit()
        except Exception as error:
            await SessionStore.undo(self)
            reraise(error)
        else:
            return result

    async def _begin(self, context: Context) -> Work:
        return work_on(context, await self._connect())

    async def _begin_writing(self, context: Context) -> Work:
        connection = await self._connect()
        _refuse_autocommit(connection.transaction.connection)
        return Work(context, connection)

    async def _flush(self) -> None:
        """Write what the host has pending."""
        with done_for_host():
            await self._session.flush()

    async def _connect(self) -> "AlchemyConnection | _BlockingConnection":
        if isinstance(self._given, AsyncSession):
            connection = await self._given.connection()
            return AlchemyConnection(connection, self._given)
        return _BlockingConnection(self._given.connection(), self._given)

    async def _write_and_commit(self, context: Context, operation: Operation[T]) -> T:
        try:
            work = await self._begin_writing(context)
            outer = len(_held_in(self._given))
            result = await perform_logged(work, operation)
            inner = _taken(self._given, outer)
            await self._flush()
            await self._commit(work)
        except Exception:
            # Not left to the host's dependency: one that commits in a `finally` would keep half a change.
            await SessionStore.undo(self)  # in the thread that this already is in
            raise
        for one in (work, *inner):
            await one.announce()
        return result

    async def _commit(self, work: Work) -> None:
        """Commit the session; what its listeners do is the host's, as what the callables of the host do."""
        if not is_listened_to(self._given):
            await work.check_kept()
            with done_for_host():
                await self._session.commit()
            return
        watch = CommitWatch(await self._session.connection(), lambda: work)
        try:
            with done_by_host():
                await self._session.commit()
        finally:
            watch.end()

    async def _write(self, context: Context, operation: Operation[T]) -> T:
        work = await self._begin_writing(context)
        # Before the savepoint: sqlite3 begins a transaction at the first INSERT, and a savepoint outside of one
        # would be a transaction of its own. No number is drawn, because a savepoint that fails would lose it.
        await work.lock(draw=0)
        # Before what a callable of the host writes inside: this one has the lower numbers, and is announced first.
        outer, held = len(_held_in(self._given)), _hold(self._given, work)
        try:
            async with self._session.begin_nested():
                await self._session.connection()  # only now does SQLAlchemy set the savepoint
                result = await work.perform(operation)
                await work.append_changes()
                await self._flush()
        except BaseException:
            _taken(self._given, outer)
            raise
        held.is_written = True
        self._held.append(held)
        return result


class HostedStore(SessionStore):
    """Runs units of work amid what else a host does in its transaction, which it commits itself."""

    def __init__(self, session: AsyncSession | Session) -> None:
        super().__init__(session, commits=False)

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing in a transaction that goes on, even where the operation fails."""
        try:
            work = await self._begin(context)
            async with self._intact():
                return await work.perform(operation)
        except Exception as error:
            reraise(error)

    @asynccontextmanager
    async def _intact(self) -> AsyncIterator[None]:
        """Keep the transaction from being aborted by a statement that fails, which only PostgreSQL does.

        A savepoint of the connection: one of the session would flush what the host has pending.
        """
        if isinstance(self._given, AsyncSession):
            connection = await self._given.connection()
            async with connection.begin_nested() if connection.dialect.name == "postgresql" else nullcontext():
                yield
        else:
            blocking = self._given.connection()
            with blocking.begin_nested() if blocking.dialect.name == "postgresql" else nullcontext():
                yield


class BlockingStore(SessionStore):
    """A store on a sync session of a host whose event loop must not wait: each unit of work runs in a thread."""

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        return await _in_a_thread(super().read(context, operation))

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation under the space's lock."""
        return await _in_a_thread(super().write(context, operation))

    async def undo(self) -> None:
        """Roll the session back."""
        await _in_a_thread(super().undo())


async def _in_a_thread(coroutine: Coroutine[Any, Any, T]) -> T:
    # Not one of the threads that all requests share: those may all be waiting for the connection that this one has.
    return await anyio.to_thread.run_sync(drive, coroutine, limiter=anyio.CapacityLimiter(1))


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits, as every unit of work on a sync session is one.

    Raises:
        ConfigurationError: it waits; a callable of the host must be to blame.
    """
    try:
        coroutine.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    coroutine.close()
    raise ConfigurationError(
        "Host.on_change and Host.link_policy must be plain functions with a sync session; one of them awaited something"
    )


class _Blocking:
    """A sync session behind the methods of an async one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def connection(self) -> SyncConnection:
        return self._session.connection()

    async def flush(self) -> None:
        self._session.flush()

    async def commit(self) -> None:
        self._session.commit()

    async def rollback(self) -> None:
        self._session.rollback()

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        with self._session.begin_nested():
            yield


class _BlockingConnection:
    """A sync connection behind the methods of an async one, which never wait."""

    is_sync: bool = True

    def __init__(self, connection: SyncConnection, session: Session) -> None:
        self._connection = connection
        self.transaction = Transaction(connection, session)

    def lending(self) -> AbstractAsyncContextManager[Transaction]:
        return lent(self.transaction, self.transaction.session, self._connection)

    async def begin(self, first: str = "") -> int:
        return self._connection.exec_driver_sql(first).rowcount if first else 0

    async def fetch(
        self, statement: Executable, parameters: Parameters, after: Bound | None = None
    ) -> Sequence[Row[Any]]:
        if after is not None:
            await self.run(*after)
        return self._connection.execute(statement, parameters).all()

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        return self._connection.execute(statement, parameters).rowcount

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        self._connection.execute(statement, rows)

    async def give_way(self) -> None:
        return  # nothing else runs on this thread

    async def forget_plans(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(FORGET_PLANS)


class _Held:
    """The changes of one write, until the host commits; gone with the transaction or savepoint that they are in."""

    def __init__(self, transactions: set[SessionTransaction], work: Work, announce: Callable[[], None]) -> None:
        self.transactions = transactions
        self.work = work
        self.announce = announce
        self.is_written = False
        self.is_committed = False


def _hold(given: AsyncSession | Session, work: Work) -> _Held:
    if isinstance(given, AsyncSession):
        session, announce = given.sync_session, lambda: await_only(work.announce())
    else:
        session, announce = given, lambda: drive(work.announce())
    if _HELD not in session.info:
        session.info[_HELD] = []
        event.listen(session, "after_commit", _announce)
        event.listen(session, "after_soft_rollback", _forget)
        event.listen(session, "after_transaction_end", _forget_all)
    if _WATCH not in session.info and is_listened_to(session):
        session.info[_WATCH] = CommitWatch(session.connection(), lambda: _last_written(session))
    held = _Held(open_transactions(session), work, announce)
    session.info[_HELD].append(held)
    return held


def _held_in(given: AsyncSession | Session) -> list[_Held]:
    held: list[_Held] = given.info.get(_HELD, [])
    return held


def _last_written(session: Session) -> Work | None:
    return next((one.work for one in reversed(_held_in(session)) if one.is_written), None)


def _taken(given: AsyncSession | Session, start: int) -> list[Work]:
    """Take out what is held from a place on; return what services have written inside the write that begins there."""
    held = _held_in(given)
    taken = [one.work for one in held[start:] if one.is_written]
    del held[start:]
    return taken


def _refuse_autocommit(connection: AsyncConnection | SyncConnection) -> None:
    """Refuse a connection that begins no transaction: what is vetoed there, or fails half-way, stays.

    Raises:
        ConfigurationError: it is in AUTOCOMMIT.
    """
    sync = connection.sync_connection if isinstance(connection, AsyncConnection) else connection
    pooled = None if sync is None else sync.connection
    made, driver = getattr(pooled, "dbapi_connection", None), getattr(pooled, "driver_connection", None)
    # SQLite's driver says so by a level of None, which a host may also have set to say BEGIN itself.
    begins_none = getattr(made, "isolation_level", "") is None and getattr(driver, "in_transaction", None) is False
    if begins_none or getattr(made, "autocommit", False) is True:
        raise ConfigurationError(
            "The host's session is in AUTOCOMMIT, in which nothing can be undone. Give the kit a session whose engine "
            'was made without isolation_level="AUTOCOMMIT".'
        )


def _announce(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint was released: nothing is committed yet
    held, session.info[_HELD] = session.info[_HELD], []
    for one in held:
        if not one.is_written:
            continue  # it has failed, or goes on: it is not what is committed
        one.is_committed = True
        try:
            one.announce()
        except ConfigurationError:
            _logger.exception("Host.on_change.after_commit could not be called; the change is committed")


def _forget(session: Session, ended: SessionTransaction) -> None:
    session.info[_HELD] = [one for one in session.info[_HELD] if ended not in one.transactions]


def _forget_all(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info[_HELD] = []
        if watch := session.info.pop(_WATCH, None):
            watch.end()
