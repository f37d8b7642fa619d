"""The version table of a host in its database: what it says of the kit, taking the kit in, and letting it go."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import ColumnClause, Connection, column, delete, inspect, table, text

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import BRANCHES, REVISION_PREFIX
from fastapi_todo_kit.migrations.host.config import HostConfig
from fastapi_todo_kit.migrations.host.history import HostHistory


def versions(connection: Connection, version_table: str) -> list[str]:
    """Return the revisions that a version table names; none where there is no such table."""
    context = MigrationContext.configure(connection, opts={"version_table": version_table})
    return sorted(context.get_current_heads())


def adopt(connection: Connection, host: HostConfig) -> list[str]:
    """Move the kit's revisions from its own version tables to the host's, and drop those; return the revisions.

    A branch that the host's Alembic does not see stays as it is.

    Raises:
        ConfigurationError: there is nothing to move, or the host's Alembic sees nothing of what there is.
    """
    found = {branch: named[0] for branch in BRANCHES if (named := versions(connection, branch.version_table))}
    if not found:
        names = " nor ".join(branch.version_table for branch in BRANCHES)
        raise ConfigurationError(f"There is nothing to adopt: neither {names} names a revision in this database.")
    history = HostHistory(host)
    adopted = {branch: revision for branch, revision in found.items() if branch in history.branches}
    if not adopted:
        needed = next(iter(found)).init
        raise ConfigurationError(f"Alembic does not see the kit's revisions here: run `{needed}` first.")
    for branch, revision in adopted.items():
        _stamp(connection, history, revision)
        connection.execute(text(f"DROP TABLE {branch.version_table}"))
    return list(adopted.values())


def _stamp(connection: Connection, history: HostHistory, revision: str) -> None:
    # Stamping below a merge that is there already would take the merge back.
    if revision not in history.ancestors(versions(connection, history.version_table)):
        context = MigrationContext.configure(connection, opts={"version_table": history.version_table})
        context.stamp(history.scripts, revision)


def forget(connection: Connection, host: HostConfig) -> int:
    """Delete the kit's revisions from the host's version table; return how many there were. The tables stay."""
    if not inspect(connection).has_table(host.version_table):
        return 0
    number: ColumnClause[str] = column("version_num")
    named = delete(table(host.version_table, number)).where(number.startswith(REVISION_PREFIX, autoescape=True))
    return connection.execute(named).rowcount
