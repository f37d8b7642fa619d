"""The lifespan of a router, entered in that of the application: for FastAPI before 0.112.2, which does not do it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

todos = todo_router(TodoKitSettings(), Host(current_user=lambda: "ann"))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run what the application runs, and the kit's beside it."""
    async with todos.lifespan_context(app):
        yield


app = FastAPI(lifespan=lifespan)
app.include_router(todos, prefix="/api")
