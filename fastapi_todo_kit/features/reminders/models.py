"""The table of reminders."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import PERSONAL, InstantOrNever, SpaceRow, id_column, instant_column, key_text


class Reminder(SpaceRow, table=True):
    """A reminder of one user about one todo.

    Either `at_local` (with `at_zone`) says when, or `anchor` and `minutes_before` do. `zone` is that of the user, and
    `day_minute` the minute of the day at which whole days remind. `moment` is what these come to, None where the todo
    lacks the anchor; `next_at` is when it fires, `NEVER` where it does not. It fires once for each moment:
    `done_moment` is the last one that it fired for, or that was dismissed; what was dismissed has no `fired_at`. Their
    times do not tell the two apart: a moment moves with its user.
    """

    __tablename__: ClassVar[Any] = "todokit_reminder"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("ix_todokit_reminder_todo", "space_id", "todo_id", "user_id"),
        Index("ix_todokit_reminder_next", "space_id", "user_id", "next_at", "id"),
        {"info": {PERSONAL: True}},
    )

    todo_id: uuid.UUID = id_column()
    user_id: str = Field(sa_type=key_text(255))
    at_local: str | None = Field(default=None, max_length=19)
    at_zone: str | None = Field(default=None, max_length=64)
    anchor: str | None = Field(default=None, max_length=10)
    minutes_before: int | None = None
    zone: str = Field(max_length=64)
    day_minute: int
    moment: datetime | None = instant_column(nullable=True, default=None)
    next_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    done_moment: datetime | None = instant_column(nullable=True, default=None)
    fired_at: datetime | None = instant_column(nullable=True, default=None)
    snoozed_until: datetime | None = instant_column(nullable=True, default=None)
