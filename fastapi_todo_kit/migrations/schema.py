"""The kit's tables as its models say, and how a database differs from that."""

from importlib import import_module
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from fastapi_todo_kit.migrations.branch import PLUGIN, VERSION_TABLE, is_kit_table
from fastapi_todo_kit.storage.tables import metadata


def kit_metadata() -> MetaData:
    """Return the metadata with every table of the kit in it."""
    # Only the router knows every feature, and so every model; it stands above this package, hence no import above.
    import_module("fastapi_todo_kit.router")
    return metadata


def differences(connection: Connection) -> list[Any]:
    """Return what Alembic's autogenerate would change in the kit's tables, in its own form."""
    options = {
        "include_name": _include_name,
        # Without the kit's own plugin, which would remove every difference.
        "autogenerate_plugins": ["alembic.autogenerate.*", f"~{PLUGIN}"],
        "compare_type": True,
        "compare_server_default": _is_other_default,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), kit_metadata()))


def _include_name(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or (is_kit_table(name) and name != VERSION_TABLE)


def _is_other_default(
    context: MigrationContext, _found: object, column: Any, found: str | None, _meant: object, meant: str | None
) -> bool | None:
    """Compare defaults of JSON as text, for PostgreSQL has no `=` for it; None leaves the others to Alembic."""
    if column.type.compile(context.dialect) != "JSON":
        return None
    return (found or "").partition("::")[0] != (meant or "")
