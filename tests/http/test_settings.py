import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import fastapi_todo_kit
from fastapi_todo_kit import ConfigurationError, Host, Limits, Pool, TodoKitSettings, todo_router
from fastapi_todo_kit.settings.variables import names_of
from tests.support import make_app, running

HIDDEN = "hunter2"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Run each test in an empty directory, so that no `.env` is read by accident."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_defaults_are_an_embedded_database() -> None:
    settings = TodoKitSettings()

    assert settings.database_url == "sqlite+aiosqlite:///./todo_kit.db"
    assert (settings.name, settings.tags, settings.require_if_match) == ("todo_kit", (), False)
    assert (settings.is_sqlite, settings.migrates_itself) == (True, True)
    assert (settings.limits.subtask_depth, settings.limits.body_bytes, settings.limits.json_depth) == (5, 1_048_576, 32)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgres://u:p@h:5433/d", "postgresql+asyncpg://u:p@h:5433/d"),
        ("postgresql+asyncpg://u:p%40ss@h/d?ssl=require", "postgresql+asyncpg://u:p%40ss@h/d?ssl=require"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg_async://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("sqlite+aiosqlite://", "sqlite+aiosqlite://"),
    ],
)
def test_a_url_gets_the_asynchronous_driver(written: str, used: str) -> None:
    assert TodoKitSettings(database_url=written).database_url == used


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"database_url": f"mysql://app:{HIDDEN}@host/db"}, "database_url"),
        ({"database_url": f"postgresql+psycopg2://app:{HIDDEN}@host/db"}, "database_url"),
        ({"database_url": f"app:{HIDDEN}@host"}, "database_url"),
        ({"database_url": f"postgresql://app:p@ss:{HIDDEN}@host/db"}, "database_url"),
        ({"database_url": f"postgresql://app:{HIDDEN}@host:port/db"}, "database_url"),
        ({"database_url": HIDDEN.encode() + b"\xff"}, "database_url"),
        ({"database_url": ""}, "database_url"),
        ({"database_url": "postgresql://h/d", "read_url": f"mysql://app:{HIDDEN}@host/db"}, "read_url"),
        ({"name": "Not a name"}, "name"),
        ({"name": ""}, "name"),
        ({"limits": {"subtask_depth": -1}}, "limits.subtask_depth"),
        ({"limits": {"unknown": 1}}, "limits.unknown"),
        ({"pool": {"size": 0}}, "pool.size"),
        ({"trash_retention": 0}, "trash_retention"),
        ({"idempotency_retention": "soon"}, "idempotency_retention"),
        ({"idempotency_retention": "30"}, "idempotency_retention: not a duration; write P30D"),
        ({"write_retries": 1_000}, "write_retries"),
        ({"mail": {"sender": "a"}}, "mail.sender"),
        ({"mail": {"sender": "Todos <>"}}, "mail.sender"),
        ({"tags": "Tasks"}, "tags"),
        ({"password": HIDDEN}, "password"),
    ],
)
def test_a_wrong_value_fails_at_once_and_is_named(values: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings(**values)

    message = str(caught.value)
    assert message.startswith(f"argument {named}")
    assert "\n" not in message
    assert HIDDEN not in message
    assert caught.value.__suppress_context__


def test_every_wrong_value_is_named() -> None:
    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings(name="X", write_retries=-1)

    assert "argument name: " in str(caught.value)
    assert "argument write_retries: " in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TODO_KIT_LIMITS__SUBTASK_DEPTH", HIDDEN),
        ("TODO_KIT_LIMITS", HIDDEN),
        ("TODO_KIT_TAGS", f"{HIDDEN},b"),
        ("TODO_KIT_PRODUCTION__ALLOWED_HOSTS", f"{HIDDEN},b"),
        ("TODO_KIT_AUTH__KEYS", HIDDEN),
        ("TODO_KIT_DATABASE_URL", HIDDEN),
        ("TODO_KIT_REQUIRE_IF_MATCH", HIDDEN),
    ],
)
def test_a_wrong_value_of_the_environment_fails_the_same_way(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings()

    assert variable in str(caught.value)
    assert HIDDEN not in str(caught.value)


def given_as(place: str, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, Any]]:
    """Give a setting in one of its places; return how it is called there, and the arguments."""
    path = name.removeprefix("TODO_KIT_").lower().split("__")
    if place == ".env":
        Path(".env").write_text(f"{name}={text}\n")
        return f"{name} in .env", {}
    if place == "environment":
        monkeypatch.setenv(name, text)
        return name, {}
    value: Any = text
    for part in reversed(path):
        value = {part: value}
    return f"argument {'.'.join(path)}", value


@pytest.mark.parametrize("place", ["argument", "environment", ".env"])
def test_every_wrong_value_is_named_where_it_came_from(place: str) -> None:
    refused = 0
    for name in names_of(TodoKitSettings):
        with pytest.MonkeyPatch.context() as monkeypatch:
            called, arguments = given_as(place, name, "?", monkeypatch)
            try:
                TodoKitSettings(**arguments)
            except ConfigurationError as error:
                refused += 1
                assert str(error).startswith(f"{called}: ")  # noqa: PT017  (some take any text)
        Path(".env").unlink(missing_ok=True)

    assert refused > 70


def test_a_value_is_named_where_the_part_came_from_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_KIT_POOL", '{"wait": 1, "overflow": -1}')
    Path(".env").write_text("TODO_KIT_POOL__SIZE=0\n")

    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings(pool={"timeout": 0})

    said = [line.partition(":")[0] for line in str(caught.value).split("; ")]
    assert said == ["TODO_KIT_POOL__SIZE in .env", "TODO_KIT_POOL", "argument pool.timeout"]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_KIT_DATABASE_URL", "postgresql://u:p@h/d")
    monkeypatch.setenv("TODO_KIT_TAGS", '["Tasks", "Beta"]')
    monkeypatch.setenv("TODO_KIT_LIMITS__SUBTASK_DEPTH", "3")
    monkeypatch.setenv("TODO_KIT_POOL__SIZE", "7")
    monkeypatch.setenv("TODO_KIT_TRASH_RETENTION", "P7D")

    settings = TodoKitSettings()

    assert settings.database_url == "postgresql+asyncpg://u:p@h/d"
    assert settings.tags == ("Tasks", "Beta")
    assert (settings.limits.subtask_depth, settings.limits.labels_per_todo, settings.pool.size) == (3, 100, 7)
    assert settings.trash_retention == timedelta(days=7)


def test_a_keyword_wins_over_the_environment_and_that_over_the_file(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nowhere / ".env").write_text("TODO_KIT_NAME=file\nTODO_KIT_NAMESPACE=file\nTODO_KIT_WRITE_RETRIES=1\n")
    monkeypatch.setenv("TODO_KIT_NAME", "environment")
    monkeypatch.setenv("TODO_KIT_NAMESPACE", "environment")

    settings = TodoKitSettings(name="keyword")

    assert (settings.name, settings.namespace, settings.write_retries) == ("keyword", "environment", 1)


def test_a_hosts_env_file_may_hold_other_things(nowhere: Path) -> None:
    (nowhere / ".env").write_text(
        f"SECRET_KEY={HIDDEN}\nDATABASE_URL=postgresql://x/y\nname=other\nTODO_KIT_NAME=tasks\nTODO_KIT_POOL__SIZE=3\n"
    )

    settings = TodoKitSettings()

    assert (settings.name, settings.pool.size) == ("tasks", 3)
    assert settings.database_url == "sqlite+aiosqlite:///./todo_kit.db"


MISSPELT = {
    "TODO_KIT_NMAE": "TODO_KIT_NAME",
    "TODO_KIT_DATABSE_URL": "TODO_KIT_DATABASE_URL",
    "todo_kit_databse_url": "TODO_KIT_DATABASE_URL",
    "TODO_KIT_AUTH__SECRT": "TODO_KIT_AUTH__SECRET",
    "TODO_KIT_AUTH_SECRET": "TODO_KIT_AUTH__SECRET",
    "TODO_KIT_AUTH__ARGON2__MEMORY": "TODO_KIT_AUTH__ARGON2__MEMORY_KIB",
    "TODO_KIT_POOL__SIZES": "TODO_KIT_POOL__SIZE",
    "TODO_KIT_QQQQQQQQ": None,
}


@pytest.mark.parametrize(("name", "meant"), MISSPELT.items())
@pytest.mark.parametrize("place", ["the environment", ".env"])
def test_a_misspelt_name_is_refused_and_the_nearest_one_named(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, place: str, name: str, meant: str | None
) -> None:
    if place == ".env":
        (nowhere / ".env").write_text(f"{name}={HIDDEN}\n")
    else:
        monkeypatch.setenv(name, HIDDEN)

    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings(database_url="sqlite://")

    where = f"{name.upper()} in .env" if place == ".env" else name.upper()
    said = f"{where}: no setting is called so" + (f"; did you mean {meant}?" if meant else "")
    assert str(caught.value) == said


def test_every_variable_that_the_project_names_is_a_setting() -> None:
    root, known = Path(__file__).parents[2], set(names_of(TodoKitSettings))
    files = [
        *(root / "docs").rglob("*.*"),
        *(root / "example_app").rglob("*.*"),
        root / "README.md",
        root / ".env.example",
    ]
    named = {
        name.removesuffix("__")
        for path in files
        if path.suffix not in {".pyc", ".png"}
        for name in re.findall(r"TODO_KIT_[A-Z0-9_]+", path.read_text("utf-8"))
    }

    assert named <= known


def test_a_file_that_is_not_utf8_is_named(nowhere: Path) -> None:
    (nowhere / ".env").write_bytes('TODO_KIT_TAGS=["ä"]'.encode("latin-1"))

    with pytest.raises(ConfigurationError, match=r"\.env is not UTF-8"):
        TodoKitSettings()


def test_settings_are_values() -> None:
    one, same = (TodoKitSettings(name="a", limits=Limits(subtask_depth=3)) for _ in range(2))

    assert one == same
    assert {one: "cached"}[same] == "cached"
    assert one != TodoKitSettings(name="b")


@pytest.mark.parametrize("group", ["settings", "limits", "pool"])
def test_settings_cannot_change(group: str) -> None:
    settings = TodoKitSettings()
    target: Any = settings if group == "settings" else getattr(settings, group)

    with pytest.raises(ValidationError):
        setattr(target, next(iter(type(target).model_fields)), 1)


@pytest.mark.parametrize("shown", [repr, str, format])
def test_showing_settings_hides_the_password(shown: Any) -> None:
    url = f"postgresql://app:{HIDDEN}@host/db"
    settings = TodoKitSettings(database_url=url, read_url=url, pool=Pool(size=3))

    assert HIDDEN not in shown(settings)
    assert "size=3" in shown(settings)


@pytest.mark.parametrize("url", ["postgresql://u:p@h/d", "postgres://u:p@h/d"])
def test_a_shared_database_is_not_migrated_on_first_use(url: str) -> None:
    with pytest.raises(ConfigurationError, match="todo-kit migrate"):
        TodoKitSettings(database_url=url, auto_migrate=True)

    assert TodoKitSettings(database_url=url).migrates_itself is False
    assert TodoKitSettings(auto_migrate=False).migrates_itself is False


@pytest.mark.parametrize("database_url", ["postgresql://u:p@h/d", "sqlite://"])
@pytest.mark.parametrize("read_url", ["postgresql://u:p@h/d", "sqlite://"])
def test_only_a_postgresql_has_a_replica(database_url: str, read_url: str) -> None:
    if (database_url, read_url) == ("postgresql://u:p@h/d", "postgresql://u:p@h/d"):
        assert TodoKitSettings(database_url=database_url, read_url=read_url).read_url == "postgresql+asyncpg://u:p@h/d"
        return

    with pytest.raises(ConfigurationError, match="read_url is a replica of the PostgreSQL"):
        TodoKitSettings(database_url=database_url, read_url=read_url)


@pytest.mark.parametrize("host", [None, Host()])
def test_without_current_user_the_router_says_what_to_write(host: Host | None) -> None:
    with pytest.raises(ConfigurationError, match=r"todo_router\(settings, Host\(current_user=get_current_user\)\)"):
        todo_router(TodoKitSettings(), host)


@pytest.mark.parametrize("name", ["current_user", "session", "space", "user_id", "time_zone", "clock"])
def test_what_the_host_supplies_must_be_callable(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^Host.{name} must be callable, not 'ann'$"):
        Host(**{name: "ann"})  # type: ignore[arg-type]  # the error is the point


async def test_a_session_of_another_kind_is_the_hosts_mistake() -> None:
    app = make_app(TodoKitSettings(), session=lambda: "a session")

    async with running(app) as api:
        with pytest.raises(ConfigurationError, match="must yield a Session or AsyncSession, not str"):
            await api.send("GET", "/todos")


async def test_a_user_may_be_a_plain_number_or_text() -> None:
    for user in (7, "7"):
        app = make_app(TodoKitSettings(database_url="sqlite+aiosqlite://"), current_user=lambda user=user: user)
        async with running(app) as api:
            assert (await api.todo())["created_by"] == "7"


def test_building_a_router_touches_nothing_global() -> None:
    script = """
import logging, os, warnings
environment = dict(os.environ)
import sqlmodel
from fastapi_todo_kit import Host, TodoKitSettings, todo_router
assert not sqlmodel.SQLModel.metadata.tables, "SQLModel.metadata"
todo_router(TodoKitSettings(), Host(current_user=lambda: "ann"))
todo_router(TodoKitSettings(name="other", database_url="postgresql://u:p@nowhere/d"), Host(current_user=lambda: "ann"))
assert not sqlmodel.SQLModel.metadata.tables, "SQLModel.metadata"
assert logging.root.handlers == [] and logging.root.level == logging.WARNING, "logging"
assert dict(os.environ) == environment, "environment"
assert os.listdir() == [], "files"
"""

    result = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, "")


def test_importing_the_kit_reads_no_settings(nowhere: Path) -> None:
    (nowhere / ".env").write_text("TODO_KIT_NAME=Not a name\n")

    result = subprocess.run(
        [sys.executable, "-c", "import fastapi_todo_kit"], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (0, "")


def test_the_public_names_are_all_there() -> None:
    # Constants first, as ruff sorts them.
    names = fastapi_todo_kit.__all__
    assert sorted(names, key=lambda name: (not name.isupper(), name)) == names
    assert all(getattr(fastapi_todo_kit, name).__doc__ for name in fastapi_todo_kit._HOMES)
