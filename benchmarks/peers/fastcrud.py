"""A todo API as the documentation of FastCRUD teaches it: `crud_router`, with a policy for whose todos they are.

A header names who calls. The router's joins nest the labels in each todo. Its tables and schemas are those of the
hand-written application.
"""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Header
from fastcrud import CreateConfig, JoinConfig, PolicyConfig, UpdateConfig, crud_router
from sqlalchemy import ColumnElement, join
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import column_property
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.peers import DATABASE_URL, POOL_SIZE
from benchmarks.peers.models import Base, LabelRead, Todo, TodoCreate, TodoRead, TodoUpdate

# No overflow: every application has the same number of connections.
engine = create_async_engine(DATABASE_URL, pool_size=POOL_SIZE, max_overflow=0)
async_session_maker = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

LABELS, LINKS = Base.metadata.tables["label"], Base.metadata.tables["todolabellink"]
UserId = Annotated[UUID, Header(alias="X-User")]


class LabelOfTodo(Base):
    """A label with the todo that carries it: pages are right only where a relationship has its key in one table."""

    __table__ = join(LABELS, LINKS)
    id = column_property(LABELS.c.id, LINKS.c.label_id)
    todo_id = column_property(LINKS.c.todo_id)


async def get_session() -> AsyncGenerator[AsyncSession]:
    async with async_session_maker() as session:
        yield session


async def user_id(x_user: UserId) -> UUID:
    return x_user


async def now() -> datetime:
    return datetime.now(UTC)


async def next_version() -> ColumnElement[int]:
    return col(Todo.version) + 1


async def own_todos(x_user: UserId) -> PolicyConfig:
    mine = (col(Todo.user_id) == x_user) & col(Todo.deleted_at).is_(None)
    return PolicyConfig(read=mine, create=True, create_check=mine, update=mine)


app = FastAPI()
app.include_router(
    crud_router(
        session=get_session,
        model=Todo,
        create_schema=TodoCreate,
        update_schema=TodoUpdate,
        select_schema=TodoRead,
        path="/todos",
        included_methods=["create", "read", "read_multi", "update"],
        create_config=CreateConfig(auto_fields={"user_id": user_id, "created_by": user_id}),
        update_config=UpdateConfig(auto_fields={"updated_at": now, "version": next_version}),
        joins_config=[
            JoinConfig(
                model=LabelOfTodo,
                join_on=LabelOfTodo.todo_id == Todo.id,
                join_prefix="labels_",
                schema_to_select=LabelRead,
                relationship_type="one-to-many",
                nested_limit=100,
            ),
        ],
        policy=own_todos,
    )
)
