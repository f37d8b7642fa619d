"""Three hosts, from `alembic init` on, on both databases: the kit comes, is upgraded and goes; their data stays."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import inspect

from tests.migrations.host_app import HAS_PLUGINS, HostApp, revision_id

NewHost = Callable[[str], HostApp]
Data = dict[str, tuple[list[str], list[Any]]]
REFUSED = 255
INSERTS = {
    "tutorial": [
        "INSERT INTO \"user\" (id, name) VALUES (1, 'ann')",
        "INSERT INTO invoice (id, number, user_id) VALUES (1, '2026-1', 1)",
    ],
    "async_users": [
        """INSERT INTO "user" (id, email, hashed_password, is_active, is_superuser, is_verified)
        VALUES ('8a0d8c5e-3a41-4b4e-9d6f-0f5f6a1c2b3d', 'ann@example.com', 'x', true, false, true)""",
        "INSERT INTO project (id, name, owner_id) VALUES (1, 'house', '8a0d8c5e-3a41-4b4e-9d6f-0f5f6a1c2b3d')",
    ],
    "opinionated": [
        "INSERT INTO accounts (id, email) VALUES (1, 'ann@example.com')",
        "INSERT INTO orders (id, account_id, total_cents) VALUES (1, 1, 4200)",
    ],
}
NEW_COLUMN = {
    "tutorial": ("    user_id: int", "    note: str | None = None\n    user_id: int"),
    "async_users": ("    name: Mapped[str]", "    name: Mapped[str]\n    note: Mapped[str | None]"),
    "opinionated": ("    total_cents:", "    note: Mapped[str | None]\n    total_cents:"),
}


@pytest.mark.parametrize("name", ["tutorial", "async_users", "opinionated"])
def test_the_kit_comes_is_upgraded_and_goes(name: str, new_host: NewHost) -> None:
    host = new_host(name)
    first, data = a_revision_and_rows(host)

    the_kit_is_installed(host)
    assert rows_of(host, data) == data
    second = the_host_goes_on(host, first)
    assert rows_of(host, data) == data
    the_kit_is_upgraded(host, second)
    assert rows_of(host, data) == data
    the_kit_is_removed(host)
    assert rows_of(host, data) == data


@pytest.mark.parametrize(
    ("name", "empty_database"),
    [("own_jwt", "postgresql"), ("odd_key", "sqlite"), ("container", "sqlite"), ("crowded", "postgresql")],
    indirect=["empty_database"],
)
def test_the_kit_comes_into_the_history_of_each_host(name: str, new_host: NewHost) -> None:
    host = new_host(name)
    a_revision_and_rows(host)

    the_kit_is_installed(host)


def a_revision_and_rows(host: HostApp) -> tuple[str, Data]:
    first = revision_id(host.revision("first"))
    host.alembic("upgrade", "head")
    for insert in INSERTS.get(host.name, []):
        host.sql(insert)
    tables = host.tables() - {"alembic_version"}
    columns = {table: [column["name"] for column in inspect(host.engine).get_columns(table)] for table in tables}
    return first, rows_of(host, {table: (names, []) for table, names in columns.items()})


def rows_of(host: HostApp, data: Data) -> Data:
    return {
        table: (columns, host.sql(f'SELECT {", ".join(columns)} FROM "{table}"'))  # noqa: S608  (names of our own)
        for table, (columns, _) in data.items()
    }


def the_kit_is_installed(host: HostApp) -> None:
    env, config = host.text("migrations/env.py"), host.config_file.read_text(encoding="utf-8")

    diff = host.todo_kit("alembic", "init", "--yes")
    added = [line for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert len(added) <= 5
    assert comments(host.config_file.read_text(encoding="utf-8")) == comments(config)
    assert "nothing to do" in host.todo_kit("alembic", "init")

    assert "unmerged:" in host.todo_kit("doctor", code=1)
    assert "Multiple head" in host.alembic("upgrade", "head", code=REFUSED)
    host.todo_kit("alembic", "merge", "-m", "with todos")
    assert "nothing to merge" in host.todo_kit("alembic", "merge")
    assert "not-migrated:" in host.todo_kit("doctor", code=1)
    host.alembic("upgrade", "head")
    assert "todokit_todo" in host.tables()
    assert "No new upgrade operations" in host.alembic("check")
    assert "Nothing is wrong" in host.todo_kit("doctor")
    assert host.text("migrations/env.py") == env


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def the_host_goes_on(host: HostApp, first: str) -> str:
    host.edit("shop/models.py", *NEW_COLUMN[host.name])
    source = host.revision("note")
    assert "todokit" not in source
    assert source.count("op.add_column") == 1
    host.alembic("upgrade", "head")
    host.alembic("downgrade", "-1")
    host.alembic("upgrade", "head")

    host.alembic("downgrade", first)
    assert host.version() == {first, host.shell.newest()}, "below the merge there are two heads again"
    assert "todokit_todo" in host.tables()
    host.alembic("upgrade", "head")
    return revision_id(source)


def the_kit_is_upgraded(host: HostApp, second: str) -> None:
    before, later = host.shell.newest(), host.shell.release()

    assert "unmerged:" in host.todo_kit("doctor", code=1)
    assert "Multiple head" in host.alembic("upgrade", "head", code=REFUSED)
    host.todo_kit("alembic", "merge")
    assert "behind:" in host.todo_kit("doctor", code=1)
    assert "ADD COLUMN later" in host.alembic("upgrade", f"{second}:head", "--sql")
    host.alembic("upgrade", "head")
    assert "later" in columns_of_space(host)

    host.alembic("downgrade", second)
    host.in_this_order(later, second)
    assert "todo-kit alembic uninstall" in host.alembic("downgrade", "-1", code=REFUSED)
    assert "later" in columns_of_space(host)
    host.alembic("downgrade", f"{later}@-1")
    assert "later" not in columns_of_space(host)
    host.alembic("upgrade", "head")
    host.alembic("downgrade", f"{later}@{before}")
    assert "later" not in columns_of_space(host)
    host.alembic("upgrade", "head")
    assert "later" in columns_of_space(host)


def columns_of_space(host: HostApp) -> set[str]:
    return {column["name"] for column in inspect(host.engine).get_columns("todokit_space")}


def the_kit_is_removed(host: HostApp) -> None:
    diff = host.todo_kit("alembic", "uninstall", "--yes", "--drop-tables")
    assert ("take that out by hand" in diff) is not HAS_PLUGINS
    assert diff.count("-down_revision") == 2
    assert "fastapi_todo_kit" not in host.config_file.read_text(encoding="utf-8")
    assert "name nothing of the kit" in host.todo_kit("alembic", "uninstall", "--yes")

    host.remove_package()
    assert "todokit" not in host.alembic("history")
    host.alembic("upgrade", "head")
    assert not any(table.startswith("todokit_") for table in host.tables())
    assert "No new upgrade operations" in host.alembic("check")
    host.alembic("revision", "-m", "life goes on")
    host.alembic("upgrade", "head")


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
def test_a_host_without_a_revision_gets_its_first_one_on_top_of_the_kit(new_host: NewHost) -> None:
    host = new_host("tutorial")
    host.todo_kit("alembic", "init", "--yes")
    assert "no-own-revision:" in host.todo_kit("doctor", code=1)
    host.todo_kit("alembic", "merge")
    assert len(host.files()) == 1

    host.alembic("upgrade", "head")
    source = host.revision("first")
    host.alembic("upgrade", "head")
    assert "todokit" not in source
    assert len(host.files()) == 2
    assert {"user", "todokit_todo"} <= host.tables()
    assert "Nothing is wrong" in host.todo_kit("doctor")

    host.todo_kit("alembic", "uninstall", "--yes")
    host.remove_package()
    host.alembic("upgrade", "head")
    assert "todokit_todo" in host.tables(), "without --drop-tables they stay"
    assert "Detected removed table 'todokit_todo'" in host.alembic("check", code=REFUSED)


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
def test_without_a_merge_the_database_forgets_the_kit_when_it_is_told(new_host: NewHost) -> None:
    host = new_host("opinionated")
    first, data = a_revision_and_rows(host)
    host.todo_kit("alembic", "init", "--yes")
    host.alembic("upgrade", "heads")
    assert host.version() == {first, host.shell.newest()}
    host.in_this_order(host.shell.newest(), first)
    assert "name the branch" in host.alembic("downgrade", "-1", code=REFUSED)
    assert "todokit_todo" in host.tables()

    host.todo_kit("alembic", "uninstall", "--yes")
    assert "orphaned-revision:" in host.todo_kit("doctor", code=1)
    host.alembic("current", code=REFUSED)
    host.todo_kit("alembic", "uninstall", "--yes", "--database-url", host.kit_url)
    host.remove_package()
    host.alembic("upgrade", "head")
    assert host.version() == {first}
    assert rows_of(host, data) == data


def test_the_tables_of_todo_kit_migrate_are_adopted(new_host: NewHost) -> None:
    host = new_host("async_users")
    _, data = a_revision_and_rows(host)
    host.todo_kit("migrate")
    assert "todokit" not in host.revision("nothing")
    host.alembic("upgrade", "head")
    host.todo_kit("alembic", "init", "--yes")
    host.todo_kit("alembic", "merge")
    assert "own-version-table:" in host.todo_kit("doctor", code=1)

    host.todo_kit("alembic", "adopt")
    assert "todokit_alembic_version" not in host.tables()
    host.alembic("upgrade", "head")
    assert "Nothing is wrong" in host.todo_kit("doctor")
    assert "alembic upgrade head" in host.todo_kit("migrate", code=1)
    assert "todokit_alembic_version" not in host.tables()
    assert "nothing to adopt" in host.todo_kit("alembic", "adopt", code=1)
    assert rows_of(host, data) == data


def test_a_downgrade_to_base_keeps_everything_unless_it_is_named(new_host: NewHost) -> None:
    host = new_host("tutorial")
    _, data = a_revision_and_rows(host)
    host.todo_kit("alembic", "init", "--yes")
    host.todo_kit("alembic", "merge")
    host.alembic("upgrade", "head")

    assert "name the branch" in host.alembic("downgrade", "base", code=REFUSED)
    assert rows_of(host, data) == data, "also where a failing downgrade is not rolled back"
    assert "todokit_todo" in host.tables()
    assert "CREATE TABLE todokit_todo " in host.alembic("upgrade", "base:head", "--sql")

    host.alembic("-x", "todo_kit=drop", "downgrade", "base")
    assert host.tables() == {"alembic_version"}
    host.alembic("downgrade", "base")
    host.alembic("upgrade", "head")
    host.alembic("downgrade", "todo_kit@base")
    assert "todokit_todo" not in host.tables()
    assert "user" in host.tables()


def test_accounts_come_later_than_the_todos_and_both_go(new_host: NewHost) -> None:
    host = new_host("tutorial")
    _, data = a_revision_and_rows(host)
    host.todo_kit("alembic", "init", "--yes")
    host.todo_kit("alembic", "merge")
    host.alembic("upgrade", "heads")
    assert accounts_of(host) == set()

    host.todo_kit("alembic", "init", "--auth", "--yes")
    assert "unmerged:" in host.todo_kit("doctor", code=1)
    host.todo_kit("alembic", "merge")
    host.alembic("upgrade", "head")
    assert "todokit_auth_user" in host.tables()
    assert "No new upgrade operations" in host.alembic("check")
    assert "Nothing is wrong" in host.todo_kit("doctor")
    assert rows_of(host, data) == data

    only_one_branch_goes(host)
    assert rows_of(host, data) == data
    host.todo_kit("alembic", "uninstall", "--yes", "--drop-tables")
    host.remove_package()
    host.alembic("upgrade", "head")
    assert not any(table.startswith("todokit_") for table in host.tables())
    assert "No new upgrade operations" in host.alembic("check")
    assert rows_of(host, data) == data


def accounts_of(host: HostApp) -> set[str]:
    return {table for table in host.tables() if table.startswith("todokit_auth_")}


def only_one_branch_goes(host: HostApp) -> None:
    before = host.tables()
    for arguments in [[], ["-x", "todo_kit=drop"], ["-x", "todo_kit_auth=drop"]]:
        assert "name the branch" in host.alembic(*arguments, "downgrade", "base", code=REFUSED)
    assert host.tables() == before

    host.alembic("downgrade", "todo_kit_auth@base")
    assert accounts_of(host) == set()
    assert "todokit_todo" in host.tables()
    host.alembic("upgrade", "head")
    host.alembic("downgrade", "todo_kit@base")
    assert {table for table in host.tables() if table.startswith("todokit_")} == accounts_of(host) != set()
    host.alembic("upgrade", "head")
    assert host.tables() == before


def test_both_branches_of_todo_kit_migrate_are_adopted(new_host: NewHost) -> None:
    host = new_host("opinionated")
    _, data = a_revision_and_rows(host)
    host.settings["TODO_KIT_AUTH__SECRET"] = "s" * 32
    host.todo_kit("migrate")
    assert "todokit" not in host.revision("nothing")
    host.alembic("upgrade", "head")
    host.todo_kit("alembic", "init", "--auth", "--yes")
    host.todo_kit("alembic", "merge")
    assert host.todo_kit("doctor", code=1).count("own-version-table:") == 2

    host.todo_kit("alembic", "adopt")
    assert not any("alembic_version" in table for table in host.tables() - {"alembic_version"})
    host.alembic("upgrade", "head")
    assert "Nothing is wrong" in host.todo_kit("doctor")
    assert "alembic upgrade head" in host.todo_kit("migrate", code=1)
    assert rows_of(host, data) == data


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_the_installed_alembic_finds_the_plugin_by_itself(new_host: NewHost) -> None:
    """In a process that nobody has prepared: the entry point, and an import while Alembic is half imported."""
    host = new_host("tutorial")
    a_revision_and_rows(host)
    host.todo_kit("migrate")

    checked = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        cwd=host.folder,
        env=host.shell.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
    assert ("Left the tables of fastapi-todo-kit alone" in checked.stderr) is HAS_PLUGINS
