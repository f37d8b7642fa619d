"""A page of completed todos costs what it holds, in whatever order, however many occurrences the space has."""

import asyncio
import importlib
import json
import sqlite3
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import asyncpg
import pytest
from sqlalchemy import URL, update

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.features.todos.rows import TODOS
from fastapi_todo_kit.features.todos.schemas import SORT_NAMES
from tests.core.test_folding import migrating
from tests.features.occurrences.support import act, day, recurring
from tests.growing import do_often, grow
from tests.storage.test_statements import Statement, recorded
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

MANY: Final = 3_000
LIMIT: Final = 20
# A page of twice as many rows, of todos and of occurrences, with what is looked up for each.
MOST_ROWS: Final = 12 * LIMIT
MOST_STEPS: Final = 1_000 * LIMIT
"""Instructions of SQLite's; 300 for each row of a page."""
# One for any values goes by the usual space, which is small: there it may read the todos first, but no occurrences.
PLANS = {"custom": {"todokit_todo", "todokit_occurrence"}, "generic": {"todokit_occurrence"}}
SORTS = [f"{sign}{name}" for name in SORT_NAMES for sign in ("", "-")]
DONE: Final[dict[str, Any]] = {"status": ["completed", "cancelled"]}
REVISION: Final = importlib.import_module("fastapi_todo_kit.migrations.versions.todokit_0010_done_pages")
START = datetime(2026, 3, 1, tzinfo=UTC)


async def mostly_occurrences(settings: TodoKitSettings, api: Api) -> None:
    """Fill a space: one todo has most occurrences, some have a few, and some do not recur."""
    for n in range(12):
        todo = await recurring(api, f"todo {n:02}", start=day("2026-03-27"), priority=n % 4)
        await act(api, todo, "complete")
        await do_often(settings, todo["id"], 2_000 if n == 5 else 90)
    for n in range(30):
        await act(api, await api.todo(f"plain {n}"), "complete")


async def hardly_any(settings: TodoKitSettings, api: Api) -> None:
    """Fill a space with completed todos; one recurs, and was done a few times."""
    first = await api.todo("first")
    moments = ("completed_at", "due_at", "start_at", "created_at", "updated_at")
    columns: dict[str, Any] = dict.fromkeys(moments, lambda n: START + timedelta(minutes=n))
    columns["deadline"] = lambda n: (START + timedelta(days=n)).date()
    await grow(api, settings, first["list_id"], MANY, status="completed", priority=lambda n: n % 10, **columns)
    todo = await recurring(api, "zzz")
    await act(api, todo, "complete")
    await do_often(settings, todo["id"], 3)


SPACES = {fill.__name__: fill for fill in (mostly_occurrences, hardly_any)}
Served = tuple[TodoKitSettings, dict[str, Api]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A database whose spaces are small but for one of each kind, and a client in each of these."""
    if request.param == "sqlite":
        settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('done') / 'done.db'}")
        await migrate(settings)
    else:
        settings = TodoKitSettings(database_url=await asyncio.to_thread(request.getfixturevalue("new_postgres")))
    async with running(make_app(settings)) as api:
        users = {name: api.as_user() for name in SPACES}
        for name, fill in SPACES.items():
            await fill(settings, users[name])
        for small in (api.as_user() for _ in range(30)):
            await act(small, await recurring(small), "complete")
        if not settings.is_sqlite:
            await on_postgres(settings.url, "ANALYZE")
        yield settings, users


@pytest.mark.parametrize("space", SPACES)
async def test_a_page_reads_what_it_holds(served: Served, space: str) -> None:
    settings, users = served

    for sort in SORTS:
        for place in ({}, await place_behind(users[space], 1_000, sort=sort, **DONE)):
            with recorded() as statements:
                await users[space].get("/todos", limit=LIMIT, sort=sort, **DONE, **place)
            (statement,) = statements
            if settings.is_sqlite:
                assert steps_of(str(settings.url.database), statement) < MOST_STEPS, (sort, place)
            else:
                for plans, tables in PLANS.items():
                    plan = await plan_of(settings.url, statement, plans)
                    rows = sum(rows_read(node) for node in nodes_of(plan) if node.get("Relation Name") in tables)
                    assert rows < MOST_ROWS, (sort, place, plans, rows, plan)


async def test_what_was_done_before_the_migration_is_found(api: Api, settings: TodoKitSettings) -> None:
    todos = [await recurring(api, f"{n}") for n in range(3)]
    for todo in todos[:2]:
        await act(api, todo, "complete")
    await api.patch(f"/todos/{todos[0]['id']}", {"recurrence": None})
    ids = [uuid.UUID(todo["id"]) for todo in todos]

    with migrating(settings) as connection:
        connection.execute(update(TODOS).where(TODOS.c.id.in_(ids)).values(has_occurrences=False))
    assert await api.titles(status="completed", sort="title") == []
    with migrating(settings):
        REVISION._mark()

    assert await api.titles(status="completed", sort="title") == ["0", "1"]


async def place_behind(api: Api, count: int, **query: Any) -> dict[str, Any]:
    """Return the parameter for what follows so many rows."""
    place: dict[str, Any] = {}
    for _ in range(count // 200):
        place = {"cursor": (await api.get("/todos", limit=200, **place, **query))["next_cursor"]}
    return place


def steps_of(path: str, statement: Statement) -> int:
    """Return how many instructions SQLite runs for a statement, to the nearest ten."""
    sql, (parameters,) = statement
    connection, steps = sqlite3.connect(path), [0]

    def count() -> int:
        steps[0] += 10
        return 0

    connection.set_progress_handler(count, 10)
    connection.execute(sql, parameters).fetchall()
    connection.close()
    return steps[0]


async def plan_of(url: URL, statement: Statement, plans: str) -> dict[str, Any]:
    """Return how PostgreSQL ran a statement, by a plan that it makes for these values or for any."""
    sql, parameters = statement
    values = ", ".join(f"'{one}'" for one in parameters)
    prepare = f"SET jit = off; SET plan_cache_mode = force_{plans}_plan; PREPARE page AS {sql}"
    found = await on_postgres(url, prepare, f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page({values})")
    plan: dict[str, Any] = json.loads(found)[0]["Plan"]
    return plan


async def on_postgres(url: URL, *statements: str) -> Any:
    """Run statements; return what the last one returns."""
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()


def nodes_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a node of a plan and all below it."""
    yield node
    for child in node.get("Plans", ()):
        yield from nodes_of(child)


def rows_read(node: dict[str, Any]) -> float:
    """Return how many rows a node read of its table, those that it left out among them."""
    left_out = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows = node["Actual Rows"] + sum(node.get(name, 0) for name in left_out)
    return float(node["Actual Loops"] * rows)
