"""The kit's tables as its models say, and how a database differs from that."""

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import Any, cast

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from fastapi_todo_kit.migrations.branch import ACCOUNTS, PLUGIN, TODOS, Branch, branch_of
from fastapi_todo_kit.storage.tables import metadata


def kit_metadata(branch: Branch = TODOS) -> MetaData:
    """Return the metadata with every table of a branch in it.

    Raises:
        ConfigurationError: the branch is that of accounts, and the extra `auth` is not installed.
    """
    if branch is ACCOUNTS:
        # Not imported above: it needs the extra `auth`, which a host with users of its own does without.
        return cast("MetaData", import_module("fastapi_todo_kit.auth.models").metadata)
    # Only the router knows every feature, and so every model; it stands above this package, hence no import above.
    import_module("fastapi_todo_kit.mounts.todos")
    return metadata


def droppable_tables(branches: Iterable[Branch]) -> list[str]:
    """Return the names of all tables of these branches, in an order in which they can be dropped.

    Raises:
        ConfigurationError: one of them is that of accounts, and the extra `auth` is not installed.
    """
    names = []
    for branch in branches:
        names += [table.name for table in reversed(kit_metadata(branch).sorted_tables)]
        names.append(branch.version_table)
    return names


def differences(connection: Connection, branch: Branch = TODOS) -> list[Any]:
    """Return what Alembic's autogenerate would change in the tables of a branch, in its own form.

    Raises:
        ConfigurationError: the branch is that of accounts, and the extra `auth` is not installed.
    """
    options = {
        "include_name": partial(_is_in, branch),
        # Without the kit's own plugin, which would remove every difference.
        "autogenerate_plugins": ["alembic.autogenerate.*", f"~{PLUGIN}"],
        "compare_type": True,
        "compare_server_default": _is_other_default,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), kit_metadata(branch)))


def _is_in(branch: Branch, name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or (branch_of(name or "") is branch and name != branch.version_table)


def _is_other_default(
    context: MigrationContext, _found: object, column: Any, found: str | None, _meant: object, meant: str | None
) -> bool | None:
    """Compare defaults of JSON as text, for PostgreSQL has no `=` for it; None leaves the others to Alembic."""
    if column.type.compile(context.dialect) != "JSON":
        return None
    return (found or "").partition("::")[0] != (meant or "")
