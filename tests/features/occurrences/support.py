"""What the tests of recurring todos share: todos that recur, verbs on them, and the rows behind them."""

import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.features.todos.models import Occurrence, ResetSubtask
from fastapi_todo_kit.storage.tables import table_of
from tests.support import Api

Todo = dict[str, Any]
DAILY = {"rrule": "FREQ=DAILY"}
OCCURRENCES = table_of(Occurrence)
RESET = table_of(ResetSubtask)


def day(text: str) -> dict[str, str]:
    return {"date": text}


def floating(wall_clock: str) -> dict[str, str]:
    return {"datetime": wall_clock}


def fixed(wall_clock: str, zone: str = "Europe/Berlin") -> dict[str, str]:
    return {"datetime": wall_clock, "timezone": zone}


async def recurring(api: Api, title: str = "recurring", **fields: Any) -> Todo:
    """Create a todo that recurs, by default every day from 28 March 2026 on, which the test clock says is today."""
    return await api.todo(title, **{"due": day("2026-03-28"), "recurrence": DAILY, **fields})


async def act(
    api: Api, todo: Todo, verb: str, expect: int = 200, *, occurrence: str | None = None, version: int | None = None
) -> Any:
    """Do something with a todo; `version` is sent as If-Match."""
    query = "" if occurrence is None else f"?occurrence={occurrence}"
    headers = {} if version is None else {"if_match": f'"{version}"'}
    return await api.post(f"/todos/{todo['id']}/{verb}{query}", expect=expect, **headers)


async def read(api: Api, *todos: Todo) -> list[Todo]:
    return [await api.get(f"/todos/{todo['id']}") for todo in todos]


async def statuses(api: Api, *todos: Todo) -> list[str]:
    return [todo["status"] for todo in await read(api, *todos)]


async def history(api: Api, todo: Todo) -> list[tuple[str, str]]:
    """Return slot and outcome of each occurrence that is done with, the first one first."""
    items = await api.all_pages(f"/todos/{todo['id']}/occurrences")
    return [(one["occurrence"], one["outcome"]) for one in reversed(items)]


def told(todo: Todo) -> dict[str, Any]:
    """Return what a client sees of a todo but for what each change moves."""
    return {name: value for name, value in todo.items() if name not in {"version", "updated_at"}}


async def rows_of(settings: TodoKitSettings, *todos: Todo) -> tuple[int, int]:
    """Return how many occurrences, and how many rows of subtasks that were reset, are stored of todos."""
    ids = [uuid.UUID(todo["id"]) for todo in todos]
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        occurrences, reset = [
            (await connection.execute(select(func.count()).where(table.c.todo_id.in_(ids)))).scalar_one()
            for table in (OCCURRENCES, RESET)
        ]
    await engine.dispose()
    return occurrences, reset
