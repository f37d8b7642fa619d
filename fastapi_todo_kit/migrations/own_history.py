"""Running a branch in the kit's own version table, on a connection. The runner opens it; a host has its own way."""

from typing import Any, Final, Literal, TextIO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnClause, Connection, column, inspect, select, table, text

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.migrations.branch import FOLDER, Branch, branch_of

State = Literal["ok", "missing", "old", "newer", "unversioned"]
_logger = get_logger(__name__)
HOST_VERSION_TABLE: Final = "alembic_version"
"""Alembic's default; a host may have configured another name."""
# What Alembic itself would make, so that it finds the table and uses it.
_MAKE_VERSION_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS {name} "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT {name}_pkc PRIMARY KEY (version_num))"
)


class KeptByHost(ConfigurationError):
    """The Alembic of the host looks after the tables of a branch."""


def take_turn(connection: Connection, branch: Branch) -> None:
    """Wait until no other process migrates the branch. SQLite's BEGIN IMMEDIATE has seen to it already."""
    connection.execute(text(_MAKE_VERSION_TABLE.format(name=branch.version_table)))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {branch.version_table} IN ACCESS EXCLUSIVE MODE"))


def upgrade(connection: Connection, branch: Branch, revision: str) -> None:
    """Upgrade to a revision.

    Raises:
        KeptByHost: the Alembic of a host looks after the tables.
        ConfigurationError: a later release has migrated them, or nothing says at which revision they are.
    """
    if is_unversioned(connection, branch):
        raise ConfigurationError(words_of_unversioned(branch))
    if is_kept_by_host(connection, branch):
        raise KeptByHost(
            f"Your application's own Alembic looks after the tables {branch.prefix}* of the kit in this database: "
            "run `alembic upgrade head` instead of `todo-kit migrate`."
        )
    here = current(connection, branch)
    if here is not None and here not in revisions(branch):
        raise ConfigurationError(
            f"The database is at {here}, which this release of fastapi-todo-kit does not know, because a later one "
            "has migrated it: install that one."
        )
    command.upgrade(_config(branch, connection=connection), revision)


def downgrade(connection: Connection, branch: Branch, revision: str) -> None:
    """Go back to a revision."""
    command.downgrade(_config(branch, connection=connection), revision)


def current(connection: Connection, branch: Branch) -> str | None:
    """Return the revision in the kit's own version table.

    Raises:
        ConfigurationError: it holds several, which only somebody by hand can have written.
    """
    context = MigrationContext.configure(connection, opts={"version_table": branch.version_table})
    heads = sorted(context.get_current_heads())
    if len(heads) > 1:
        raise ConfigurationError(
            f"{branch.version_table} holds several revisions ({', '.join(heads)}), of which one is right: "
            "delete the others."
        )
    return heads[0] if heads else None


def revisions(branch: Branch) -> list[str]:
    """Return the revisions of this release, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config(branch)).walk_revisions()]


def write_sql(dialect: str, output: TextIO, branch: Branch, revision: str) -> None:
    """Write the statements of an upgrade from nothing."""
    command.upgrade(_config(branch, dialect=dialect, output=output), revision, sql=True)


def is_unversioned(connection: Connection, branch: Branch) -> bool:
    """Whether the tables are there and the kit's own version table is empty, and so is that of a host's Alembic.

    Somebody has emptied it, or brought back a copy of the database without its rows.
    """
    present = inspect(connection)
    if not (present.has_table(branch.version_table) and present.has_table(branch.first_table)):
        return False
    of_host = MigrationContext.configure(connection).get_current_heads()
    return current(connection, branch) is None and not of_host


def why_no_revision(connection: Connection, branch: Branch) -> str | None:
    """Say why the kit's own version table names no revision of tables that are there; None where there are none."""
    if is_unversioned(connection, branch):
        return words_of_unversioned(branch)
    return words_of_host(branch) if is_kept_by_host(connection, branch) else None


def words_of_host(branch: Branch) -> str:
    """Say that the Alembic of a host looks after the tables."""
    return f"The tables {branch.prefix}* are left to your application's own Alembic: run `alembic upgrade head`."


def words_of_unversioned(branch: Branch) -> str:
    """Say what it means that nothing names the revision of tables that are there, and what to do."""
    return (
        f"{branch.version_table} is empty, though the tables {branch.prefix}* are there, so nobody knows at which "
        "revision they are. Write there what they are at: where `todo-kit doctor` finds nothing else, "
        f"{branch.stamp(revisions(branch)[0])}."
    )


def is_kept_by_host(connection: Connection, branch: Branch) -> bool:
    """Whether the Alembic of a host made the tables.

    Its version table names a revision of the branch, or, after a merge, one of the host's that stands for it; in the
    second case the tables are there and the kit's own version table knows of none.
    """
    present = inspect(connection)
    if current(connection, branch) is None and present.has_table(branch.first_table):
        return True
    if not present.has_table(HOST_VERSION_TABLE):
        return False
    number: ColumnClause[str] = column("version_num")
    named = connection.scalars(select(number).select_from(table(HOST_VERSION_TABLE)))
    return any(branch_of(revision) is branch for revision in named)


def state(connection: Connection, branch: Branch, head: str) -> State:
    """Say whether the tables of a branch are those of its newest revision, or of one that a later release has.

    Where the Alembic of a host looks after them, as far as its version table tells: a merge hides the revision.
    """
    here = current(connection, branch)
    if here is None and is_unversioned(connection, branch):
        _logger.warning(words_of_unversioned(branch))
        return "unversioned"
    if here is None and is_kept_by_host(connection, branch):
        versions = MigrationContext.configure(connection).get_current_heads()
        here = next((revision for revision in versions if branch_of(revision) is branch), head)
    if here is None:
        return "missing"
    if here == head:
        return "ok"
    return "old" if here in revisions(branch) else "newer"


def _config(branch: Branch, **attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    # Every other separator could stand in the location.
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", branch.location)
    config.attributes.update(attributes, branch=branch)
    return config
