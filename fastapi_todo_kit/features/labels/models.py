"""The table of labels."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import SpaceRow, key_text


class Label(SpaceRow, table=True):
    """A label. `name_key` is the folded name, by which labels are told apart and sorted."""

    __tablename__: ClassVar[Any] = "todokit_label"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        Index("uq_todokit_label_name_key", "space_id", "name_key", unique=True),
    )

    name: str = Field(max_length=60)
    name_key: str = Field(sa_type=key_text(255), nullable=False)
    color: str | None = Field(default=None, max_length=7)
