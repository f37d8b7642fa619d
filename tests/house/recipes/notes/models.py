"""The table of notes."""

import uuid
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import SpaceRow, id_column


class Note(SpaceRow, table=True):
    """A note on a todo. It goes when its todo is purged, because it refers to it."""

    __tablename__: ClassVar[Any] = "todokit_note"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("ix_todokit_note_todo", "space_id", "todo_id", "id"),
    )

    todo_id: uuid.UUID = id_column()
    text: str = Field(max_length=1_000)
