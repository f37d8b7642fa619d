"""Running the migrations for a host that has no Alembic of its own."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO, TypeVar

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.schema import CreateSchema

from fastapi_todo_kit.migrations.branch import ACCOUNTS, TODOS, Branch, branch_named
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import make_engine

T = TypeVar("T")


def branches_of(settings: TodoKitSettings) -> list[Branch]:
    """Return the branches that the settings ask for: that of accounts only where there is a key to sign with."""
    return [TODOS, ACCOUNTS] if settings.auth.signing_keys else [TODOS]


async def migrate(settings: TodoKitSettings, revision: str | None = None) -> None:
    """Create or upgrade the kit's tables in `settings.database_url`: todos, and accounts where those are configured.

    Each branch in one transaction. Several processes may call this at once: one migrates, the others wait and find the
    work done. A branch that the Alembic of the host looks after is left to it.

    Args:
        settings: where the database is.
        revision: upgrade only the branch of this revision, and no further; by default all of them to their newest.

    Raises:
        ConfigurationError: the Alembic of the host looks after all of these tables, so run `alembic upgrade head`; or a
            later release has migrated them.
        sqlalchemy.exc.SQLAlchemyError: the database refused; nothing of the branch was changed.
    """
    targets = [branch.head for branch in branches_of(settings)] if revision is None else [revision]
    refusals = []
    for target in targets:
        try:
            await _on_engine(settings, _branch_of(target), partial(_history().upgrade, revision=target))
        except _history().KeptByHost as refusal:
            refusals.append(refusal)
    if len(refusals) == len(targets):
        raise refusals[0]


async def downgrade(settings: TodoKitSettings, revision: str) -> None:
    """Go back to an earlier revision of the branch that it names.

    `todo_kit@base` removes every table of todos, `todo_kit_auth@base` every table of accounts, with all that is in it.
    """
    await _on_engine(settings, _branch_of(revision), partial(_history().downgrade, revision=revision))


async def upgrade_engine(engine: AsyncEngine, branch: Branch = TODOS) -> None:
    """Upgrade a branch in the database of an engine on first use; leave it alone where a host's Alembic does that."""
    async with engine.connect() as connection:
        if await connection.run_sync(_history().is_kept_by_host, branch):
            return
    await _take_turn_and_run(engine, branch, partial(_history().upgrade, revision=branch.head))


async def current_revision(settings: TodoKitSettings, branch: Branch = TODOS) -> str | None:
    """Return the revision of a branch that the database is at, or None where it has no tables yet."""
    if _is_no_file_yet(settings):
        return None  # connecting would make an empty one
    revision: str | None = await in_transaction(settings, partial(_history().current, branch=branch))
    return revision


async def why_no_revision(settings: TodoKitSettings, branch: Branch = TODOS) -> str | None:
    """Say why no revision of tables is found that are there; None where there are none.

    The Alembic of a host looks after them, or their version table has been emptied.
    """
    if _is_no_file_yet(settings):
        return None
    words: str | None = await in_transaction(settings, partial(_history().why_no_revision, branch=branch))
    return words


def _is_no_file_yet(settings: TodoKitSettings) -> bool:
    return settings.is_sqlite and not settings.is_in_memory and not Path(settings.url.database or "").is_file()


async def in_transaction(settings: TodoKitSettings, function: Callable[[Connection], T]) -> T:
    """Run a function on a connection of its own and commit what it did."""
    engine = make_engine(settings)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(function)
    finally:
        await engine.dispose()


def write_sql(dialect: str, output: TextIO, revision: str = TODOS.head) -> None:
    """Write the statements of a branch up to a revision instead of running them; `dialect` is postgresql or sqlite."""
    _history().write_sql(dialect, output, _branch_of(revision), revision)


def _branch_of(target: str) -> Branch:
    return branch_named(target) or TODOS


async def _on_engine(settings: TodoKitSettings, branch: Branch, run: Callable[[Connection, Branch], None]) -> None:
    engine = make_engine(settings)
    try:
        if settings.postgres.schema_name is not None and not settings.is_sqlite:
            await _make_schema(engine, settings.postgres.schema_name)
        await _take_turn_and_run(engine, branch, run)
    finally:
        await engine.dispose()


async def _make_schema(engine: AsyncEngine, name: str) -> None:
    async with engine.begin() as connection:
        # Looked for first: PostgreSQL asks for the right to create one even where IF NOT EXISTS has nothing to do.
        if not await connection.run_sync(lambda sync: inspect(sync).has_schema(name)):
            await connection.execute(CreateSchema(name, if_not_exists=True))


async def _take_turn_and_run(engine: AsyncEngine, branch: Branch, run: Callable[[Connection, Branch], None]) -> None:
    take_turn = _history().take_turn
    async with engine.connect() as connection:
        try:
            await connection.run_sync(take_turn, branch)
        except (IntegrityError, ProgrammingError):
            # Two processes made the version table at the same moment; it is there now.
            await connection.rollback()
            await connection.run_sync(take_turn, branch)
        await connection.run_sync(run, branch)
        await connection.commit()


def _history() -> Any:
    # Not imported above: an application that never migrates has no use for Alembic, which takes 0.3 s to import.
    return import_module("fastapi_todo_kit.migrations.own_history")
