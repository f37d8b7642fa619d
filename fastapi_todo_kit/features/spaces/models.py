"""The table of what users keep of their own about what they share; the page of spaces says by it what is unread."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import TableModel, id_column, instant_column, key_text


class UserItem(TableModel, table=True):
    """How a user sees one thing of a space, in the user's personal space; `seen_seq` is the last change seen there.

    What it is about may go without it: it has no foreign key to that, and is shown only where that is there.
    """

    __tablename__: ClassVar[Any] = "todokit_user_item"
    __table_args__: ClassVar[Any] = (Index("ix_todokit_user_item_target", "target_space_id"),)

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    target_space_id: uuid.UUID = id_column(primary_key=True)
    target_kind: str = Field(sa_type=key_text(20), primary_key=True)
    target_id: uuid.UUID = id_column(primary_key=True)
    id: uuid.UUID = id_column(nullable=False)
    is_favorite: bool
    is_hidden: bool
    color: str | None = Field(default=None, max_length=7)
    position: str | None = Field(default=None, sa_type=key_text(255))
    seen_seq: int = Field(sa_type=BigInteger, nullable=False)
    version: int
    updated_at: datetime = instant_column()
