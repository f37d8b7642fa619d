from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy import String
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fastapi_todo_kit import Host, TodoKitSettings, todo_router, todo_services
from fastapi_todo_kit.schemas import Link, TodoCreate


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoice"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)


engine = create_async_engine("sqlite+aiosqlite:///./host.db")
new_session = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session


async def get_current_user() -> str:
    return "ann"


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield


settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_session)
app = FastAPI(lifespan=lifespan)
app.include_router(todo_router(settings, host), prefix="/api")


# --8<-- [start:route]
@app.post("/invoices/{number}", status_code=201)
async def create_invoice(
    number: str,
    user: Annotated[str, Depends(get_current_user)],
    session: Annotated[AsyncSession, Depends(get_session)],
) -> None:
    session.add(Invoice(number=number))
    link = Link(source="billing", type="invoice", id=number)
    async with todo_services(settings, host, session=session, user_id=user) as kit:
        for task in ("Send", "Follow up", "Book"):
            await kit.todos.create(TodoCreate(title=f"{task} {number}", links=[link]))
    await session.commit()


# --8<-- [end:route]
