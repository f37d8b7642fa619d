from collections.abc import AsyncIterator, Sequence

import msgspec
from fastapi import FastAPI
from sqlalchemy import LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fastapi_todo_kit import Host, OnChange, TodoKitSettings, Transaction, todo_router
from fastapi_todo_kit.changes import ChangeEvent


class Base(DeclarativeBase):
    pass


class Outbox(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[bytes] = mapped_column(LargeBinary)


engine = create_async_engine("sqlite+aiosqlite:///./host.db")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


async def keep(events: Sequence[ChangeEvent], transaction: Transaction) -> None:
    transaction.session.add_all(Outbox(event=msgspec.json.encode(event)) for event in events)


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, session=get_session, on_change=OnChange(before_commit=keep))
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
