"""What the doctor looks for in a database, on a connection: versions, and tables that are not as they were made."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, column, func, inspect, select, table

from fastapi_todo_kit.cli.doctor import findings
from fastapi_todo_kit.cli.doctor.findings import Finding
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import BRANCHES, TODOS, Branch, branch_of, is_kit_table
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.migrations.host.database import versions
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.storage.json_fields import Unreadable
from fastapi_todo_kit.tables import kit_metadata


def examine_database(connection: Connection, history: HostHistory | None, wanted: list[Branch]) -> list[Finding]:
    """Return what is wrong in a database.

    Args:
        connection: to the database.
        history: the host's, where it has one that can be read.
        wanted: the branches that must be there; the others are looked at where they are.
    """
    orphans = list(_orphans(connection, history)) if history is not None else []
    if orphans:
        return orphans
    joined = history.branches if history is not None else []
    found: list[Finding] = []
    for branch in BRANCHES:
        if history is not None and branch in joined:
            said = _in_host_table(connection, history, branch)
        elif branch in wanted or versions(connection, branch.version_table):
            said = _in_own_table(connection, branch)
        else:
            continue
        # Of tables without a version the doctor says whether they are as they should be, which is what is to be known.
        is_known = bool(said) and said[0].code != "unversioned"
        found += said if is_known else [*said, *_in_tables(connection, branch)]
    return found


def _orphans(connection: Connection, history: HostHistory) -> Iterator[Finding]:
    known = history.revisions
    for revision in versions(connection, history.version_table):
        if revision not in known:
            yield findings.orphan(revision, history.version_table)


def _in_host_table(connection: Connection, history: HostHistory, branch: Branch) -> list[Finding]:
    applied = history.ancestors(versions(connection, history.version_table))
    has_branch = any(branch_of(revision) is branch for revision in applied)
    head = history.kit_head(branch)
    if versions(connection, branch.version_table):
        return [findings.two_tables(branch) if has_branch else findings.own_table(branch)]
    if not has_branch:
        return [_without_version(connection, branch, history.version_table, "alembic stamp head")]
    return [] if head in applied else [findings.behind(str(head), "alembic upgrade head")]


def _without_version(connection: Connection, branch: Branch, version_table: str, stamp: str) -> Finding:
    present = inspect(connection)
    if not present.has_table(branch.first_table):
        return findings.not_migrated(branch)
    if present.has_table(version_table) and not versions(connection, version_table):
        return findings.unversioned(branch, version_table, stamp)
    return findings.version_unseen(branch, version_table)


def _in_own_table(connection: Connection, branch: Branch) -> list[Finding]:
    revisions = own_history.revisions(branch)
    found = versions(connection, branch.version_table)
    if not found:
        return [_without_version(connection, branch, branch.version_table, branch.stamp(revisions[0]))]
    if len(found) > 1:
        return [findings.several(branch, found)]
    if found[0] not in revisions:
        return [findings.orphan(found[0], branch.version_table)]
    return [] if found[0] == revisions[0] else [findings.behind(revisions[0], "todo-kit migrate")]


def _in_tables(connection: Connection, branch: Branch) -> list[Finding]:
    try:
        changes = differences(connection, kit_metadata(branch))
    except ConfigurationError as error:  # accounts, without their extra
        return [findings.not_compared(error)]
    if changes:
        return [findings.differs(sorted({_described(change) for change in changes}))]
    return list(_in_rows(connection)) if branch is TODOS else []


def _in_rows(connection: Connection) -> Iterator[Finding]:
    for name in ("todokit_todo", "todokit_list"):
        unreadable = select(func.count()).select_from(table(name)).where(Unreadable(column("extra")))
        if count := connection.scalar(unreadable):
            yield findings.unreadable(count, name)


def _described(change: Any) -> str:
    """Return "remove_column todokit_todo" of a change, which is a tuple, or a list of them for one column."""
    kind, *about = change[0] if isinstance(change, list) else change
    names = (getattr(thing, "name", thing) for thing in about)
    changed = next((getattr(thing, "table").name for thing in about if hasattr(thing, "table")), None)  # noqa: B009
    return f"{kind} {changed or next(name for name in names if is_kit_table(name))}"
