"""Databases in which nothing else is due, each with an application and a worker at a test's command."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fastapi_todo_kit import Host, TodoKitSettings, migrate
from fastapi_todo_kit.testing import MemoryNotifier
from tests.conftest import patient
from tests.features.reminders.support import user_space
from tests.support import Api, TestClock, make_app, running
from tests.worker.support import Directory, Office, rows_of


@dataclass
class Shared:
    """What the tests of this folder share on one database."""

    settings: TodoKitSettings
    people: Directory
    api: Api


@pytest.fixture(scope="session")
async def sqlite_office(tmp_path_factory: pytest.TempPathFactory, session_clock: TestClock) -> AsyncIterator[Shared]:
    path: Path = tmp_path_factory.mktemp("worker") / "worker.db"
    settings, people = patient(f"sqlite+aiosqlite:///{path}"), Directory()
    await migrate(settings)
    async with running(make_app(settings, clock=session_clock, space=user_space, recipient=people)) as api:
        yield Shared(settings, people, api)


@pytest.fixture(scope="session")
def postgres_of_workers(new_postgres: Callable[[], str]) -> str:
    return new_postgres()


@pytest.fixture(scope="session")
async def postgresql_office(postgres_of_workers: str, session_clock: TestClock) -> AsyncIterator[Shared]:
    settings, people = patient(postgres_of_workers), Directory()
    async with running(make_app(settings, clock=session_clock, space=user_space, recipient=people)) as api:
        yield Shared(settings, people, api)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, clock: TestClock) -> Office:
    """An application whose users may share spaces, and a worker for which nothing of another test is due."""
    shared: Shared = request.getfixturevalue(f"{request.param}_office")
    for table in ("todokit_job", "todokit_reminder"):
        asyncio.run(rows_of(shared.settings, f"DELETE FROM {table}"))  # noqa: S608  (the kit's own)
    shared.people.known.clear()
    notifier = MemoryNotifier()
    host = Host(clock=clock, notifier=notifier, recipient=shared.people)
    return Office(shared.settings, clock, shared.api.as_user(), notifier, shared.people, host)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of the test's own, for one that does more than `office` can."""
    if request.param == "postgresql":
        new_postgres: Callable[[], str] = request.getfixturevalue("new_postgres")
        return new_postgres()
    url = f"sqlite+aiosqlite:///{tmp_path}/own.db"
    asyncio.run(migrate(TodoKitSettings(database_url=url)))
    return url
