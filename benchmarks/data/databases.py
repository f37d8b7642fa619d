"""Databases that live as long as a block: one of PostgreSQL, or a file of SQLite."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@contextmanager
def postgres_database(admin_dsn: str, name: str) -> Iterator[str]:
    """Create an empty database, in the place of one that an aborted run left, and yield its URL."""
    asyncio.run(_drop(admin_dsn, name))
    asyncio.run(_execute(admin_dsn, f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(admin_dsn).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_drop(admin_dsn, name))


@contextmanager
def sqlite_database() -> Iterator[str]:
    """Yield the URL of a file that does not exist yet."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite+aiosqlite:///{Path(folder) / 'benchmark.db'}"


@asynccontextmanager
async def connection_to(dsn: str) -> AsyncIterator[Any]:
    """Lend a connection of asyncpg."""
    url = make_url(dsn).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def server_version(dsn: str) -> str:
    """Return the version of the PostgreSQL server."""
    async with connection_to(dsn) as connection:
        return str(await connection.fetchval("SHOW server_version"))


async def backends(dsn: str) -> tuple[int, ...]:
    """Return the processes of PostgreSQL that serve the connections to a database."""
    async with connection_to(dsn) as connection:
        return tuple(row["pid"] for row in await connection.fetch(BACKENDS))


async def _drop(admin_dsn: str, name: str) -> None:
    """Drop a database with whoever is still connected to it."""
    await _execute(admin_dsn, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _execute(dsn: str, statement: str) -> None:
    async with connection_to(dsn) as connection:
        await connection.execute(statement)
