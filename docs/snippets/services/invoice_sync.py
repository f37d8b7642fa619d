from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fastapi_todo_kit import Host, TodoKitSettings, sync_todo_services, todo_router
from fastapi_todo_kit.schemas import Link, TodoCreate


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoice"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)


engine = create_engine("sqlite:///./host.db", connect_args={"check_same_thread": False})


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def get_current_user() -> str:
    return "ann"


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    Base.metadata.create_all(engine)
    yield


settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_session)
app = FastAPI(lifespan=lifespan)
app.include_router(todo_router(settings, host), prefix="/api")


# --8<-- [start:route]
@app.post("/invoices/{number}", status_code=201)
def create_invoice(
    number: str,
    user: Annotated[str, Depends(get_current_user)],
    session: Annotated[Session, Depends(get_session)],
) -> None:
    session.add(Invoice(number=number))
    link = Link(source="billing", type="invoice", id=number)
    with sync_todo_services(settings, host, session=session, user_id=user) as kit:
        for task in ("Send", "Follow up", "Book"):
            kit.todos.create(TodoCreate(title=f"{task} {number}", links=[link]))
    session.commit()


# --8<-- [end:route]
