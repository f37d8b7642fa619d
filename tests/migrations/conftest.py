"""Empty databases, and copies of hosts that the real commands work on."""

import asyncio
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, make_url

from tests.migrations.host_app import HAS_PLUGINS, IMPORT, HostApp, Shell
from tests.postgres import run_as_admin

KIT = Path(__file__).parents[2] / "fastapi_todo_kit"


@pytest.fixture(scope="session")
def empty_postgres(postgres_template: str) -> Iterator[Callable[..., URL]]:
    """Return a function that makes a PostgreSQL database, empty or as another one is, and returns its URL."""
    server = make_url(postgres_template).set(database="postgres")
    made: list[str] = []

    def make(source: URL | None = None) -> URL:
        made.append(f"todo_kit_empty_{uuid.uuid4().hex}")
        template = "" if source is None else f' TEMPLATE "{source.database}"'
        asyncio.run(run_as_admin(server, f'CREATE DATABASE "{made[-1]}"{template}'))
        return server.set(database=made[-1])

    yield make
    for name in made:
        asyncio.run(run_as_admin(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The URL of a database with nothing in it: a test that asks for it runs on both, or on the one it names."""
    if request.param == "sqlite":
        return make_url(f"sqlite+aiosqlite:///{tmp_path / 'host.db'}")
    make: Callable[[], URL] = request.getfixturevalue("empty_postgres")
    return make()


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Runs commands with a copy of the kit, whose revisions a test may add to."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(KIT, site / KIT.name, ignore=shutil.ignore_patterns("__pycache__"))
    shell = Shell(site)
    yield shell
    shell.close()


@pytest.fixture
def new_host(tmp_path: Path, shell: Shell, empty_database: URL) -> Iterator[Callable[[str], HostApp]]:
    """Return a function that copies a host of `tests/hosts` and connects it to an empty database."""
    yield lambda name: HostApp(tmp_path, name, empty_database, shell)
    shell.forget_releases()


ENV = """
from alembic import context
from sqlalchemy import create_engine

engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.begin() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder: a host on SQLite after `alembic init` and one revision, for commands in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("TODO_KIT_DATABASE_URL", f"sqlite:///{tmp_path / 'host.db'}")
    command.init(Config("alembic.ini"), "migrations")
    ini = tmp_path / "alembic.ini"
    url = f"sqlite:///{tmp_path / 'host.db'}"
    ini.write_text(ini.read_text("utf-8").replace("driver://user:pass@localhost/dbname", url), encoding="utf-8")
    env = (
        ENV if HAS_PLUGINS else f"{IMPORT}\n{ENV.replace('=connection)', '=connection, include_name=include_name())')}"
    )
    (tmp_path / "migrations" / "env.py").write_text(env, encoding="utf-8")
    command.revision(Config("alembic.ini"), "first")
    return tmp_path
