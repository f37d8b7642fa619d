"""Statements on the driver's own connections: nothing left open, nothing hidden, nothing kept for ever."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from fastapi_todo_kit import ConfigurationError, OnChange, Pool, TodoKitSettings, Transaction
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.storage.engines.plans import Plan
from fastapi_todo_kit.storage.engines.postgres import PostgresConnecting
from fastapi_todo_kit.storage.engines.sqlite_connections import SqliteConnection
from tests.house.test_roles import CreatorsOnly
from tests.support import make_app, running

OPEN = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'todo_kit' AND state LIKE 'idle in transaction%'
"""

BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'todo_kit'"


@pytest.fixture
async def postgres(new_postgres: Callable[[], str]) -> TodoKitSettings:
    """A database of the test's own, and so small a pool that whatever is not given back is missed."""
    url = await asyncio.to_thread(new_postgres)
    return TodoKitSettings(database_url=url, pool=Pool(size=1, overflow=0, wait=2))


@pytest.fixture
async def outside(postgres: TodoKitSettings) -> AsyncIterator[AsyncEngine]:
    """Another program on the same database."""
    engine = create_async_engine(postgres.url, isolation_level="AUTOCOMMIT")
    yield engine
    await engine.dispose()


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_a_cancelled_request_leaves_nothing_open(
    postgres: TodoKitSettings, outside: AsyncEngine, method: str
) -> None:
    async with running(make_app(postgres)) as api, outside.connect() as blocker:
        todo = await api.todo("before")
        await blocker.execution_options(isolation_level="READ COMMITTED")
        await blocker.execute(text("LOCK TABLE todokit_todo IN ACCESS EXCLUSIVE MODE"))
        body = {"title": "cancelled"} if method == "PATCH" else None
        request = asyncio.create_task(api.send(method, f"/todos/{todo['id']}", body))
        await until_waiting(blocker)

        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert (await blocker.execute(text(OPEN))).scalar() == 0
        await blocker.rollback()

        assert await api.titles() == ["before"]
        await api.patch(f"/todos/{todo['id']}", {"title": "after"})


async def until_waiting(connection: AsyncConnection) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(10):
        while not (await connection.execute(waiting)).scalar():  # noqa: ASYNC110  (a server has no event to wait for)
            await asyncio.sleep(0.01)


async def test_a_refused_change_keeps_its_connection(postgres: TodoKitSettings, outside: AsyncEngine) -> None:
    async with running(make_app(postgres)) as api, outside.connect() as observer:
        todo = await api.todo()
        before = (await observer.execute(text(BACKENDS))).all()

        await api.patch(f"/todos/{todo['list_id']}", {"title": "no todo"}, expect=404)
        await api.patch(f"/todos/{todo['id']}", {"title": "stale"}, expect=412, if_match='"7"')

        assert (await observer.execute(text(BACKENDS))).all() == before
        assert (await observer.execute(text(OPEN))).scalar() == 0


async def test_an_error_that_the_host_hides_is_not_taken_for_a_commit(postgres: TodoKitSettings) -> None:
    async def hide(_events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        with pytest.raises(DBAPIError):
            await transaction.connection.execute(text("SELECT 1 / 0"))

    async with running(make_app(postgres, on_change=OnChange(before_commit=hide))) as api:
        with pytest.raises(ConfigurationError, match="hid an error"):
            await api.post("/todos", {"title": "never"})

        assert await api.titles() == []


async def test_a_savepoint_of_the_host_keeps_the_rest(postgres: TodoKitSettings) -> None:
    async def try_in_vain(_events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        with pytest.raises(DBAPIError):
            async with transaction.connection.begin_nested():
                await transaction.connection.execute(text("SELECT 1 / 0"))

    async with running(make_app(postgres, on_change=OnChange(before_commit=try_in_vain))) as api:
        await api.todo("stays")

        assert await api.titles() == ["stays"]


async def test_a_migration_under_a_running_application_is_unnoticed(
    postgres: TodoKitSettings, outside: AsyncEngine
) -> None:
    settings = postgres.model_copy(update={"pool": Pool(size=4, overflow=0), "write_retries": 0})
    async with running(make_app(settings)) as api:
        todo = await api.todo()
        path = f"/todos/{todo['id']}"
        await asyncio.gather(*(api.get(path) for _ in range(8)))
        await asyncio.gather(*(api.patch(path, {"priority": n}) for n in range(1, 5)))

        for length in (600, 700):
            async with outside.begin() as connection:
                await connection.execute(text(f"ALTER TABLE todokit_todo ALTER title TYPE varchar({length})"))
            changed = await api.patch(path, {"title": f"as long as {length}"})
            assert (await api.get(path))["title"] == changed["title"]


async def test_a_policys_conditions_leave_no_plan_behind(
    postgres: TodoKitSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Plan] = []
    make = Plan.__init__

    def watched(plan: Plan, *rest: Any) -> None:
        made.append(plan)
        make(plan, *rest)

    monkeypatch.setattr(Plan, "__init__", watched)
    async with running(make_app(postgres, policy=CreatorsOnly())) as api:
        await api.todo("mine")
        once = len(made)

        for _ in range(3):
            assert await api.titles() == ["mine"]

        assert len(made) == once > 0


async def test_connections_are_lent_in_the_order_of_asking(postgres: TodoKitSettings) -> None:
    """Or a busy few, who give one back and ask again at once, would let the others wait until they are refused."""
    connecting = PostgresConnecting(postgres, pooled=True)
    served: list[str] = []

    async def ask(name: str) -> None:
        for _ in range(3):
            async with connecting.reading() as connection:
                served.append(name)
                await connection.fetch(select(literal(1)), {})

    await asyncio.gather(*map(ask, "abc"))
    await connecting.engine.dispose()

    assert "".join(served) == "abcabcabc"


async def test_a_connection_that_is_too_old_is_replaced(postgres: TodoKitSettings, outside: AsyncEngine) -> None:
    settings = postgres.model_copy(update={"pool": Pool(size=1, overflow=0, recycle=1)})
    async with running(make_app(settings)) as api, outside.connect() as observer:
        await api.todo()
        before = (await observer.execute(text(BACKENDS))).scalars().all()
        with mock.patch("sqlalchemy.pool.base.time.time", return_value=time.time() + 2):
            assert await api.titles() == ["a todo"]

        after = (await observer.execute(text(BACKENDS))).scalars().all()
        assert len(before) == len(after) == 1
        assert before != after


async def test_connections_beyond_the_pools_size_are_closed(postgres: TodoKitSettings, outside: AsyncEngine) -> None:
    settings = postgres.model_copy(update={"pool": Pool(size=1, overflow=3)})
    async with running(make_app(settings)) as api, outside.connect() as observer:
        todo = await api.todo()
        await asyncio.gather(*(api.get(f"/todos/{todo['id']}") for _ in range(12)))

        left = (await observer.execute(text(BACKENDS))).scalars().all()
        assert len(left) == 1


async def test_a_cancelled_write_on_sqlite_leaves_nothing_behind(tmp_path: Path) -> None:
    path, began, begin = tmp_path / "cancelled.db", asyncio.Event(), SqliteConnection.begin

    async def begin_and_tell(connection: SqliteConnection, first: str = "") -> int:
        began.set()
        return await begin(connection, first)

    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{path}", pool=Pool(size=1, overflow=0))
    async with running(make_app(settings)) as api:
        todo = await api.todo("before")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with mock.patch.object(SqliteConnection, "begin", begin_and_tell):
                request = asyncio.create_task(api.send("PATCH", f"/todos/{todo['id']}", {"title": "cancelled"}))
                await began.wait()
            request.cancel()
            other.execute("ROLLBACK")
            with pytest.raises(asyncio.CancelledError):
                await request

            other.execute("BEGIN IMMEDIATE")  # nobody has a transaction open
            other.execute("ROLLBACK")
        assert await api.titles() == ["before"]
        await api.patch(f"/todos/{todo['id']}", {"title": "after"})
