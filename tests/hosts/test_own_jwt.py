import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import SQLModel

from tests.hosts.commits import Witness, failing_commits
from tests.hosts.loading import loaded, with_sync_driver
from tests.hosts.someone import Someone, ThroughTheLogin

API = "/api/v1"


@pytest.fixture(scope="module")
def host(new_postgres: Callable[[], str]) -> Iterator[ModuleType]:
    """The host on a PostgreSQL database that holds its tables and the kit's."""
    url = with_sync_driver(new_postgres()).render_as_string(hide_password=False)
    with loaded("own_jwt.main", HOST_DATABASE_URL=url) as host:
        SQLModel.metadata.create_all(host.engine)
        yield host
        host.engine.dispose()


@pytest.fixture
def new_user(anybody: TestClient) -> Callable[[], Someone]:
    """Return a function that signs somebody up and logs in."""

    def make() -> Someone:
        email, password = f"{uuid.uuid4().hex}@example.com", "at least eight"
        assert anybody.post(f"{API}/users/signup", json={"email": email, "password": password}).status_code == 200
        token = anybody.post(f"{API}/login/access-token", data={"username": email, "password": password}).json()
        return Someone(anybody, {"Authorization": f"Bearer {token['access_token']}"})

    return make


class TestEveryOperation(ThroughTheLogin):
    prefix = API


def titles(user: Someone) -> Any:
    return [todo["title"] for todo in user.get(f"{API}/todos").json()["items"]]


def test_an_item_and_its_todo_are_one_commit(ann: Someone, witness: Witness) -> None:
    witness.seen.clear()

    item = ann.post(f"{API}/items/", {"title": "Drill"}).json()

    assert witness.seen == ["commit", "http.response.start", "http.response.body"]
    of_item = {"link.source": "inventory", "link.type": "item", "link.id": item["id"]}
    (todo,) = ann.get(f"{API}/todos", params=of_item).json()["items"]
    assert (todo["title"], todo["created_by"]) == ("Label Drill", item["owner_id"])


def test_a_commit_that_fails_loses_the_item_and_its_todo(ann: Someone) -> None:
    with failing_commits(), pytest.raises(ConnectionResetError):
        ann.post(f"{API}/items/", {"title": "Drill"})

    assert (ann.get(f"{API}/items/").json(), titles(ann)) == ([], [])


def test_an_item_that_goes_takes_its_todos_along(ann: Someone) -> None:
    drill, saw = (ann.post(f"{API}/items/", {"title": title}).json()["id"] for title in ("Drill", "Saw"))

    assert ann.request("DELETE", f"{API}/items/{drill}").status_code == 204

    assert titles(ann) == ["Label Saw"]
    assert [item["id"] for item in ann.get(f"{API}/items/").json()] == [saw]


def test_only_own_items_can_be_linked(ann: Someone, new_user: Callable[[], Someone]) -> None:
    bob = new_user()
    item = ann.post(f"{API}/items/", {"title": "Drill"}).json()["id"]

    def link(user: Someone, to: str) -> Any:
        links = [{"source": "inventory", "type": "item", "id": to}]
        return user.post(f"{API}/todos", {"title": "Sharpen", "links": links})

    assert link(ann, item).status_code == 201
    refused = [link(bob, item), link(ann, str(uuid.uuid4())), link(ann, "no item")]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "link_target_not_found")] * 3


def test_what_its_login_refuses_is_a_problem_with_its_status(anybody: TestClient) -> None:
    for headers, status in (({}, 401), ({"Authorization": "Bearer x"}, 403)):
        of_kit = anybody.get(f"{API}/todos", headers=headers)
        of_host = anybody.get(f"{API}/items/", headers=headers)

        assert (of_kit.status_code, of_host.status_code) == (status, status)
        assert of_kit.headers["content-type"] == "application/problem+json"
        assert of_kit.json()["detail"] == of_host.json()["detail"]
