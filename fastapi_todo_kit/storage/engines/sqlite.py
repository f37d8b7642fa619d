"""Connections to SQLite, with the pragmas that let many use one file, and writers that wait in line."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import CommitFailed
from fastapi_todo_kit.storage.engines.driver import DriverConnection, lend, log_statement
from fastapi_todo_kit.storage.engines.plans import Plans, Sql

T = TypeVar("T")
_OPEN = "todo_kit_open"


class SqliteConnecting:
    """Lends connections of one SQLite file, or the one of a database in memory.

    Args:
        engine: as `make_sqlite_engine` returns it.
        patience: how many seconds a writer waits for those before it.
    """

    def __init__(self, engine: AsyncEngine, patience: float) -> None:
        self.engine: AsyncEngine = engine
        self._within = engine.execution_options(**{_OPEN: True})
        self._plans = Plans(engine.dialect)
        self._patience = patience
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator["SqliteConnection"]:
        """Lend a connection for statements that change nothing, each on its own."""
        connection = SqliteConnection(self._within, await lend(self.engine), self._plans)
        try:
            yield connection
        except BaseException:
            await asyncio.shield(connection.recover())
            raise
        await connection.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["SqliteConnection"]:
        """Lend a connection for one transaction, in the order of coming: SQLite's lock goes to whoever asks next."""
        async with asyncio.timeout(self._patience):
            await self._turn.acquire()
        try:
            async with self.reading() as connection:
                yield connection
                try:
                    await connection.commit()
                except Exception as error:
                    raise CommitFailed(error) from error
        finally:
            self._turn.release()


class SqliteConnection(DriverConnection):
    """A connection of aiosqlite's, which has a thread; each method of it that is awaited is one trip to there."""

    @property
    def is_in_transaction(self) -> bool:
        """Whether the driver's connection is in a transaction."""
        return bool(self._driver.in_transaction)

    async def begin(self, first: str = "") -> int:
        """Begin a transaction.

        A deferred one that turns into a writer fails at once when another writes (127 of 160 tries); an immediate one
        waits for its turn.
        """
        begin = ("BEGIN IMMEDIATE", ())
        return await self._send(_touched, *([begin, (first, ())] if first else [begin]))

    async def forget_plans(self) -> None:
        """Do nothing: SQLite does not plan by the size of tables."""

    async def commit(self) -> None:
        """Commit the transaction."""
        await self._driver.commit()

    async def recover(self) -> None:
        """Give the connection back after an error or a cancellation, without a transaction; or replace it."""
        try:
            await self._driver.rollback()
        except Exception:
            await self.discard()
        else:
            await self.close()

    async def _rows(self, one: Sql, before: Sql | None = None) -> Sequence[Any]:
        return await self._send(_fetched, *([one] if before is None else [before, one]))

    async def _touch(self, one: Sql) -> int:
        return await self._send(_touched, one)

    async def _touch_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        log_statement(sql)
        async with self._driver.executemany(sql, values):
            pass

    async def _send(self, run: Callable[..., T], *statements: Sql) -> T:
        """Run statements one after the other in the thread of the connection, and return what `run` makes of them.

        Each trip to there costs as much as a statement, and aiosqlite's own methods make two for each statement whose
        rows are counted.
        """
        for sql, _ in statements:
            log_statement(sql)
        return cast("T", await self._driver._execute(run, self._driver._conn, *statements))


def _fetched(connection: sqlite3.Connection, *statements: Sql) -> list[Any]:
    """Return the rows of the last one."""
    for sql, values in statements:
        rows = connection.execute(sql, values).fetchall()
    return rows


def _touched(connection: sqlite3.Connection, *statements: Sql) -> int:
    """Return how many rows the last one touched."""
    for sql, values in statements:
        cursor = connection.execute(sql, values)
    return cursor.rowcount


def make_sqlite_engine(settings: TodoKitSettings) -> AsyncEngine:
    """Return an engine for a SQLite database."""
    # A database in memory is its one connection: a pool of one keeps it, and keeps its users apart.
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if settings.is_in_memory else settings.pool.size,
        max_overflow=0 if settings.is_in_memory else settings.pool.overflow,
        pool_timeout=settings.pool.wait,
        pool_reset_on_return=None,  # transactions end where they begin
    )
    event.listen(engine.sync_engine, "connect", partial(_configure, settings.pool.timeout))
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _configure(timeout: float, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # this module says BEGIN itself
    connection.driver_connection.row_factory = sqlite3.Row  # its rows know the names of their columns
    cursor = connection.cursor()
    # The timeout first: switching to WAL may itself have to wait for another process.
    for pragma in (f"busy_timeout={timeout * 1_000:.0f}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: SyncConnection) -> None:
    if not connection.get_execution_options().get(_OPEN):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
