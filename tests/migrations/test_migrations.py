"""The Alembic branch: it makes exactly what the models say, on both databases, and can be undone."""

import ast
import asyncio
import io
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import ConfigurationError, TodoKitSettings, migrate, run_due
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import ACCOUNTS, BRANCHES, TODOS
from fastapi_todo_kit.migrations.differences import differences
from fastapi_todo_kit.migrations.runner import current_revision, downgrade, upgrade_engine, write_sql
from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.storage.tables import metadata
from fastapi_todo_kit.tables import kit_metadata
from tests.forks import run_forked
from tests.support import make_app, running
from tests.variants import partitioned_tables, run_script

ROOT = Path(__file__).parents[2]
HEAD, *_ = REVISIONS = own_history.revisions(TODOS)


@pytest.fixture(params=["sqlite", "postgresql"])
async def fresh(request: pytest.FixtureRequest, tmp_path: Path, new_postgres: Callable[[], str]) -> TodoKitSettings:
    """Settings for a database that is migrated and nobody else's."""
    if request.param == "sqlite":
        settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}")
        await migrate(settings)
        return settings
    return TodoKitSettings(database_url=await asyncio.to_thread(new_postgres))


async def on_connection(settings: TodoKitSettings, function: Callable[[Connection], Any]) -> Any:
    engine = make_engine(settings)
    async with engine.connect() as connection:
        result = await connection.run_sync(function)
    await engine.dispose()
    return result


async def test_autogenerate_finds_no_difference(fresh: TodoKitSettings) -> None:
    assert await on_connection(fresh, partial(differences, metadata=kit_metadata())) == []


async def test_autogenerate_compares_defaults_too(fresh: TodoKitSettings) -> None:
    column = metadata.tables["todokit_list"].c.extra
    meant, column.server_default = column.server_default, None
    try:
        found = await on_connection(fresh, partial(differences, metadata=kit_metadata()))
    finally:
        column.server_default = meant

    assert [change[0][0] for change in found] == ["modify_default"]


async def test_every_constraint_and_index_has_a_name_of_ours(fresh: TodoKitSettings) -> None:
    def names(connection: Connection) -> list[str | None]:
        inspector = inspect(connection)
        found = []
        for table in metadata.tables:
            found.append(inspector.get_pk_constraint(table)["name"])
            found += [key["name"] for key in inspector.get_foreign_keys(table)]
            found += [index["name"] for index in inspector.get_indexes(table)]
        return found

    found = await on_connection(fresh, names)

    assert len(found) > 30
    assert all(name and re.fullmatch(r"(pk|fk|ix|uq)_todokit_\w+", name) for name in found), found


async def test_downgrade_removes_everything_and_upgrade_brings_it_back(fresh: TodoKitSettings) -> None:
    def tables(connection: Connection) -> set[str]:
        return {name for name in inspect(connection).get_table_names() if name.startswith("todokit_")}

    await downgrade(fresh, "todo_kit@base")
    assert await on_connection(fresh, tables) == {TODOS.version_table}
    assert await current_revision(fresh) is None

    await migrate(fresh)
    assert await on_connection(fresh, tables) == {TODOS.version_table, *metadata.tables}
    assert await current_revision(fresh) == HEAD


async def test_every_release_goes_to_the_newest_with_its_rows(fresh: TodoKitSettings) -> None:
    await some_of_everything(fresh)
    rows = await on_connection(fresh, rows_of_all)

    for revision in REVISIONS[1:]:
        await downgrade(fresh, f"todo_kit@{revision}")
        assert await current_revision(fresh) == revision
        await migrate(fresh)
        await run_due(fresh)  # fills in what of the log the version before does not know

        assert await on_connection(fresh, rows_of_all) == rows, revision


async def some_of_everything(settings: TodoKitSettings) -> None:
    """Make rows of what there was in the first release, so that no downgrade loses anything of them."""
    async with running(make_app(settings)) as api:
        label = await api.post("/labels", {"name": "Straße"})
        parent = await api.todo("Café", deadline="2027-01-02", label_ids=[label["id"]], extra={"a": [1.5, None]})
        link = {"source": "billing", "type": "invoice", "id": "42"}
        await api.todo(
            "no deadline", due={"datetime": "2027-01-02T03:04:05", "timezone": "Europe/Berlin"}, links=[link]
        )
        await api.todo("below", parent_id=parent["id"], description="ﬁne  print", priority=3)
        await api.post(f"/todos/{parent['id']}/complete")
        await api.delete(f"/lists/{(await api.post('/lists', {'name': 'Gone'}))['id']}")


def rows_of_all(connection: Connection) -> dict[str, list[Any]]:
    return {
        name: sorted(map(repr, connection.execute(select(table)).tuples())) for name, table in metadata.tables.items()
    }


async def test_migrating_again_changes_nothing(fresh: TodoKitSettings) -> None:
    async with running(make_app(fresh)) as api:
        await api.todo("still here")
        await migrate(fresh)

        assert await api.titles() == ["still here"]


async def test_two_that_migrate_at_once_take_turns(fresh: TodoKitSettings) -> None:
    await downgrade(fresh, "todo_kit@base")
    engine = create_async_engine(fresh.url)
    async with engine.begin() as connection:
        await connection.execute(text(f"DROP TABLE {TODOS.version_table}"))
    await engine.dispose()

    command = ({**os.environ}, ROOT, "todo-kit", "migrate", "--database-url", fresh.database_url)
    ended = await asyncio.gather(*(asyncio.to_thread(run_forked, *command) for _ in range(3)))

    assert [one.returncode for one in ended] == [0] * 3, ended

    assert await current_revision(fresh) == HEAD


async def in_a_process(*arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        "todo-kit", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, problems = await process.communicate()
    assert process.returncode == 0, problems.decode()
    return out.decode()


async def test_the_command_tells_the_revision(fresh: TodoKitSettings) -> None:
    assert (await in_a_process("current", "--database-url", fresh.database_url)).strip() == HEAD


async def test_the_command_explains_a_wrong_url() -> None:
    with pytest.raises(AssertionError, match="not a supported database") as refused:
        await in_a_process("migrate", "--database-url", "mysql://root:secret@localhost/x")

    assert "secret" not in str(refused.value)


async def test_the_written_sql_makes_the_same_tables(new_postgres: Callable[[], str]) -> None:
    settings = TodoKitSettings(database_url=await asyncio.to_thread(new_postgres))
    await downgrade(settings, "todo_kit@base")
    script = io.StringIO()
    write_sql("postgresql", script)

    await run_script(settings, f"DROP TABLE {TODOS.version_table};" + script.getvalue())

    assert await current_revision(settings) == HEAD
    await test_autogenerate_finds_no_difference(settings)


async def test_the_schema_can_be_distributed_by_space(new_postgres: Callable[[], str]) -> None:
    """PostgreSQL refuses a unique key of a partitioned table that lacks the partition key: none of ours does."""
    settings = TodoKitSettings(database_url=await asyncio.to_thread(new_postgres))
    await downgrade(settings, "todo_kit@base")
    partitioned = partitioned_tables()
    assert partitioned.count("PARTITION BY HASH") == len(metadata.tables)

    await run_script(settings, f"DROP TABLE {TODOS.version_table};" + partitioned)

    async with running(make_app(settings)) as api:
        parent = await api.todo("parent")
        await api.todo("child", parent_id=parent["id"])
        await api.delete(f"/todos/{parent['id']}")
        await api.post(f"/todos/{parent['id']}/restore")
        await api.delete(f"/todos/{parent['id']}")
        assert await api.delete("/trash") == {"lists": 0, "todos": 2}


def test_what_each_revision_asks_for_is_in_the_changelog() -> None:
    sections = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n### ")
    told = " ".join(section for section in sections if section.startswith("Migrations"))

    revisions = [revision for branch in BRANCHES for revision in own_history.revisions(branch)]
    assert [revision for revision in revisions if f"`{revision}`" not in told] == []


def test_revision_ids_are_short_and_marked_as_ours() -> None:
    of_accounts = own_history.revisions(ACCOUNTS)

    assert REVISIONS[-1] == "todokit_0001"
    assert of_accounts[-1] == "todokit_auth_0001"
    assert all(re.fullmatch(r"todokit_[a-z0-9_]{1,24}", revision) for revision in REVISIONS + of_accounts)
    assert not any(revision.startswith(ACCOUNTS.prefix) for revision in REVISIONS)


def test_revisions_import_nothing_but_alembic_sqlalchemy_and_the_guard() -> None:
    """A revision must run unchanged when the models of a later release look different."""
    files = [file for branch in BRANCHES for file in branch.revisions.glob("*.py")]
    imported = set()
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))

    assert len(files) > len(BRANCHES)
    of_python = {"collections.abc", "re", "typing", "unicodedata"}
    assert imported == {"alembic", "sqlalchemy", "fastapi_todo_kit.migrations.guard"} | of_python


async def test_an_embedded_database_migrates_itself_once(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'own.db'}")
    async with running(make_app(settings)) as api:
        await asyncio.gather(*(api.todo(f"{n}") for n in range(5)))
        assert len(await api.titles()) == 5

    engine = make_engine(settings)
    await upgrade_engine(engine)
    await engine.dispose()
    assert await current_revision(settings) == HEAD


@pytest.mark.parametrize("version", ["todokit_0001", "a_merge_of_the_host"])
async def test_tables_that_a_host_looks_after_are_left_to_it(fresh: TodoKitSettings, version: str) -> None:
    engine = make_engine(fresh)
    async with engine.begin() as connection:
        await connection.execute(text(f"DROP TABLE {TODOS.version_table}"))
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})

    with pytest.raises(ConfigurationError, match="alembic upgrade head"):
        await migrate(fresh)
    await upgrade_engine(engine)
    await engine.dispose()

    assert await current_revision(fresh) is None
    assert TODOS.version_table not in await on_connection(
        fresh, lambda connection: inspect(connection).get_table_names()
    )


async def test_two_version_tables_do_not_both_migrate(fresh: TodoKitSettings) -> None:
    engine = make_engine(fresh)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('of_the_host'), ('todokit_0001')"))
    await engine.dispose()

    with pytest.raises(ConfigurationError, match="alembic upgrade head"):
        await migrate(fresh)


async def test_a_host_with_an_alembic_of_its_own_may_still_use_the_runner(fresh: TodoKitSettings) -> None:
    engine = make_engine(fresh)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('of_the_host')"))
    await engine.dispose()

    await migrate(fresh)

    assert await current_revision(fresh) == HEAD
