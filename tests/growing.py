"""Spaces that have grown: thousands of todos with labels and links, made by a few statements."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.features.todos.models import Occurrence, Todo, TodoLabel, TodoLink
from fastapi_todo_kit.storage.log import Change, Space
from fastapi_todo_kit.storage.ordering import keys_after
from fastapi_todo_kit.storage.tables import new_id, table_of
from tests.support import Api

_TODOS, _LABELS, _LINKS = table_of(Todo), table_of(TodoLabel), table_of(TodoLink)
_OCCURRENCES = table_of(Occurrence)
_CHANGES, _SPACES = table_of(Change), table_of(Space)
_PIECE = 1_000


async def grow(
    api: Api, settings: TodoKitSettings, list_id: str, count: int, *, labels: int = 0, links: int = 0, **columns: Any
) -> None:
    """Fill a list with todos, each with so many labels and links.

    `columns` are those of each todo; one that is a function gets the number of the todo.
    """
    first = await api.todo(
        list_id=list_id,
        label_ids=[(await api.label(uuid.uuid4().hex))["id"] for _ in range(labels)],
        links=[{"source": "billing", "type": "invoice", "id": f"{n}", "title": f"Invoice {n}"} for n in range(links)],
    )
    engine = create_async_engine(settings.url)
    async with engine.begin() as connection:
        await _copy(connection, uuid.UUID(first["id"]), count - 1, columns)
    await engine.dispose()


async def _copy(connection: AsyncConnection, first_id: uuid.UUID, count: int, columns: dict[str, Any]) -> None:
    first = (await connection.execute(select(_TODOS).where(_TODOS.c.id == first_id))).one()._asdict()
    ids = [new_id() for _ in range(count)]

    def filled(n: int) -> dict[str, Any]:
        return {name: value(n) if callable(value) else value for name, value in columns.items()}

    rows = [
        {**first, "version": 1, "id": one, "position": key, "title": f"todo {n}", "title_key": f"todo {n}", **filled(n)}
        for n, (one, key) in enumerate(zip(ids, keys_after(first["position"], count), strict=True))
    ]
    first_change = select(_CHANGES).where(_CHANGES.c.entity_id == first_id, _CHANGES.c.op == "created")
    change = (await connection.execute(first_change)).one()._asdict()
    longer = update(_SPACES).where(_SPACES.c.id == first["space_id"]).values(seq=_SPACES.c.seq + count)
    last = (await connection.execute(longer.returning(_SPACES.c.seq))).scalar_one()
    changes = [{**change, "entity_id": one, "seq": last - count + n} for n, one in enumerate(ids, start=1)]
    for at in range(0, count, _PIECE):
        await connection.execute(insert(_TODOS), rows[at : at + _PIECE])
        await connection.execute(insert(_CHANGES), changes[at : at + _PIECE])
    others = (_TODOS.c.space_id == first["space_id"], _TODOS.c.list_id == first["list_id"], _TODOS.c.id != first_id)
    for table in (_LABELS, _LINKS):
        names = [column.name for column in table.c if column.name != "todo_id"]
        of_each = select(_TODOS.c.id, *(table.c[name] for name in names))
        # The space, too: without it, where PostgreSQL believes the table to be small, it reads all of it for each todo.
        of_first = (table.c.space_id == first["space_id"]) & (table.c.todo_id == first_id)
        attached = of_each.join_from(_TODOS, table, of_first).where(*others)
        await connection.execute(insert(table).from_select(["todo_id", *names], attached))


async def do_often(settings: TodoKitSettings, todo_id: str, count: int) -> None:
    """Give a todo, of which one occurrence is completed, so many more: one each hour."""
    engine = create_async_engine(settings.url)
    async with engine.begin() as connection:
        of_todo = select(_OCCURRENCES).where(_OCCURRENCES.c.todo_id == uuid.UUID(todo_id))
        first = (await connection.execute(of_todo)).one()._asdict()
        moments = {name: first[name] for name in ("ended_at", "due_at", "start_at") if first[name] is not None}
        rows = [
            {
                **first,
                "id": new_id(),
                "version": first["version"] + n,
                "slot": f"{n}",
                **{name: at + timedelta(hours=n) for name, at in moments.items()},
            }
            for n in range(1, count + 1)
        ]
        for at in range(0, count, _PIECE):
            await connection.execute(insert(_OCCURRENCES), rows[at : at + _PIECE])
    await engine.dispose()
