"""The kit's own engine: made on first use, one per event loop, with retries where repeating is safe."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.failures import as_kit_error, is_lost_connection, is_refused_serialisation, reraise
from fastapi_todo_kit.storage.work import Context, Operation, Work, perform

_logger = logging.getLogger(__name__)

T = TypeVar("T")
_READS = "todo_kit_reads"
_BACKOFF_SECONDS = 0.01


class Database:
    """Runs units of work on connections of the kit's own, each taken as late and given back as early as possible.

    Args:
        settings: where the database is.
        prepare: run once before the first unit of work, on the engine; creates the tables of an embedded database.
    """

    def __init__(
        self, settings: TodoKitSettings, prepare: Callable[[AsyncEngine], Awaitable[None]] | None = None
    ) -> None:
        self._settings = settings
        self._prepare = prepare
        self._is_prepared = prepare is None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engine: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._preparing = asyncio.Lock()
        self._writing = asyncio.Lock()

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing, each statement on its own; once more if the connection was stale."""
        return await self.query(lambda connection: Work(context, connection, Transaction(connection)).run(operation))

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation in one transaction, and again while the database refuses to serialise it."""

        async def run(connection: AsyncConnection) -> tuple[T, Work]:
            work = Work(context, connection, Transaction(connection))
            return await perform(work, operation), work

        result, work = await self.transact(run)
        await work.announce()
        return result

    async def query(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run a function that changes nothing, as `read` does."""
        return await self._run(lambda: self._query_once(run), self._is_stale)

    async def transact(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run a function in one transaction, as `write` does."""
        return await self._run(lambda: self._transact_once(run), self._can_repeat)

    async def warm_up(self) -> None:
        """Prepare the database and open a first connection; a database that is away now may be there later."""
        try:
            async with await self._connect(reads=True):
                pass
        except Exception as error:
            _logger.warning("the database is not there yet: %s", as_kit_error(error))

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        if self._engine is not None:
            await self._engine.dispose()
        # A database in memory is gone with its connection: whoever uses it again finds its tables made anew.
        self._is_prepared = self._prepare is None

    async def _query_once(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with await self._connect(reads=True) as connection:
            return await run(connection)

    async def _transact_once(self, run: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        connecting = await self._connect(reads=False)
        async with self._turn(), connecting as connection:
            result = await run(connection)
            try:
                await connection.commit()
            except Exception as error:
                raise _CommitFailed(error) from error
        return result

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Queue the writers of a SQLite file in the order of their coming: its own lock goes to whoever asks next."""
        if not self._settings.is_sqlite:
            yield
            return
        async with asyncio.timeout(self._settings.pool.timeout):
            await self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()

    async def _run(self, attempt: Callable[[], Awaitable[T]], may_repeat: Callable[[Exception, int], bool]) -> T:
        tries = 0
        while True:
            try:
                return await attempt()
            except Exception as error:
                if not may_repeat(error, tries):
                    reraise(error.cause if isinstance(error, _CommitFailed) else error)
            tries += 1
            await asyncio.sleep(_BACKOFF_SECONDS * 2**tries * random.random())  # noqa: S311  (jitter, no secret)

    def _can_repeat(self, error: Exception, tries: int) -> bool:
        if isinstance(error, _CommitFailed):
            # A connection lost during COMMIT leaves the outcome unknown; only a definite refusal may be repeated.
            return self._is_refused(error.cause, tries)
        return self._is_stale(error, tries) or self._is_refused(error, tries)

    def _is_refused(self, error: Exception, tries: int) -> bool:
        return is_refused_serialisation(error) and tries < self._settings.write_retries

    def _is_stale(self, error: Exception, tries: int) -> bool:
        return tries == 0 and is_lost_connection(error)

    async def _connect(self, *, reads: bool) -> AsyncConnection:
        loop = asyncio.get_running_loop()
        if self._engine is None or self._reader is None or loop is not self._loop:
            self._open(loop)
        assert self._engine is not None  # noqa: S101  (narrows for the type checker)
        assert self._reader is not None  # noqa: S101  (the same)
        if not self._is_prepared:
            await self._prepare_once(self._engine)
        return (self._reader if reads else self._engine).connect()

    async def _prepare_once(self, engine: AsyncEngine) -> None:
        async with self._preparing:
            if self._prepare is not None and not self._is_prepared:
                await self._prepare(engine)
                self._is_prepared = True

    def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make the engine. Connections belong to their loop, and a test client may start a loop for each request."""
        self._preparing, self._writing = asyncio.Lock(), asyncio.Lock()
        if self._engine is not None and self._settings.is_sqlite:
            # Its connections run on threads of their own, and one in memory is the database.
            self._loop = loop
            return
        # Who changes loops is a test; nobody would close the connections of a pool before its loop is gone.
        pooled = self._engine is None
        self._loop = loop
        self._engine = make_engine(self._settings, pooled=pooled)
        if self._settings.is_sqlite:
            self._reader = self._engine.execution_options(**{_READS: True})
        else:
            # Autocommit: a single statement needs no BEGIN and no ROLLBACK, two round trips of three.
            self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")


class _CommitFailed(Exception):
    """Marks a failure of COMMIT itself, after which the outcome may be unknown."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


def make_engine(settings: TodoKitSettings, *, pooled: bool = True) -> AsyncEngine:
    """Return an engine for the settings' database, with the pragmas that SQLite needs to be used by many.

    `pooled=False` is for PostgreSQL: each use opens a connection of its own and closes it.
    """
    if not settings.is_sqlite:
        pool = settings.pool
        keeping = {"pool_size": pool.size, "max_overflow": pool.overflow, "pool_timeout": pool.timeout}
        return create_async_engine(
            settings.url,
            hide_parameters=True,
            pool_recycle=pool.recycle,
            connect_args={"timeout": pool.timeout, "server_settings": {"application_name": "todo_kit"}},
            **(keeping if pooled else {"poolclass": NullPool}),
        )
    # A database in memory is its one connection: a pool of one keeps it, and keeps its users apart.
    in_memory = settings.url.database in {None, "", ":memory:"}
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if in_memory else settings.pool.size,
        max_overflow=0 if in_memory else settings.pool.overflow,
        pool_timeout=settings.pool.timeout,
    )
    event.listen(engine.sync_engine, "connect", partial(_configure_sqlite, settings.pool.timeout))
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _configure_sqlite(timeout: float, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # this module says BEGIN itself
    cursor = connection.cursor()
    # The timeout first: switching to WAL may itself have to wait for another process.
    for pragma in (f"busy_timeout={timeout * 1_000:.0f}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another writes (127 of 160 tries);
    # an immediate one waits for its turn.
    if not connection.get_execution_options().get(_READS):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
