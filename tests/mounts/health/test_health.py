"""What orchestrators are told: alive, ready, which release."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, Pool, TodoKitSettings, health_router, migrate
from fastapi_todo_kit.migrations.branch import TODOS
from fastapi_todo_kit.migrations.runner import downgrade
from fastapi_todo_kit.mounts.health.checks import Readiness
from tests.postgres import start_server
from tests.storage.test_faults import run_sql
from tests.storage.test_statements import recorded


@asynccontextmanager
async def asking(settings: TodoKitSettings, host: Host | None = None) -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()
    app.include_router(health_router(settings, host), prefix="/health")
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client,
    ):
        yield client


ANSWERS = ("PRAGMA database_list", "SELECT current_setting('transaction_read_only')")
"""With which a database is asked whether it answers."""


async def ready(client: httpx2.AsyncClient) -> tuple[int, dict[str, str]]:
    response = await client.get("/health/ready")
    body = response.json()
    assert body["status"] == ("ok" if response.status_code == 200 else "unavailable")
    assert response.headers["Cache-Control"] == "no-store"
    return response.status_code, body["checks"]


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastapi_todo_kit.mounts.health.checks._SECONDS_KEPT", 0.0)


async def test_a_migrated_database_is_ready(settings: TodoKitSettings) -> None:
    async with asking(settings.model_copy(update={"auto_migrate": False})) as client:
        assert await ready(client) == (200, {"database": "ok", "tables": "ok"})
        assert (await client.get("/health/live")).json() == {"status": "ok"}
        assert (await client.get("/health/version")).json()["version"].count(".") == 2


async def test_tables_that_are_missing_or_old_are_named(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite:///{tmp_path}/kit.db", auto_migrate=False)
    async with asking(settings) as client:
        assert await ready(client) == (503, {"database": "ok", "tables": "missing"})

        await migrate(settings)
        assert await ready(client) == (200, {"database": "ok", "tables": "ok"})

        await downgrade(settings, f"{TODOS.label}@-1")
        assert await ready(client) == (503, {"database": "ok", "tables": "old"})


async def test_tables_that_a_later_release_has_migrated_are_no_obstacle(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite:///{tmp_path}/kit.db", auto_migrate=False)
    await migrate(settings)
    await run_sql(settings.database_url, "UPDATE todokit_alembic_version SET version_num = 'todokit_9999'")

    async with asking(settings) as client:
        assert await ready(client) == (200, {"database": "ok", "tables": "newer"})


async def test_tables_whose_version_table_is_empty_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = TodoKitSettings(database_url=f"sqlite:///{tmp_path}/kit.db", auto_migrate=False)
    await migrate(settings)
    await run_sql(settings.database_url, "DELETE FROM todokit_alembic_version")

    async with asking(settings) as client:
        assert await ready(client) == (200, {"database": "ok", "tables": "unversioned"})
    assert "INSERT INTO todokit_alembic_version VALUES ('todokit_" in caplog.text


@pytest.fixture
def own_postgres_url(new_postgres: Callable[[], str]) -> str:
    """A database that nobody else has."""
    return new_postgres()


async def test_a_database_that_takes_no_changes_is_named(
    own_postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = make_url(own_postgres_url).database
    await run_sql(own_postgres_url, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')

    async with asking(TodoKitSettings(database_url=own_postgres_url)) as client:
        assert await ready(client) == (200, {"database": "read_only", "tables": "ok"})
    assert "the database is read-only" in caplog.text


async def test_an_embedded_database_is_ready_before_its_first_use(tmp_path: Path) -> None:
    async with asking(TodoKitSettings(database_url=f"sqlite:///{tmp_path}/kit.db")) as client:
        assert await ready(client) == (200, {"database": "ok"})


async def test_accounts_are_looked_at_where_there_are_some(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kit.db"
    await migrate(TodoKitSettings(database_url=url))
    settings = TodoKitSettings(database_url=url, auto_migrate=False, auth={"secret": "x" * 32})
    async with asking(settings) as client:
        assert await ready(client) == (503, {"database": "ok", "tables": "ok", "account_tables": "missing"})


async def test_tables_that_the_alembic_of_a_host_looks_after_are_found(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path}/kit.db", auto_migrate=False)
    await migrate(settings)
    moved = ["ALTER TABLE todokit_alembic_version RENAME TO alembic_version"]
    await run_sql(settings.database_url, *moved)
    async with asking(settings) as client:
        assert await ready(client) == (200, {"database": "ok", "tables": "ok"})

        await run_sql(settings.database_url, "UPDATE alembic_version SET version_num = 'todokit_0001'")
        assert await ready(client) == (503, {"database": "ok", "tables": "old"})


@pytest.mark.postgres
async def test_a_database_that_is_away_is_not_ready_until_it_is_back() -> None:
    with closing(start_server()) as server:
        settings = TodoKitSettings(database_url=server.dsn, pool=Pool(timeout=1))
        await migrate(settings)
        async with asking(settings) as client:
            assert (await ready(client))[0] == 200
            server.stop()
            assert await ready(client) == (503, {"database": "unavailable", "tables": "unavailable"})
            assert (await client.get("/health/live")).status_code == 200
            server.start()
            assert (await ready(client))[0] == 200


async def test_a_check_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang() -> str:
        await asyncio.sleep(60)
        return "ok"

    monkeypatch.setattr("fastapi_todo_kit.mounts.health.checks._LONGEST_SECONDS", 0.05)

    assert await Readiness().look({"database": hang}) == {"database": "unavailable"}


async def test_many_who_ask_at_once_are_told_what_was_seen_once(
    settings: TodoKitSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastapi_todo_kit.mounts.health.checks._SECONDS_KEPT", 1.0)
    async with asking(settings) as client:
        with recorded() as statements:
            answers = await asyncio.gather(*(ready(client) for _ in range(50)))

    assert {status for status, _ in answers} == {200}
    assert len([sql for sql, _ in statements if sql in ANSWERS]) == 1


async def test_a_session_of_the_host_is_asked_once_too(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastapi_todo_kit.mounts.health.checks._SECONDS_KEPT", 1.0)
    engine = create_async_engine(sqlite_url)

    async def get_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as session:
            yield session

    async with asking(TodoKitSettings(database_url=sqlite_url), Host(session=get_session)) as client:
        with recorded() as statements:
            answers = [await ready(client) for _ in range(5)]
    await engine.dispose()

    assert {status for status, _ in answers} == {200}
    assert len([sql for sql, _ in statements if sql in ANSWERS]) == 1


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_in_a_session_of_the_host_its_database_is_looked_at(sqlite_url: str, kind: str) -> None:
    async_engine = create_async_engine(sqlite_url)
    engine = create_engine(sqlite_url.replace("+aiosqlite", ""), connect_args={"check_same_thread": False})

    async def get_async_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(async_engine) as session:
            yield session

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    dependency: Any = get_session if kind == "sync" else get_async_session
    elsewhere = TodoKitSettings(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    async with asking(elsewhere, Host(session=dependency)) as client:
        assert await ready(client) == (200, {"database": "ok", "tables": "ok"})
    await async_engine.dispose()
    engine.dispose()


async def test_nothing_of_the_database_is_told() -> None:
    secret = "correct-horse"
    settings = TodoKitSettings(database_url=f"postgresql://app:{secret}@127.0.0.1:1/{secret}")
    async with asking(settings) as client:
        response = await client.get("/health/ready")

    assert response.status_code == 503
    assert secret not in response.text
