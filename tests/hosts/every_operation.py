"""A host that lets the time come from nowhere in particular, and every operation in it; run while the time stands."""

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import FastAPI, Header, HTTPException
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, Membership, Recipient, TodoKitSettings, todo_router
from fastapi_todo_kit.testing import TodoKitConformance


async def header_user(x_user: Annotated[str | None, Header()] = None) -> str:
    if x_user is None:
        raise HTTPException(401)
    return x_user


async def everybodys_space(user: Annotated[str, Header(alias="x-user")] = "") -> Membership | None:
    return None if user == "eve" else Membership("acme")


def member(_user_id: str, _tenant: str | None) -> Recipient:
    return Recipient(membership=Membership("acme"))


app = FastAPI()
host = Host(current_user=header_user, space=everybodys_space, recipient=member)
app.include_router(todo_router(TodoKitSettings(database_url="sqlite://"), host), prefix="/api")


class TestEveryOperation(TodoKitConformance):
    prefix = "/api"

    @pytest.fixture
    def todo_kit_owner(self) -> TestClient:
        return TestClient(app, headers={"X-User": "ann"})

    @pytest.fixture
    def todo_kit_stranger(self) -> TestClient:
        return TestClient(app, headers={"X-User": "eve"})

    @pytest.fixture
    def todo_kit_anonymous(self) -> TestClient:
        return TestClient(app)

    def test_moments_are_those_of_the_frozen_clock(self, todo_kit_owner: TestClient) -> None:
        created = todo_kit_owner.post("/api/todos", json={"title": "Buy milk"}).json()
        document = todo_kit_owner.get("/openapi.json")

        assert created["created_at"].startswith("2026-03-28T12:00:")
        assert created["created_at"].endswith("Z")
        assert document.status_code == 200


@pytest.fixture(scope="module", autouse=True)
def running() -> Iterator[None]:
    """Keep the application running over all tests, as its database is in memory."""
    with TestClient(app):
        yield
