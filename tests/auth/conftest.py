"""Databases with the tables of accounts, and an application that the tests share."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import certifi
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.auth.credentials import passwords
from tests.auth.canaries import watched_answers, watched_logs
from tests.auth.support import CHEAP, Application, Kept, auth_settings
from tests.support import TestClock


def migrated(url: str) -> str:
    """Return the URL of a database, once it has the tables of accounts too."""
    asyncio.run(migrate(auth_settings(url)))
    return url


@pytest.fixture(scope="package", autouse=True)
def no_secret_is_told() -> Iterator[None]:
    """Fail at the end where a secret of any test of accounts was in a log, a traceback or an answer."""
    with watched_logs() as logs, watched_answers() as answers:
        yield
    assert logs.found == []
    assert answers == []


@pytest.fixture(scope="package", autouse=True)
def passwords_cost_nothing() -> Iterator[None]:
    """Hash the passwords of `auth_settings` at a cost that no settings allow: the tests log in a thousand times."""

    def hasher(**cost: Any) -> Argon2Hasher:
        is_of_tests = cost["memory_cost"] == CHEAP["memory_kib"]
        return Argon2Hasher(**({"time_cost": 1, "memory_cost": 8, "parallelism": 1} if is_of_tests else cost))

    with patch.object(passwords, "Argon2Hasher", hasher):
        yield


@pytest.fixture(scope="package", autouse=True)
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Trust one authority only: to read all 150, as each client that is opened does, takes longer than a login."""
    end = "-----END CERTIFICATE-----\n"
    first = tmp_path_factory.mktemp("authorities") / "first.pem"
    first.write_text(Path(certifi.where()).read_text("utf-8").partition(end)[0] + end, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(first))
        yield


@pytest.fixture(scope="session")
def accounts_sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """This worker's own SQLite file, with accounts."""
    return migrated(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('accounts')}/accounts.db")


@pytest.fixture(scope="session")
def accounts_postgres_url(new_postgres: Callable[[], str]) -> str:
    """This worker's own PostgreSQL database, with accounts."""
    return migrated(new_postgres())


@pytest.fixture(params=("sqlite", "postgresql"))
def accounts_url(request: pytest.FixtureRequest) -> str:
    """A database with accounts: each test that asks for it runs on SQLite and on PostgreSQL."""
    fixture = "accounts_sqlite_url" if request.param == "sqlite" else "accounts_postgres_url"
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def auth_clock() -> TestClock:
    """A clock that the test moves; it ticks a millisecond each time it is read."""
    return TestClock()


@pytest.fixture
def auth_kit_settings(accounts_url: str) -> TodoKitSettings:
    """Settings with accounts, and nothing out of the ordinary."""
    return auth_settings(accounts_url)


@pytest.fixture(scope="session")
async def kept_applications() -> AsyncIterator[Kept]:
    """Applications that this worker's tests share."""
    kept = Kept()
    yield kept
    await kept.close()


@pytest.fixture
async def application(
    kept_applications: Kept, auth_kit_settings: TodoKitSettings, auth_clock: TestClock
) -> AsyncIterator[Application]:
    """An application that no other test has at the moment, on databases that they share; time stands still in it."""
    async with kept_applications.application(auth_kit_settings, auth_clock) as one:
        yield one
