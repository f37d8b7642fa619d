"""What was stored before it was looked at, or past the kit, is read by every reader: what is no JSON is null."""

import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings, export_user
from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.schemas import ListQuery, TodoQuery
from tests.core.test_extra_values import Sheet, served
from tests.support import Api, make_app, running

ANYWHERE = {
    "huge": ('{"amount": 1e400, "count": 1}', {"amount": None, "count": 1}),
    "high half": (r'{"shown": "a\ud800", "count": 1}', {"shown": "a\ufffd", "count": 1}),
    "low half": (r'{"shown": "\ude00\ud83d\ude00", "count": 1}', {"shown": "\ufffd\N{GRINNING FACE}", "count": 1}),
    "nul": (r'{"shown": "\u0000", "count": 1}', {"shown": "\0", "count": 1}),
    "a backslash": (r'{"shown": "\\ud800", "count": 1}', {"shown": r"\ud800", "count": 1}),
    "a pair": (r'{"shown": "\ud83d\ude00", "count": 1}', {"shown": "\N{GRINNING FACE}", "count": 1}),
}
ON_SQLITE = {
    "nan": ('{"amount": NaN, "count": 1}', {"amount": None, "count": 1}),
    "infinity": ('{"lines": [{"amount": -Infinity}], "count": 1}', {"lines": [{"amount": None}], "count": 1}),
    "cut off": ('{"count": 1', {}),
    "no object": ("[1]", {}),
}
STORED = {**ANYWHERE, **ON_SQLITE}


async def put(settings: TodoKitSettings, table: str, row: str, extra: str) -> None:
    """Store a text where `extra` is, as an earlier release did or somebody who writes past the kit."""
    engine = create_async_engine(settings.url)
    value = ":extra" if settings.is_sqlite else "CAST(:extra AS json)"
    async with engine.begin() as connection:
        statement = f"UPDATE {table} SET extra = {value} WHERE id = :id"  # noqa: S608  (a test's own)
        row_id = uuid.UUID(row)
        await connection.execute(text(statement), {"extra": extra, "id": row_id.hex if settings.is_sqlite else row_id})
    await engine.dispose()


async def shown_by_all(api: Api, settings: TodoKitSettings, kind: str, found: Any) -> list[Any]:
    """Return what each reader shows as the `extra` of a todo or a list."""
    path = f"/{kind}s"
    shown = [await api.get(f"{path}/{found['id']}"), *(await api.get(path))["items"]]
    exported = [one async for one in export_user(settings, api.user)]
    encode(exported)
    shown += [one["row"] for one in exported if one["table"] == f"todokit_{kind}"]
    async with served(settings, api.user, Sheet) as kit:
        query: Any = TodoQuery() if kind == "todo" else ListQuery()
        shown += (await getattr(kit, f"{kind}s").page(query))["items"]
    return [one["extra"] for one in shown]


@pytest.mark.parametrize("kind", ["todo", "list"])
@pytest.mark.parametrize("case", STORED)
async def test_what_is_no_json_is_read_by_every_reader(settings: TodoKitSettings, kind: str, case: str) -> None:
    stored, read = STORED[case]
    if case in ON_SQLITE and not settings.is_sqlite:
        return  # PostgreSQL stores no such text
    async with running(make_app(settings, extra=Sheet)) as api:
        found = await (api.todo() if kind == "todo" else api.list())
        await put(settings, f"todokit_{kind}", found["id"], stored)

        assert await shown_by_all(api, settings, kind, found) == [read] * 4

        assert (await api.get(f"/{kind}s", extra__price=7))["items"] == []
        new = {"count": 7, "amount": 2, "lines": [], "shown": "x"}
        changed = await api.patch(f"/{kind}s/{found['id']}", {"extra": new})
        assert (await api.get(f"/{kind}s", extra__count=7))["items"] == [changed]


@pytest.mark.parametrize("case", ["a pair", "a backslash"])
async def test_what_only_looks_unreadable_is_found(settings: TodoKitSettings, case: str) -> None:
    async with running(make_app(settings, extra=Sheet)) as api:
        todo = await api.todo()
        await put(settings, "todokit_todo", todo["id"], STORED[case][0])

        assert len((await api.get("/todos", extra__count=1))["items"]) == 1
