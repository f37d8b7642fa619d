"""The name filter that does the plugin's work under Alembic before 1.18, which has no plugins."""

from collections.abc import Callable, MutableMapping
from typing import Any

from fastapi_todo_kit.migrations.branch import is_kit_table

IncludeName = Callable[[str | None, Any, MutableMapping[Any, str | None]], bool]
"""Name, type of object and names of its parents, as in Alembic's `context.configure(include_name=...)`."""


def include_name(inner: IncludeName | None = None) -> IncludeName:
    """Return a filter for `context.configure(include_name=...)` that hides the kit's tables from autogenerate.

    Args:
        inner: a filter of the host's own, asked about everything that is not the kit's.
    """

    def include(name: str | None, kind: Any, parents: MutableMapping[Any, str | None]) -> bool:
        if is_kit_table(name if kind == "table" else parents.get("table_name")):
            return False
        return inner is None or inner(name, kind, parents)

    return include
