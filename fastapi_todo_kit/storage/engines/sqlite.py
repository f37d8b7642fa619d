"""Connections to SQLite, with the pragmas that let many use one file, and writers that wait in line."""

import asyncio
import os
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
from fastapi_todo_kit.storage.engines.per_loop import PerLoop
from fastapi_todo_kit.storage.engines.places import Places
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
        self._lines = PerLoop(partial(_Lines, settings))
        self._readers = None if settings.is_in_memory else Readers(self.engine.pool)
        self._path = None if settings.is_in_memory else settings.url.database
        self._file: tuple[int, int] | None = None

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        if self._readers is not None:
            await self._readers.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteConnection]:
        """Lend a connection for statements that change nothing, each on its own."""
        lines = self._lines.here()
        await self._follow_file(lines)
        reader = None if self._readers is None else await self._readers.choose()
        if reader is None:
            async with self._own(lines) as connection:
                yield connection
        else:
            async with SharedConnection(self._within, reader, self._plans, lines.places) as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqliteConnection]:
        """Lend a connection for one transaction, in the order of coming: SQLite's lock goes to whoever asks next.

        Raises:
            TimeoutError: those before did not come to an end.
        """
        lines = self._lines.here()
        async with lines.turn():
            await self._follow_file(lines)
            async with self._own(lines) as connection:
                yield connection
                try:
                    await connection.commit()
                except Exception as error:
                    raise CommitFailed(error) from error

    @asynccontextmanager
    async def _own(self, lines: "_Lines") -> AsyncIterator[SqliteConnection]:
        async with lines.places, SqliteConnection(self._within, await lend(self.engine), self._plans) as own:
            yield own

    async def _follow_file(self, lines: "_Lines") -> None:
        """Close every connection, which has the old file, once another one was put in its place: a backup.

        Raises:
            FileNotFoundError: it is gone. Connecting would make an empty one.
        """
        if self._path is None or _identity(self._path) == self._file:
            return
        async with lines.following:
            file = _identity(self._path)
            if self._file is not None and file != self._file:
                await self.close()
                if file is None:
                    raise FileNotFoundError(f"the file of the database is gone: {self._path}")
            self._file = file


class _Lines:
    """How those of one event loop stand in line."""

    def __init__(self, settings: TodoKitSettings) -> None:
        # A database in memory is its one connection.
        number = 1 if settings.is_in_memory else settings.pool.size + settings.pool.overflow
        self.places = Places(number, settings.pool.wait)
        self.following = asyncio.Lock()
        self._writers = asyncio.Lock()
        self._patience = settings.pool.timeout

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Be the one who writes.

        Raises:
            TimeoutError: those before did not come to an end.
        """
        try:
            async with asyncio.timeout(self._patience):
                await self._writers.acquire()
        except TimeoutError:
            raise TimeoutError(f"other writers have kept SQLite's lock for {self._patience:g} s") from None
        try:
            yield
        finally:
            self._writers.release()


def _identity(path: str) -> tuple[int, int] | None:
    """Return what tells the file at a path from any other; nothing, where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def make_sqlite_engine(settings: TodoKitSettings) -> AsyncEngine:
    """Return an engine for a SQLite database."""
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if settings.is_in_memory else settings.pool.size,
        max_overflow=-1,  # how many there may be is counted where they are lent
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
