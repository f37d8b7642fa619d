"""What the doctor looks for in a database, on a connection: versions, and tables that are not as they were made."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import VERSION_TABLE, is_kit_revision, is_kit_table
from fastapi_todo_kit.migrations.doctor import findings
from fastapi_todo_kit.migrations.doctor.findings import Finding
from fastapi_todo_kit.migrations.host.database import versions
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.schema import differences


def examine_database(connection: Connection, history: HostHistory | None) -> list[Finding]:
    """Return what is wrong in a database; `history` is the host's, where it has one that can be read."""
    found: list[Finding] = []
    if history is not None:
        found += _orphans(connection, history)
    if not found:
        joined = history is not None and history.kit_head is not None
        found += _in_host_table(connection, history) if joined and history else _in_own_table(connection)
    if not found:
        found += _in_tables(connection)
    return found


def _orphans(connection: Connection, history: HostHistory) -> Iterator[Finding]:
    known = history.revisions
    table = history.version_table
    for revision in versions(connection, table):
        if revision not in known:
            yield findings.orphan(revision, table)


def _in_host_table(connection: Connection, history: HostHistory) -> Iterator[Finding]:
    applied = history.ancestors(versions(connection, history.version_table))
    has_kit = any(is_kit_revision(revision) for revision in applied)
    if versions(connection, VERSION_TABLE):
        yield findings.TWO_TABLES if has_kit else findings.OWN_TABLE
    elif not has_kit:
        yield findings.NOT_MIGRATED
    elif history.kit_head not in applied:
        yield findings.behind(str(history.kit_head), "alembic upgrade head")


def _in_own_table(connection: Connection) -> Iterator[Finding]:
    revisions = own_history.revisions()
    found = versions(connection, VERSION_TABLE)
    if not found:
        yield findings.NOT_MIGRATED
    elif found[0] not in revisions:
        yield findings.orphan(found[0], VERSION_TABLE)
    elif found[0] != revisions[0]:
        yield findings.behind(revisions[0], "todo-kit migrate")


def _in_tables(connection: Connection) -> Iterator[Finding]:
    if changes := differences(connection):
        yield findings.differs(sorted({_described(change) for change in changes}))


def _described(change: Any) -> str:
    """Return "remove_column todokit_todo" of a change, which is a tuple, or a list of them for one column."""
    kind, *about = change[0] if isinstance(change, list) else change
    names = (getattr(thing, "name", thing) for thing in about)
    table = next((getattr(thing, "table").name for thing in about if hasattr(thing, "table")), None)  # noqa: B009
    return f"{kind} {table or next(name for name in names if is_kit_table(name))}"
