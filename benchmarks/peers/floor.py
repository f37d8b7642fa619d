"""The floor of FastAPI: the limit's statements and encoder behind ordinary routes with one dependency.

What a FastAPI application cannot do without: matching, a dependency, a validated id or body, a response.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Header, Response
from pydantic import BaseModel, ConfigDict

from benchmarks.peers import DATABASE_URL, bare
from benchmarks.peers.limit import PostgresStore
from benchmarks.peers.limit_sqlite import SqliteStore

store: bare.Store = SqliteStore() if DATABASE_URL.startswith("sqlite") else PostgresStore()


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Keep the pool open while the application runs."""
    await store.open()
    yield
    await store.close()


app = FastAPI(lifespan=lifespan)


async def current_user(x_user: Annotated[str, Header()]) -> str:
    """Trust the header, as the kit's host does in this benchmark."""
    return x_user


User = Annotated[str, Depends(current_user)]


class Body(BaseModel):
    """What a client sends; absent is unchanged."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    description: str | None = None
    due: datetime | None = None
    priority: int = 0


@app.get("/todos/{todo_id}")
async def get_todo(user: User, todo_id: UUID) -> Response:
    """Answer one todo."""
    return _answer(await store.get(user, str(todo_id)))


@app.get("/todos")
async def list_todos(user: User, limit: int = 50) -> Response:
    """Answer the first page."""
    created_at, _, last_id = store.first.partition("~")
    rows = await store.page(user, created_at, last_id, limit)
    return _answer({"items": rows, "next_cursor": bare.cursor_behind(rows, limit)})


@app.post("/todos", status_code=201)
async def create_todo(user: User, body: Body) -> Response:
    """Add a todo."""
    new = bare.TodoCreate(body.title or "", body.description, body.due, body.priority)
    return _answer(await store.create(user, new), 201)


@app.patch("/todos/{todo_id}")
async def update_todo(user: User, todo_id: UUID, body: Body) -> Response:
    """Change what was sent."""
    return _answer(await store.update(user, str(todo_id), body.model_dump(exclude_unset=True)))


def _answer(row: bare.Row | None, status: int = 200) -> Response:
    if row is None:
        return Response(status_code=404)
    return Response(bare.encode(row), status, media_type="application/json")
