"""What the API shows of the trash."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

TrashEntity = TypeAliasType(
    "TrashEntity",
    Annotated[Literal["list", "todo"], Field(title="TrashEntity", description="What was deleted")],
)


class TrashEntry(TypedDict):
    """Something that was deleted. Entries of one `delete_batch_id` went together."""

    entity: TrashEntity
    id: uuid.UUID
    title: str
    list_id: uuid.UUID | None
    parent_id: uuid.UUID | None
    deleted_at: datetime
    delete_batch_id: uuid.UUID
    version: int


class TrashPage(TypedDict):
    """A page of the trash, what was deleted last first."""

    items: list[TrashEntry]
    next_cursor: str | None


class Purged(TypedDict):
    """How much was removed for good."""

    lists: int
    todos: int
