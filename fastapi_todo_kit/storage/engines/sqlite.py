"""Connections to SQLite, with the pragmas that let many use one file, and writers that wait in line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import AlchemyConnection, CommitFailed

_READS = "todo_kit_reads"


class SqliteConnecting:
    """Lends connections of one SQLite file, or the one of a database in memory.

    Args:
        engine: as `make_sqlite_engine` returns it.
        patience: how many seconds a writer waits for those before it.
    """

    def __init__(self, engine: AsyncEngine, patience: float) -> None:
        self.engine: AsyncEngine = engine
        self._reader = engine.execution_options(**{_READS: True})
        self._patience = patience
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AlchemyConnection]:
        """Lend a connection for statements that change nothing, each on its own."""
        async with self._reader.connect() as connection:
            yield AlchemyConnection(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AlchemyConnection]:
        """Lend a connection for one transaction, in the order of coming: SQLite's lock goes to whoever asks next."""
        async with asyncio.timeout(self._patience):
            await self._turn.acquire()
        try:
            async with self.engine.connect() as connection:
                yield AlchemyConnection(connection)
                try:
                    await connection.commit()
                except Exception as error:
                    raise CommitFailed(error) from error
        finally:
            self._turn.release()


def make_sqlite_engine(settings: TodoKitSettings) -> AsyncEngine:
    """Return an engine for a SQLite database."""
    # A database in memory is its one connection: a pool of one keeps it, and keeps its users apart.
    in_memory = settings.url.database in {None, "", ":memory:"}
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if in_memory else settings.pool.size,
        max_overflow=0 if in_memory else settings.pool.overflow,
        pool_timeout=settings.pool.wait,
    )
    event.listen(engine.sync_engine, "connect", partial(_configure, settings.pool.timeout))
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _configure(timeout: float, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # this module says BEGIN itself
    cursor = connection.cursor()
    # The timeout first: switching to WAL may itself have to wait for another process.
    for pragma in (f"busy_timeout={timeout * 1_000:.0f}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: SyncConnection) -> None:
    # A deferred transaction that turns into a writer fails at once when another writes (127 of 160 tries);
    # an immediate one waits for its turn.
    if not connection.get_execution_options().get(_READS):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
