"""The database away, slow, full, or in disagreement: a clear answer, nothing half done, and recovery by itself."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Pool, TodoKitSettings, migrate
from fastapi_todo_kit.settings import TodoKitSettings as Settings
from fastapi_todo_kit.storage.database import pause_before
from fastapi_todo_kit.storage.engines.sqlite_connections import SqliteConnection
from tests.invariants import assert_invariants
from tests.postgres import start_server
from tests.support import Api, make_app, running


async def run_sql(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def refused(api: Api, method: str, path: str, body: Any = None, status: int = 503) -> dict[str, Any]:
    response = await api.send(method, path, body)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert int(response.headers["retry-after"]) >= 1
    problem: dict[str, Any] = response.json()
    return problem


@pytest.mark.postgres
async def test_a_stopped_database_is_503_and_its_return_is_noticed() -> None:
    with closing(start_server(durable=True)) as server:
        settings = TodoKitSettings(database_url=server.dsn, pool=Pool(timeout=1))
        await migrate(settings)
        async with running(make_app(settings)) as api:
            todo = await api.todo("before")

            server.stop()
            problem = await refused(api, "GET", f"/todos/{todo['id']}")
            assert problem["code"] == "database_unavailable"
            await refused(api, "POST", "/todos", {"title": "during"})
            await refused(api, "PATCH", f"/todos/{todo['id']}", {"title": "during"})

            server.start()
            assert (await api.get(f"/todos/{todo['id']}"))["title"] == "before"
            await api.todo("after")
            assert await api.titles() == ["before", "after"]
        await assert_invariants(settings)


@pytest.mark.postgres
async def test_an_application_starts_while_its_database_is_away() -> None:
    with closing(start_server()) as server:
        settings = TodoKitSettings(database_url=server.dsn, pool=Pool(timeout=1))
        await migrate(settings)
        server.stop()

        async with running(make_app(settings)) as api:
            await refused(api, "GET", "/todos")
            server.start()
            assert await api.titles() == []


async def test_a_connection_that_was_cut_is_replaced_unnoticed(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'todo_kit'"
    async with running(make_app(TodoKitSettings(database_url=url, pool=Pool(size=1, overflow=0)))) as api:
        todo = await api.todo()

        await run_sql(url, f"{cut} AND datname = current_database()")
        await api.get(f"/todos/{todo['id']}")
        await run_sql(url, f"{cut} AND datname = current_database()")
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"})

        assert await api.titles() == ["changed"]


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_a_refused_serialisation_is_run_again(new_postgres: Callable[[], str], state: str) -> None:
    url = await asyncio.to_thread(new_postgres)
    await run_sql(url, *refusing(2, state))
    settings = TodoKitSettings(database_url=url)
    async with running(make_app(settings)) as api:
        await api.todo("third time lucky")

        assert await api.titles() == ["third time lucky"]
    await assert_invariants(settings)


async def test_a_refusal_at_the_commit_is_run_again(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    await run_sql(url, *failing_commits("RAISE EXCEPTION 'refused' USING ERRCODE = '40001'"))
    settings = TodoKitSettings(database_url=url)
    async with running(make_app(settings)) as api:
        await api.todo("second time lucky")

        assert await api.titles() == ["second time lucky"]
    await assert_invariants(settings)


async def test_a_commit_of_unknown_outcome_is_not_repeated(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    await run_sql(url, *failing_commits("PERFORM pg_terminate_backend(pg_backend_pid())"))
    settings = TodoKitSettings(database_url=url)
    async with running(make_app(settings)) as api:
        await refused(api, "POST", "/todos", {"title": "perhaps"})

        assert await api.titles() == []
        await api.todo("asked again by the client")
    await assert_invariants(settings)


def failing_commits(action: str) -> list[str]:
    """Return SQL that makes the first commit of a todo fail: a deferred trigger runs inside COMMIT."""
    return [
        "CREATE SEQUENCE tries",
        f"""CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('tries') = 1 THEN {action}; END IF;
            RETURN NULL; END $$""",
        """CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON todokit_todo DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION fail()""",
    ]


async def test_a_write_is_not_run_again_for_ever(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    await run_sql(url, *refusing(100, "40001"))
    async with running(make_app(TodoKitSettings(database_url=url, write_retries=2))) as api:
        await refused(api, "POST", "/todos", {"title": "never"})

        assert await api.titles() == []


def test_nobody_waits_for_long_between_two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)

    assert [pause_before(tries) for tries in (1, 2, 20)] == [0.02, 0.04, 0.5]


def refusing(times: int, state: str) -> list[str]:
    """Return SQL that makes the first inserts of a todo fail; a sequence counts on through rollbacks."""
    return [
        "CREATE SEQUENCE tries",
        f"""CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'refused' USING ERRCODE = '{state}'; END IF;
            RETURN NEW; END $$""",
        "CREATE TRIGGER refuse BEFORE INSERT ON todokit_todo FOR EACH ROW EXECUTE FUNCTION refuse()",
    ]


async def test_no_free_connection_is_503(postgres_url: str) -> None:
    settings = TodoKitSettings(database_url=postgres_url, pool=Pool(size=1, overflow=0, wait=0.5))
    engine = create_async_engine(postgres_url)
    async with running(make_app(settings)) as api, engine.connect() as blocker:
        todo = await api.todo()
        lock = text("SELECT 1 FROM todokit_todo WHERE id = :id FOR UPDATE")
        await blocker.execute(lock, {"id": todo["id"]})

        waiting = asyncio.create_task(api.patch(f"/todos/{todo['id']}", {"title": "waited"}))
        refusals = await asyncio.gather(*(api.send("GET", "/lists") for _ in range(3)))
        await blocker.rollback()

        assert {answer.status_code for answer in refusals} == {503}
        assert {answer.json()["code"] for answer in refusals} == {"database_unavailable"}
        assert (await waiting)["title"] == "waited"
    await engine.dispose()


async def test_tables_that_are_missing_are_told_to_the_operator(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    async with running(make_app(TodoKitSettings(database_url=url, auto_migrate=False))) as api:
        problem = await refused(api, "GET", "/todos")

        assert "todo-kit migrate" in problem["detail"]


async def test_another_writer_of_the_file_is_waited_for_and_then_503(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{path}", pool=Pool(timeout=0.5))
    async with running(make_app(settings)) as api:
        await api.todo("before")

        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await api.titles() == ["before"]
            await refused(api, "POST", "/todos", {"title": "during"})

        await api.todo("after")
        assert await api.titles() == ["before", "after"]


async def test_a_full_disk_is_507_and_space_made_is_used(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'full.db'}", pool=Pool(size=1, overflow=0))
    with limited_pages() as limit:
        async with running(make_app(settings)) as api:
            await api.todo("before")
            limit(1)
            created = 1
            body = {"title": "filler", "description": "x" * 16_000}
            while (response := await api.send("POST", "/todos", body)).status_code == 201:
                created += 1
            assert response.status_code == 507
            problem = await refused(api, "POST", "/todos", body, 507)
            assert problem["code"] == "storage_full"
            assert len(await api.all_pages("/todos")) == created

            limit(100_000)
            await api.todo("after")
            assert len(await api.all_pages("/todos")) == created + 1
    await assert_invariants(settings)


@contextmanager
def limited_pages() -> Iterator[Callable[[int], None]]:
    """Yield a function that limits how far SQLite files may grow: the error is that of a full disk."""
    pages, begin = 100_000, SqliteConnection.begin

    def limit(to: int) -> None:
        nonlocal pages
        pages = to

    async def begin_limited(connection: SqliteConnection, first: str = "") -> int:
        # A limit below the present size means: not one page more.
        await connection._driver.execute_fetchall(f"PRAGMA max_page_count={pages}")
        return await begin(connection, first)

    with mock.patch.object(SqliteConnection, "begin", begin_limited):
        yield limit
