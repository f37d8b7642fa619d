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
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect

from fastapi_todo_kit.migrations.branch import FOLDER, REVISIONS
from fastapi_todo_kit.migrations.guard import refuse_unless_named


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A migrated SQLite database: its changes of the schema are not rolled back when a later one fails."""
    engine = create_engine(f"sqlite:///{tmp_path / 'guarded.db'}")
    with engine.connect() as connection:
        command.upgrade(config(connection), "heads")
        yield connection
    engine.dispose()


def config(connection: Connection, *answers: str) -> Config:
    made = Config(cmd_opts=Namespace(x=list(answers)), attributes={"connection": connection})
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    return made


def has_tables(connection: Connection) -> bool:
    return inspect(connection).has_table("todokit_todo_link")


@pytest.mark.parametrize("destination", ["base", "-1"])
@pytest.mark.parametrize("answers", [[], ["todo_kit=keep"], ["drop"]])
def test_a_destination_that_does_not_name_the_kit_is_refused(
    connection: Connection, destination: str, answers: list[str]
) -> None:
    before = inspect(connection).get_table_names()

    with pytest.raises(CommandError, match=r"todo_kit@base.*-x todo_kit=drop.*todo-kit alembic uninstall"):
        command.downgrade(config(connection, *answers), destination)

    assert inspect(connection).get_table_names() == before


@pytest.mark.parametrize("destination", ["todo_kit@base", "todokit_0001@base", "todokit_0001-1"])
def test_a_destination_that_names_the_kit_is_taken(connection: Connection, destination: str) -> None:
    command.downgrade(config(connection), destination)

    assert not has_tables(connection)


def test_the_last_revision_can_be_undone_by_the_name_of_the_branch(connection: Connection) -> None:
    command.downgrade(config(connection), "todo_kit@-1")

    assert has_tables(connection) is (len(list(REVISIONS.glob("todokit_*.py"))) > 1)


def test_stamping_is_no_downgrade(connection: Connection) -> None:
    command.stamp(config(connection), "base")

    assert has_tables(connection)


def test_a_database_without_the_kit_can_go_to_base(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with engine.connect() as connection:
        command.downgrade(config(connection), "base")
    engine.dispose()


def test_an_answer_on_the_command_line_allows_any_destination(connection: Connection) -> None:
    command.downgrade(config(connection, "todo_kit=drop"), "base")

    assert not has_tables(connection)


@pytest.mark.parametrize(("destination", "is_allowed"), [("todo_kit@base", True), ("base", False)])
def test_offline_sql_is_guarded_alike(destination: str, is_allowed: bool) -> None:
    script = io.StringIO()
    offline = Config(attributes={"dialect": "postgresql", "output": script})
    offline.set_main_option("script_location", str(FOLDER))
    offline.set_main_option("path_separator", "os")

    if is_allowed:
        command.downgrade(offline, f"todokit_0001:{destination}", sql=True)
    else:
        with pytest.raises(CommandError, match="name the branch"):
            command.downgrade(offline, f"todokit_0001:{destination}", sql=True)

    assert ("DROP TABLE todokit_space" in script.getvalue()) is is_allowed


def test_a_downgrade_whose_destination_nobody_can_tell_is_refused(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)), pytest.raises(CommandError, match="name the bra"):
        refuse_unless_named()


@pytest.mark.parametrize("file", sorted(REVISIONS.glob("todokit_*.py")), ids=lambda file: file.name)
def test_every_revision_asks_first(file: Path) -> None:
    functions = [node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    (downgrade,) = (node for node in functions if node.name == "downgrade")

    assert ast.unparse(downgrade.body[0]) == "refuse_unless_named()"
