"""How the tables of a database differ from what the models say."""

from functools import partial
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from fastapi_todo_kit.migrations.branch import BRANCHES, PLUGIN, Branch, branch_of


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """Return what Alembic's autogenerate would change in the tables of a branch, in its own form."""
    branch = next(one for one in BRANCHES if one.first_table in metadata.tables)
    options = {
        "include_name": partial(_is_in, branch),
        # Without the kit's own plugin, which would remove every difference.
        "autogenerate_plugins": ["alembic.autogenerate.*", f"~{PLUGIN}"],
        "compare_type": True,
        "compare_server_default": _is_other_default,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _is_in(branch: Branch, name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or (branch_of(name or "") is branch and name != branch.version_table)


def _is_other_default(
    context: MigrationContext, _found: object, column: Any, found: str | None, _meant: object, meant: str | None
) -> bool | None:
    """Compare defaults of JSON as text, for PostgreSQL has no `=` for it; None leaves the others to Alembic."""
    if column.type.compile(context.dialect) != "JSON":
        return None
    return (found or "").partition("::")[0] != (meant or "")
