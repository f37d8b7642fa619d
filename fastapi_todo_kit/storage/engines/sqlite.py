"""Connections to SQLite, with the pragmas that let many use one file, and writers that wait in line."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import CommitFailed
from fastapi_todo_kit.storage.engines.driver import lend
from fastapi_todo_kit.storage.engines.plans import Plans
from fastapi_todo_kit.storage.engines.sqlite_connections import Readers, SharedConnection, SqliteConnection

_OPEN = "todo_kit_open"


class SqliteConnecting:
    """Lends connections of one SQLite file, or the one of a database in memory.

    All who read share two connections: each has a thread, and threads of Python take one another's time.

    Args:
        settings: where the database is.
    """

    def __init__(self, settings: TodoKitSettings) -> None:
        self.engine: AsyncEngine = make_sqlite_engine(settings)
        self._within = self.engine.execution_options(**{_OPEN: True})
        self._plans = Plans(self.engine.dialect)
        self._patience = settings.pool.timeout
        self._turn = asyncio.Lock()
        self._readers = None if settings.is_in_memory else Readers(self.engine.pool)

    def on_another_loop(self) -> "SqliteConnecting":
        """Return this, for the event loop that took the place of another."""
        self._turn = asyncio.Lock()
        return self

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        if self._readers is not None:
            await self._readers.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteConnection]:
        """Lend a connection for statements that change nothing, each on its own."""
        reader = None if self._readers is None else await self._readers.choose()
        lent = await self._own() if reader is None else SharedConnection(self._within, reader, self._plans)
        async with lent as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqliteConnection]:
        """Lend a connection for one transaction, in the order of coming: SQLite's lock goes to whoever asks next."""
        async with asyncio.timeout(self._patience):
            await self._turn.acquire()
        try:
            async with await self._own() as connection:
                yield connection
                try:
                    await connection.commit()
                except Exception as error:
                    raise CommitFailed(error) from error
        finally:
            self._turn.release()

    async def _own(self) -> SqliteConnection:
        return SqliteConnection(self._within, await lend(self.engine), self._plans)


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
        pool_use_lifo=True,  # each has a thread and a cache, and writers need one of them
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
