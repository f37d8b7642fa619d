"""The commands in a host that uses the kit's accounts, in one that does not, and in one without the extra for them."""

import sqlite3
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from typer.testing import CliRunner

from fastapi_todo_kit import ConfigurationError, TodoKitSettings
from fastapi_todo_kit import tables as schema
from fastapi_todo_kit.cli.doctor.examination import examine
from fastapi_todo_kit.cli.tables import Label, app
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import ACCOUNTS, BRANCHES, TODOS, Branch
from fastapi_todo_kit.tables import droppable_tables

pytestmark = pytest.mark.thorough

HEADS = {branch: own_history.revisions(branch)[0] for branch in BRANCHES}


@pytest.fixture
def with_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts are configured in the environment."""
    monkeypatch.setenv("TODO_KIT_AUTH__SECRET", "s" * 32)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def upgrade() -> None:
    command.upgrade(Config("alembic.ini"), "head")


def heads() -> list[str]:
    return ScriptDirectory.from_config(Config("alembic.ini")).get_heads()


def codes() -> list[str]:
    return [finding.code for finding in examine(None, TodoKitSettings())]


def sql(*statements: str) -> list[tuple[str]]:
    connection = sqlite3.connect("host.db")
    rows = [row for statement in statements for row in connection.execute(statement).fetchall()]
    connection.commit()
    connection.close()
    return rows


def tables(branch: Branch) -> set[str]:
    names = {name for (name,) in sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return names & set(droppable_tables([branch])) - {branch.version_table}


def versions() -> set[str]:
    return {name for (name,) in sql("SELECT version_num FROM alembic_version")}


def written_in(folder: Path) -> str:
    return (folder / "alembic.ini").read_text("utf-8")


@pytest.mark.usefixtures("folder", "with_accounts")
def test_both_branches_are_migrated_and_told() -> None:
    told = run("migrate")
    assert f"is at {HEADS[TODOS]}." in told
    assert f"is at {HEADS[ACCOUNTS]}." in told
    assert run("current").splitlines() == [HEADS[TODOS], HEADS[ACCOUNTS]]


@pytest.mark.usefixtures("folder")
def test_without_accounts_nothing_is_told_of_them() -> None:
    assert "auth" not in run("migrate")
    assert run("current").splitlines() == [HEADS[TODOS]]


def test_each_branch_is_written_as_sql() -> None:
    assert {label.value for label in Label} == {branch.label for branch in BRANCHES}
    assert "CREATE TABLE todokit_auth_user " in run("sql", "--branch", "todo_kit_auth")
    assert "CREATE TABLE todokit_auth_user " in run("sql", "--branch", "todo_kit_auth", "--dialect", "sqlite")
    assert "todokit_auth_" not in run("sql")


def test_accounts_are_added_to_a_host_that_has_the_todos(folder: Path) -> None:
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    assert ACCOUNTS.location not in written_in(folder)

    run("alembic", "init", "--auth", "--yes")
    assert len(heads()) == 2
    run("alembic", "merge")

    assert len(heads()) == 1
    before = written_in(folder)
    assert "nothing to do" in run("alembic", "init", "--yes")
    assert "nothing to do" in run("alembic", "init", "--auth", "--yes")
    assert written_in(folder) == before
    assert ACCOUNTS.location in before


def test_one_merge_joins_both_branches(folder: Path) -> None:
    run("alembic", "init", "--auth", "--yes")
    assert len(heads()) == 3

    run("alembic", "merge")

    assert len(heads()) == 1
    assert len(list((folder / "migrations" / "versions").glob("*.py"))) == 2
    upgrade()
    assert tables(TODOS)
    assert tables(ACCOUNTS)


@pytest.mark.usefixtures("folder", "with_accounts")
def test_both_branches_are_adopted_at_once() -> None:
    run("migrate")
    run("alembic", "init", "--auth", "--yes")
    run("alembic", "merge")

    assert f"{HEADS[TODOS]} and {HEADS[ACCOUNTS]}" in run("alembic", "adopt")

    assert set(HEADS.values()) <= versions()
    upgrade()
    assert codes() == []
    assert "alembic upgrade head" in run("migrate", code=1)


@pytest.mark.usefixtures("folder", "with_accounts")
def test_accounts_are_adopted_later_than_the_todos() -> None:
    run("migrate")
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    assert HEADS[ACCOUNTS] not in run("alembic", "adopt")
    upgrade()
    assert "todo-kit alembic init --auth" in run("alembic", "adopt", code=1)

    assert "left to your application's own Alembic" in run("migrate")
    run("alembic", "init", "--auth", "--yes")
    run("alembic", "merge")
    assert codes() == ["own-version-table"]
    run("alembic", "adopt")
    upgrade()

    assert codes() == []
    assert "nothing to adopt" in run("alembic", "adopt", code=1)


def test_uninstalling_takes_both_branches_out(folder: Path) -> None:
    run("alembic", "init", "--auth", "--yes")
    run("alembic", "merge")
    upgrade()

    run("alembic", "uninstall", "--yes", "--drop-tables")

    assert "fastapi_todo_kit" not in written_in(folder)
    upgrade()
    assert tables(TODOS) == tables(ACCOUNTS) == set()


def test_uninstalling_leaves_accounts_that_the_hosts_alembic_does_not_look_after(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    upgrade()
    monkeypatch.setenv("TODO_KIT_AUTH__SECRET", "s" * 32)
    run("migrate")

    run("alembic", "uninstall", "--yes", "--drop-tables")

    assert "fastapi_todo_kit" not in written_in(folder)
    upgrade()
    assert tables(TODOS) == set()
    assert tables(ACCOUNTS) == set(droppable_tables([ACCOUNTS])) - {ACCOUNTS.version_table}


@pytest.mark.usefixtures("folder")
def test_uninstalling_takes_both_branches_out_of_a_version_table() -> None:
    run("alembic", "init", "--auth", "--yes")
    command.upgrade(Config("alembic.ini"), "heads")
    assert len(versions()) == 3

    told = run("alembic", "uninstall", "--yes", "--database-url", "sqlite:///host.db")

    assert "Removed 2 revision(s)" in told
    assert versions() == set(heads())


@pytest.mark.usefixtures("folder")
def test_a_host_without_accounts_never_gets_their_tables() -> None:
    run("alembic", "init", "--yes")
    command.upgrade(Config("alembic.ini"), "heads")

    assert tables(TODOS)
    assert tables(ACCOUNTS) == set()
    run("alembic", "merge")
    upgrade()
    assert codes() == []


@pytest.mark.usefixtures("folder")
def test_a_host_without_the_extra_can_use_all_of_the_first_branch(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("fastapi_todo_kit.auth")] or ["fastapi_todo_kit.auth"]:
        monkeypatch.setitem(sys.modules, name, None)

    run("migrate")
    run("current")
    run("sql")
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    run("alembic", "adopt")
    upgrade()
    assert codes() == []
    run("alembic", "uninstall", "--yes", "--drop-tables")
    upgrade()
    with pytest.raises(ImportError):
        schema.kit_metadata(ACCOUNTS)


@pytest.fixture
def joined(folder: Path, with_accounts: None) -> Path:  # noqa: ARG001  (the environment)
    """A host in perfect order, with both branches."""
    run("alembic", "init", "--auth", "--yes")
    run("alembic", "merge")
    upgrade()
    assert codes() == []
    return folder


@pytest.mark.usefixtures("folder", "with_accounts")
def test_the_doctor_misses_accounts_that_are_configured() -> None:
    run("migrate", "--database-url", "sqlite:///host.db")
    assert codes() == ["location-missing", "location-missing"]

    run("alembic", "init", "--yes")
    run("alembic", "merge")
    run("alembic", "adopt")
    upgrade()
    (found,) = examine(None, TodoKitSettings())
    assert found.code == "location-missing"
    assert "todo-kit alembic init --auth" in found.advice
    sql("DROP TABLE todokit_auth_alembic_version")
    assert codes() == ["location-missing", "version-unseen"]


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize("is_configured", [True, False])
def test_the_doctor_compares_accounts_where_the_hosts_alembic_has_them(
    monkeypatch: pytest.MonkeyPatch, is_configured: bool
) -> None:
    sql("DROP INDEX ix_todokit_auth_mail_due_at", "DROP INDEX ix_todokit_todo_due")
    if not is_configured:
        monkeypatch.delenv("TODO_KIT_AUTH__SECRET")

    of_todos, of_accounts = examine(None, TodoKitSettings())

    assert of_todos.code == of_accounts.code == "schema-differs"
    assert "add_index todokit_auth_mail" in of_accounts.problem
    assert "auth" not in of_todos.problem


@pytest.mark.usefixtures("folder")
def test_the_doctor_compares_accounts_where_the_database_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    sql("CREATE TABLE todokit_auth_user (id INTEGER)")
    assert codes() == ["location-missing"], "nothing knows of accounts"
    sql("DROP TABLE todokit_auth_user")

    with monkeypatch.context() as configured:
        configured.setenv("TODO_KIT_AUTH__SECRET", "s" * 32)
        run("migrate")
    sql("DROP INDEX ix_todokit_auth_mail_due_at")
    assert codes() == ["location-missing", "schema-differs"]


@pytest.mark.usefixtures("joined")
def test_the_doctor_says_so_where_accounts_cannot_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    real = schema.kit_metadata

    def without_extra(branch: Branch) -> object:
        if branch is ACCOUNTS:
            raise ConfigurationError("pip install 'fastapi-todo-kit[auth]'")
        return real(branch)

    monkeypatch.setattr("fastapi_todo_kit.cli.doctor.database.kit_metadata", without_extra)

    assert codes() == ["not-compared"]
    run("doctor")


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE alembic_version SET version_num = 'todokit_auth_8888'"], "orphaned-revision"),
        (
            [
                "CREATE TABLE todokit_auth_alembic_version (version_num VARCHAR(32) PRIMARY KEY)",
                "INSERT INTO todokit_auth_alembic_version VALUES ('todokit_auth_0001')",
            ],
            "two-version-tables",
        ),
    ],
)
def test_the_doctor_knows_the_version_tables_of_accounts(statements: list[str], expected: str) -> None:
    sql(*statements)

    assert codes() == [expected]


@pytest.mark.usefixtures("folder", "with_accounts")
def test_the_doctor_sees_accounts_of_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    real = own_history.revisions
    monkeypatch.setattr(own_history, "revisions", lambda of: [*["todokit_auth_9999"][: of is ACCOUNTS], *real(of)])
    assert codes()[2:] == ["behind"]

    sql("UPDATE todokit_auth_alembic_version SET version_num = 'todokit_auth_8888'")
    assert codes()[2:] == ["orphaned-revision"]


def test_the_doctor_sees_where_the_location_of_accounts_went(joined: Path) -> None:
    ini, own = written_in(joined), "    %(here)s/migrations/versions\n"
    (joined / "alembic.ini").write_text(
        ini.replace(own, "").replace(ACCOUNTS.location, f"{ACCOUNTS.location}\n{own}"), encoding="utf-8"
    )
    assert codes() == ["location-first"]
    run("alembic", "init", "--yes")
    assert codes() == []

    split = ini.replace("path_separator = newline", "path_separator = os").replace(f"\n    {ACCOUNTS.location}", "")
    split = split.replace(f"\n{own}    {TODOS.location}", f" {own.strip()}:{TODOS.location}:{ACCOUNTS.location}")
    (joined / "alembic.ini").write_text(split, encoding="utf-8")
    assert codes()[0] == "location-split"
    assert codes().count("location-split") == 1
    run("alembic", "init", "--yes")
    assert codes() == []


@pytest.mark.usefixtures("folder")
def test_the_doctor_sees_an_account_branch_that_is_not_merged() -> None:
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    upgrade()
    run("alembic", "init", "--auth", "--yes")
    assert codes() == ["unmerged", "not-migrated"]

    run("alembic", "merge")
    assert codes() == ["not-migrated"]
    upgrade()
    assert codes() == []
