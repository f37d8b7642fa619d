"""The tables of todos, of their past occurrences, of the labels they carry, of links and of who is to do them."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Text, false, text
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import (
    DayOrNever,
    InstantOrNever,
    Json,
    JsonObject,
    JsonOrNull,
    Priority,
    TableModel,
    TrashableRow,
    id_column,
    instant_column,
    key_text,
)

OPEN: Final = ("needs_action", "in_progress")
"""The statuses of a todo that is still to be done."""


IS_OPEN: Final = f"status IN ({', '.join(map(repr, OPEN))})"
"""The same as SQL. An index is for what is spelled as it is itself, and not for parameters."""


def _page_index(name: str, *columns: str, unique: bool = False) -> Index:
    """Return an index in the order of a page: of living todos only."""
    living = text("deleted_at IS NULL")
    return Index(name, "space_id", *columns, unique=unique, postgresql_where=living, sqlite_where=living)


def _open_index(name: str, *columns: str) -> Index:
    """Return an index in the order of a page of open todos. It holds the list, too, which may be an archived one."""
    living = text(f"deleted_at IS NULL AND {IS_OPEN}")
    return Index(name, "space_id", *columns, postgresql_where=living, sqlite_where=living)


def _done_index(name: str, *columns: str) -> Index:
    """Return an index in the order of a page of completed occurrences that is ordered by what they have of their todo.

    It is of living todos of which occurrences were completed, and of no others.
    """
    done = "deleted_at IS NULL AND has_occurrences"
    # SQLite takes an index for a condition that is spelled as the index spells it, and SQLAlchemy spells it so.
    return Index(name, "space_id", *columns, postgresql_where=text(done), sqlite_where=text(f"{done} = 1"))


def _completed_index(name: str, column: str) -> Index:
    """Return an index in the order of a page of completed occurrences that is ordered by a value of their own."""
    completed = text("outcome = 'completed'")
    columns = ("space_id", column, "todo_id", "version")
    return Index(name, *columns, postgresql_where=completed, sqlite_where=completed)


class Todo(TrashableRow, table=True):
    """A todo. Positions of the living todos of a list are distinct; a subtask is always in its parent's list.

    `start_at`, `due_at` and `completed_at` hold `NEVER` where there is none, `deadline` holds `NO_DAY` (its column
    takes null, which the version before wrote), and priority "none" is stored as 10, so that each of them can stand in
    a keyset. `title_key` and `search_text` are folded. `occurrence` is the slot that a recurring todo is at, and
    `progress` what the API does not show of its series. Where `has_occurrences` is not set, no occurrence of it was
    ever completed.
    """

    __tablename__: ClassVar[Any] = "todokit_todo"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        ForeignKeyConstraint(["space_id", "list_id"], ["todokit_list.space_id", "todokit_list.id"]),
        ForeignKeyConstraint(["space_id", "parent_id"], ["todokit_todo.space_id", "todokit_todo.id"]),
        _page_index("uq_todokit_todo_position", "list_id", "position", unique=True),
        _page_index("ix_todokit_todo_position", "position", "id"),
        _page_index("ix_todokit_todo_due", "due_at", "id"),
        _page_index("ix_todokit_todo_start", "start_at", "id"),
        _page_index("ix_todokit_todo_deadline", "deadline", "id"),
        _page_index("ix_todokit_todo_priority", "priority", "id"),
        _page_index("ix_todokit_todo_title", "title_key", "id"),
        _page_index("ix_todokit_todo_created", "created_at", "id"),
        _page_index("ix_todokit_todo_updated", "updated_at", "id"),
        _page_index("ix_todokit_todo_completed", "completed_at", "id"),
        _open_index("ix_todokit_todo_open_due", "due_at", "id", "list_id"),
        _done_index("ix_todokit_todo_done_position", "position", "id"),
        _done_index("ix_todokit_todo_done_priority", "priority", "id"),
        _done_index("ix_todokit_todo_done_title", "title_key", "id"),
        _done_index("ix_todokit_todo_done_created", "created_at", "id"),
        # These two do not begin with the space: where PostgreSQL knows nothing yet of a table that has just grown, it
        # took one of them to look up ids for foreign keys, and went through all todos of the space for each.
        Index("ix_todokit_todo_parent", "parent_id", "space_id"),
        Index("ix_todokit_todo_list", "list_id", "space_id"),
        Index(
            "ix_todokit_todo_trash",
            "space_id",
            "deleted_at",
            "id",
            postgresql_where=text("deleted_at IS NOT NULL"),
            sqlite_where=text("deleted_at IS NOT NULL"),
        ),
    )

    list_id: uuid.UUID = id_column()
    parent_id: uuid.UUID | None = id_column(default=None)
    depth: int
    title: str = Field(max_length=500)
    title_key: str = Field(sa_type=key_text(255), nullable=False)
    description: str = Field(max_length=16_384)
    search_text: str = Field(sa_type=Text, nullable=False)
    status: str = Field(max_length=20)
    priority: int = Field(sa_type=Priority, nullable=False)
    start_local: str | None = Field(default=None, max_length=19)
    start_zone: str | None = Field(default=None, max_length=64)
    start_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    due_local: str | None = Field(default=None, max_length=19)
    due_zone: str | None = Field(default=None, max_length=64)
    due_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    deadline: date | None = Field(default=None, sa_type=DayOrNever)
    position: str = Field(sa_type=key_text(255), nullable=False)
    extra: dict[str, Any] = Field(sa_type=JsonObject, nullable=False)
    completed_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    completed_by: str | None = Field(default=None, sa_type=key_text(255))
    closed_batch_id: uuid.UUID | None = id_column(default=None)
    recurrence: dict[str, Any] | None = Field(default=None, sa_type=JsonOrNull)
    occurrence: str | None = Field(default=None, max_length=19)
    progress: dict[str, Any] | None = Field(default=None, sa_type=JsonOrNull)
    has_occurrences: bool = Field(default=False, nullable=False, sa_column_kwargs={"server_default": false()})


class Occurrence(TableModel, table=True):
    """An occurrence of a recurring todo that was completed or skipped: what the todo was like before.

    `version` is that of the todo then. `status` and `progress` are what `undo` puts back. Where no other occurrence
    followed, the todo was closed with this one.
    """

    __tablename__: ClassVar[Any] = "todokit_occurrence"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("uq_todokit_occurrence_version", "space_id", "todo_id", "version", unique=True),
        Index("uq_todokit_occurrence_slot", "space_id", "todo_id", "series_id", "slot", unique=True),
        _completed_index("ix_todokit_occurrence_ended", "ended_at"),
        _completed_index("ix_todokit_occurrence_due", "due_at"),
        _completed_index("ix_todokit_occurrence_start", "start_at"),
        _completed_index("ix_todokit_occurrence_deadline", "deadline"),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    id: uuid.UUID = id_column(primary_key=True)
    todo_id: uuid.UUID = id_column()
    series_id: uuid.UUID = id_column()
    slot: str = Field(max_length=19)
    outcome: str = Field(max_length=20)
    was_last: bool
    version: int
    ended_at: datetime = instant_column()
    ended_by: str = Field(sa_type=key_text(255))
    status: str = Field(max_length=20)
    progress: dict[str, Any] = Field(sa_type=Json, nullable=False)
    start_local: str | None = Field(default=None, max_length=19)
    start_zone: str | None = Field(default=None, max_length=64)
    start_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    due_local: str | None = Field(default=None, max_length=19)
    due_zone: str | None = Field(default=None, max_length=64)
    due_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    deadline: date | None = Field(default=None, sa_type=DayOrNever)


class ResetSubtask(TableModel, table=True):
    """A closed subtask that was opened when an occurrence of its parent was completed: what `undo` puts back."""

    __tablename__: ClassVar[Any] = "todokit_reset_subtask"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(
            ["space_id", "occurrence_id"],
            ["todokit_occurrence.space_id", "todokit_occurrence.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("ix_todokit_reset_subtask_todo", "space_id", "todo_id"),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    occurrence_id: uuid.UUID = id_column(primary_key=True)
    todo_id: uuid.UUID = id_column(primary_key=True)
    status: str = Field(max_length=20)
    completed_at: datetime | None = Field(sa_type=InstantOrNever, nullable=False)
    completed_by: str | None = Field(default=None, sa_type=key_text(255))
    closed_batch_id: uuid.UUID | None = id_column(default=None)


class TodoLabel(TableModel, table=True):
    """A label that a todo carries."""

    __tablename__: ClassVar[Any] = "todokit_todo_label"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["space_id", "label_id"], ["todokit_label.space_id", "todokit_label.id"]),
        Index("ix_todokit_todo_label_label", "space_id", "label_id", "todo_id"),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    todo_id: uuid.UUID = id_column(primary_key=True)
    label_id: uuid.UUID = id_column(primary_key=True)


class TodoLink(TableModel, table=True):
    """An object of the host that a todo is about: which system, what kind, which one."""

    __tablename__: ClassVar[Any] = "todokit_todo_link"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("ix_todokit_todo_link_target", "space_id", "source", "type", "target_id", "todo_id"),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    todo_id: uuid.UUID = id_column(primary_key=True)
    source: str = Field(sa_type=key_text(120), primary_key=True)
    type: str = Field(sa_type=key_text(120), primary_key=True)
    target_id: str = Field(sa_type=key_text(120), primary_key=True)
    url: str | None = Field(default=None, max_length=2_000)
    title: str | None = Field(default=None, max_length=500)


class Assignee(TableModel, table=True):
    """A user who is to do a todo. `since_seq` is the number of the first change of the space with it.

    By that it is told apart what a member was given before leaving and after coming back.
    """

    __tablename__: ClassVar[Any] = "todokit_assignee"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id", "todo_id"], ["todokit_todo.space_id", "todokit_todo.id"], ondelete="CASCADE"),
        Index("ix_todokit_assignee_user", "space_id", "user_id", "todo_id"),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    todo_id: uuid.UUID = id_column(primary_key=True)
    user_id: str = Field(sa_type=key_text(255), primary_key=True)
    assigned_by: str = Field(sa_type=key_text(255))
    assigned_at: datetime = instant_column()
    since_seq: int = Field(sa_type=BigInteger, nullable=False)
