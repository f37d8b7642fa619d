import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.hosts.loading import loaded, with_sync_driver
from tests.hosts.someone import Someone, ThroughTheLogin


@pytest.fixture(scope="module")
def host(new_sqlite: Callable[[], str]) -> Iterator[ModuleType]:
    """The host, whose tables and the kit's are in one database, each with its own connections."""
    url = new_sqlite()
    own = with_sync_driver(url).render_as_string()
    with loaded("no_sqlalchemy.main", HOST_DATABASE_URL=own, TODO_KIT_DATABASE_URL=url) as host:
        yield host


@pytest.fixture(scope="module")
def anybody(host: ModuleType) -> Iterator[TestClient]:
    """A client that nobody has signed up with."""
    with TestClient(host.app) as client:
        yield client


@pytest.fixture
def new_user(anybody: TestClient) -> Callable[[], Someone]:
    """Return a function that signs somebody up."""

    def make() -> Someone:
        return Someone(anybody, {"X-Token": anybody.post("/gardeners", json={"name": uuid.uuid4().hex}).json()})

    return make


class TestEveryOperation(ThroughTheLogin):
    prefix = "/api"


def test_only_own_plants_can_be_linked(ann: Someone, new_user: Callable[[], Someone]) -> None:
    plant, bob = str(ann.post("/plants", {"name": "Rose"}).json()["id"]), new_user()

    def link(user: Someone, to: str) -> Any:
        links = [{"source": "garden", "type": "plant", "id": to}]
        return user.post("/api/todos", {"title": "Prune", "links": links})

    assert link(ann, plant).status_code == 201
    refused = [link(bob, plant), link(ann, "x"), link(ann, "9999")]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "link_target_not_found")] * 3
    of_plant = {"link.source": "garden", "link.type": "plant", "link.id": plant}
    found = ann.get("/api/todos", params=of_plant).json()["items"]
    assert [todo["title"] for todo in found] == ["Water Rose", "Prune"]


def test_a_plant_comes_with_its_todo(ann: Someone, host: ModuleType, anybody: TestClient) -> None:
    rose = ann.post("/plants", {"name": "Rose"}).json()

    async def again() -> None:
        plant = await host.Plant.get(id=rose["id"]).prefetch_related("gardener")
        await host.water(plant, plant.gardener)

    assert anybody.portal is not None
    anybody.portal.call(again)

    (todo,) = ann.get("/api/todos").json()["items"]
    assert (todo["title"], todo["links"][0]["id"]) == ("Water Rose", str(rose["id"]))


def test_without_a_token_each_side_says_401_in_its_own_way(anybody: TestClient) -> None:
    of_host, of_kit = anybody.get("/plants"), anybody.get("/api/todos")

    assert (of_host.status_code, of_host.json()) == (401, {"detail": "Who are you?"})
    assert (of_kit.status_code, of_kit.headers["content-type"]) == (401, "application/problem+json")
    assert of_kit.json()["detail"] == "Who are you?"
