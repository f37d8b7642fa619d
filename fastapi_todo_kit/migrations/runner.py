"""Running the migrations for a host that has no Alembic of its own."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, TextIO, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit.migrations.branch import HEAD, VERSION_TABLE
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import make_engine

T = TypeVar("T")

__all__ = [
    "HEAD",
    "VERSION_TABLE",
    "current_revision",
    "downgrade",
    "in_transaction",
    "migrate",
    "upgrade_engine",
    "write_sql",
]


async def migrate(settings: TodoKitSettings, revision: str = HEAD) -> None:
    """Create or upgrade the kit's tables in `settings.database_url`, in one transaction.

    Several processes may call this at once: one migrates, the others wait and find the work done.

    Raises:
        ConfigurationError: the Alembic of the host looks after these tables; run `alembic upgrade head`.
        sqlalchemy.exc.SQLAlchemyError: the database refused; nothing was changed.
    """
    await _on_engine(settings, partial(_history().upgrade, revision=revision))


async def downgrade(settings: TodoKitSettings, revision: str) -> None:
    """Go back to an earlier revision; `todo_kit@base` removes every table of the kit, with all that is in it."""
    await _on_engine(settings, partial(_history().downgrade, revision=revision))


async def upgrade_engine(engine: AsyncEngine) -> None:
    """Upgrade the database of an engine on first use; leave it alone where the Alembic of a host does that."""
    async with engine.connect() as connection:
        if await connection.run_sync(_history().is_kept_by_host):
            return
    await _take_turn_and_run(engine, partial(_history().upgrade, revision=HEAD))


async def current_revision(settings: TodoKitSettings) -> str | None:
    """Return the revision that the database is at, or None where the kit has no tables yet."""
    revision: str | None = await in_transaction(settings, _history().current)
    return revision


async def in_transaction(settings: TodoKitSettings, function: Callable[[Connection], T]) -> T:
    """Run a function on a connection of its own and commit what it did."""
    engine = make_engine(settings)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(function)
    finally:
        await engine.dispose()


def write_sql(dialect: str, output: TextIO, revision: str = HEAD) -> None:
    """Write the statements of the migrations instead of running them; `dialect` is postgresql or sqlite."""
    _history().write_sql(dialect, output, revision)


async def _on_engine(settings: TodoKitSettings, run: Callable[[Connection], None]) -> None:
    engine = make_engine(settings)
    try:
        await _take_turn_and_run(engine, run)
    finally:
        await engine.dispose()


async def _take_turn_and_run(engine: AsyncEngine, run: Callable[[Connection], None]) -> None:
    take_turn = _history().take_turn
    async with engine.connect() as connection:
        try:
            await connection.run_sync(take_turn)
        except (IntegrityError, ProgrammingError):
            # Two processes made the version table at the same moment; it is there now.
            await connection.rollback()
            await connection.run_sync(take_turn)
        await connection.run_sync(run)
        await connection.commit()


def _history() -> Any:
    # Not imported above: an application that never migrates has no use for Alembic, which takes 0.3 s to import.
    return import_module("fastapi_todo_kit.migrations.own_history")
