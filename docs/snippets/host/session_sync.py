from collections.abc import Iterator

from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

engine = create_engine("sqlite:///./host.db", connect_args={"check_same_thread": False})


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, session=get_session)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
