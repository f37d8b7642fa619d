"""The table of lists."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import JsonObject, TrashableRow, instant_column, key_text


class TodoList(TrashableRow, table=True):
    """A list of todos. Each space has at most one inbox; positions of living lists are distinct."""

    __tablename__: ClassVar[Any] = "todokit_list"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        Index(
            "uq_todokit_list_inbox",
            "space_id",
            unique=True,
            postgresql_where=text("is_inbox"),
            sqlite_where=text("is_inbox"),
        ),
        Index(
            "uq_todokit_list_position",
            "space_id",
            "position",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
    )

    name: str = Field(max_length=120)
    description: str = Field(max_length=16_384)
    color: str | None = Field(default=None, max_length=7)
    icon: str | None = Field(default=None, max_length=64)
    position: str = Field(sa_type=key_text(255), nullable=False)
    is_inbox: bool = Field(default=False, nullable=False)
    archived_at: datetime | None = instant_column(nullable=True, default=None)
    extra: dict[str, Any] = Field(sa_type=JsonObject, nullable=False, sa_column_kwargs={"server_default": text("'{}'")})
