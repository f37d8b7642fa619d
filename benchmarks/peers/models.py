"""The tables and schemas of the hand-written application, which other peers made of SQLModel share."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi_users_db_sqlalchemy import SQLAlchemyBaseUserTableUUID
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlmodel import Field, Index, Relationship, SQLModel

# Users: the full example of fastapi-users.


class Base(DeclarativeBase):
    metadata = SQLModel.metadata


class User(SQLAlchemyBaseUserTableUUID, Base):
    pass


# Todos: the tutorial of SQLModel.


class TodoList(SQLModel, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    name: str


class TodoLabelLink(SQLModel, table=True):
    todo_id: UUID = Field(foreign_key="todo.id", primary_key=True)
    label_id: UUID = Field(foreign_key="label.id", primary_key=True)


class Label(SQLModel, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    name: str


class TodoBase(SQLModel):
    list_id: UUID | None = Field(default=None, foreign_key="todolist.id")
    parent_id: UUID | None = Field(default=None, foreign_key="todo.id")
    title: str = Field(max_length=500)
    description: str | None = None
    status: str = "open"
    priority: int = 0
    start: datetime | None = None
    due: datetime | None = None
    deadline: date | None = None
    position: float = 0
    links: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class TodoState(TodoBase):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    completed_at: datetime | None = None
    completed_by: UUID | None = None
    created_at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    created_by: UUID | None = None
    updated_at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    version: int = 1
    deleted_at: datetime | None = None


class Todo(TodoState, table=True):
    __table_args__ = (Index("ix_todo_page", "user_id", "created_at", "id"),)

    user_id: UUID = Field(foreign_key="user.id")
    # What the SQLAlchemy documentation advises for asyncio: a relationship that never loads lazily.
    labels: list[Label] = Relationship(link_model=TodoLabelLink, sa_relationship_kwargs={"lazy": "selectin"})


class TodoCreate(TodoBase):
    pass


class TodoUpdate(SQLModel):
    title: str | None = Field(default=None, max_length=500)
    description: str | None = None
    status: str | None = None
    priority: int | None = None
    start: datetime | None = None
    due: datetime | None = None
    deadline: date | None = None
    position: float | None = None
    extra: dict[str, Any] | None = None


class LabelRead(SQLModel):
    id: UUID
    name: str


class TodoRead(TodoState):
    labels: list[LabelRead] = []
