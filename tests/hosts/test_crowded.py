import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from tests.hosts.commits import Witness, failing_commits
from tests.hosts.loading import loaded, with_sync_driver
from tests.hosts.someone import Someone, ThroughTheLogin


@pytest.fixture(scope="module")
def host(own_database: str) -> Iterator[ModuleType]:
    """The host on a database that holds its tables and the kit's."""
    with loaded("crowded.main", HOST_DATABASE_URL=own_database) as host:
        engine = create_engine(with_sync_driver(own_database))
        host.Project.metadata.create_all(engine)
        engine.dispose()
        yield host


@pytest.fixture
def new_user(anybody: TestClient) -> Callable[[], Someone]:
    """Return a function that makes somebody with an API key, the use of which is noted in each request."""

    def make() -> Someone:
        token = anybody.post("/api/members", json={"name": uuid.uuid4().hex}).json()
        key = anybody.post("/api/api-keys", headers={"Authorization": f"Bearer {token}"}).json()
        return Someone(anybody, {"X-API-Key": key})

    return make


class TestEveryOperation(ThroughTheLogin):
    prefix = "/api"


def titles(user: Someone) -> Any:
    return [todo["title"] for todo in user.get("/api/todos").json()["items"]]


def test_a_project_and_its_todo_are_one_commit(ann: Someone, witness: Witness) -> None:
    witness.seen.clear()

    project = ann.post("/api/projects", {"name": "Roof"}).json()

    assert witness.seen[:2] == ["commit", "http.response.start"]
    assert witness.seen.count("commit") == 1
    of_project = {"link.source": "projects", "link.type": "project", "link.id": project["id"]}
    (todo,) = ann.get("/api/todos", params=of_project).json()["items"]
    assert todo["title"] == "Plan Roof"


def test_a_todo_is_one_commit_with_the_use_of_the_key(ann: Someone, witness: Witness) -> None:
    witness.seen.clear()

    assert ann.post("/api/todos", {"title": "x"}).status_code == 201

    assert witness.seen[:2] == ["commit", "http.response.start"]
    assert witness.seen.count("commit") == 1


def test_a_commit_that_fails_loses_everything(ann: Someone) -> None:
    for path, body in (("/api/projects", {"name": "Roof"}), ("/api/todos", {"title": "x"})):
        with failing_commits(), pytest.raises(ConnectionResetError):
            ann.post(path, body)

    assert (ann.get("/api/projects").json(), titles(ann)) == ([], [])


def test_only_own_projects_can_be_linked(ann: Someone, new_user: Callable[[], Someone]) -> None:
    project, bob = str(ann.post("/api/projects", {"name": "Roof"}).json()["id"]), new_user()

    def link(user: Someone, to: str) -> Any:
        links = [{"source": "projects", "type": "project", "id": to}]
        return user.post("/api/todos", {"title": "Buy tiles", "links": links})

    assert link(ann, project).status_code == 201
    refused = [link(bob, project), link(ann, "x"), link(ann, "999999")]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "link_target_not_found")] * 3


def test_a_token_is_as_good_as_a_key(anybody: TestClient) -> None:
    token = anybody.post("/api/members", json={"name": uuid.uuid4().hex}).json()
    bob = Someone(anybody, {"Authorization": f"Bearer {token}"})

    assert bob.post("/api/todos", {"title": "x"}).status_code == 201
    assert titles(bob) == ["x"]


def test_what_the_middlewares_do_they_do_to_the_kit(ann: Someone) -> None:
    created = ann.post("/api/todos", {"title": "x" * 400}, headers={"Origin": "https://app.example.com"})

    assert created.headers["content-encoding"] == "gzip"
    assert created.headers["access-control-allow-origin"] == "https://app.example.com"
    assert float(created.headers["x-elapsed"]) > 0
    changed = ann.request(
        "PATCH", created.headers["location"], json={"title": "y"}, headers={"If-Match": created.headers["etag"]}
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')


def test_the_admin_still_shows_what_the_host_has(ann: Someone, anybody: TestClient) -> None:
    name = uuid.uuid4().hex
    ann.post("/api/projects", {"name": name})

    assert anybody.post("/admin/login", data={"username": "admin", "password": "changeme"}).is_success
    assert name in anybody.get("/admin/project/list").text
