"""Running the branch in the kit's own version table, on a connection. The runner opens it; a host has its own way."""

from typing import Any, Final, TextIO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnClause, Connection, column, inspect, select, table, text

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import FIRST_TABLE, FOLDER, VERSION_TABLE, is_kit_revision

HOST_VERSION_TABLE: Final = "alembic_version"
"""Alembic's default; a host may have configured another name."""
# What Alembic itself would make, so that it finds the table and uses it.
_MAKE_VERSION_TABLE: Final = (
    f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} "
    f"(version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
)


def take_turn(connection: Connection) -> None:
    """Wait until no other process migrates. SQLite's BEGIN IMMEDIATE has seen to it already."""
    connection.execute(text(_MAKE_VERSION_TABLE))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {VERSION_TABLE} IN ACCESS EXCLUSIVE MODE"))


def upgrade(connection: Connection, revision: str) -> None:
    """Upgrade to a revision.

    Raises:
        ConfigurationError: the Alembic of a host looks after the tables.
    """
    if is_kept_by_host(connection):
        raise ConfigurationError(
            "Your application's own Alembic looks after the tables of the kit in this database: "
            "run `alembic upgrade head` instead of `todo-kit migrate`."
        )
    command.upgrade(_config(connection=connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Go back to a revision."""
    command.downgrade(_config(connection=connection), revision)


def current(connection: Connection) -> str | None:
    """Return the revision in the kit's own version table."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def revisions() -> list[str]:
    """Return the revisions of this release, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def write_sql(dialect: str, output: TextIO, revision: str) -> None:
    """Write the statements of an upgrade from nothing."""
    command.upgrade(_config(dialect=dialect, output=output), revision, sql=True)


def is_kept_by_host(connection: Connection) -> bool:
    """Whether the Alembic of a host made the tables.

    Its version table names a revision of the kit, or, after a merge, one of the host's that stands for it; in the
    second case the tables are there and the kit's own version table knows of none.
    """
    present = inspect(connection)
    if current(connection) is None and present.has_table(FIRST_TABLE):
        return True
    if not present.has_table(HOST_VERSION_TABLE):
        return False
    number: ColumnClause[str] = column("version_num")
    return any(map(is_kit_revision, connection.scalars(select(number).select_from(table(HOST_VERSION_TABLE)))))


def _config(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config
