"""Whether a host's database has the kit's tables as this version of the kit needs them."""

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.migrations.schema import differences


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
    found = differences(connection)
    if found:
        raise AssertionError(f"the kit's tables are not as its models say; a migration is missing: {found}")
