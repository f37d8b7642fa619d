"""What commands say where something is wrong: one sentence, and no traceback."""

from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner, Result

from fastapi_todo_kit.cli.app import app
from tests.migrations.test_account_commands import sql

COMMANDS = [
    ("current",),
    ("migrate",),
    ("redrive",),
    ("users", "create", "ann@example.com"),
    ("users", "promote", "ann@example.com"),
]


@pytest.fixture(autouse=True)
def _host_of_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with nothing in it, and accounts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TODO_KIT_AUTH__SECRET", "s" * 32)
    monkeypatch.setenv("TODO_KIT_DATABASE_URL", "sqlite:///./host.db")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def says(result: Result) -> str:
    """Return the one line of a command that failed as one should."""
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1, result.output
    (line,) = result.output.splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_that_is_not_there_is_named(command: tuple[str, ...]) -> None:
    assert "There is no folder /nowhere/at/all" in says(
        run(*command, "--database-url", "sqlite:////nowhere/at/all/x.db")
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_of_settings_that_is_not_utf8_is_named(command: tuple[str, ...]) -> None:
    Path(".env").write_bytes(b'TODO_KIT_TAGS=["\xe4"]')

    assert says(run(*command)) == "The file .env is not UTF-8; save it as UTF-8."


@pytest.mark.parametrize("command", [one for one in COMMANDS if one[0] in {"redrive", "users"}], ids=" ".join)
def test_tables_that_are_missing_are_told_once(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_KIT_AUTO_MIGRATE", "false")

    assert "run `todo-kit migrate`" in says(run(*command))


def test_asking_for_the_revision_makes_no_file() -> None:
    assert "none: run `todo-kit migrate`" in run("current").output
    assert not Path("host.db").exists()


def test_a_database_that_a_later_release_has_migrated_is_left_alone() -> None:
    run("migrate")
    sql("UPDATE todokit_alembic_version SET version_num = 'todokit_9999'")

    assert "todokit_9999, which this release of fastapi-todo-kit does not know" in says(run("migrate"))
    assert "orphaned-revision" in run("doctor").output


@pytest.mark.parametrize("command", ["current", "migrate"])
def test_a_version_table_with_several_revisions_is_named(command: str) -> None:
    run("migrate")
    sql("INSERT INTO todokit_alembic_version VALUES ('todokit_0001')")

    assert "todokit_alembic_version holds several revisions" in says(run(command))
    assert "several-revisions" in run("doctor").output


PLACES = ["--database-url", "TODO_KIT_DATABASE_URL", "TODO_KIT_DATABASE_URL in .env"]
AWAY = [f"{driver}://me:s3cret@127.0.0.1:1/todos" for driver in ("postgresql+asyncpg", "postgresql+psycopg")]
FAULTS = {"mysql://me:s3cret@host/todos": "not a supported database", **dict.fromkeys(AWAY, "does not answer")}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("url", FAULTS)
def test_a_faulty_url_is_named_where_it_came_from(monkeypatch: pytest.MonkeyPatch, url: str, place: str) -> None:
    monkeypatch.delenv("TODO_KIT_DATABASE_URL")
    if place == "TODO_KIT_DATABASE_URL":
        monkeypatch.setenv(place, url)
    elif place == "TODO_KIT_DATABASE_URL in .env":
        Path(".env").write_text(f"TODO_KIT_DATABASE_URL={url}\n", "utf-8")

    for command in COMMANDS:
        said = says(run(*command, *(["--database-url", url] if place == "--database-url" else [])))
        assert said.startswith(f"{place}: ")
        assert FAULTS[url] in said
        assert "s3cret" not in said
    assert place in run("doctor", *(["--database-url", url] if place == "--database-url" else [])).output


def test_a_password_that_is_refused_is_told_in_a_line(postgres_url: str) -> None:
    for driver in ("asyncpg", "psycopg"):
        url = make_url(postgres_url).set(drivername=f"postgresql+{driver}", password="s3cret")
        said = says(run("migrate", "--database-url", url.render_as_string(hide_password=False)))

        assert said.startswith("--database-url: the database does not answer: ")
        assert "password authentication failed" in said
        assert "s3cret" not in said
