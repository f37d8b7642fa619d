"""The application, the clients that are generated of its document, and somebody who uses each of them."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.auth.support import PASSWORD
from tests.clients.calling import CLIENTS, Client, talking
from tests.clients.generating import add_users, generate, install, releases
from tests.clients.served import Served, serving, with_two_mounts


def pytest_report_header() -> str:
    """Say what is tried."""
    return "generators: " + ", ".join(f"{name} {release}" for name, release in releases().items())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generators."""
    made = tmp_path_factory.mktemp("clients")
    install(made)
    return made


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    """The application."""
    with serving(folder) as application:
        yield application


@pytest.fixture(scope="session")
def document(served: Served) -> dict[str, Any]:
    """What the application says of itself."""
    return served.app.openapi()


@pytest.fixture(scope="session")
def generated(folder: Path, document: dict[str, Any]) -> Path:
    """The clients of the application, with what uses them."""
    generate(folder / "one", document)
    add_users(folder / "one")
    return folder / "one"


@pytest.fixture(scope="session")
def of_two_mounts(folder: Path) -> Path:
    """The clients of an application that mounts the todos twice."""
    generate(folder / "two", with_two_mounts().openapi())
    return folder / "two"


@pytest.fixture(scope="session", params=CLIENTS)
def stranger(
    request: pytest.FixtureRequest, generated: Path, served: Served, document: dict[str, Any]
) -> Iterator[Client]:
    """Each of the clients, without an account."""
    with talking(request.param, generated, served.url, document) as one:
        yield one


def log_in(client: Client, email: str) -> dict[str, Any]:
    """Log in; return the tokens."""
    client.token = ""
    tokens: dict[str, Any] = client.call("log_in", {"email": email, "password": PASSWORD})
    client.token = tokens["access_token"]
    return tokens


def register(client: Client, served: Served, **fields: Any) -> str:
    """Make an account and log in; return the address."""
    email = f"{uuid.uuid4().hex}@example.com"
    client.token = ""
    client.call("register", {"email": email, "password": PASSWORD, **fields})
    client.call("verify_email", {"token": served.mailed_token(email)})
    log_in(client, email)
    return email


@pytest.fixture
def client(stranger: Client, served: Served) -> Client:
    """Each of the clients, with an account that nobody had before."""
    register(stranger, served, name="Ann", time_zone="Europe/Berlin")
    return stranger
