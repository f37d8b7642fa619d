"""Connections to PostgreSQL: its driver's, lent in the order of asking, and its errors."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Any, Final, cast

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Executable, PoolProxiedConnection, event
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from fastapi_todo_kit.errors import TransactionBroken
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import FORGET_PLANS, CommitFailed, Parameters
from fastapi_todo_kit.storage.engines.driver import DriverConnection, lend, log_statement
from fastapi_todo_kit.storage.engines.plans import Plans, Sql, joined
from fastapi_todo_kit.storage.failures import LostConnection, is_lost_connection, is_outdated_plan

_BORN: Final = "todo_kit_born"
_ROLLBACK_SECONDS: Final = 5
_GRACE_SECONDS: Final = 1
"""How much longer than the server the driver waits for it to end a statement."""
# A prepared statement with a name stays on a server that the next transaction may not get.
_NAMELESS: Final = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    "prepared_statement_name_func": lambda: "",
}


class PostgresConnecting:
    """Lends connections of one PostgreSQL database.

    Args:
        settings: where it is.
        pooled: whether connections are kept; else each use opens one and closes it.
    """

    def __init__(self, settings: TodoKitSettings, *, pooled: bool) -> None:
        self._is_shared = settings.postgres.pooler is not None
        # Transactions begin and end here: SQLAlchemy's adapter must not begin one for the host's statements, and its
        # pool need not end one.
        self.engine: AsyncEngine = make_postgres_engine(
            settings,
            {} if self._is_shared else _limits(settings),
            patience=_patience(settings),
            pooled=pooled,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )
        self._plans = Plans(self.engine.dialect)
        self._trusted_from = 0.0
        # What is set for a session behind a pooler is set for whoever gets its connection next.
        limits = {**_limits(settings), **_place(settings)} if self._is_shared else {}
        # Whatever the server's default is: the lock of the space keeps writers apart.
        begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
        self._begin = "; ".join([begin, *(f"SET LOCAL {name} = {value}" for name, value in limits.items())])
        self._places = asyncio.Semaphore(settings.pool.size + settings.pool.overflow)
        self._wait = settings.pool.wait

    def reading(self) -> AbstractAsyncContextManager["PostgresConnection"]:
        """Lend a connection in autocommit: a single statement needs no BEGIN and no ROLLBACK, two trips of three.

        Behind a pooler in a transaction nevertheless, because the driver prepares a statement with one message and runs
        it with the next: between transactions these may come to two servers.
        """
        return self._reading_in_transaction() if self._is_shared else self._lending()

    @asynccontextmanager
    async def _reading_in_transaction(self) -> AsyncIterator["PostgresConnection"]:
        async with self.writing() as connection:
            await connection.begin()
            yield connection

    @asynccontextmanager
    async def _lending(self) -> AsyncIterator["PostgresConnection"]:
        """Lend a connection in the order of asking: whoever comes later does not take it from those who wait."""
        try:
            async with asyncio.timeout(self._wait if self._places.locked() else None):
                await self._places.acquire()
        except TimeoutError as error:
            raise PoolTimeout("no connection is free") from error
        try:
            lent = await self._take()
            connection, born = PostgresConnection(self.engine, lent, self._plans, self._begin), lent.info[_BORN]
            try:
                yield connection
            except BaseException as error:
                await asyncio.shield(connection.recover())
                # What cut this one, or made its plans old, did the same to all of its age.
                if born >= self._trusted_from and (is_lost_connection(error) or is_outdated_plan(error)):
                    self._trusted_from = time.monotonic()
                raise
            await connection.close()
        finally:
            self._places.release()

    async def _take(self) -> PoolProxiedConnection:
        """Take a connection from the pool; those that are not trusted any more are replaced."""
        while True:
            lent = await lend(self.engine)
            if lent.info.setdefault(_BORN, time.monotonic()) >= self._trusted_from:
                return lent
            await greenlet_spawn(lent.invalidate)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["PostgresConnection"]:
        """Lend a connection for one transaction, and commit it."""
        async with self._lending() as connection:
            yield connection
            try:
                await connection.commit()
            except Exception as error:
                raise CommitFailed(error) from error


class PostgresConnection(DriverConnection):
    """A connection of asyncpg's."""

    def __init__(self, engine: AsyncEngine, lent: PoolProxiedConnection, plans: Plans, begin: str) -> None:
        super().__init__(engine, lent, plans)
        self._begin = begin

    @property
    def is_in_transaction(self) -> bool:
        """Whether the driver's connection is in a transaction."""
        return bool(self._driver.is_in_transaction())

    async def begin(self, first: str = "") -> int:
        """Begin a transaction, in one message with a first statement without parameters."""
        return await self._touch((f"{self._begin}; {first}" if first else self._begin, ()))

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows, in one round trip."""
        bound = [self._plans.of(statement, row).bound(row) for row in rows]
        await self._send(self._driver.executemany, bound[0][0], [values for _, values in bound])

    async def forget_plans(self) -> None:
        """Let it plan anew what it runs from now on."""
        await self._send(self._driver.execute, FORGET_PLANS)

    async def commit(self) -> None:
        """Commit the transaction.

        Raises:
            TransactionBroken: PostgreSQL rolled back, because a statement had failed and somebody hid its error.
        """
        tag = await self._send(self._driver.execute, "COMMIT")
        if tag != "COMMIT":
            raise TransactionBroken

    async def recover(self) -> None:
        """Give the connection back after an error or a cancellation, without a transaction; or replace it."""
        if not self._driver.is_closed() and self._driver.is_in_transaction():
            with suppress(Exception):
                async with asyncio.timeout(_ROLLBACK_SECONDS):
                    await self._driver.execute("ROLLBACK")
        if self._driver.is_closed() or self._driver.is_in_transaction():
            await self.discard()
        else:
            await self.close()

    async def _rows(self, one: Sql, before: Sql | None = None) -> Sequence[Any]:
        sql, values = one if before is None else joined(before, one)
        return cast("Sequence[Any]", await self._send(self._driver.fetch, sql, *values))

    async def _touch(self, one: Sql) -> int:
        # As PostgreSQL says it: `UPDATE 1`; `BEGIN` has touched nothing.
        count = (await self._send(self._driver.execute, one[0], *one[1])).rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def _send(self, method: Callable[..., Awaitable[Any]], sql: str, *values: Any) -> Any:
        log_statement(sql)
        try:
            return await method(sql, *values)
        except TimeoutError:
            self._driver.terminate()  # the server has not even said that it took too long: it is gone
            raise
        except Exception as error:
            if self._driver.is_closed():
                raise LostConnection(error) from error
            raise


def make_postgres_engine(
    settings: TodoKitSettings,
    limits: Mapping[str, str] | None = None,
    *,
    patience: float | None = None,
    pooled: bool = True,
    **options: Any,
) -> AsyncEngine:
    """Return an engine for a PostgreSQL database.

    Args:
        settings: where it is.
        limits: parameters of each session.
        patience: how many seconds the driver waits for the end of a statement.
        pooled: whether connections are kept.
        options: further ones of SQLAlchemy's `create_engine`.
    """
    pool, is_shared = settings.pool, settings.postgres.pooler is not None
    # How many there may be beside those that are kept is counted where they are lent, in the order of asking.
    keeping = {"pool_size": pool.size, "max_overflow": -1}
    place = {} if is_shared else _place(settings)
    session = {"application_name": "todo_kit", **place, **(limits or {})}
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        pool_recycle=pool.recycle,
        connect_args={
            "timeout": pool.timeout,
            "command_timeout": patience,
            "server_settings": session,
            **(_NAMELESS if is_shared else {}),
        },
        **(keeping if pooled else {"poolclass": NullPool}),
        **options,
    )
    if is_shared and settings.postgres.schema_name is not None:
        event.listen(engine.sync_engine, "begin", partial(_set_place, _place(settings)))
    return engine


def _limits(settings: TodoKitSettings) -> dict[str, str]:
    """Return how long PostgreSQL lets something take, in its milliseconds."""
    seconds = {
        "statement_timeout": settings.postgres.statement_timeout,
        "lock_timeout": settings.postgres.lock_timeout,
        "idle_in_transaction_session_timeout": settings.postgres.idle_timeout,
    }
    return {name: f"{1_000 * value:.0f}" for name, value in seconds.items()}


def _patience(settings: TodoKitSettings) -> float | None:
    seconds = settings.postgres.statement_timeout
    return seconds + _GRACE_SECONDS if seconds else None


def _place(settings: TodoKitSettings) -> dict[str, str]:
    schema = settings.postgres.schema_name
    return {} if schema is None else {"search_path": f'"{schema}"'}


def _set_place(place: Mapping[str, str], connection: SyncConnection) -> None:
    for name, value in place.items():
        connection.exec_driver_sql(f"SET LOCAL {name} = {value}")
