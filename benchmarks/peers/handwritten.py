"""A todo API as the documentation of FastAPI, SQLModel and fastapi-users teaches it; what one writes oneself.

Idiomatic and fair: an async engine and session, `current_active_user`, response models, eager loading where a
relationship is read, an index for the page. Nothing is slow on purpose or tuned past the documentation.
"""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from fastapi_users_db_sqlalchemy import SQLAlchemyUserDatabase
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.peers import DATABASE_URL, JWT_SECRET, POOL_SIZE
from benchmarks.peers.models import Todo, TodoCreate, TodoRead, TodoUpdate, User

# No overflow: every application has the same number of connections.
engine = create_async_engine(DATABASE_URL, pool_size=POOL_SIZE, max_overflow=0)
async_session_maker = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def get_async_session() -> AsyncGenerator[AsyncSession]:
    async with async_session_maker() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_async_session)]


# Users: the full example of fastapi-users.


async def get_user_db(session: SessionDep) -> AsyncGenerator[SQLAlchemyUserDatabase[User, UUID]]:
    yield SQLAlchemyUserDatabase(session, User)


class UserManager(UUIDIDMixin, BaseUserManager[User, UUID]):
    reset_password_token_secret = JWT_SECRET
    verification_token_secret = JWT_SECRET


UserDatabaseDep = Annotated[SQLAlchemyUserDatabase[User, UUID], Depends(get_user_db)]


async def get_user_manager(user_db: UserDatabaseDep) -> AsyncGenerator[UserManager]:
    yield UserManager(user_db)


def get_jwt_strategy() -> JWTStrategy[User, UUID]:
    return JWTStrategy(secret=JWT_SECRET, lifetime_seconds=3600)


auth_backend = AuthenticationBackend(
    name="jwt", transport=BearerTransport(tokenUrl="auth/jwt/login"), get_strategy=get_jwt_strategy
)
fastapi_users = FastAPIUsers[User, UUID](get_user_manager, [auth_backend])
current_active_user = fastapi_users.current_user(active=True)
CurrentUser = Annotated[User, Depends(current_active_user)]


# Todos: the tutorial of SQLModel, made asynchronous.

app = FastAPI()


@app.get("/todos", response_model=list[TodoRead])
async def list_todos(
    session: SessionDep, user: CurrentUser, offset: int = 0, limit: Annotated[int, Query(le=200)] = 50
) -> Any:
    statement = (
        select(Todo)
        .where(Todo.user_id == user.id, col(Todo.deleted_at).is_(None))
        .order_by(col(Todo.created_at), col(Todo.id))
        .offset(offset)
        .limit(limit)
    )
    return (await session.exec(statement)).all()


@app.post("/todos", response_model=TodoRead, status_code=201)
async def create_todo(session: SessionDep, user: CurrentUser, data: TodoCreate) -> Any:
    todo = Todo.model_validate(data, update={"user_id": user.id, "created_by": user.id})
    session.add(todo)
    await session.commit()
    await session.refresh(todo)
    return todo


@app.get("/todos/{todo_id}", response_model=TodoRead)
async def get_todo(session: SessionDep, user: CurrentUser, todo_id: UUID) -> Any:
    return await _owned_todo(session, user, todo_id)


@app.patch("/todos/{todo_id}", response_model=TodoRead)
async def update_todo(session: SessionDep, user: CurrentUser, todo_id: UUID, data: TodoUpdate) -> Any:
    todo = await _owned_todo(session, user, todo_id)
    todo.sqlmodel_update(data.model_dump(exclude_unset=True))
    todo.version += 1
    todo.updated_at = datetime.now(UTC)
    session.add(todo)
    await session.commit()
    await session.refresh(todo)
    return todo


async def _owned_todo(session: AsyncSession, user: User, todo_id: UUID) -> Todo:
    statement = select(Todo).where(Todo.id == todo_id, Todo.user_id == user.id, col(Todo.deleted_at).is_(None))
    todo = (await session.exec(statement)).first()
    if todo is None:
        raise HTTPException(status_code=404, detail="Todo not found")
    return todo
