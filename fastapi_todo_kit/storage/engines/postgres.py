"""Engines for PostgreSQL with one of two drivers, whose connections are lent in the order of asking."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from importlib import import_module
from typing import Any, Final, cast

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import PoolProxiedConnection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from fastapi_todo_kit.core.errors import MissingExtra
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.settings.urls import words_for_missing
from fastapi_todo_kit.storage.engines.connections import CommitFailed
from fastapi_todo_kit.storage.engines.driver import lend
from fastapi_todo_kit.storage.engines.places import Places
from fastapi_todo_kit.storage.engines.plans import Plans
from fastapi_todo_kit.storage.engines.postgres_connections import PostgresConnection
from fastapi_todo_kit.storage.failures import is_lost_connection, is_outdated_plan

_BORN: Final = "todo_kit_born"
_GRACE_SECONDS: Final = 1
"""How much longer than the server the driver waits for it to end a statement."""
_DRIVERS: Final = {
    "asyncpg": "fastapi_todo_kit.storage.engines.asyncpg_connections:AsyncpgConnection",
    "psycopg": "fastapi_todo_kit.storage.engines.psycopg_connections:PsycopgConnection",
}


class PostgresConnecting:
    """Lends connections of one PostgreSQL database.

    Args:
        settings: where it is.
        pooled: whether connections are kept; else each use opens one and closes it.
    """

    def __init__(self, settings: TodoKitSettings, *, pooled: bool) -> None:
        self._is_shared = settings.postgres.pooler is not None
        self._kind = _kind_of(settings)
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
        self._places = Places(settings.pool.size + settings.pool.overflow, settings.pool.wait)

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        await self.engine.dispose()

    def reading(self) -> AbstractAsyncContextManager[PostgresConnection]:
        """Lend a connection in autocommit: a single statement needs no BEGIN and no ROLLBACK, two trips of three.

        Behind a pooler in a transaction nevertheless, because the driver prepares a statement with one message and runs
        it with the next: between transactions these may come to two servers.
        """
        return self._reading_in_transaction() if self._is_shared else self._lending()

    @asynccontextmanager
    async def _reading_in_transaction(self) -> AsyncIterator[PostgresConnection]:
        async with self.writing() as connection:
            await connection.begin()
            yield connection

    @asynccontextmanager
    async def _lending(self) -> AsyncIterator[PostgresConnection]:
        """Lend a connection in the order of asking: whoever comes later does not take it from those who wait."""
        async with self._places:
            lent = await self._take()
            connection, born = self._kind(self.engine, lent, self._plans, self._begin), lent.info[_BORN]
            try:
                yield connection
            except BaseException as error:
                await asyncio.shield(connection.recover())
                # What cut this one, or made its plans old, did the same to all of its age.
                if born >= self._trusted_from and (is_lost_connection(error) or is_outdated_plan(error)):
                    self._trusted_from = time.monotonic()
                raise
            await connection.close()

    async def _take(self) -> PoolProxiedConnection:
        """Take a connection from the pool; those that are not trusted any more are replaced."""
        while True:
            lent = await (self.engine.raw_connection() if self._kind.waits_to_close else lend(self.engine))
            if lent.info.setdefault(_BORN, time.monotonic()) >= self._trusted_from:
                return lent
            await greenlet_spawn(lent.invalidate)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[PostgresConnection]:
        """Lend a connection for one transaction, and commit it."""
        async with self._lending() as connection:
            yield connection
            try:
                await connection.commit()
            except Exception as error:
                raise CommitFailed(error) from error


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

    Raises:
        MissingExtra: the driver is not installed.
    """
    pool, is_shared = settings.pool, settings.postgres.pooler is not None
    # How many there may be beside those that are kept is counted where they are lent, in the order of asking.
    keeping = {"pool_size": pool.size, "max_overflow": -1}
    place = {} if is_shared else _place(settings)
    session = {"application_name": "todo_kit", **place, **(limits or {})}
    kind = _kind_of(settings)
    engine = create_async_engine(
        settings.url,
        hide_parameters=True,
        pool_recycle=pool.recycle,
        connect_args=kind.arguments(settings, session, patience),
        **kind.engine_options,
        **(keeping if pooled else {"poolclass": NullPool}),
        **options,
    )
    if is_shared and settings.postgres.schema_name is not None:
        event.listen(engine.sync_engine, "begin", partial(_set_place, _place(settings)))
    return engine


def _kind_of(settings: TodoKitSettings) -> type[PostgresConnection]:
    driver = settings.url.get_driver_name()
    module, _, name = _DRIVERS[driver].partition(":")
    try:
        import_module(driver)
    except ImportError as error:  # or libpq is, which psycopg brings along only as `psycopg[binary]`
        raise MissingExtra(words_for_missing(driver, error)) from None
    return cast("type[PostgresConnection]", getattr(import_module(module), name))


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
