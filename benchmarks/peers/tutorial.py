"""A todo API as the tutorial of SQLModel teaches it: `def` endpoints, a `Session` per request and psycopg.

The tutorial has no users: a header names who calls. It would load the labels of each todo when they are read; here
they are loaded with the page, as in the hand-written application, whose tables and schemas these are.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, Header, HTTPException, Query
from sqlmodel import Session, col, create_engine, select

from benchmarks.peers import DATABASE_URL, POOL_SIZE
from benchmarks.peers.models import Todo, TodoCreate, TodoRead, TodoUpdate

# No overflow: every application has the same number of connections.
engine = create_engine(DATABASE_URL.replace("+asyncpg", "+psycopg"), pool_size=POOL_SIZE, max_overflow=0)


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
UserId = Annotated[UUID, Header(alias="X-User")]

app = FastAPI()


@app.get("/todos", response_model=list[TodoRead])
def list_todos(session: SessionDep, user_id: UserId, offset: int = 0, limit: Annotated[int, Query(le=200)] = 50) -> Any:
    statement = (
        select(Todo)
        .where(Todo.user_id == user_id, col(Todo.deleted_at).is_(None))
        .order_by(col(Todo.created_at), col(Todo.id))
        .offset(offset)
        .limit(limit)
    )
    return session.exec(statement).all()


@app.post("/todos", response_model=TodoRead, status_code=201)
def create_todo(session: SessionDep, user_id: UserId, data: TodoCreate) -> Any:
    todo = Todo.model_validate(data, update={"user_id": user_id, "created_by": user_id})
    session.add(todo)
    session.commit()
    session.refresh(todo)
    return todo


@app.get("/todos/{todo_id}", response_model=TodoRead)
def get_todo(session: SessionDep, user_id: UserId, todo_id: UUID) -> Any:
    return _owned_todo(session, user_id, todo_id)


@app.patch("/todos/{todo_id}", response_model=TodoRead)
def update_todo(session: SessionDep, user_id: UserId, todo_id: UUID, data: TodoUpdate) -> Any:
    todo = _owned_todo(session, user_id, todo_id)
    todo.sqlmodel_update(data.model_dump(exclude_unset=True))
    todo.version += 1
    todo.updated_at = datetime.now(UTC)
    session.add(todo)
    session.commit()
    session.refresh(todo)
    return todo


def _owned_todo(session: Session, user_id: UUID, todo_id: UUID) -> Todo:
    statement = select(Todo).where(Todo.id == todo_id, Todo.user_id == user_id, col(Todo.deleted_at).is_(None))
    todo = session.exec(statement).first()
    if todo is None:
        raise HTTPException(status_code=404, detail="Todo not found")
    return todo
