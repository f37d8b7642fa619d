"""The version table of a host in its database: what it says of the kit, taking the kit in, and letting it go."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import ColumnClause, Connection, column, delete, inspect, table, text

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import REVISION_PREFIX, VERSION_TABLE
from fastapi_todo_kit.migrations.host.config import HostConfig
from fastapi_todo_kit.migrations.host.history import HostHistory


def versions(connection: Connection, version_table: str) -> list[str]:
    """Return the revisions that a version table names; none where there is no such table."""
    context = MigrationContext.configure(connection, opts={"version_table": version_table})
    return sorted(context.get_current_heads())


def adopt(connection: Connection, host: HostConfig) -> str:
    """Move the kit's revision from its own version table to the host's, and drop its own; return the revision.

    Raises:
        ConfigurationError: there is nothing to move, or the host's Alembic does not see the kit's revisions.
    """
    found = versions(connection, VERSION_TABLE)
    if not found:
        raise ConfigurationError(f"There is nothing to adopt: {VERSION_TABLE} is not in this database, or is empty.")
    history = HostHistory(host)
    if history.kit_head is None:
        raise ConfigurationError("Alembic does not see the kit's revisions here: run `todo-kit alembic init` first.")
    context = MigrationContext.configure(connection, opts={"version_table": host.version_table})
    # Stamping below a merge that is there already would take the merge back.
    if found[0] not in history.ancestors(versions(connection, host.version_table)):
        context.stamp(history.scripts, found[0])
    connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    return found[0]


def forget(connection: Connection, host: HostConfig) -> int:
    """Delete the kit's revisions from the host's version table; return how many there were. The tables stay."""
    if not inspect(connection).has_table(host.version_table):
        return 0
    number: ColumnClause[str] = column("version_num")
    named = delete(table(host.version_table, number)).where(number.startswith(REVISION_PREFIX, autoescape=True))
    return connection.execute(named).rowcount
