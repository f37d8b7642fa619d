from collections.abc import AsyncIterator

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

engine = create_async_engine("sqlite+aiosqlite:///./host.db")
new_session = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, session=get_session)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
