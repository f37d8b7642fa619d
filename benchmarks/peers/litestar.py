"""A todo API as the documentation of Litestar and Advanced Alchemy teaches it: plugin, service, controller.

A header names who calls. The schemas are structs of msgspec, which Litestar itself is made of; the page comes with the
count of all, as their pagination does. Its tables are those of the hand-written application.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from advanced_alchemy.base import DefaultBase
from advanced_alchemy.extensions.litestar import (
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
    SQLAlchemyPlugin,
    filters,
    providers,
    repository,
    service,
)
from litestar import Controller, Litestar, get, patch, post
from litestar.params import Dependency, Parameter
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column, relationship

from benchmarks.peers import DATABASE_URL, POOL_SIZE

TodoLabel = Table(
    "todolabellink",
    DefaultBase.metadata,
    Column("todo_id", ForeignKey("todo.id"), primary_key=True),
    Column("label_id", ForeignKey("label.id"), primary_key=True),
)


class Label(DefaultBase):
    __tablename__ = "label"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    user_id: Mapped[UUID]
    name: Mapped[str]


def _now() -> datetime:
    return datetime.now(UTC)


class Todo(DefaultBase):
    __tablename__ = "todo"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    user_id: Mapped[UUID]
    list_id: Mapped[UUID | None]
    parent_id: Mapped[UUID | None]
    title: Mapped[str]
    description: Mapped[str | None]
    status: Mapped[str]
    priority: Mapped[int]
    start: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))
    due: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))
    deadline: Mapped[date | None]
    position: Mapped[float]
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    extra: Mapped[dict[str, Any]] = mapped_column(JSONB)
    completed_at: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))
    completed_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), default=_now)
    created_by: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), default=_now, onupdate=_now)
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))
    labels: Mapped[list[Label]] = relationship(secondary=TodoLabel, lazy="selectin")


class LabelRead(msgspec.Struct):
    id: UUID
    name: str


class TodoCreate(msgspec.Struct):
    title: Annotated[str, msgspec.Meta(max_length=500)]
    list_id: UUID | None = None
    parent_id: UUID | None = None
    description: str | None = None
    status: str = "open"
    priority: int = 0
    start: datetime | None = None
    due: datetime | None = None
    deadline: date | None = None
    position: float = 0
    links: list[dict[str, Any]] = []
    extra: dict[str, Any] = {}


class TodoRead(TodoCreate, kw_only=True):
    id: UUID
    completed_at: datetime | None
    completed_by: UUID | None
    created_at: datetime
    created_by: UUID | None
    updated_at: datetime
    version: int
    deleted_at: datetime | None
    labels: list[LabelRead]


class TodoUpdate(msgspec.Struct):
    title: Annotated[str, msgspec.Meta(max_length=500)] | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    status: str | msgspec.UnsetType = msgspec.UNSET
    priority: int | msgspec.UnsetType = msgspec.UNSET
    start: datetime | msgspec.UnsetType | None = msgspec.UNSET
    due: datetime | msgspec.UnsetType | None = msgspec.UNSET
    deadline: date | msgspec.UnsetType | None = msgspec.UNSET
    position: float | msgspec.UnsetType = msgspec.UNSET
    extra: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


class TodoService(service.SQLAlchemyAsyncRepositoryService[Todo]):
    class Repository(repository.SQLAlchemyAsyncRepository[Todo]):
        model_type = Todo

    repository_type = Repository


UserId = Annotated[UUID, Parameter(header="X-User")]
Filters = Annotated[list[filters.FilterTypes], Dependency(skip_validation=True)]


class TodoController(Controller):
    path = "/todos"
    dependencies = providers.create_service_dependencies(
        TodoService, "todos", filters={"pagination_type": "limit_offset", "pagination_size": 50}
    )

    @get()
    async def list_todos(
        self, todos: TodoService, filters: Filters, user_id: UserId
    ) -> service.OffsetPagination[TodoRead]:
        mine = (Todo.user_id == user_id, Todo.deleted_at.is_(None))
        order = [(Todo.created_at, False), (Todo.id, False)]
        page, total = await todos.get_many_and_count(*filters, *mine, order_by=order)
        return todos.to_schema(page, total, filters=filters, schema_type=TodoRead)

    @post()
    async def create_todo(self, todos: TodoService, data: TodoCreate, user_id: UserId) -> TodoRead:
        values = msgspec.structs.asdict(data) | {"user_id": user_id, "created_by": user_id}
        return todos.to_schema(await todos.create(values, auto_refresh=True), schema_type=TodoRead)

    @get("/{todo_id:uuid}")
    async def get_todo(self, todos: TodoService, todo_id: UUID, user_id: UserId) -> TodoRead:
        return todos.to_schema(await _owned(todos, todo_id, user_id), schema_type=TodoRead)

    @patch("/{todo_id:uuid}")
    async def update_todo(self, todos: TodoService, data: TodoUpdate, todo_id: UUID, user_id: UserId) -> TodoRead:
        todo = await _owned(todos, todo_id, user_id)
        changes = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
        updated = await todos.update(changes | {"version": todo.version + 1}, item_id=todo_id)
        return todos.to_schema(updated, schema_type=TodoRead)


async def _owned(todos: TodoService, todo_id: UUID, user_id: UUID) -> Todo:
    """Return a todo of the user; that there is none such is an error that the plugin answers with 404."""
    return await todos.get_one(Todo.id == todo_id, Todo.user_id == user_id, Todo.deleted_at.is_(None))


# No overflow: every application has the same number of connections.
alchemy = SQLAlchemyAsyncConfig(
    connection_string=DATABASE_URL,
    before_send_handler="autocommit",
    engine_config=EngineConfig(pool_size=POOL_SIZE, max_overflow=0),
    session_config=AsyncSessionConfig(expire_on_commit=False),
)
app = Litestar(route_handlers=[TodoController], plugins=[SQLAlchemyPlugin(config=alchemy)])
