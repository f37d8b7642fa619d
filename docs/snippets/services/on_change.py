from collections.abc import Sequence

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, OnChange, TodoKitSettings, sync_todo_services
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.schemas import TodoCreate

engine = create_engine("sqlite:///./host.db")


def announce(events: Sequence[ChangeEvent]) -> None:  # a plain function, as the session is synchronous
    for event in events:
        print(event.seq, type(event).__name__)


host = Host(on_change=OnChange(after_commit=announce))

with Session(engine) as session, sync_todo_services(TodoKitSettings(), host, session=session, user_id=7) as kit:
    kit.todos.create(TodoCreate(title="Buy milk"))
    session.commit()  # prints "1 ListCreated" for the inbox, and "2 TodoCreated"

    kit.todos.create(TodoCreate(title="Feed the cat"))
    session.rollback()  # prints nothing
