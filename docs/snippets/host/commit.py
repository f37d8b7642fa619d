from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

engine = create_async_engine("sqlite+aiosqlite:///./host.db")
new_session = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with new_session.begin() as session:
        yield session  # what is behind it commits, or rolls back after an error


# With the scope that the kit asks for, so that a request has one session and its commit comes before the response.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_current_user(session: SessionDep) -> str:
    return str(await session.scalar(text("SELECT 'ann'")))


app = FastAPI()
host = Host(current_user=get_current_user, session=get_session, commit="host")
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
