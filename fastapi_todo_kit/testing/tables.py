"""The kit's tables in a database of a host's tests, and whether they are as this version of the kit needs them."""

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import TODOS
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.tables import kit_metadata


async def create_tables(session: AsyncSession | AsyncConnection) -> None:
    """Make the kit's tables where the host's tests make their own, by `create_all`, as in a database in memory.

    What is there already is upgraded. The caller commits.
    """
    connection = await session.connection() if isinstance(session, AsyncSession) else session
    await connection.run_sync(sync_create_tables)


def sync_create_tables(session: Session | Connection) -> None:
    """Make the kit's tables on a sync session or connection. The caller commits."""
    connection = session.connection() if isinstance(session, Session) else session
    own_history.upgrade(connection, TODOS, TODOS.head)


async def check_migrations(session: AsyncSession | AsyncConnection) -> None:
    """Compare the tables of a database with the models, after the host's own migrations have run.

    Raises:
        AssertionError: they differ; the message lists what a migration would have to do.
    """
    connection = await session.connection() if isinstance(session, AsyncSession) else session
    await connection.run_sync(sync_check_migrations)


def sync_check_migrations(session: Session | Connection) -> None:
    """Compare the tables of a database with the models, on a sync session or connection.

    Raises:
        AssertionError: they differ.
    """
    connection = session.connection() if isinstance(session, Session) else session
    changes = differences(connection, kit_metadata())
    if changes:
        raise AssertionError(f"the kit's tables are not as its models say; a migration is missing: {changes}")
