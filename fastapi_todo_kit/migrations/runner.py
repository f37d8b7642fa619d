"""Running the migrations for a host that has no Alembic of its own."""

from pathlib import Path
from typing import Any, Final, TextIO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import make_engine

VERSION_TABLE: Final = "todokit_alembic_version"
HEAD: Final = "todo_kit@head"
# What Alembic itself would make, so that it finds the table and uses it.
_MAKE_VERSION_TABLE: Final = (
    f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} "
    f"(version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
)


async def migrate(settings: TodoKitSettings, revision: str = HEAD) -> None:
    """Create or upgrade the kit's tables in `settings.database_url`, in one transaction.

    Several processes may call this at once: one migrates, the others wait and find the work done.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database refused; nothing was changed.
    """
    engine = make_engine(settings)
    try:
        await upgrade_engine(engine, revision)
    finally:
        await engine.dispose()


async def upgrade_engine(engine: AsyncEngine, revision: str = HEAD) -> None:
    """Upgrade the database of an engine."""
    await _take_turn_and_run(engine, lambda connection: command.upgrade(_config(connection=connection), revision))


async def downgrade(settings: TodoKitSettings, revision: str) -> None:
    """Go back to an earlier revision; `todo_kit@base` removes every table of the kit, with all that is in it."""
    engine = make_engine(settings)
    try:
        await _take_turn_and_run(engine, lambda connection: command.downgrade(_config(connection=connection), revision))
    finally:
        await engine.dispose()


async def current_revision(settings: TodoKitSettings) -> str | None:
    """Return the revision that the database is at, or None where the kit has no tables yet."""
    engine = make_engine(settings)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision_of)
    finally:
        await engine.dispose()


def write_sql(dialect: str, output: TextIO, revision: str = HEAD) -> None:
    """Write the statements of the migrations instead of running them; `dialect` is postgresql or sqlite."""
    command.upgrade(_config(dialect=dialect, output=output), revision, sql=True)


def _revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


async def _take_turn_and_run(engine: AsyncEngine, run: Any) -> None:
    async with engine.connect() as connection:
        try:
            await connection.run_sync(_take_turn)
        except (IntegrityError, ProgrammingError):
            # Two processes made the version table at the same moment; it is there now.
            await connection.rollback()
            await connection.run_sync(_take_turn)
        await connection.run_sync(run)
        await connection.commit()


def _take_turn(connection: Connection) -> None:
    """Wait until no other process migrates. SQLite's BEGIN IMMEDIATE has seen to it already."""
    connection.execute(text(_MAKE_VERSION_TABLE))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {VERSION_TABLE} IN ACCESS EXCLUSIVE MODE"))


def _config(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config
