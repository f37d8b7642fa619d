"""The second branch, accounts: migrated beside the first and apart from it, and only where the settings ask for it."""

import asyncio
import io
import os
import re
import uuid
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import URL, Connection, MetaData, Table, inspect, text

from fastapi_todo_kit import ConfigurationError, TodoKitSettings, migrate
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.models import metadata
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import ACCOUNTS, BRANCHES, TODOS, Branch, branch_of
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.migrations.runner import current_revision, downgrade, in_transaction, upgrade_engine, write_sql
from fastapi_todo_kit.settings import Auth
from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.tables import droppable_tables, kit_metadata
from tests.forks import run_forked
from tests.support import make_app, running

SECRET = "s" * 32
HEADS = {branch: own_history.revisions(branch)[0] for branch in BRANCHES}


@pytest.fixture
def settings(empty_database: URL) -> TodoKitSettings:
    """Settings with accounts, for a database with nothing in it."""
    url = empty_database.render_as_string(hide_password=False)
    return TodoKitSettings(database_url=url, auth=Auth(secret=SecretStr(SECRET)))


async def tables(settings: TodoKitSettings) -> set[str]:
    return await in_transaction(settings, lambda connection: set(inspect(connection).get_table_names()))


async def sql(settings: TodoKitSettings, *statements: str) -> None:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    await in_transaction(settings, run)


async def host_keeps(settings: TodoKitSettings, *versions: str) -> None:
    """Put these into the version table of a host."""
    make = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    await sql(settings, make, *(f"INSERT INTO alembic_version VALUES ('{version}')" for version in versions))  # noqa: S608  (constants)


async def revisions(settings: TodoKitSettings) -> list[str | None]:
    return [await current_revision(settings, branch) for branch in BRANCHES]


async def test_migrate_makes_both_branches_as_their_models_say(settings: TodoKitSettings) -> None:
    await migrate(settings)

    assert await tables(settings) == set(droppable_tables(BRANCHES))
    assert await revisions(settings) == [HEADS[TODOS], HEADS[ACCOUNTS]]
    for branch in BRANCHES:
        assert await in_transaction(settings, partial(differences, metadata=kit_metadata(branch))) == []


async def test_every_constraint_and_index_has_a_name_of_ours(settings: TodoKitSettings) -> None:
    def names(connection: Connection) -> list[str | None]:
        inspector = inspect(connection)
        found = []
        for table in metadata.tables:
            found.append(inspector.get_pk_constraint(table)["name"])
            found += [key["name"] for key in inspector.get_foreign_keys(table)]
            found += [index["name"] for index in inspector.get_indexes(table)]
        return found

    await migrate(settings, ACCOUNTS.head)

    found = await in_transaction(settings, names)
    assert len(found) > len(metadata.tables)
    assert all(name and re.fullmatch(r"(pk|fk|ix|uq)_todokit_auth_\w+", name) for name in found), found


async def test_a_difference_is_that_of_its_own_branch_only(settings: TodoKitSettings) -> None:
    await migrate(settings)
    await sql(settings, "DROP INDEX ix_todokit_auth_session_user_id", "CREATE TABLE todokit_auth_mine (id INTEGER)")

    found = {
        branch: await in_transaction(settings, partial(differences, metadata=kit_metadata(branch)))
        for branch in BRANCHES
    }

    assert found[TODOS] == []
    assert sorted(change[0] for change in found[ACCOUNTS]) == ["add_index", "remove_table"]


async def test_a_host_with_users_of_its_own_gets_no_table_of_accounts(settings: TodoKitSettings) -> None:
    without = settings.model_copy(update={"auth": Auth()})

    await migrate(without)
    engine = make_engine(without)
    await upgrade_engine(engine)
    await engine.dispose()

    assert await tables(without) == set(droppable_tables([TODOS]))


async def test_nor_does_it_where_the_tables_are_made_on_first_use(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'own.db'}")
    async with running(make_app(settings)) as api:
        await api.todo("mine")

    assert await tables(settings) == set(droppable_tables([TODOS]))


async def test_on_first_use_accounts_are_made_by_themselves(settings: TodoKitSettings) -> None:
    engine = make_engine(settings)
    await upgrade_engine(engine, ACCOUNTS)
    await upgrade_engine(engine, ACCOUNTS)
    await engine.dispose()

    assert await tables(settings) == set(droppable_tables([ACCOUNTS]))


async def test_each_branch_goes_and_comes_back_without_the_other(settings: TodoKitSettings) -> None:
    await migrate(settings)

    await downgrade(settings, "todo_kit_auth@base")
    assert await tables(settings) == {*droppable_tables([TODOS]), ACCOUNTS.version_table}
    assert await revisions(settings) == [HEADS[TODOS], None]

    await migrate(settings)
    await downgrade(settings, "todo_kit@base")
    assert await tables(settings) == {*droppable_tables([ACCOUNTS]), TODOS.version_table}
    assert await revisions(settings) == [None, HEADS[ACCOUNTS]]

    await migrate(settings)
    assert await revisions(settings) == [HEADS[TODOS], HEADS[ACCOUNTS]]


async def test_one_branch_is_migrated_where_its_revision_is_named(settings: TodoKitSettings) -> None:
    await migrate(settings, "todokit_auth_0001")

    assert await revisions(settings) == [None, "todokit_auth_0001"]


async def test_two_that_migrate_both_at_once_take_turns(settings: TodoKitSettings, tmp_path: Path) -> None:
    environment = {**os.environ, "TODO_KIT_DATABASE_URL": settings.database_url, "TODO_KIT_AUTH__SECRET": SECRET}
    command = (environment, tmp_path, "todo-kit", "migrate")

    ended = await asyncio.gather(*(asyncio.to_thread(run_forked, *command) for _ in range(2)))

    assert [one.returncode for one in ended] == [0, 0], ended
    assert await revisions(settings) == [HEADS[TODOS], HEADS[ACCOUNTS]]


@pytest.mark.parametrize(
    ("kept", "migrated"), [(TODOS, ACCOUNTS), (ACCOUNTS, TODOS)], ids=["todos are kept", "accounts are kept"]
)
@pytest.mark.parametrize("is_merged", [False, True])
async def test_a_branch_that_a_host_looks_after_is_left_to_it_and_the_other_is_not(
    settings: TodoKitSettings, kept: Branch, migrated: Branch, is_merged: bool
) -> None:
    if is_merged:
        await migrate(settings, kept.head)
        await sql(settings, f"DROP TABLE {kept.version_table}")
    await host_keeps(settings, "a_merge_of_the_host" if is_merged else f"{kept.prefix}0001")

    with pytest.raises(ConfigurationError, match="alembic upgrade head"):
        await migrate(settings, kept.head)
    await migrate(settings)
    engine = make_engine(settings)
    await upgrade_engine(engine, kept)
    await engine.dispose()

    made = {name for name in await tables(settings) if branch_of(name) is kept}
    assert made == (set(droppable_tables([kept])) - {kept.version_table} if is_merged else set())
    assert await current_revision(settings, migrated) == HEADS[migrated]


async def test_where_a_host_looks_after_both_nothing_is_migrated(settings: TodoKitSettings) -> None:
    await host_keeps(settings, "todokit_0001", "todokit_auth_0001")

    with pytest.raises(ConfigurationError, match="alembic upgrade head"):
        await migrate(settings)

    assert await tables(settings) == {"alembic_version"}


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
async def test_the_written_sql_makes_the_same_tables(settings: TodoKitSettings) -> None:
    for branch in BRANCHES:
        script = io.StringIO()
        write_sql("postgresql", script, branch.head)
        await run_script(settings, script.getvalue())

    assert await revisions(settings) == [HEADS[TODOS], HEADS[ACCOUNTS]]
    assert await in_transaction(settings, partial(differences, metadata=kit_metadata(ACCOUNTS))) == []


async def run_script(settings: TodoKitSettings, script: str) -> None:
    engine = make_engine(settings)
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.execute(script)
    await engine.dispose()


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_the_sql_of_one_branch_names_nothing_of_the_other(dialect: str) -> None:
    written: dict[Branch, set[str]] = {}
    for branch in BRANCHES:
        script = io.StringIO()
        write_sql(dialect, script, branch.head)
        written[branch] = set(re.findall(r"CREATE TABLE (\w+)", script.getvalue()))

    assert written == {branch: set(droppable_tables([branch])) for branch in BRANCHES}


def test_no_table_of_one_branch_refers_to_one_of_the_other() -> None:
    referred = {key.column.table.name for table in metadata.tables.values() for key in table.foreign_keys}

    assert {branch_of(name) for name in [*metadata.tables, *referred]} == {ACCOUNTS}


async def test_accounts_from_before_are_found_by_the_key_of_today(settings: TodoKitSettings) -> None:
    await migrate(settings, "todokit_auth_0002")
    old = ["ann@example.com", "zoe@xn--bcher-kva.example", "max@xn--fa-hia.de", "eve@\uff45\uff58.example"]
    taken = ["bob@xn--bcher-kva.example", "bob@b\u00fccher.example"]

    def insert(connection: Connection) -> None:
        user = Table("todokit_auth_user", MetaData(), autoload_with=connection)
        now = {"created_at": datetime.now(UTC), "updated_at": datetime.now(UTC)}
        state = {"name": "", "is_active": True, "is_verified": True, "is_superuser": False, "version": 1, **now}
        ids = (uuid.uuid4().hex for _ in range(9))
        rows = [{"id": next(ids), "email": key, "email_key": key, **state} for key in (*old, *taken)]
        connection.execute(user.insert(), rows)

    await in_transaction(settings, insert)
    await migrate(settings)

    def keys(connection: Connection) -> list[str]:
        return sorted(row[0] for row in connection.execute(text("SELECT email_key FROM todokit_auth_user")))

    assert await in_transaction(settings, keys) == sorted([*map(email_key, old), *taken])
