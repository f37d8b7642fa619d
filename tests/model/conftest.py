"""What the tests of models share: a database of each test's own."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from fastapi_todo_kit import TodoKitSettings, migrate

# However busy the machine is: a job that waited too long would be tried again, later than the model knows.
PATIENT = {"wait": 60, "timeout": 60}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> TodoKitSettings:
    """A database of the test's own."""
    if request.param == "postgresql":
        new_postgres: Callable[[], str] = request.getfixturevalue("new_postgres")
        return TodoKitSettings(database_url=new_postgres(), pool=PATIENT)
    made = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'todo_kit.db'}", pool=PATIENT)
    asyncio.run(migrate(made))
    return made
