"""The two connections on which everybody reads a file of SQLite."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.pool import Pool as ConnectionPool

from fastapi_todo_kit import Access, LinkTarget, Pool, TodoKitSettings, Transaction
from fastapi_todo_kit.storage.engines import sqlite_connections
from tests.support import make_app, running

LINKED = "/todos?link.source=billing&link.type=invoice&link.id=7"


@contextmanager
def connections_opened() -> Iterator[list[Any]]:
    """Collect the connections that any pool opens meanwhile."""
    opened: list[Any] = []

    def note(connection: Any, _record: object) -> None:
        opened.append(connection)

    event.listen(ConnectionPool, "connect", note)
    try:
        yield opened
    finally:
        event.remove(ConnectionPool, "connect", note)


async def test_many_read_on_two_connections(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_connections, "_LONGEST_STATEMENT", 60)  # however busy the machine is
    with connections_opened() as opened:
        async with running(make_app(TodoKitSettings(database_url=sqlite_url))) as api:
            todo = await api.todo()
            titles = await asyncio.gather(*(api.get(f"/todos/{todo['id']}") for _ in range(30)))

    assert len(titles) == 30
    assert len(opened) == 3  # and the one for those who write


async def test_nobody_stands_behind_a_statement_that_takes_long(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched, holding, go_on = sqlite_connections._fetched, threading.Semaphore(0), threading.Event()

    def slow(connection: Any, *statements: Any) -> Sequence[Any]:
        if "slow" in map(str, statements[-1][1]):
            holding.release()
            go_on.wait(10)
        return fetched(connection, *statements)

    monkeypatch.setattr(sqlite_connections, "_fetched", slow)
    async with running(make_app(TodoKitSettings(database_url=sqlite_url))) as api:
        await api.todo("a todo")
        held = [asyncio.create_task(api.get(LINKED.replace("7", "slow"))) for _ in range(2)]
        for _ in held:
            await asyncio.to_thread(holding.acquire, timeout=5)
        monkeypatch.setattr(sqlite_connections, "_LONGEST_STATEMENT", 0)

        titles = await asyncio.wait_for(api.titles(), 5)
        go_on.set()
        await asyncio.gather(*held)

    assert titles == ["a todo"]


async def test_what_a_callable_of_the_host_leaves_open_is_nobody_elses(sqlite_url: str) -> None:
    async def leave_open(_access: Access, _target: LinkTarget, transaction: Transaction) -> bool:
        await transaction.connection.execute(text("BEGIN"))
        await transaction.connection.execute(text("SELECT count(*) FROM todokit_todo"))
        return True

    settings = TodoKitSettings(database_url=sqlite_url, pool=Pool(size=1, overflow=0))
    async with running(make_app(settings, link_policy=leave_open)) as api:
        for n in range(3):
            with pytest.raises(Exception, match="rolled back the transaction"):
                await api.get(LINKED)
            await api.todo(f"{n}")

            assert len(await api.titles()) == n + 1


async def test_a_reader_that_cannot_be_opened_is_tried_again(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tries, open_reader = iter(range(10)), sqlite_connections.Reader.open

    async def fail(like: ConnectionPool) -> sqlite_connections.Reader:
        if next(tries) < 3:
            raise OSError("too many open files")
        return await open_reader(like)

    app = make_app(TodoKitSettings(database_url=sqlite_url))
    async with running(app) as api:
        await api.get("/todos")
    monkeypatch.setattr(sqlite_connections.Reader, "open", fail)
    async with running(app) as api:
        statuses = [(await api.send("GET", "/todos")).status_code for _ in range(4)]

    assert statuses == [503, 503, 200, 200]  # the first try is that of the start
    assert next(tries) == 4
