import uuid
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from .admin import PASSWORD
from .database import engine
from .main import app
from .models import Base


async def make_tables() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app) as client:
        assert client.portal is not None
        client.portal.call(make_tables)
        yield client


@pytest.fixture
def token(client: TestClient) -> dict[str, str]:
    return {"Authorization": f"Bearer {client.post('/api/members', json={'name': uuid.uuid4().hex}).json()}"}


def test_a_project_is_made_with_a_token_or_a_key(client: TestClient, token: dict[str, str]) -> None:
    key = {"X-API-Key": client.post("/api/api-keys", headers=token).json()}
    made = [client.post("/api/projects", json={"name": "Roof"}, headers=one).json() for one in (token, key)]
    assert client.get("/api/projects", headers=key).json() == made


def test_nobody_gets_in(client: TestClient) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"X-API-Key": "x"}):
        assert client.get("/api/projects", headers=headers).status_code == 401


def test_every_middleware_does_its_work(client: TestClient, token: dict[str, str]) -> None:
    for _ in range(10):
        client.post("/api/projects", json={"name": "A name that is long enough"}, headers=token)
    answer = client.get("/api/projects", headers={**token, "Origin": "https://app.example.com"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["access-control-allow-origin"] == "https://app.example.com"
    assert float(answer.headers["x-elapsed"]) > 0
    assert client.get("/api/projects", headers={"Host": "evil.example.com"}).status_code == 400


def test_the_admin_shows_projects_to_who_has_logged_in(client: TestClient, token: dict[str, str]) -> None:
    client.post("/api/projects", json={"name": "Shown to the admin"}, headers=token)
    assert "Shown to the admin" not in client.get("/admin/project/list").text
    client.post("/admin/login", data={"username": "admin", "password": PASSWORD})
    assert "Shown to the admin" in client.get("/admin/project/list").text
