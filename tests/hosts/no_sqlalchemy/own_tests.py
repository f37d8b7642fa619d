import uuid
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from .main import app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def token(client: TestClient) -> dict[str, str]:
    return {"X-Token": client.post("/gardeners", json={"name": uuid.uuid4().hex}).json()}


def test_a_plant_belongs_to_its_gardener(client: TestClient, token: dict[str, str]) -> None:
    rose = client.post("/plants", json={"name": "Rose"}, headers=token)
    other = {"X-Token": client.post("/gardeners", json={"name": uuid.uuid4().hex}).json()}
    assert rose.status_code == 201
    assert client.get("/plants", headers=token).json() == [rose.json()]
    assert client.get("/plants", headers=other).json() == []


def test_without_a_token_it_is_401(client: TestClient) -> None:
    for headers in ({}, {"X-Token": "x"}):
        assert client.get("/plants", headers=headers).json() == {"detail": "Who are you?"}
