import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import TodoKitSettings, sync_todo_services
from fastapi_todo_kit.schemas import TodoImport

engine = create_engine("sqlite:///./host.db")
settings = TodoKitSettings()
TASKS = uuid.UUID("6f0c4b52-7a3e-4f0e-9c39-0f6f1d2b7a11")  # make one of your own, and never change it


def moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def todo_of(task: Any) -> TodoImport:
    return TodoImport(
        id=uuid.uuid5(TASKS, str(task["id"])),  # the same each time, so that a second run finds what the first one made
        parent_id=task["parent_id"] and uuid.uuid5(TASKS, str(task["parent_id"])),
        title=task["title"],
        status="completed" if task["done_at"] else "needs_action",
        created_at=moment(task["created_at"]),
        created_by=task["owner"],
        completed_at=moment(task["done_at"]),
        completed_by=task["owner"] if task["done_at"] else None,
    )


def bring_todos(owner: str) -> int:
    with closing(sqlite3.connect("old.db")) as old:
        old.row_factory = sqlite3.Row
        tasks = old.execute("SELECT * FROM task WHERE owner = ? ORDER BY id", [owner]).fetchall()
    with (
        Session(engine) as session,
        session.begin(),
        sync_todo_services(settings, session=session, user_id=owner) as kit,
    ):
        return len(kit.todos.create_many([todo_of(task) for task in tasks]))


if __name__ == "__main__":
    print(bring_todos("ann"))
