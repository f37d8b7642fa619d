"""Connections to PostgreSQL: SQLAlchemy pools them and compiles the statements, its driver runs them.

What SQLAlchemy does around each execution costs more than the driver and the framework together; the numbers are in
docs/explanation/performance.md.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Executable, PoolProxiedConnection, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import ONE_OFF, CommitFailed, Parameters
from fastapi_todo_kit.storage.engines.plans import Plans
from fastapi_todo_kit.storage.failures import LostConnection, is_outdated_plan

_statements = logging.getLogger("sqlalchemy.engine.Engine")  # where whoever wants to see statements looks
_ROLLBACK_SECONDS: Final = 5


class PostgresConnecting:
    """Lends connections of one PostgreSQL database.

    Args:
        settings: where it is.
        pooled: whether connections are kept; else each use opens one and closes it.
    """

    def __init__(self, settings: TodoKitSettings, *, pooled: bool) -> None:
        # Transactions begin and end here: SQLAlchemy's adapter must not begin one for the host's statements, and its
        # pool need not end one.
        self.engine: AsyncEngine = make_postgres_engine(
            settings, pooled=pooled, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
        self._plans = Plans(self.engine.dialect)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator["DriverConnection"]:
        """Lend a connection in autocommit: a single statement needs no BEGIN and no ROLLBACK, two trips of three."""
        connection = DriverConnection(self.engine, await self.engine.raw_connection(), self._plans)
        try:
            yield connection
        except BaseException as error:
            await asyncio.shield(connection.recover())
            if is_outdated_plan(error):
                await self.engine.dispose()  # the other connections hold plans as old
            raise
        await connection.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["DriverConnection"]:
        """Lend a connection for one transaction, and commit it."""
        async with self.reading() as connection:
            await connection.begin()
            yield connection
            try:
                await connection.commit()
            except Exception as error:
                raise CommitFailed(error) from error


class DriverConnection:
    """A connection of asyncpg's, lent by SQLAlchemy's pool."""

    def __init__(self, engine: AsyncEngine, lent: PoolProxiedConnection, plans: Plans) -> None:
        self._engine = engine
        self._lent = lent
        self._driver: Any = lent.driver_connection
        self._plans = plans
        self._transaction: Transaction | None = None

    @property
    def transaction(self) -> Transaction:
        """A connection of SQLAlchemy's around this one, for the host's own statements; it commits nothing."""
        if self._transaction is None:
            connection = SyncConnection(self._engine.sync_engine, self._lent)
            connection.begin()
            self._transaction = Transaction(AsyncConnection(self._engine, connection))
        return self._transaction

    async def fetch(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        if ONE_OFF.items() <= statement.get_execution_options().items():
            found: Sequence[Row[Any]] = (await self.transaction.connection.execute(statement, parameters)).all()
            return found
        plan = self._plans.of(statement, parameters)
        sql, values = plan.bound(parameters)
        return plan.rows(await self._send(self._driver.fetch, sql, *values))

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        sql, values = self._plans.of(statement, parameters).bound(parameters)
        tag: str = await self._send(self._driver.execute, sql, *values)
        return int(tag.rpartition(" ")[2])

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows, in one round trip."""
        bound = [self._plans.of(statement, row).bound(row) for row in rows]
        await self._send(self._driver.executemany, bound[0][0], [values for _, values in bound])

    async def begin(self) -> None:
        """Begin a transaction, at the isolation that the database gives by default."""
        await self._send(self._driver.execute, "BEGIN")

    async def commit(self) -> None:
        """Commit the transaction.

        Raises:
            ConfigurationError: PostgreSQL rolled back, because a statement had failed and somebody hid its error.
        """
        tag = await self._send(self._driver.execute, "COMMIT")
        if tag != "COMMIT":
            raise ConfigurationError("a callable of the host hid an error of its statement: nothing could be committed")

    async def close(self) -> None:
        """Give the connection back."""
        await greenlet_spawn(self._lent.close)

    async def recover(self) -> None:
        """Give the connection back after an error or a cancellation, without a transaction; or replace it."""
        if self._driver.is_in_transaction():
            with suppress(Exception):
                async with asyncio.timeout(_ROLLBACK_SECONDS):
                    await self._driver.execute("ROLLBACK")
        is_broken = self._driver.is_closed() or self._driver.is_in_transaction()
        await greenlet_spawn(self._lent.invalidate if is_broken and self._lent.is_valid else self._lent.close)

    async def _send(self, method: Callable[..., Awaitable[Any]], sql: str, *values: Any) -> Any:
        _statements.info("%s", sql)
        try:
            return await method(sql, *values)
        except Exception as error:
            if self._driver.is_closed():
                raise LostConnection(error) from error
            raise


def make_postgres_engine(settings: TodoKitSettings, *, pooled: bool = True, **options: Any) -> AsyncEngine:
    """Return an engine for a PostgreSQL database."""
    pool = settings.pool
    keeping = {"pool_size": pool.size, "max_overflow": pool.overflow, "pool_timeout": pool.timeout}
    return create_async_engine(
        settings.url,
        hide_parameters=True,
        pool_recycle=pool.recycle,
        connect_args={"timeout": pool.timeout, "server_settings": {"application_name": "todo_kit"}},
        **(keeping if pooled else {"poolclass": NullPool}),
        **options,
    )
