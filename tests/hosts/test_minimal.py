from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.hosts.loading import loaded


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a file that does not exist yet."""
    return f"sqlite:///{tmp_path}/todo_kit.db"


@pytest.fixture
def client(url: str) -> Iterator[TestClient]:
    """A client of the host."""
    with loaded("minimal", TODO_KIT_DATABASE_URL=url) as host, TestClient(host.app) as client:
        yield client


def test_its_own_routes_work(client: TestClient) -> None:
    assert client.get("/me").json() == {"id": 1, "name": "Ann"}


def test_its_user_has_todos(client: TestClient) -> None:
    created = client.post("/api/todos", json={"title": "Buy milk"})
    done = client.post(f"{created.headers['location']}/complete")

    assert created.json()["created_by"] == "1"
    assert done.json()["status"] == "completed"
    assert [todo["title"] for todo in client.get("/api/todos").json()["items"]] == ["Buy milk"]


def test_its_todos_outlive_the_process(client: TestClient, url: str) -> None:
    client.post("/api/todos", json={"title": "Buy milk"})

    with loaded("minimal", TODO_KIT_DATABASE_URL=url) as host, TestClient(host.app) as later:
        assert [todo["title"] for todo in later.get("/api/todos").json()["items"]] == ["Buy milk"]


def test_errors_are_problem_documents_on_the_routes_of_the_kit_only(client: TestClient) -> None:
    of_kit, of_host = client.get("/api/todos/nonsense"), client.get("/nonsense")

    assert (of_kit.status_code, of_kit.headers["content-type"]) == (404, "application/problem+json")
    assert (of_host.status_code, of_host.json()) == (404, {"detail": "Not Found"})
