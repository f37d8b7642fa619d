"""How many statements an operation takes, and that none of them hydrates an object."""

import asyncio
import itertools
import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import aiosqlite
import asyncpg
import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Mapper

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.storage.engines import sqlite_connections
from fastapi_todo_kit.storage.engines.plans import Plan
from fastapi_todo_kit.storage.engines.psycopg_connections import PsycopgConnection
from fastapi_todo_kit.testing import TodoKitConformance
from tests.support import Api, make_app, running

Statement = tuple[str, Any]
READS = [
    ("/todos/{id}", 1),
    ("/todos?limit=50", 1),
    ("/todos?limit=50&count=exact", 2),
    ("/todos?label={label}&overdue=true&q=a&sort=-due,title", 1),
    ("/todos/{id}/subtasks", 2),  # the second one because there is none
    ("/todos?limit=50&status=completed&sort=-completed_at", 1),
    ("/todos?limit=50&status=completed&count=exact", 2),
    ("/todos/{id}/occurrences", 2),
    ("/todos/{id}/upcoming", 1),
    ("/lists", 1),
    ("/lists?counts=true", 1),
    ("/lists/{list}", 1),
    ("/labels", 1),
    ("/trash", 1),
    ("/spaces", 1),
    ("/todos?space=all&limit=50", 1),
    ("/todos?space=all&status=completed&sort=-completed_at", 1),
    ("/lists?space=all&counts=true", 1),
    ("/labels?space=all", 1),
    ("/reminders?space=all", 1),
]
"""Reads, and how many statements each takes; what is in braces is named by `todo`."""


ASYNCPG_METHODS = ("fetch", "execute", "executemany")
SEND_TO_THREAD: Any = aiosqlite.Connection._execute


@contextmanager
def planned() -> Iterator[list[str]]:
    """Note the statements that are planned meanwhile, by any engine of the kit's own."""
    statements: list[str] = []
    make = Plan.__init__

    def note(plan: Plan, *given: Any) -> None:
        make(plan, *given)
        statements.append(plan._sql)

    with mock.patch.object(Plan, "__init__", note):
        yield statements


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Collect the statements that any engine or driver sends; BEGIN alone and COMMIT are not among them."""
    statements: list[Statement] = []

    def note(statement: str, parameters: Any) -> None:
        is_begin_alone = statement.startswith("BEGIN") and "UPDATE" not in statement
        if not is_begin_alone and not statement.startswith(("COMMIT", "ROLLBACK")):
            statements.append((statement, parameters))

    def before(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        note(statement, parameters)

    event.listen(Engine, "before_cursor_execute", before)
    try:
        with ExitStack() as stack:
            for driver, methods in watched_methods(note).items():
                stack.enter_context(mock.patch.multiple(driver, **methods))
            yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def watched_methods(note: Callable[[str, Any], None]) -> dict[Any, dict[str, Any]]:
    """Return methods of the drivers that note what the kit's own connections send with them."""

    def noting(method: Any) -> Any:
        def send(driver: Any, statement: str, *parameters: Any) -> Any:
            note(statement, parameters)
            return method(driver, statement, *parameters)

        return send

    def send_to_thread(driver: Any, run: Any, *given: Any, **options: Any) -> Any:
        if getattr(run, "__module__", None) == sqlite_connections.__name__:
            for statement, values in given[1:]:
                note(statement, (values,))
        return SEND_TO_THREAD(driver, run, *given, **options)

    def noting_format(method: Any) -> Any:
        def send(connection: Any, statement: str, values: Any = None) -> Any:
            note(numbered(statement), tuple(values or ()))
            return method(connection, statement, values)

        return send

    of_psycopg = {name: noting_format(getattr(PsycopgConnection, name)) for name in ("_execute", "_fetch")}
    return {
        PsycopgConnection: of_psycopg,
        psycopg.AsyncCursor: {"executemany": noting(psycopg.AsyncCursor.executemany)},
        asyncpg.Connection: {name: noting(getattr(asyncpg.Connection, name)) for name in ASYNCPG_METHODS},
        aiosqlite.Connection: {"_execute": send_to_thread, "executemany": noting(aiosqlite.Connection.executemany)},
    }


def numbered(statement: str) -> str:
    """Return a statement of psycopg's with its places as PostgreSQL writes them."""
    places = itertools.count(1)
    return re.sub("%[s%]", lambda found: f"${next(places)}" if found[0] == "%s" else "%", statement)


@pytest.fixture
async def todo(api: Api) -> dict[str, Any]:
    """A todo with a label and a link, in an inbox that exists."""
    label = await api.label("urgent")
    link = {"source": "billing", "type": "invoice", "id": "42"}
    return await api.todo(label_ids=[label["id"]], links=[link])


@pytest.mark.parametrize(("path", "count"), READS)
async def test_a_read_takes_one_statement(api: Api, todo: dict[str, Any], path: str, count: int) -> None:
    names = {"id": todo["id"], "list": todo["list_id"], "label": todo["label_ids"][0]}

    with recorded() as statements:
        await api.get(path.format(**names))

    assert len(statements) == count, statements


async def test_writes_take_three_statements_on_postgresql(api: Api, todo: dict[str, Any], database_url: str) -> None:
    """The lock goes with BEGIN, and the change with what was changed; SQLite runs each by itself, without a network."""
    with recorded() as create:
        await api.post("/todos", {"title": "new", "due": {"date": "2026-04-01"}, "priority": 1})
    with recorded() as patch:
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"})
    with recorded() as unchanged:
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"})
    with recorded() as complete:
        await api.post(f"/todos/{todo['id']}/complete")

    counts = [len(create), len(patch), len(unchanged), len(complete)]
    assert counts == ([4, 4, 3, 5] if database_url.startswith("sqlite") else [3, 3, 3, 4])
    assert all("UPDATE todokit_space" in statements[0][0] for statements in (create, patch, unchanged, complete))


async def test_a_write_goes_four_times_to_the_thread_of_sqlite(sqlite_api: Api) -> None:
    """To begin with the lock, to read, to write with the log, and to commit; a read goes there once."""
    api = sqlite_api.as_user(uuid.uuid4().hex)
    path = f"/todos/{(await api.todo())['id']}"

    with mock.patch.object(aiosqlite.Connection, "_execute", autospec=True, side_effect=SEND_TO_THREAD) as trips:
        counts = []
        for asking in (
            api.get(path),
            api.get("/todos"),
            api.post("/todos", {"title": "new"}),
            api.patch(path, {"priority": 1}),
        ):
            await asking
            counts.append(trips.call_count)
            trips.reset_mock()

    assert counts == [1, 1, 4, 4]


async def test_an_id_that_the_client_chose_is_looked_for_once(
    api: Api, todo: dict[str, Any], database_url: str
) -> None:
    body = {"id": str(uuid.uuid4()), "title": "mine", "list_id": todo["list_id"]}
    with recorded() as create:
        await api.post("/todos", body, 201)
    with recorded() as again:
        await api.post("/todos", body, 200)

    assert (len(create), len(again)) == ((5, 3) if database_url.startswith("sqlite") else (4, 3))


@pytest.fixture
async def recurring(api: Api) -> dict[str, Any]:
    """A todo that recurs, without subtasks."""
    return await api.todo(due={"date": "2026-03-28"}, recurrence={"unit": "day"})


async def test_an_occurrence_takes_two_statements_more_than_a_completion(
    api: Api, recurring: dict[str, Any], database_url: str
) -> None:
    """It is kept, what is below is looked for instead of closed, and reminders are looked for."""
    path = f"/todos/{recurring['id']}"
    with recorded() as complete:
        await api.post(f"{path}/complete?occurrence=2026-03-28")
    with recorded() as repeated:
        await api.post(f"{path}/complete?occurrence=2026-03-28")
    with recorded() as stale:
        await api.post(f"{path}/complete", if_match='"1"')
    with recorded() as skip:
        await api.post(f"{path}/skip")
    with recorded() as undo:
        await api.post(f"{path}/undo")

    counts = [len(complete), len(repeated), len(stale), len(skip), len(undo)]
    assert counts == ([7, 4, 4, 7, 10] if database_url.startswith("sqlite") else [6, 4, 4, 6, 10])


@pytest.mark.parametrize("subtasks", [1, 5])
async def test_subtasks_are_reset_together(
    api: Api, recurring: dict[str, Any], database_url: str, subtasks: int
) -> None:
    for n in range(subtasks):
        child = await api.todo(f"{n}", parent_id=recurring["id"])
        await api.post(f"/todos/{child['id']}/complete")

    with recorded() as complete:
        await api.post(f"/todos/{recurring['id']}/complete")
    with recorded() as undo:
        await api.post(f"/todos/{recurring['id']}/undo")

    assert (len(complete), len(undo)) == (10, 13), database_url


async def test_a_preview_asks_the_database_nothing(api: Api, recurring: dict[str, Any]) -> None:
    with recorded() as preview:
        await api.post("/recurrence/preview", {"recurrence": {"unit": "day"}, "due": recurring["due"]})

    assert preview == []


async def test_the_first_write_of_a_space_takes_one_statement_more(api: Api) -> None:
    list_id, todo_id = str(uuid.uuid4()), str(uuid.uuid4())
    with recorded() as first:
        await api.post("/lists", {"id": list_id, "name": "first"})
    with recorded() as second:
        await api.post("/todos", {"id": todo_id, "list_id": list_id, "title": "second"})

    assert "INSERT INTO todokit_space" in first[1][0]
    assert not any("INSERT INTO todokit_space" in sql for sql, _ in second)


async def test_an_idempotency_key_takes_two_statements_more(api: Api, todo: dict[str, Any], database_url: str) -> None:
    with recorded() as first:
        await api.post("/todos", {"title": "once"}, Idempotency_Key="key")
    with recorded() as replay:
        await api.post("/todos", {"title": "once"}, Idempotency_Key="key")

    # A replay also looks whether what it shows may still be seen.
    assert (len(first), len(replay)) == ((6, 4) if database_url.startswith("sqlite") else (5, 4))
    assert todo["version"] == 1


async def test_nothing_hydrates_an_object(api: Api, todo: dict[str, Any]) -> None:
    loaded: list[Any] = []

    def on_load(target: Any, _context: Any) -> None:
        loaded.append(target)

    event.listen(Mapper, "load", on_load)
    try:
        await api.get("/todos")
        await api.get("/lists", counts=True)
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"})
        await api.post(f"/todos/{todo['id']}/duplicate")
        await api.delete(f"/lists/{(await api.list())['id']}")
    finally:
        event.remove(Mapper, "load", on_load)

    assert loaded == []


async def test_a_label_goes_without_naming_all_that_carry_it(api: Api) -> None:
    """PostgreSQL takes at most 32,767 parameters, and a space may hold more todos than that."""
    longest = []
    for carriers in (1, 12):
        label = await api.label(f"carried by {carriers}")
        for _ in range(carriers):
            await api.todo(label_ids=[label["id"]])
        with recorded() as statements:
            await api.delete(f"/labels/{label['id']}")
        longest.append(max(len(parameters) for _, parameters in statements if not isinstance(parameters, list)))

    assert longest[0] == longest[1]


USUAL_PAGES = [
    "/todos?list={list}",
    "/todos?list={list}&status=needs_action&status=in_progress",
    "/todos?sort=due&due.lt=2027-01-01",
    "/todos?sort=-due",
    "/todos?sort=-created_at",
    "/todos?sort=-updated_at",
    "/todos?sort=updated_at&updated_since=2026-01-01T00:00:00Z",
    "/todos?sort=-completed_at&completed.gte=2026-01-01T00:00:00Z",
    "/todos?sort=priority",
    "/todos?sort=title",
    "/todos?sort=start",
    "/todos?overdue=true&sort=due",
    "/todos",
]


@pytest.mark.parametrize("path", USUAL_PAGES)
async def test_usual_pages_come_from_an_index_in_their_order(busy_space: Api, busy_url: str, path: str) -> None:
    lists = (await busy_space.get("/lists"))["items"]
    first = await busy_space.get(path.format(list=lists[0]["id"]))

    with recorded() as statements:
        await busy_space.get(f"{path.format(list=lists[0]['id'])}", expect=200)
        if first["next_cursor"]:
            joint = "&" if "?" in path else "?"
            await busy_space.get(f"{path.format(list=lists[0]['id'])}{joint}cursor={first['next_cursor']}")

    for plan in [await explained(busy_url, *statement) for statement in statements]:
        nodes = list(walk(plan))
        assert not {"Sort", "Seq Scan", "Bitmap Heap Scan"} & {node["Node Type"] for node in nodes}, nodes
        assert any(node.get("Index Name", "").startswith(("ix_todokit_todo", "uq_todokit_todo")) for node in nodes)


@pytest.fixture
async def busy_url(new_postgres: Callable[[], str]) -> str:
    """A database of the test's own: what is copied with SQL is in no log, and others look at that."""
    return await asyncio.to_thread(new_postgres)


@pytest.fixture
async def busy_space(busy_url: str) -> Any:
    """A user with 3,000 todos in three lists, on PostgreSQL."""
    async with running(make_app(TodoKitSettings(database_url=busy_url))) as api:
        seeds = []
        for n in range(3):
            one = await api.list(f"list {n}")
            due = {"datetime": "2026-02-01T09:00:00", "timezone": "Europe/Berlin"}
            seeds.append(await api.todo(f"seed {n}", list_id=one["id"], due=due, start=due))
        await multiply(busy_url, [seed["id"] for seed in seeds], 1_000)
        yield api


async def multiply(url: str, ids: list[str], times: int) -> None:
    """Copy todos with SQL, each copy with times and a position of its own; a third is completed."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    changed = {
        "id": "gen_random_uuid()",
        "position": "'b' || lpad(n::text, 6, '0') || 'V'",
        "title_key": "md5(n::text)",
        "priority": "1 + n % 10",
        "status": "CASE WHEN n % 3 = 0 THEN 'completed' ELSE status END",
        "due_at": "due_at + n * interval '1 hour'",
        "start_at": "start_at + n * interval '1 hour'",
        "created_at": "created_at + n * interval '1 minute'",
        "updated_at": "updated_at + n * interval '1 minute'",
        "completed_at": "CASE WHEN n % 3 = 0 THEN created_at + n * interval '1 minute' ELSE completed_at END",
    }
    async with engine.begin() as connection:
        columns = list(
            (
                await connection.exec_driver_sql(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = 'todokit_todo'"
                )
            ).scalars()
        )
        values = ", ".join(changed.get(column, column) for column in columns)
        wanted = ", ".join(f"'{one}'" for one in ids)
        await connection.exec_driver_sql(
            f"INSERT INTO todokit_todo ({', '.join(columns)}) "  # noqa: S608  (names from the catalogue)
            f"SELECT {values} FROM todokit_todo, generate_series(1, {times}) n WHERE id IN ({wanted})"
        )
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).exec_driver_sql("ANALYZE todokit_todo")
    await engine.dispose()


async def explained(url: str, statement: str, parameters: Any, *, is_run: bool = False) -> Any:
    """Return how PostgreSQL runs a statement, or has just run it."""
    options = "ANALYZE, FORMAT JSON" if is_run else "FORMAT JSON"
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    async with engine.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN ({options}) {statement}", parameters)
        plan = rows.scalar_one()
    await engine.dispose()
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the nodes of the page's own plan; labels and links hang from it as subplans of a few rows each."""
    yield node
    for child in node.get("Plans", ()):
        if child.get("Parent Relationship") not in {"SubPlan", "InitPlan"}:
            yield from walk(child)


async def test_no_request_brings_a_statement_of_its_own() -> None:
    class Everything(TodoKitConformance):
        prefix = "/api"

    def do_everything() -> None:
        Everything().test_the_owner_may_do_everything(client)
        client.get("/api/lists?counts=true")
        client.get("/api/lists?counts=true&archived=any")

    with TestClient(make_app(TodoKitSettings(database_url="sqlite://")), headers={"X-User": "ann"}) as client:
        do_everything()

        with planned() as statements:
            do_everything()

    assert statements == []
