"""Whatever five users do in one space, one after the other: it is as a model says that knows only the documentation."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.testing import assert_invariants
from tests.model.machine import machine_of
from tests.model.office import Office
from tests.support import running
from tests.walking import explore

pytestmark = [pytest.mark.thorough, pytest.mark.survival]

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


def test_the_space_is_as_the_model_says(database: TodoKitSettings) -> None:
    with asyncio.Runner() as runner:
        office = Office(database, runner.run)
        application = running(office.app)
        office.api = runner.run(application.__aenter__())
        try:
            explore(machine_of(office), walks=6, steps=150, examples=2_000)
            runner.run(check(database))
        finally:
            runner.run(application.__aexit__(None, None, None))


async def check(database: TodoKitSettings) -> None:
    engine = create_async_engine(database.url)
    async with engine.connect() as connection:
        await assert_invariants(connection)
    await engine.dispose()
