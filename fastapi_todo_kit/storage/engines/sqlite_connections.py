"""Connections of aiosqlite's: one that is somebody's own for a while, and the two on which everybody reads."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from operator import attrgetter
from typing import Any, Final, Self, TypeVar, cast

from sqlalchemy import Pool, PoolProxiedConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.storage.engines.driver import DriverConnection, lend, log_statement
from fastapi_todo_kit.storage.engines.places import Places
from fastapi_todo_kit.storage.engines.plans import Plans, Sql

T = TypeVar("T")
_MOST_READERS: Final = 2
_LONGEST_STATEMENT: Final = 0.05
"""Seconds; a page takes a thousandth of one."""


class SqliteConnection(DriverConnection):
    """A connection of aiosqlite's, which has a thread; each method of it that is awaited is one trip to there."""

    def __init__(self, engine: AsyncEngine, lent: PoolProxiedConnection, plans: Plans) -> None:
        super().__init__(engine, lent, plans)
        self._pool = engine.pool

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """Give the connection back; one to a file that could only be read may have a better successor."""
        if kind is None:
            await self.close()
        elif getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            await asyncio.shield(self.discard())
        else:
            await asyncio.shield(self.recover())

    async def close(self) -> None:
        """Give the connection back, or close it where the file has become another one meanwhile."""
        await (super().close() if self._pool is self._engine.pool else self.discard())

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


class Reader:
    """A connection on which many read at once, each statement by itself, in the order of asking.

    Args:
        pool: one of its own, which keeps it so that it can be closed.
        lent: the connection, of that pool.
    """

    def __init__(self, pool: Pool, lent: PoolProxiedConnection) -> None:
        self._pool = pool
        self.lent = lent
        self.driver: Any = lent.driver_connection
        lent.close()
        self.waiting: int = 0
        """How many statements it has not answered yet."""
        self._last = 0.0

    @classmethod
    async def open(cls, like: Pool) -> "Reader":
        """Connect as another pool does."""
        pool = like.recreate()
        return cls(pool, await greenlet_spawn(pool.connect))

    async def close(self) -> None:
        """Close the connection."""
        await greenlet_spawn(self._pool.dispose)

    @property
    def is_stuck(self) -> bool:
        """Whether it has been at one statement for so long that nobody should stand behind that."""
        return self.waiting > 0 and time.monotonic() - self._last > _LONGEST_STATEMENT

    async def run(self, sent: Awaitable[T]) -> T:
        """Return what a statement returns, and keep count."""
        if not self.waiting:
            self._last = time.monotonic()
        self.waiting += 1
        try:
            return await sent
        finally:
            self.waiting -= 1
            self._last = time.monotonic()


class Readers:
    """The connections on which everybody reads, opened when they are needed.

    Two of them take half the CPU of ten for a page: each has a thread, and threads of Python wait for one another. A
    statement that takes long keeps one of them, and behind two of those nobody waits.

    Args:
        pool: says how to connect; its own connections are left to others.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._readers: list[Reader] = []
        self._opened = 0

    async def choose(self) -> Reader | None:
        """Return the one with the fewest to answer, or None if a connection of one's own is had sooner."""
        if self._opened < _MOST_READERS and all(reader.waiting for reader in self._readers):
            await self._open()
        reader = min(self._readers, key=attrgetter("waiting"), default=None)
        return None if reader is None or reader.is_stuck else reader

    async def close(self) -> None:
        """Close them; the next use opens new ones."""
        readers, self._readers, self._opened = self._readers, [], 0
        for reader in readers:
            await reader.close()

    async def _open(self) -> None:
        self._opened += 1
        try:
            self._readers.append(await Reader.open(self._pool))
        except BaseException:
            self._opened -= 1
            raise


class SharedConnection(SqliteConnection):
    """One on which others read, too. What the host runs may be anything, so that goes to a connection of its own."""

    def __init__(self, engine: AsyncEngine, reader: Reader, plans: Plans, places: Places) -> None:
        super().__init__(engine, reader.lent, plans)
        self._driver = reader.driver
        self._reader: Reader | None = reader
        self._places = places
        self._place = AsyncExitStack()

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """Give back the connection of its own."""
        if self._reader is None:
            async with self._place:
                await super().__aexit__(kind, error, trace)

    async def _for_host(self) -> Transaction:
        if self._reader is not None:
            await self._place.enter_async_context(self._places)
            try:
                lent = await lend(self._engine)
            except BaseException:
                await self._place.aclose()
                raise
            self._reader, self._lent, self._driver = None, lent, lent.driver_connection
        return await super()._for_host()

    async def _send(self, run: Callable[..., T], *statements: Sql) -> T:
        sent = super()._send(run, *statements)
        return await (sent if self._reader is None else self._reader.run(sent))


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
