"""A PostgreSQL and its replica, which lags when a test says so, and processes of the kit that read from it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import asyncpg
from fastapi import FastAPI
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from fastapi_todo_kit import Host, Pool, TodoKitSettings, todo_router
from fastapi_todo_kit.http.routing import KitMount
from fastapi_todo_kit.storage.replica import ReplicatedDatabase
from tests.postgres import Server
from tests.support import Api, header_user, running

LAST_ON_STANDBY = "SELECT pg_last_wal_replay_lsn() >= CAST('{}' AS pg_lsn)"


async def value(url: str, sql: str) -> Any:
    """Run a statement in autocommit, on a connection of its own; return its first value, if it has rows."""
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        result = await connection.execute(text(sql))
        return result.scalar() if result.returns_rows else None


async def until(url: str, sql: str) -> None:
    """Wait until a statement says yes."""
    async with asyncio.timeout(30):
        while not await value(url, sql):  # noqa: ASYNC110  (it happens in another process)
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Replication:
    """A server and its replica."""

    primary: Server
    standby: Server

    def urls(self, database: str = "postgres") -> tuple[str, str]:
        """Return the URLs of a database on both."""
        one, other = (
            make_url(server.dsn).set(database=database).render_as_string(hide_password=False)
            for server in (self.primary, self.standby)
        )
        return one, other

    def settings(self, database: str = "postgres", **values: Any) -> TodoKitSettings:
        """Return settings that read from the replica; they wait as long as a busy machine takes."""
        primary, standby = self.urls(database)
        values = {"pool": Pool(wait=30, timeout=30), **values}
        return TodoKitSettings(database_url=primary, read_url=standby, **values)

    async def caught_up(self) -> None:
        """Wait until the replica has everything."""
        last = await value(self.primary.dsn, "SELECT CAST(pg_current_wal_insert_lsn() AS text)")
        await until(self.standby.dsn, LAST_ON_STANDBY.format(last))

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Keep the replica as it is now, with all that was written."""
        await self.caught_up()
        await self.pause()
        try:
            yield
        finally:
            await self.resume()

    async def pause(self) -> None:
        """Let the replica repeat nothing more."""
        await value(self.standby.dsn, "SELECT pg_wal_replay_pause()")
        await until(self.standby.dsn, "SELECT pg_get_wal_replay_pause_state() = 'paused'")

    async def resume(self) -> None:
        """Let the replica go on, and wait until it has everything."""
        await value(self.standby.dsn, "SELECT pg_wal_replay_resume()")
        await self.caught_up()

    @contextmanager
    def recorded(self) -> Iterator[list[tuple[str, str]]]:
        """Collect the statements of the kit, each with where it ran: `primary` or `standby`."""
        statements: list[tuple[str, str]] = []
        names = {make_url(server.dsn).port: name for name, server in vars(self).items()}

        def watched(method: Any) -> Any:
            async def send(driver: Any, statement: str, *parameters: Any) -> Any:
                if "todokit_" in statement:
                    # Private, and the one way to know where a connection leads.
                    statements.append((names[driver._addr[1]], statement))
                return await method(driver, statement, *parameters)

            return send

        methods = {name: watched(getattr(asyncpg.Connection, name)) for name in ("fetch", "execute", "executemany")}
        with mock.patch.multiple(asyncpg.Connection, **methods):
            yield statements

    @contextmanager
    def attempts(self) -> Iterator[list[Any]]:
        """Collect the attempts to connect to the replica."""
        made: list[Any] = []
        connect = asyncpg.connect
        port = make_url(self.standby.dsn).port

        async def counted(*arguments: Any, **options: Any) -> Any:
            if options["port"] == port:
                made.append(options)
            return await connect(*arguments, **options)

        with mock.patch.object(asyncpg, "connect", counted):
            yield made


class Process:
    """The kit in a process of its own, as far as replicas are concerned: nothing is shared with another one."""

    def __init__(self, api: Api, store: ReplicatedDatabase) -> None:
        self.api = api
        self.store = store

    def as_user(self, user: str) -> "Process":
        """Return the same process, for another user."""
        return Process(self.api.as_user(user), self.store)

    def end_cooldown(self) -> None:
        """Let the time be over for which the replica is left alone."""
        self.store._left_alone_until = min(1.0, self.store._left_alone_until)
        self.store._quiet_until = 0.0


@asynccontextmanager
async def process(settings: TodoKitSettings, user: str | None = None, **host: Any) -> AsyncIterator[Process]:
    """Run the kit with a replica."""
    app = FastAPI()
    router = todo_router(settings, Host(**{"current_user": header_user, **host}))
    app.include_router(router, prefix="/api")
    async with running(app, user) as api:
        assert isinstance(router.mounted, KitMount)
        store = router.mounted.kit.store
        assert isinstance(store, ReplicatedDatabase)
        yield Process(api, store)
