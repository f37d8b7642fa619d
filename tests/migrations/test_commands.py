"""The commands `todo-kit alembic ...` in this process: what they ask, what they write, and what they refuse."""

import re
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from typer.testing import CliRunner, Result

from fastapi_todo_kit.cli.tables import app
from fastapi_todo_kit.migrations.branch import TODOS


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["alembic", *arguments], input=answer)


def heads() -> list[str]:
    return ScriptDirectory.from_config(Config("alembic.ini")).get_heads()


def files(folder: Path) -> set[Path]:
    return {*(folder / "migrations" / "versions").glob("*.py"), *TODOS.revisions.glob("*.py")}


def test_nothing_is_changed_without_a_yes(folder: Path) -> None:
    before = (folder / "alembic.ini").read_bytes()

    refused = run("init", answer="n\n")
    assert refused.exit_code == 1
    assert f"+    {TODOS.location}" in refused.output
    assert (folder / "alembic.ini").read_bytes() == before

    assert run("init", answer="y\n").exit_code == 0
    assert TODOS.location in (folder / "alembic.ini").read_text("utf-8")


def test_a_merge_is_written_into_the_folder_of_the_host(folder: Path) -> None:
    run("init", "--yes")
    before = files(folder)

    assert run("merge", "-m", "With todos").exit_code == 0

    (made,) = files(folder) - before
    assert made.parent == folder / "migrations" / "versions"
    assert made.name.endswith("_with_todos.py")
    assert len(heads()) == 1
    command.revision(Config("alembic.ini"), "goes on")
    assert len(files(folder)) == len(before) + 2
    assert set(TODOS.revisions.glob("*.py")) <= before


def test_a_merge_needs_the_location(folder: Path) -> None:
    refused = run("merge")

    assert refused.exit_code == 1
    assert "todo-kit alembic init" in refused.output
    assert len(list((folder / "migrations" / "versions").glob("*.py"))) == 1


def test_a_host_that_sorts_its_revisions_into_folders_gets_the_merge_in_one(folder: Path) -> None:
    ini = (folder / "alembic.ini").read_text("utf-8")
    sorting = "recursive_version_locations = true\nfile_template = by_year/%%(rev)s_%%(slug)s\nprepend_sys_path"
    (folder / "alembic.ini").write_text(ini.replace("prepend_sys_path", sorting, 1), encoding="utf-8")
    (folder / "migrations" / "versions" / "by_year").mkdir()
    command.revision(Config("alembic.ini"), "second")
    run("init", "--yes")

    done = run("merge")

    assert done.exit_code == 0, done.output
    assert len(heads()) == 1
    assert len(list((folder / "migrations" / "versions").glob("by_year/*_merge_with*.py"))) == 1


def test_adopting_moves_the_version_in_one_step(folder: Path) -> None:
    CliRunner().invoke(app, ["migrate"])
    assert "todo-kit alembic init" in run("adopt").output

    run("init", "--yes")
    run("merge")
    adopted = run("adopt")

    assert adopted.exit_code == 0, adopted.output
    command.upgrade(Config("alembic.ini"), "head")
    refused = CliRunner().invoke(app, ["migrate"])
    assert refused.exit_code == 1
    assert "alembic upgrade head" in refused.output
    assert "nothing to adopt" in run("adopt").output
    assert (folder / "host.db").exists()


@pytest.mark.usefixtures("folder")
def test_adopting_does_not_take_a_merge_back() -> None:
    run("init", "--yes")
    run("merge")
    command.upgrade(Config("alembic.ini"), "head")
    (merged,) = heads()
    _second_version_table()

    assert run("adopt").exit_code == 0

    assert _versions() == [merged]


def _second_version_table() -> None:
    _sql("CREATE TABLE todokit_alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    _sql("INSERT INTO todokit_alembic_version VALUES ('todokit_0001')")


def _versions() -> list[str]:
    return [row[0] for row in _sql("SELECT version_num FROM alembic_version")]


def _sql(statement: str) -> list[tuple[str]]:
    connection = sqlite3.connect("host.db")
    rows = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return rows


def test_uninstalling_asks_for_the_files_and_again_for_the_tables(folder: Path) -> None:
    run("init", "--yes")
    run("merge")
    before = {path: path.read_bytes() for path in files(folder)}

    assert run("uninstall", answer="n\n").exit_code == 1
    assert {path: path.read_bytes() for path in files(folder)} == before

    assert run("uninstall", "--drop-tables", answer="y\nn\n").exit_code == 1
    assert files(folder) == set(before), "the parting was wanted, the dropping was not"
    done = run("uninstall", "--drop-tables", answer="y\n")
    assert done.exit_code == 0, done.output
    (made,) = files(folder) - set(before)
    written = made.read_text("utf-8")
    assert written.index("todokit_todo_link") < written.index(' todokit_todo"') < written.index("todokit_space")
    assert written.count("DROP TABLE IF EXISTS ") == written.count("op.") > 5


@pytest.mark.usefixtures("folder")
def test_uninstalling_takes_the_kit_out_of_a_version_table_that_is_named() -> None:
    run("init", "--yes")
    command.upgrade(Config("alembic.ini"), "heads")
    assert len(_versions()) == 2

    run("uninstall", "--yes")
    assert len(_versions()) == 2
    done = run("uninstall", "--yes", "--database-url", "sqlite:///host.db")

    assert "Removed 1 revision(s)" in done.output
    assert _versions() == heads()


@pytest.mark.usefixtures("folder")
def test_uninstalling_from_a_database_without_a_version_table_is_nothing() -> None:
    done = run("uninstall", "--yes", "--database-url", "sqlite:///new.db")

    assert "Removed 0 revision(s)" in done.output


def test_what_is_done_already_is_not_done_again(folder: Path) -> None:
    run("init", "--yes")
    run("merge")
    before = {path: path.read_bytes() for path in [*files(folder), folder / "alembic.ini"]}

    assert "nothing to do" in run("init").output
    assert "nothing to merge" in run("merge").output
    assert {path: path.read_bytes() for path in [*files(folder), folder / "alembic.ini"]} == before


def test_the_first_revision_of_a_host_stands_on_the_kit(folder: Path) -> None:
    for path in (folder / "migrations" / "versions").glob("*.py"):
        path.unlink()
    run("init", "--yes")

    assert run("merge").exit_code == 0

    (made,) = (folder / "migrations" / "versions").glob("*.py")
    assert "start_on_fastapi_todo_kit" in made.name
    assert len(heads()) == 1
    run("uninstall", "--yes")
    assert re.search(r"^down_revision: .* = None$", made.read_text("utf-8"), re.MULTILINE)


def test_several_heads_of_the_host_are_the_hosts_to_merge(folder: Path) -> None:
    command.revision(Config("alembic.ini"), "second", head="base")
    run("init", "--yes")
    before, ini = files(folder), (folder / "alembic.ini").read_bytes()

    assert "has 2 heads" in run("merge").output
    assert "has 2 heads" in run("uninstall", "--yes", "--drop-tables").output
    assert files(folder) == before
    assert (folder / "alembic.ini").read_bytes() == ini


@pytest.mark.usefixtures("folder")
def test_the_present_revision_and_the_sql_are_printed() -> None:
    assert "todo-kit migrate" in CliRunner().invoke(app, ["current"]).output
    CliRunner().invoke(app, ["migrate"])

    assert CliRunner().invoke(app, ["current"]).output.startswith("todokit_")
    assert "CREATE TABLE todokit_todo " in CliRunner().invoke(app, ["sql", "--dialect", "sqlite"]).output
