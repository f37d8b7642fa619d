import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.hosts.commits import Witness
from tests.hosts.loading import loaded

PASSWORD = "correct horse battery staple"


@dataclass
class LoggedIn:
    """A user with a token."""

    id: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def host(new_postgres: Callable[[], str]) -> Iterator[ModuleType]:
    """The host on a PostgreSQL database that holds the kit's tables."""
    with loaded("async_users.main", HOST_DATABASE_URL=new_postgres()) as host:
        yield host


@pytest.fixture(scope="module")
def client(witness: Witness) -> Iterator[TestClient]:
    """A client that nobody has logged in with."""
    with TestClient(witness) as client:
        yield client


def register(client: TestClient) -> dict[str, Any]:
    """Register a user whom nobody has seen before."""
    email = f"{uuid.uuid4().hex}@example.com"
    response = client.post("/auth/register", json={"email": email, "password": PASSWORD})
    assert response.status_code == 201, response.text
    user: dict[str, Any] = response.json()
    return user


def log_in(client: TestClient, user: dict[str, Any] | None = None) -> LoggedIn:
    """Return a user, by default a new one, with the token that the login answers."""
    user = user or register(client)
    form = {"username": user["email"], "password": PASSWORD}
    token = client.post("/auth/jwt/login", data=form).json()["access_token"]
    return LoggedIn(user["id"], {"Authorization": f"Bearer {token}"})


def titles(client: TestClient, user: LoggedIn) -> Any:
    return [todo["title"] for todo in client.get("/api/todos", headers=user.headers).json()["items"]]


def log_in_superuser(client: TestClient, host: ModuleType) -> LoggedIn:
    """Return somebody who may change other users; the first one is made in the database."""
    user = register(client)

    async def promote() -> None:
        async with AsyncSession(host.engine) as session:
            statement = update(host.User).where(host.User.id == uuid.UUID(user["id"])).values(is_superuser=True)
            await session.execute(statement)
            await session.commit()

    assert client.portal is not None
    client.portal.call(promote)
    return log_in(client, user)


def test_who_has_registered_and_logged_in_has_todos(client: TestClient) -> None:
    ann = log_in(client)

    todo = client.post("/api/todos", json={"title": "Buy milk"}, headers=ann.headers).json()

    assert todo["created_by"] == ann.id
    assert titles(client, ann) == ["Buy milk"]


def test_another_user_sees_nothing(client: TestClient) -> None:
    ann, bob = log_in(client), log_in(client)
    todo = client.post("/api/todos", json={"title": "Ann's"}, headers=ann.headers).json()

    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/complete")):
        body = {"title": "Bob's"} if method == "PATCH" else None
        response = client.request(method, f"/api/todos/{todo['id']}{path}", json=body, headers=bob.headers)
        assert (response.status_code, response.json()["code"]) == (404, "todo_not_found")

    assert (titles(client, ann), titles(client, bob)) == (["Ann's"], [])


def test_without_a_token_or_with_a_forged_one_it_is_401(client: TestClient) -> None:
    for headers in ({}, {"Authorization": "Bearer forged"}):
        response = client.get("/api/todos", headers=headers)

        assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("how", ["deactivated", "deleted"])
def test_who_is_deactivated_or_deleted_is_401(client: TestClient, host: ModuleType, how: str) -> None:
    ann, root = log_in(client), log_in_superuser(client, host)
    client.post("/api/todos", json={"title": "x"}, headers=ann.headers)

    if how == "deleted":
        done = client.delete(f"/users/{ann.id}", headers=root.headers)
    else:
        done = client.patch(f"/users/{ann.id}", json={"is_active": False}, headers=root.headers)

    assert done.is_success
    assert client.get("/api/todos", headers=ann.headers).status_code == 401
    assert client.post("/api/todos", json={"title": "y"}, headers=ann.headers).status_code == 401


def test_its_own_projects_are_untouched(client: TestClient) -> None:
    ann, bob = log_in(client), log_in(client)

    created = client.post("/projects", json={"name": "Garden"}, headers=ann.headers)

    assert created.status_code == 201
    assert client.get("/projects", headers=ann.headers).json() == [created.json()]
    assert client.get("/projects", headers=bob.headers).json() == []
    assert client.get("/projects").json() == {"detail": "Unauthorized"}


def test_no_answer_leaves_before_the_commit(client: TestClient, witness: Witness) -> None:
    ann = log_in(client)
    witness.seen.clear()

    client.post("/api/todos", json={"title": "x"}, headers=ann.headers)
    client.get("/api/todos", headers=ann.headers)

    answer = ["http.response.start", "http.response.body"]
    assert witness.seen == ["commit", *answer, *answer]


def test_the_session_is_the_one_of_its_own_dependencies(
    client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, opened = log_in(client), []

    async def get_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(host.engine, expire_on_commit=False) as session:
            opened.append(session)
            yield session

    monkeypatch.setitem(host.app.dependency_overrides, host.get_async_session, get_session)
    assert client.post("/api/todos", json={"title": "x"}, headers=ann.headers).status_code == 201

    assert len(opened) == 1
