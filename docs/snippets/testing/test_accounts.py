from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from with_accounts import app, host, mailer, settings

from fastapi_todo_kit import AuthUser, current_user, send_mails

CREDENTIALS = {"email": "ann@example.com", "password": "seven green bottles"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(app) as one:
        yield one
    app.dependency_overrides.clear()


def test_somebody_registers_and_logs_in(client: TestClient) -> None:
    client.post("/auth/register", json=CREDENTIALS)
    assert client.portal is not None
    client.portal.call(send_mails, settings, host)
    client.post("/auth/verify", json={"token": mailer.last_token("ann@example.com")})
    tokens = client.post("/auth/login", json=CREDENTIALS).json()

    answer = client.get("/api/todos", headers={"Authorization": f"Bearer {tokens['access_token']}"})

    assert answer.is_success


def test_without_an_account(client: TestClient) -> None:
    ann = AuthUser(
        id="0199aaaa-0000-7000-8000-000000000001", time_zone="Europe/Berlin", is_verified=True, is_superuser=False
    )
    app.dependency_overrides[current_user(settings, host)] = lambda: ann

    todo = client.post("/api/todos", json={"title": "Buy milk"}).json()

    assert todo["created_by"] == ann.id
