"""A downgrade of the kit runs only where it was meant, and refuses before it has dropped anything."""

import ast
import io
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect

from fastapi_todo_kit.migrations.branch import ACCOUNTS, BRANCHES, FOLDER, TODOS, Branch
from fastapi_todo_kit.migrations.guard import refuse_unless_named


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Connection]:
    """A SQLite database: its changes of the schema are not rolled back when a later one fails."""
    engine = create_engine(f"sqlite:///{tmp_path / 'guarded.db'}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def connection(empty: Connection) -> Connection:
    """The same with both branches in it."""
    command.upgrade(config(empty), "heads")
    return empty


def config(connection: Connection, *answers: str) -> Config:
    """Return the configuration of a host that has both branches in one version table."""
    return with_both(Config(cmd_opts=Namespace(x=list(answers)), attributes={"connection": connection}))


def with_both(made: Config) -> Config:
    made.attributes["branch"] = TODOS  # whose version table the kit's env.py uses
    made.set_main_option("script_location", str(FOLDER))
    for option in ("path_separator", "version_path_separator"):  # the second before Alembic 1.16
        made.set_main_option(option, "space")
    made.set_main_option("version_locations", " ".join(branch.location for branch in BRANCHES))
    return made


def has_tables(connection: Connection, branch: Branch) -> bool:
    return inspect(connection).has_table(branch.first_table)


@pytest.mark.parametrize("destination", ["base", "-1"])
@pytest.mark.parametrize("answers", [[], ["todo_kit=keep", "todo_kit_auth=keep"], ["drop"]])
@pytest.mark.parametrize("branch", BRANCHES, ids=lambda branch: branch.label)
def test_a_destination_that_does_not_name_the_kit_is_refused(
    empty: Connection, destination: str, answers: list[str], branch: Branch
) -> None:
    command.upgrade(config(empty), branch.head)
    before = inspect(empty).get_table_names()

    words = rf"{branch.label}@base.*-x {branch.label}=drop.*todo-kit alembic uninstall"
    with pytest.raises(CommandError, match=words):
        command.downgrade(config(empty, *answers), destination)

    assert inspect(empty).get_table_names() == before


@pytest.mark.parametrize(("branch", "other"), [(TODOS, ACCOUNTS), (ACCOUNTS, TODOS)], ids=lambda branch: branch.label)
@pytest.mark.parametrize("destination", ["{label}@base", "{prefix}0001@base"])
def test_a_destination_that_names_a_branch_is_taken(
    connection: Connection, branch: Branch, other: Branch, destination: str
) -> None:
    command.downgrade(config(connection), destination.format(label=branch.label, prefix=branch.prefix))

    assert not has_tables(connection, branch)
    assert has_tables(connection, other)


@pytest.mark.parametrize(
    ("destination", "answers", "let_go"),
    [
        ("todo_kit@base", [], [TODOS]),
        ("todo_kit@-1", [], [TODOS]),
        ("todokit_0002@todokit_0001", [], [TODOS]),
        ("todo_kit_auth@base", [], [ACCOUNTS]),
        ("todo_kit_auth@-1", [], [ACCOUNTS]),
        ("todokit_auth_0001-1", [], [ACCOUNTS]),
        ("todo_kit_of_the_host@base", [], []),
        ("base", ["todo_kit=drop"], [TODOS]),
        ("base", ["todo_kit_auth=drop"], [ACCOUNTS]),
        ("-1", ["todo_kit=drop", "todo_kit_auth=drop"], [TODOS, ACCOUNTS]),
        ("todo_kit_auth@base", ["todo_kit=drop"], [TODOS, ACCOUNTS]),
    ],
)
def test_each_branch_is_let_go_by_its_own_name_only(
    connection: Connection, destination: str, answers: list[str], let_go: list[Branch]
) -> None:
    made = config(connection, *answers)
    environment = EnvironmentContext(made, ScriptDirectory.from_config(made), destination_rev=destination)
    environment.configure(connection=connection)

    with Operations.context(environment.get_context()):
        allowed = [branch for branch in BRANCHES if is_allowed(f"{branch.prefix}0001")]

    assert allowed == let_go


def is_allowed(revision: str) -> bool:
    try:
        refuse_unless_named(revision)
    except CommandError:
        return False
    return True


def test_the_last_revision_can_be_undone_by_the_name_of_the_branch(connection: Connection) -> None:
    command.downgrade(config(connection), "todo_kit@-1")

    assert has_tables(connection, TODOS) is (len(list(TODOS.revisions.glob("todokit_*.py"))) > 1)
    assert has_tables(connection, ACCOUNTS)


def test_stamping_is_no_downgrade(connection: Connection) -> None:
    command.stamp(config(connection), "base")

    assert all(has_tables(connection, branch) for branch in BRANCHES)


def test_a_database_without_the_kit_can_go_to_base(empty: Connection) -> None:
    command.downgrade(config(empty), "base")


def test_answers_on_the_command_line_allow_any_destination(connection: Connection) -> None:
    command.downgrade(config(connection, "todo_kit=drop", "todo_kit_auth=drop"), "base")

    assert not any(has_tables(connection, branch) for branch in BRANCHES)


@pytest.mark.parametrize("answer", ["todo_kit=drop", "todo_kit_auth=drop"])
def test_an_answer_for_one_branch_is_none_for_the_other(connection: Connection, answer: str) -> None:
    before = inspect(connection).get_table_names()

    with pytest.raises(CommandError, match="name the branch"):
        command.downgrade(config(connection, answer), "base")

    assert inspect(connection).get_table_names() == before


def test_a_host_without_accounts_is_not_asked_about_them(empty: Connection) -> None:
    command.upgrade(config(empty), TODOS.head)
    command.downgrade(config(empty, "todo_kit=drop"), "base")

    assert not has_tables(empty, TODOS)


@pytest.mark.parametrize("branch", BRANCHES, ids=lambda branch: branch.label)
def test_a_step_below_the_first_revision_names_its_branch(empty: Connection, branch: Branch) -> None:
    command.upgrade(config(empty), branch.head)

    command.downgrade(config(empty), f"{branch.prefix}0001-1")

    assert not has_tables(empty, branch)


@pytest.mark.parametrize(
    ("start", "destination", "is_allowed"),
    [
        ("todokit_0001", "todo_kit@base", True),
        ("todokit_0001", "base", False),
        ("todokit_auth_0001", "todo_kit_auth@base", True),
        ("todokit_auth_0001", "base", False),
    ],
)
def test_offline_sql_is_guarded_alike(start: str, destination: str, is_allowed: bool) -> None:
    script = io.StringIO()
    offline = with_both(Config(attributes={"dialect": "postgresql", "output": script}))

    if is_allowed:
        command.downgrade(offline, f"{start}:{destination}", sql=True)
    else:
        with pytest.raises(CommandError, match="name the branch"):
            command.downgrade(offline, f"{start}:{destination}", sql=True)

    assert ("DROP TABLE todokit_" in script.getvalue()) is is_allowed


def test_a_downgrade_whose_destination_nobody_can_tell_is_refused(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)), pytest.raises(CommandError, match="name the bra"):
        refuse_unless_named("todokit_0001")


FILES = sorted(file for branch in BRANCHES for file in branch.revisions.glob("todokit_*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_revision_asks_first(file: Path) -> None:
    body = ast.parse(file.read_text("utf-8")).body
    (downgrade,) = (node for node in body if isinstance(node, ast.FunctionDef) and node.name == "downgrade")
    asks_when_read = "refuse_bare_base(revision)" in map(ast.unparse, body)

    assert ast.unparse(downgrade.body[0]) == "refuse_unless_named(revision)"
    assert asks_when_read is ("0001" in file.name)
