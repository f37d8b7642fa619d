"""What becomes of a file of SQLite while an application runs, and of a database in memory between event loops."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.pool import Pool as ConnectionPool

from fastapi_todo_kit import TodoKitSettings, health_router
from fastapi_todo_kit.migrations.runner import migrate
from tests.support import Api, make_app, running


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A migrated file of the test's own."""
    path = tmp_path / "todos.db"
    await migrate(settings_of(path))
    return path


def settings_of(path: Path) -> TodoKitSettings:
    return TodoKitSettings(database_url=f"sqlite+aiosqlite:///{path}")


def take_away(path: Path) -> None:
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()


def copy_to(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as backup:
        source.backup(backup)


async def test_a_backup_that_takes_the_place_of_the_file_is_what_everybody_sees(path: Path) -> None:
    async with running(make_app(settings_of(path))) as api:
        await api.todo("before")
        copy_to(path, path.with_suffix(".backup"))
        await asyncio.gather(*(api.todo(f"{n}") for n in range(5)))
        take_away(path)
        path.with_suffix(".backup").rename(path)

        seen = await asyncio.gather(*(api.titles() for _ in range(10)))
        await asyncio.gather(*(api.todo("after") for _ in range(5)))
        seen_then = await asyncio.gather(*(api.titles() for _ in range(10)))

    assert seen == [["before"]] * 10
    assert seen_then == [["before", *["after"] * 5]] * 10
    with closing(sqlite3.connect(path)) as beside:
        assert beside.execute("SELECT count(*) FROM todokit_todo").fetchone() == (6,)


async def test_a_file_that_is_gone_is_503_and_not_made_anew(path: Path) -> None:
    async with running(make_app(settings_of(path))) as api:
        await api.todo("before")
        copy_to(path, path.with_suffix(".backup"))
        take_away(path)

        gone = [await api.send("GET", "/todos"), await api.send("POST", "/todos", {"title": "lost"})]
        is_there = await asyncio.to_thread(path.exists)
        shutil.move(path.with_suffix(".backup"), path)
        back = await api.titles()

    assert [one.status_code for one in gone] == [503, 503]
    assert not is_there
    assert back == ["before"]


async def test_a_connection_that_could_only_read_is_replaced(path: Path) -> None:
    opened = []

    def note(connection: Any, _record: object) -> None:
        opened.append(connection)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA query_only={int(len(opened) == 2)}")  # the first one reads
        cursor.close()

    event.listen(ConnectionPool, "connect", note)
    try:
        settings = settings_of(path).model_copy(update={"auto_migrate": False})
        async with running(make_app(settings)) as api:
            refused = await api.send("POST", "/todos", {"title": "refused"})
            await api.todo("taken")
    finally:
        event.remove(ConnectionPool, "connect", note)

    assert refused.status_code == 503


async def test_a_write_protected_file_is_said_by_readiness(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = FastAPI()
    app.include_router(health_router(settings_of(path)), prefix="/health")
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client,
    ):
        monkeypatch.setattr(os, "access", lambda *_: False)
        ready = await client.get("/health/ready")

    assert (ready.status_code, ready.json()["checks"]["database"]) == (200, "read_only")


def test_a_database_in_memory_goes_from_loop_to_loop() -> None:
    app = make_app(TodoKitSettings(database_url="sqlite+aiosqlite://"))

    async def work() -> list[Any]:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api") as client:
            api = Api(client, "ann")
            await asyncio.gather(*(api.todo() for _ in range(3)))
            return list(await asyncio.gather(*(api.titles() for _ in range(4))))

    rounds = [asyncio.run(work()) for _ in range(3)]
    asyncio.run(close(app))

    assert [len(titles) for titles in rounds[-1]] == [9] * 4


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    """A client as pytest's are, which has a loop for each request."""
    app = make_app(settings_of(path))
    yield TestClient(app, headers={"X-User": "ann"})
    asyncio.run(close(app))


async def close(app: Any) -> None:
    async with app.router.lifespan_context(app):
        pass


def test_clients_in_threads_each_have_a_loop(client: TestClient) -> None:
    def add(n: int) -> int:
        return client.post("/api/todos", json={"title": f"{n}"}).status_code

    client.get("/api/todos")  # SQLAlchemy's first connection is one loop's
    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(add, range(24)))

    assert statuses == [201] * 24
    assert len(client.get("/api/todos").json()["items"]) == 24
