from collections.abc import MutableMapping
from typing import Any

from alembic import context

from fastapi_todo_kit.migrations import include_name


def mine(name: str | None, kind: Any, _parents: MutableMapping[Any, str | None]) -> bool:
    return kind != "table" or name != "legacy"


def run(connection: Any, target_metadata: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        include_name=include_name(mine),
    )
