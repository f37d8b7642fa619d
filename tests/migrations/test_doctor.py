"""The doctor names every trap that is there, and none that is not."""

import re
import shutil
import sqlite3
from importlib.metadata import entry_points
from pathlib import Path

import alembic
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url
from typer.testing import CliRunner

from fastapi_todo_kit import ConfigurationError, TodoKitSettings
from fastapi_todo_kit.cli.doctor import examination, findings
from fastapi_todo_kit.cli.doctor.examination import examine, is_pooler
from fastapi_todo_kit.cli.tables import app
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import TODOS
from fastapi_todo_kit.migrations.host import config as host_config
from tests.migrations.conftest import ENV
from tests.migrations.host_app import HAS_PLUGINS, RELEASE

pytestmark = pytest.mark.thorough

needs_plugins = pytest.mark.skipif(not HAS_PLUGINS, reason="Alembic has plugins from 1.18 on")


def codes() -> list[str]:
    return [finding.code for finding in examine(None, TodoKitSettings())]


def run(*arguments: str) -> None:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output


def sql(*statements: str) -> None:
    connection = sqlite3.connect("host.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def configure(locations: str, separator: str = "newline") -> None:
    text = Path("alembic.ini").read_text("utf-8").replace("path_separator = os\n", f"path_separator = {separator}\n")
    text = text.replace("\nprepend_sys_path", f"\nversion_locations = {locations}\nprepend_sys_path", 1)
    Path("alembic.ini").write_text(text, encoding="utf-8")


@pytest.fixture
def joined(folder: Path) -> Path:
    """A host in perfect order."""
    run("alembic", "init", "--yes")
    run("alembic", "merge")
    command.upgrade(Config("alembic.ini"), "head")
    return folder


@pytest.fixture
def alone(folder: Path) -> Path:
    """A host whose Alembic knows nothing of the kit, which is migrated by itself."""
    run("migrate")
    return folder


@pytest.mark.usefixtures("joined")
def test_nothing_is_wrong_where_nothing_is_wrong() -> None:
    result = CliRunner().invoke(app, ["doctor"])

    assert codes() == []
    assert result.exit_code == 0
    assert "Nothing is wrong" in result.output


@pytest.mark.usefixtures("alone")
def test_a_host_that_uses_the_runner_gets_a_hint_only() -> None:
    result = CliRunner().invoke(app, ["doctor"])

    assert codes() == ["location-missing"]
    assert result.exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_location_that_is_split_vanishes() -> None:
    configure(f"%(here)s/migrations/versions:{TODOS.location}", "os")

    assert codes()[0] == "location-split"


@pytest.mark.usefixtures("joined")
def test_the_location_stands_first() -> None:
    text = Path("alembic.ini").read_text("utf-8")
    own = "    %(here)s/migrations/versions\n"
    assert own in text
    Path("alembic.ini").write_text(
        text.replace(own, "").replace(TODOS.location, f"{TODOS.location}\n{own}"), encoding="utf-8"
    )

    assert codes() == ["location-first"]
    run("alembic", "init", "--yes")
    assert codes() == []


@pytest.mark.usefixtures("folder")
def test_two_heads() -> None:
    run("alembic", "init", "--yes")
    command.upgrade(Config("alembic.ini"), "heads")

    assert codes() == ["unmerged"]


def test_no_revision_of_the_host(folder: Path) -> None:
    for path in (folder / "migrations" / "versions").glob("*.py"):
        path.unlink()
    run("alembic", "init", "--yes")

    assert codes()[0] == "no-own-revision"


def test_a_revision_of_the_host_inside_the_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder / "site" / "versions"
    shutil.copytree(TODOS.revisions, package)
    monkeypatch.setitem(host_config.KIT_FOLDERS, package.resolve(), TODOS)
    configure(f"\n    %(here)s/migrations/versions\n    {package}")
    command.revision(Config("alembic.ini"), "mine", head="todo_kit@head")

    found = examine(None, TodoKitSettings())

    assert found[0].code == "revision-in-package"
    assert "_mine.py" in found[0].problem


def test_a_history_that_alembic_cannot_read(folder: Path) -> None:
    (file,) = (folder / "migrations" / "versions").glob("*.py")
    file.write_text(file.read_text("utf-8").replace("= None", "= 'lost'", 1), encoding="utf-8")

    found = {finding.code: finding.problem for finding in examine(None, TodoKitSettings())}
    assert list(found) == ["location-missing", "history-broken", "unreachable"]
    assert "lost referenced from" in found["history-broken"]


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize("lost", ["of_the_host", "todokit_8888"])
def test_a_version_that_no_file_has(lost: str) -> None:
    sql(f"UPDATE alembic_version SET version_num = '{lost}'")  # noqa: S608  (a constant)

    assert codes() == ["orphaned-revision"]


@pytest.mark.usefixtures("alone")
def test_a_version_of_the_kits_own_table_that_no_file_has() -> None:
    sql("UPDATE todokit_alembic_version SET version_num = 'todokit_8888'")

    assert codes() == ["location-missing", "orphaned-revision"]


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER TABLE todokit_list ADD COLUMN mine INTEGER", "remove_column todokit_list"),
        ("DROP INDEX ix_todokit_todo_due", "add_index todokit_todo"),
        ("DROP TABLE todokit_todo_link", "add_table todokit_todo_link"),
        ("CREATE TABLE todokit_mine (id INTEGER)", "remove_table todokit_mine"),
    ],
)
def test_tables_that_were_changed_by_hand(change: str, words: str) -> None:
    sql(change)

    (found,) = examine(None, TodoKitSettings())
    assert found.code == "schema-differs"
    assert words in found.problem


@pytest.mark.parametrize("kind", ["alone", "joined"])
def test_a_version_table_that_was_emptied_is_told(request: pytest.FixtureRequest, kind: str) -> None:
    request.getfixturevalue(kind)
    is_own = kind == "alone"
    sql(f"DELETE FROM {'todokit_alembic_version' if is_own else 'alembic_version'}")  # noqa: S608  (a test's own)

    found = next(one for one in examine(None, TodoKitSettings()) if one.code != "location-missing")
    assert found.code == "unversioned"
    if is_own:
        for command_ in ("current", "migrate"):
            told = CliRunner().invoke(app, [command_]).output
            assert "todokit_alembic_version is empty" in " ".join(told.split())
        sql("DROP INDEX ix_todokit_todo_due")
        assert codes() == ["location-missing", "unversioned", "schema-differs"]
        sql(found.advice.partition("`")[2].partition("`")[0])
    else:
        command.stamp(Config("alembic.ini"), "head")
    assert "unversioned" not in codes()


@pytest.mark.usefixtures("joined")
def test_rows_that_the_database_cannot_read_are_counted() -> None:
    columns = "space_id, id, version, created_at, created_by, updated_at, name, description, position, is_inbox, extra"
    for n, extra in enumerate(["{}", '{"a": NaN}']):
        values = f"'s', '{n}', 1, 0, '', 0, '', '', '{n}', 0, '{extra}'"
        sql(f"INSERT INTO todokit_list ({columns}) VALUES ({values})")  # noqa: S608  (a test's own)

    (found,) = examine(None, TodoKitSettings())
    assert (found.code, found.is_hint) == ("unreadable-extra", True)
    assert "todokit_list has 1 " in found.problem


@pytest.mark.usefixtures("joined")
def test_both_version_tables_name_the_kit() -> None:
    own = "CREATE TABLE todokit_alembic_version (version_num VARCHAR(32) PRIMARY KEY)"
    sql(own, "INSERT INTO todokit_alembic_version VALUES ('todokit_0001')")

    assert codes() == ["two-version-tables"]


@pytest.mark.usefixtures("alone")
def test_the_runner_made_the_tables_and_alembic_is_to_take_over() -> None:
    run("alembic", "init", "--yes")
    run("alembic", "merge")

    assert codes() == ["own-version-table"]


def test_a_merge_that_the_database_has_not_seen(joined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = joined / "site" / "versions"
    shutil.copytree(TODOS.revisions, package)
    later = RELEASE.format(revision="todokit_9999", down_revision=own_history.revisions(TODOS)[0])
    (package / "todokit_9999_later.py").write_text(later, encoding="utf-8")
    monkeypatch.setitem(host_config.KIT_FOLDERS, package.resolve(), TODOS)
    ini = Path("alembic.ini").read_text("utf-8")
    Path("alembic.ini").write_text(ini.replace(TODOS.location, str(package)), encoding="utf-8")
    assert codes() == ["unmerged", "behind"]

    run("alembic", "merge")
    (found,) = examine(None, TodoKitSettings())
    assert found.code == "behind"
    assert "todokit_9999" in found.problem
    assert "alembic upgrade head" in found.advice


@pytest.mark.usefixtures("alone")
def test_the_database_is_older_than_the_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    revisions = own_history.revisions(TODOS)
    monkeypatch.setattr(own_history, "revisions", lambda _branch: ["todokit_9999", *revisions])

    assert codes() == ["location-missing", "behind"]


@pytest.mark.parametrize("is_joined", [True, False])
def test_the_database_has_no_tables_of_the_kit(folder: Path, is_joined: bool) -> None:
    if is_joined:
        run("alembic", "init", "--yes")
        run("alembic", "merge")
    (folder / "host.db").touch()

    assert codes()[-1] == "not-migrated"


@needs_plugins
@pytest.mark.parametrize(
    ("plugins", "is_active"),
    [
        ("['alembic.autogenerate.*']", True),
        ("['alembic.autogenerate.tables', 'alembic.autogenerate.todo_kit']", True),
        ("WHAT_THE_HOUSE_WANTS", True),
        ("['alembic.autogenerate.*', '~alembic.autogenerate.todo_kit']", False),
        ("['alembic.autogenerate.tables', 'alembic.autogenerate.types']", False),
        ("['alembic.autogenerate.*', '~alembic.autogenerate.*_kit']", False),
    ],
)
def test_an_env_that_chooses_its_plugins(joined: Path, plugins: str, is_active: bool) -> None:
    env = joined / "migrations" / "env.py"
    chosen = env.read_text("utf-8").replace(
        "connection=connection", f"connection=connection, autogenerate_plugins={plugins}"
    )
    env.write_text(chosen, encoding="utf-8")

    assert codes() == ([] if is_active else ["plugin-disabled"])


def test_the_version_table_of_the_hosts_choice_is_read(joined: Path) -> None:
    env = joined / "migrations" / "env.py"
    chosen = env.read_text("utf-8").replace("connection=connection", "connection=connection, version_table='versions'")
    env.write_text(chosen, encoding="utf-8")
    assert codes() == ["version-unseen"]
    assert "left to your application's own Alembic" in CliRunner().invoke(app, ["current"]).output

    sql("ALTER TABLE alembic_version RENAME TO versions")
    assert codes() == []


@pytest.mark.usefixtures("joined")
def test_an_alembic_that_knows_no_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alembic, "__version__", "1.17.2")

    (env,) = Path("migrations").glob("env.py")
    env.write_text(ENV, encoding="utf-8")
    assert codes() == ["old-alembic"]
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0, "a hint"

    env.write_text(ENV.replace("=connection)", "=connection, include_name=include_name())"), encoding="utf-8")
    assert codes() == []


def test_init_says_at_once_what_an_alembic_without_plugins_needs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alembic, "__version__", "1.17.2")
    (folder / "migrations" / "env.py").write_text(ENV, encoding="utf-8")

    done = CliRunner().invoke(app, ["alembic", "init", "--yes"])

    assert done.exit_code == 0, done.output
    assert "include_name=fastapi_todo_kit.migrations.include_name()" in " ".join(done.output.split())


@needs_plugins
@pytest.mark.usefixtures("joined")
def test_a_plugin_that_is_not_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = entry_points(group="nothing")
    monkeypatch.setattr(examination, "entry_points", lambda **_: entries)

    assert codes() == ["plugin-missing"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", True),
        ("postgresql://u:p@db.example.com:6543/postgres", True),
        ("postgresql://u:p@ep-cool-name-123-pooler.eu-central-1.aws.neon.tech/db", True),
        ("postgresql://u:p@db.example.com/app?pgbouncer=true", True),
        ("postgresql://u:p@db.example.com:5432/app", False),
        ("postgresql://u:p@poolers.example.com/app?pgbouncer=false", False),
        ("sqlite:///pooler.db", False),
    ],
)
def test_a_pooler_is_known_by_its_url(url: str, expected: bool) -> None:
    assert is_pooler(make_url(url)) is expected


def test_a_pooler_that_nobody_named_is_told_from_a_database_that_is_away() -> None:
    refused = type("DuplicatePreparedStatement", (Exception,), {"sqlstate": "42P05"})("already exists")

    finding = findings.unreachable(refused, "--database-url")

    assert finding.code == "pooler"
    assert "POOLER=transaction" in finding.advice


@pytest.mark.usefixtures("folder")
def test_the_password_is_never_told() -> None:
    result = CliRunner().invoke(app, ["doctor", "--database-url", "postgresql://me:s3cret@127.0.0.1:6543/x"])

    assert result.exit_code == 1
    assert "pooler-url:" in result.output
    assert "unreachable:" in result.output
    assert "Check --database-url." in result.output
    assert "s3cret" not in result.output


def test_a_database_file_that_is_not_there_is_not_made(folder: Path) -> None:
    assert codes() == ["location-missing", "unreachable"]
    assert not (folder / "host.db").exists()


def test_a_host_that_names_no_database_for_the_kit_is_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TODO_KIT_DATABASE_URL", raising=False)

    result = CliRunner().invoke(app, ["doctor"])

    assert result.exit_code == 0
    assert result.output.startswith("no-database: ")
    assert not list(tmp_path.iterdir())


def test_without_an_alembic_of_the_host_the_kits_own_history_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TODO_KIT_DATABASE_URL", "sqlite:///own.db")
    run("migrate")

    assert codes() == []
    with pytest.raises(ConfigurationError, match="no Alembic configuration"):
        examine(Path("elsewhere.ini"), TodoKitSettings())


def test_every_finding_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "alembic.md").read_text(encoding="utf-8")
    source = Path(str(findings.__file__)).read_text(encoding="utf-8")

    told = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert told == set(re.findall(r'Finding\(\s*"([a-z-]+)"', source))
