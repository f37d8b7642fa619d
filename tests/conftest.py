"""Databases, clocks and clients that the tests share. Every test runs as a user of its own, in a space of its own."""

import asyncio
import gc
import itertools
import math
import os
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import URL, make_url

from fastapi_todo_kit import Pool, TodoKitSettings, migrate
from fastapi_todo_kit.settings import Postgres
from tests.databases import ONLY_SQLITE, VARIABLE, is_left_out, split
from tests.kept_adapters import keep_adapters
from tests.postgres import DSN_VARIABLE, run_as_admin, running_postgres
from tests.support import Api, TestClock, make_app, running
from tests.variants import PORT_VARIABLE, driver_name, make_tables

_resources = pytest.StashKey[ExitStack]()
_postgres = pytest.StashKey[str]()
_left_out = pytest.StashKey[int]()
_DATABASES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all workers, and migrate one template that each of them copies."""
    if not (hasattr(config, "workerinput") or config.option.collectonly):
        config.stash[_resources] = ExitStack()
        try:
            admin = config.stash[_resources].enter_context(running_postgres())
            config.stash[_postgres] = asyncio.run(_make_template(admin))
        except Exception as error:
            config.stash[_postgres] = f"!{error}"
    keep_adapters()
    if find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # httpx2 looks for it on the disk with each request
    gc.set_threshold(*_THRESHOLDS)
    if port := os.environ.get(PORT_VARIABLE):
        _connect_by(int(port))  # not before: a template must have no connections


def _connect_by(pooler: int) -> None:
    """Let the kit connect to the pooler where it would to the server of the tests; others go on to the server."""
    server = make_url(os.environ[DSN_VARIABLE]).port

    def url(settings: TodoKitSettings) -> URL:
        parsed = make_url(settings.database_url)
        is_ours = parsed.port == server and settings.postgres.pooler is not None
        return parsed.set(port=pooler) if is_ours else parsed

    TodoKitSettings.url = property(url)  # type: ignore[assignment, method-assign]  # only for these tests


_THRESHOLDS = (50_000, 20, 1_000)  # everything is looked at between tests only, below
_TESTS_BETWEEN_COLLECTIONS = 50
_passed = itertools.count(1)


def pytest_runtest_teardown() -> None:
    """Collect garbage now and then, and let the collector forget what is kept: it would look at all of that again.

    Tests keep applications, a million objects in a minute: a full collection took ten seconds in the end.
    """
    if next(_passed) % _TESTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()
        gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL of this run."""
    if _resources in config.stash:
        config.stash[_resources].close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once: half as many again as there are processors, for many tests wait for others."""
    return math.ceil((os.cpu_count() or 1) * 1.5)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the template is."""
    node.workerinput["postgres"] = node.config.stash[_postgres]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import nothing of which `-m` takes nothing: what some files collect takes longer than many tests."""
    return is_left_out(collection_path, config.option.markexpr) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a PostgreSQL where there is to be none."""
    if ONLY_SQLITE:
        items[:], needing = split(items)
        config.hook.pytest_deselected(items=needing)
        config.stash[_left_out] = len(needing)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker say how much it has left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(_left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear of a worker how much it has left out; each of them collects the same."""
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out, which passed and failed nothing."""
    if ONLY_SQLITE:
        left_out = config.stash.get(_left_out, 0)
        terminalreporter.write_sep("=", f"{left_out} tests need a PostgreSQL and were left out: {VARIABLE}=sqlite")


async def _make_template(admin: str) -> str:
    template = make_url(admin).set(drivername=driver_name(), database=f"todo_kit_template_{os.getpid()}")
    await run_as_admin(admin, f'CREATE DATABASE "{template.database}"')
    url = template.render_as_string(hide_password=False)
    await make_tables(TodoKitSettings(database_url=url))
    return url


@pytest.fixture(scope="session")
def postgres_template(pytestconfig: pytest.Config) -> str:
    """The URL of a migrated database that nobody is connected to."""
    worker = getattr(pytestconfig, "workerinput", None)
    url: str = worker["postgres"] if worker else pytestconfig.stash[_postgres]
    if url.startswith("!"):
        pytest.fail(f"no PostgreSQL for the tests: {url[1:]}")
    return url


@pytest.fixture(scope="session")
def new_postgres(postgres_template: str) -> Iterator[Callable[[], str]]:
    """Return a function that makes a migrated PostgreSQL database and returns its URL."""
    made: list[str] = []

    def make() -> str:
        url = make_url(postgres_template).set(database=f"todo_kit_{uuid.uuid4().hex}")
        source = make_url(postgres_template).database
        asyncio.run(run_as_admin(postgres_template, f'CREATE DATABASE "{url.database}" TEMPLATE "{source}"'))
        made.append(str(url.database))
        return url.render_as_string(hide_password=False)

    yield make
    for name in made:
        asyncio.run(run_as_admin(postgres_template, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[], str]) -> str:
    """This worker's own PostgreSQL database, migrated."""
    return new_postgres()


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """This worker's own SQLite file, migrated."""
    path: Path = tmp_path_factory.mktemp("sqlite") / "todo_kit.db"
    url = f"sqlite+aiosqlite:///{path}"
    asyncio.run(migrate(TodoKitSettings(database_url=url)))
    return url


@pytest.fixture(params=_DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database: each test that asks for it runs on SQLite and on PostgreSQL."""
    return _url_on(request)


@pytest.fixture(scope="module", params=_DATABASES)
def module_url(request: pytest.FixtureRequest) -> str:
    """The same for an application that the tests of a file share."""
    return _url_on(request)


def _url_on(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


def patient(url: str) -> TodoKitSettings:
    """Return settings for a machine that does more than run these tests: forty writers at once take their time."""
    postgres = Postgres(statement_timeout=60, lock_timeout=60)
    return TodoKitSettings(database_url=url, pool=Pool(wait=30, timeout=30), postgres=postgres)


@pytest.fixture
def settings(database_url: str) -> TodoKitSettings:
    """Settings that differ from the defaults only in their database, and in how long it is waited for."""
    return patient(database_url)


@pytest.fixture(scope="session")
def session_clock() -> TestClock:
    """The clock of the applications that tests share."""
    return TestClock()


@pytest.fixture
def clock(session_clock: TestClock) -> TestClock:
    """A clock that the test moves; it ticks a millisecond each time it is read, and starts anew for each test."""
    session_clock.now = TestClock().now
    return session_clock


@pytest.fixture(scope="session")
async def sqlite_api(sqlite_url: str, session_clock: TestClock) -> AsyncIterator[Api]:
    """A client of the application on SQLite that this worker's tests share."""
    async with running(make_app(patient(sqlite_url), clock=session_clock)) as api:
        yield api


@pytest.fixture(scope="session")
async def postgresql_api(postgres_url: str, session_clock: TestClock) -> AsyncIterator[Api]:
    """A client of the application on PostgreSQL that this worker's tests share."""
    async with running(make_app(patient(postgres_url), clock=session_clock)) as api:
        yield api


@pytest.fixture
def app(settings: TodoKitSettings, clock: TestClock) -> FastAPI:
    """An application of the test's own: the kit below /api, and an X-User header that is believed."""
    return make_app(settings, clock=clock)


@pytest.fixture
def api(request: pytest.FixtureRequest, settings: TodoKitSettings, clock: TestClock) -> Api:  # noqa: ARG001  (resets the clock)
    """A client of the shared application, below /api, as a user whom nobody has seen before."""
    shared: Api = request.getfixturevalue("sqlite_api" if settings.is_sqlite else "postgresql_api")
    return shared.as_user()
