"""Databases that a host has to itself."""

import asyncio
import shutil
import uuid
from collections.abc import Callable

import pytest

from fastapi_todo_kit import TodoKitSettings, migrate


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
