"""PostgreSQL as the settings say: a schema of its own, limits, a pooler before it."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import OnChange, Pool, TodoKitSettings, Transaction, migrate
from fastapi_todo_kit.storage.database import Database
from tests.invariants import assert_invariants
from tests.storage.test_faults import refused, run_sql
from tests.support import make_app, running

IN_SCHEMA = "SELECT table_schema, count(*) FROM information_schema.tables WHERE table_name LIKE 'todokit%' GROUP BY 1"


@pytest.fixture
async def url(new_postgres: Callable[[], str]) -> str:
    """A database of the test's own, with the tables in `public`."""
    return await asyncio.to_thread(new_postgres)


async def tables(url: str) -> dict[str, int]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = {row[0]: row[1] for row in await connection.execute(text(IN_SCHEMA))}
    await engine.dispose()
    return found


@pytest.mark.parametrize("pooler", [None, "transaction"])
async def test_two_schemas_of_one_database_know_nothing_of_each_other(url: str, pooler: str | None) -> None:
    public = TodoKitSettings(database_url=url, postgres={"pooler": pooler})
    # A word of SQL's, to be quoted.
    own = TodoKitSettings(database_url=url, postgres={"pooler": pooler, "schema_name": "user"})
    await migrate(own)
    await migrate(own)
    counts = await tables(url)
    assert counts["user"] == counts["public"] > 5

    async with running(make_app(public), "ann") as one, running(make_app(own), "ann") as other:
        await one.todo("in public")
        await other.todo("in a schema")

        assert await one.titles() == ["in public"]
        assert await other.titles() == ["in a schema"]
    await assert_invariants(own)


async def test_a_schema_that_an_administrator_made_needs_no_right_to_make_one(url: str) -> None:
    await run_sql(
        url,
        "DROP ROLE IF EXISTS keeper",
        "CREATE ROLE keeper LOGIN PASSWORD 'keeper'",
        "CREATE SCHEMA tasks AUTHORIZATION keeper",
    )
    settings = TodoKitSettings(database_url=url, postgres={"schema_name": "tasks"})
    of_keeper = settings.url.set(username="keeper", password="keeper").render_as_string(hide_password=False)
    await migrate(settings.model_copy(update={"database_url": of_keeper}))

    assert (await tables(url))["tasks"] > 5


@pytest.mark.parametrize("pooler", [None, "transaction"])
async def test_a_statement_that_takes_too_long_is_503(url: str, pooler: str | None) -> None:
    async def sleep(_events: object, transaction: Transaction) -> None:
        await transaction.connection.execute(text("SELECT pg_sleep(5)"))

    settings = TodoKitSettings(database_url=url, postgres={"pooler": pooler, "statement_timeout": 0.2})
    async with running(make_app(settings, on_change=OnChange(before_commit=sleep))) as api:
        problem = await refused(api, "POST", "/todos", {"title": "never"})

        assert problem["code"] == "database_unavailable"
        assert await api.titles() == []


@pytest.mark.parametrize("pooler", [None, "transaction"])
async def test_a_lock_that_is_held_too_long_is_503(url: str, pooler: str | None) -> None:
    settings = TodoKitSettings(database_url=url, postgres={"pooler": pooler, "lock_timeout": 0.2})
    engine = create_async_engine(url)
    async with running(make_app(settings)) as api, engine.connect() as holder:
        todo = await api.todo("before")
        await holder.execute(text("SELECT 1 FROM todokit_space FOR UPDATE"))

        await refused(api, "PATCH", f"/todos/{todo['id']}", {"title": "during"})
        await holder.rollback()

        await api.patch(f"/todos/{todo['id']}", {"title": "after"})
    await engine.dispose()


async def test_a_transaction_that_a_callable_leaves_idle_is_ended(url: str) -> None:
    async def dawdle(_events: object, _transaction: Transaction) -> None:
        await asyncio.sleep(1)

    settings = TodoKitSettings(database_url=url, postgres={"idle_timeout": 0.2}, pool=Pool(size=1, overflow=0))
    async with running(make_app(settings, on_change=OnChange(before_commit=dawdle))) as api:
        await refused(api, "POST", "/todos", {"title": "never"})

        assert await api.titles() == []


async def test_migrations_may_take_longer(url: str) -> None:
    settings = TodoKitSettings(database_url=url, postgres={"statement_timeout": 0.001, "schema_name": "slow"})

    await migrate(settings)

    assert (await tables(url))["slow"] > 5


async def test_a_pooler_that_was_not_named_is_named_in_the_log(
    url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ProtocolViolation(Exception):
        sqlstate = "08P01"

    async def refuse(_database: Database) -> None:
        raise ProtocolViolation("unsupported startup parameter: statement_timeout")

    monkeypatch.setattr(Database, "_open", refuse)
    async with running(make_app(TodoKitSettings(database_url=url))) as api:
        await refused(api, "GET", "/todos")

    assert "TODO_KIT_POSTGRES__POOLER=transaction" in caplog.text


async def test_writers_wait_for_each_other_whatever_the_servers_isolation_is(url: str) -> None:
    database = TodoKitSettings(database_url=url).url.database
    await run_sql(url, f"ALTER DATABASE \"{database}\" SET default_transaction_isolation = 'serializable'")
    settings = TodoKitSettings(database_url=url, write_retries=0, pool=Pool(wait=30))
    async with running(make_app(settings)) as api:
        await asyncio.gather(*(api.todo(f"todo {n}") for n in range(20)))

        assert len(await api.titles()) == 20
    await assert_invariants(settings)
