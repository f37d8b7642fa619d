"""Connections of drivers: SQLAlchemy pools them and compiles the statements, the driver runs them.

What SQLAlchemy does around each execution costs more than the driver and the framework together; the numbers are in
docs/explanation/performance.md.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Executable, PoolProxiedConnection, QueuePool, Row
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

from fastapi_todo_kit.core.errors import TransactionBroken
from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.storage.engines.connections import ONE_OFF, Bound, Parameters, gathered
from fastapi_todo_kit.storage.engines.plans import Plans, Sql
from fastapi_todo_kit.storage.pieces import PIECE, in_pieces

_statements = logging.getLogger("sqlalchemy.engine.Engine")  # where whoever wants to see statements looks


class DriverConnection(ABC):
    """A connection of a driver's, lent by the pool.

    Args:
        engine: what it was lent from; SQLAlchemy begins nothing on it.
        lent: the connection.
        plans: the statements that were compiled.
    """

    is_sync: bool = False

    def __init__(self, engine: AsyncEngine, lent: PoolProxiedConnection, plans: Plans) -> None:
        self._engine = engine
        self._lent = lent
        self._driver: Any = lent.driver_connection
        self._plans = plans
        self._transaction: Transaction | None = None

    async def _for_host(self) -> Transaction:
        """Return a connection of SQLAlchemy's around this one, for the host's own statements; it commits nothing."""
        if self._transaction is None:
            connection = SyncConnection(self._engine.sync_engine, self._lent)
            connection.begin()
            self._transaction = Transaction(AsyncConnection(self._engine, connection))
        return self._transaction

    @asynccontextmanager
    async def lending(self) -> AsyncIterator[Transaction]:
        """Lend the transaction to a callable of the host."""
        transaction, was_open = await self._for_host(), self.is_in_transaction
        begun = transaction.connection.sync_connection.get_transaction()
        yield transaction
        if self.is_in_transaction is not was_open or not begun.is_active:
            raise TransactionBroken

    async def fetch(
        self, statement: Executable, parameters: Parameters, after: Bound | None = None
    ) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        if ONE_OFF.items() <= statement.get_execution_options().items():
            if after is not None:
                await self.run(*after)
            connection = (await self._for_host()).connection
            return await gathered(await connection.execute(statement, parameters), self.give_way)
        plan = self._plans.of(statement, parameters)
        before = None if after is None else self._plans.of(*after).bound(after[1])
        records = await self._rows(plan.bound(parameters), before)
        if len(records) <= PIECE:
            return plan.rows(records)
        rows: list[Row[Any]] = []
        for piece in in_pieces(records):
            rows += plan.rows(piece)
            await self.give_way()
        return rows

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        return await self._touch(self._plans.of(statement, parameters).bound(parameters))

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows, which have the same names."""
        bound = [self._plans.of(statement, row).bound(row) for row in rows]
        await self._touch_many(bound[0][0], [values for _, values in bound])

    async def give_way(self) -> None:
        """Let whatever else waits for the event loop have it."""
        await asyncio.sleep(0)

    async def close(self) -> None:
        """Give the connection back."""
        pool = self._engine.pool
        if isinstance(pool, QueuePool) and pool.checkedin() < pool.size():
            self._lent.close()  # it has a place in the pool, so nothing waits
        else:
            await greenlet_spawn(self._lent.close)

    async def discard(self) -> None:
        """Give the connection back as one that is replaced."""
        await greenlet_spawn(self._lent.invalidate if self._lent.is_valid else self._lent.close)

    @property
    @abstractmethod
    def is_in_transaction(self) -> bool:
        """Whether the driver's connection is in a transaction."""

    @abstractmethod
    async def _rows(self, one: Sql, before: Sql | None = None) -> Sequence[Any]:
        """Return what the driver fetches, in one round trip with a change that goes before it."""

    @abstractmethod
    async def _touch(self, one: Sql) -> int:
        """Return how many rows a statement touched."""

    @abstractmethod
    async def _touch_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of these values, at once where the driver can."""


async def lend(engine: AsyncEngine) -> PoolProxiedConnection:
    """Take a connection of a pool; one that is there is had without a greenlet, which costs as much as the pool."""
    pool = engine.pool
    if isinstance(pool, QueuePool) and pool.checkedin() and not _waits(pool):
        with suppress(MissingGreenlet):  # it is too old, and waits for another one
            return pool.connect()
    return await engine.raw_connection()


def _waits(pool: QueuePool) -> bool:
    """Whether a pool, which may have no more connections than it has, would wait for one, even where one is there."""
    return -1 < pool._max_overflow <= pool.overflow()


def log_statement(sql: str) -> None:
    """Show a statement to whoever wants to see those of SQLAlchemy."""
    _statements.info("%s", sql)
