"""The kit's own engine on psycopg, where it might differ from asyncpg; `hatch run variant psycopg` runs all on it."""

# ruff: noqa: F811  (fixtures from elsewhere, which the tests from there take)
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import literal, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from typer.testing import CliRunner

from fastapi_todo_kit import Pool, TodoKitSettings, todo_router
from fastapi_todo_kit.cli.app import app
from fastapi_todo_kit.errors import DatabaseUnavailable, InvalidInput
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.engines.psycopg_connections import PsycopgConnection
from fastapi_todo_kit.storage.failures import as_kit_error
from fastapi_todo_kit.testing import TodoKitConformance
from tests.hosts.every_operation import host
from tests.http.test_isolation import session_of
from tests.storage.test_engines import (  # noqa: F401  (run here on the URLs that `new_postgres` makes)
    outside,
    postgres,
    test_a_cancelled_request_leaves_nothing_open,
    test_a_connection_that_is_too_old_is_replaced,
    test_a_migration_under_a_running_application_is_unnoticed,
    test_an_error_that_the_host_hides_is_not_taken_for_a_commit,
)
from tests.storage.test_faults import (  # noqa: F401  (the same)
    run_sql,
    test_a_commit_of_unknown_outcome_is_not_repeated,
    test_a_connection_that_was_cut_is_replaced_unnoticed,
    test_a_refusal_at_the_commit_is_run_again,
)
from tests.storage.test_postgres_settings import (  # noqa: F401  (the same)
    test_a_statement_that_takes_too_long_is_503,
    test_a_transaction_that_a_callable_leaves_idle_is_ended,
    test_two_schemas_of_one_database_know_nothing_of_each_other,
    url,
)
from tests.support import make_app, running


@pytest.fixture(scope="module")
def new_postgres(new_postgres: Callable[[], str]) -> Callable[[], str]:
    """Return a function that makes a migrated database and returns its URL, with psycopg."""
    return lambda: make_url(new_postgres()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def every_app(new_postgres: Callable[[], str]) -> FastAPI:
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(database_url=new_postgres()), host), prefix="/api")
    return app


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


class TestEveryOperation(TodoKitConformance):
    """What every host may run of the kit's own tests, which goes through every operation."""

    prefix = "/api"

    @pytest.fixture
    def todo_kit_owner(self, every_app: FastAPI) -> Iterator[TestClient]:
        with TestClient(every_app, headers={"X-User": "ann"}) as client:
            yield client

    @pytest.fixture
    def todo_kit_stranger(self, every_app: FastAPI) -> Iterator[TestClient]:
        with TestClient(every_app, headers={"X-User": "eve"}) as client:
            yield client

    @pytest.fixture
    def todo_kit_anonymous(self, every_app: FastAPI) -> Iterator[TestClient]:
        with TestClient(every_app) as client:
            yield client


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.OperationalError("connection refused"), DatabaseUnavailable),
        (psycopg.InterfaceError("the connection is closed"), DatabaseUnavailable),
        (psycopg.errors.AdminShutdown("terminating"), DatabaseUnavailable),
        (psycopg.DataError("text fields cannot contain NUL"), InvalidInput),
        (psycopg.errors.InvalidSavepointSpecification("there is none"), psycopg.OperationalError),
        (psycopg.ProgrammingError("cannot adapt"), psycopg.ProgrammingError),
    ],
)
def test_an_error_of_psycopg_has_one_answer(error: psycopg.Error, kind: type[Exception]) -> None:
    of_a_session = DBAPIError("SELECT 1", {}, error)

    assert isinstance(as_kit_error(error), kind)
    assert isinstance(
        as_kit_error(of_a_session), kind if kind.__module__.startswith("fastapi_todo_kit") else DBAPIError
    )


async def test_moments_are_in_utc_whatever_the_zone_of_the_server(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    name = make_url(url).database
    await run_sql(url, f"ALTER DATABASE \"{name}\" SET timezone = 'Asia/Tokyo'")

    of_host = create_async_engine(url)
    async with running(make_app(TodoKitSettings(database_url=url)), "ann") as api:
        created = await api.todo(due={"datetime": "2026-05-01T09:00:00", "timezone": "Europe/Berlin"})
        stored = await api.get(f"/todos/{created['id']}")
    async with running(make_app(TodoKitSettings(), session=session_of(of_host)), "ann") as api:
        in_a_session = await api.get(f"/todos/{created['id']}")
    await of_host.dispose()

    assert in_a_session == stored == created
    assert created["created_at"].endswith("Z")


async def test_a_server_that_says_nothing_is_given_up(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    told = PsycopgConnection.arguments(TodoKitSettings(database_url=url), {"application_name": "todo_kit"}, 0.2)
    connect = told.pop("async_creator_fn")
    connection = await connect(url.replace("+psycopg", ""), autocommit=True, **told)

    with pytest.raises(TimeoutError):
        await connection.execute("SELECT pg_sleep(5)")

    assert connection.closed


@pytest.mark.parametrize(("pooler", "count"), [(None, True), ("transaction", False)])
async def test_nothing_is_prepared_behind_a_pooler(new_postgres: Callable[[], str], pooler: str, count: bool) -> None:
    url = await asyncio.to_thread(new_postgres)
    settings = TodoKitSettings(database_url=url, postgres={"pooler": pooler}, pool=Pool(size=1, overflow=0))
    database = Database(settings)

    async def prepared(connection: Connection) -> bool:
        for _ in range(8):
            await connection.fetch(select(literal(1)), {})
        return bool(await connection.fetch(text("SELECT * FROM pg_prepared_statements"), {}))

    assert await database.query(prepared) is count
    await database.close()


COMMANDS = [
    ["migrate"],
    ["current"],
    ["redrive"],
    ["users", "create", "ann@example.com"],
    ["users", "promote", "ann@example.com"],
    ["doctor"],
]
WITHOUT_ASYNCPG = """
import json, sys
sys.modules["asyncpg"] = None
from fastapi_todo_kit.cli.app import app
for command in json.loads(sys.argv[1]):
    try:
        app(command)
    except SystemExit as end:
        assert not end.code, command
"""


def test_commands_need_no_asyncpg(new_postgres: Callable[[], str], tmp_path: Path) -> None:
    url = new_postgres().replace("+psycopg", "")  # the driver is the one that is there
    environment = {**os.environ, "TODO_KIT_DATABASE_URL": url, "TODO_KIT_AUTH__SECRET": "s" * 32}

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ASYNCPG, json.dumps(COMMANDS)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "postgresql+psycopg://" in done.stderr
    assert "ann@example.com is a superuser." in done.stderr
    assert "Nothing is wrong." in done.stderr


ADVICE = {
    ("postgresql", "asyncpg", "psycopg"): "pip install 'fastapi-todo-kit[postgres]', or pip install 'fastapi-todo-kit",
    ("postgresql+asyncpg", "asyncpg"): "pip install 'fastapi-todo-kit[postgres]', or write it as postgresql+psycopg://",
    (
        "postgresql+psycopg",
        "psycopg",
    ): "'fastapi-todo-kit[psycopg]' 'psycopg[binary]', or write it as postgresql+asyncpg://",
}


@pytest.mark.usefixtures("empty_folder")
@pytest.mark.parametrize("command", ["current", "worker"])
@pytest.mark.parametrize(("scheme", "missing", "said"), [(one[0], one[1:], said) for one, said in ADVICE.items()])
def test_a_driver_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, scheme: str, missing: tuple[str, ...], said: str, command: str
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)

    result = CliRunner().invoke(app, [command, "--database-url", f"{scheme}://app:s3cret@127.0.0.1:1/app"])

    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert said in line
    assert "s3cret" not in line
