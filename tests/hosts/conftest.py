"""Databases that a host has to itself, and what tests of hosts have in common: each module says which `host` it is."""

import asyncio
import shutil
import uuid
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from fastapi.testclient import TestClient

from fastapi_todo_kit import TodoKitSettings, migrate
from tests.hosts.commits import Witness
from tests.hosts.someone import Someone


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Return a function that makes a migrated SQLite file and returns its URL."""
    folder = tmp_path_factory.mktemp("hosts")
    template = folder / "template.db"
    asyncio.run(migrate(TodoKitSettings(database_url=f"sqlite+aiosqlite:///{template}")))

    def make() -> str:
        path = folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(template, path)
        return f"sqlite+aiosqlite:///{path}"

    return make


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database that the tests of one host have to themselves, on SQLite and on PostgreSQL."""
    new: Callable[[], str] = request.getfixturevalue("new_sqlite" if request.param == "sqlite" else "new_postgres")
    return new()


@pytest.fixture(scope="module")
def witness(host: ModuleType) -> Witness:
    """What notes the host's commits and answers."""
    return Witness(host.app, getattr(host.engine, "sync_engine", host.engine))


@pytest.fixture(scope="module")
def anybody(witness: Witness) -> Iterator[TestClient]:
    """A client that nobody has logged in with."""
    with TestClient(witness) as client:
        yield client


@pytest.fixture
def ann(new_user: Callable[[], Someone]) -> Someone:
    """Somebody who has just come, as the module's `new_user` lets people in."""
    return new_user()
