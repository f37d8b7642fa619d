import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient

from tests.hosts.loading import loaded

MEMBERS = {"victor": "viewer", "edda": "editor", "ada": "admin"}


@pytest.fixture(scope="module", params=["sqlite_url", "postgres_url"])
def host(request: pytest.FixtureRequest, new_sqlite: Callable[[], str]) -> Iterator[ModuleType]:
    """The host, with the tasks in one database, SQLite or PostgreSQL, and the boards in another."""
    tasks: str = request.getfixturevalue(request.param)
    with loaded("tenants", TODO_KIT_DATABASE_URL=tasks, BOARD_DATABASE_URL=new_sqlite()) as host:
        yield host


@pytest.fixture(scope="module")
def client(host: ModuleType) -> Iterator[TestClient]:
    """A client of the host."""
    with TestClient(host.app) as client:
        yield client


class Org:
    """An organisation that nobody has seen before, and what its members send."""

    def __init__(self, client: TestClient, key: str | None = None) -> None:
        self.client = client
        self.key = key or uuid.uuid4().hex
        client.post("/orgs", json={"key": self.key, "name": "Acme"}, headers={"X-Forwarded-User": "founder"})
        for name, role in MEMBERS.items():
            path = f"/orgs/{quote(self.key)}/members/{name}"
            response = client.put(path, json={"role": role}, headers={"X-Forwarded-User": "founder"})
            assert response.status_code == 204

    def tasks(self, user: str, method: str, path: str = "/todos", body: Any = None, **headers: str) -> httpx2.Response:
        """Call the mount that finds the organisation in a header."""
        sent = {"X-Forwarded-User": user, "X-Organisation": self.key, **headers}
        return self.client.request(method, f"/api{path}", json=body, headers=sent)

    def board(self, user: str, method: str, path: str = "/todos", body: Any = None) -> httpx2.Response:
        """Call the mount that finds the organisation in the path."""
        return self.client.request(
            method, f"/orgs/{quote(self.key)}{path}", json=body, headers={"X-Forwarded-User": user, "If-Match": "*"}
        )


def titles(page: httpx2.Response) -> Any:
    return [todo["title"] for todo in page.json()["items"]]


def test_members_share_and_organisations_are_apart(client: TestClient) -> None:
    acme, globex = Org(client), Org(client)

    todo = acme.tasks("edda", "POST", body={"title": "Shared"}).json()

    assert titles(acme.tasks("victor", "GET")) == ["Shared"]
    assert titles(globex.tasks("edda", "GET")) == []
    missing = globex.tasks("ada", "GET", f"/todos/{todo['id']}")
    assert (missing.status_code, missing.json()["code"]) == (404, "todo_not_found")


@pytest.mark.parametrize("mount", ["tasks", "board"])
def test_an_organisation_does_not_exist_for_strangers(client: TestClient, mount: str) -> None:
    acme = Org(client)

    response = getattr(acme, mount)("eve", "GET")

    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == "No such organisation"


@pytest.mark.parametrize("mount", ["tasks", "board"])
def test_who_has_not_logged_in_is_401(client: TestClient, mount: str) -> None:
    response = getattr(Org(client), mount)("", "GET")

    assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("mount", ["tasks", "board"])
def test_a_viewer_reads_and_changes_nothing(client: TestClient, mount: str) -> None:
    call = getattr(Org(client), mount)
    todo = call("edda", "POST", body={"title": "x"}).json()
    path = f"/todos/{todo['id']}"

    answers = [
        call("victor", "POST", body={"title": "y"}),
        call("victor", "PATCH", path, {"title": "y"}),
        call("victor", "DELETE", path),
        call("victor", "POST", f"{path}/complete"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "forbidden")] * 4
    assert {one.headers["content-type"] for one in answers} == {"application/problem+json"}
    assert call("victor", "GET", path).json() == todo


@pytest.mark.parametrize("mount", ["tasks", "board"])
def test_only_an_admin_empties_the_trash(client: TestClient, mount: str) -> None:
    call = getattr(Org(client), mount)
    todo = call("edda", "POST", body={"title": "x"}).json()
    call("edda", "DELETE", f"/todos/{todo['id']}")

    assert call("edda", "DELETE", "/trash").status_code == 403
    assert call("ada", "DELETE", "/trash").is_success
    assert call("ada", "GET", "/trash").json()["items"] == []


def test_a_role_that_is_taken_away_is_gone_at_once(client: TestClient) -> None:
    acme = Org(client)
    acme.tasks("edda", "POST", body={"title": "x"})

    acme.client.put(f"/orgs/{acme.key}/members/edda", json={"role": "viewer"}, headers={"X-Forwarded-User": "founder"})

    assert acme.tasks("edda", "POST", body={"title": "y"}).status_code == 403
    assert titles(acme.tasks("edda", "GET")) == ["x"]


def test_the_mounts_have_databases_and_settings_of_their_own(client: TestClient) -> None:
    acme = Org(client)

    task = acme.tasks("ada", "POST", body={"title": "of the tasks"}).json()
    card = acme.board("ada", "POST", body={"title": "of the board"})

    assert titles(acme.tasks("ada", "GET")) == ["of the tasks"]
    assert titles(acme.board("ada", "GET")) == ["of the board"]
    assert acme.board("ada", "GET", f"/todos/{task['id']}").status_code == 404
    blind = client.patch(card.headers["location"], json={"title": "x"}, headers={"X-Forwarded-User": "ada"})
    assert (blind.status_code, blind.json()["code"]) == (428, "precondition_required")
    assert acme.tasks("ada", "PATCH", f"/todos/{task['id']}", {"title": "x"}).status_code == 200


def test_an_idempotency_key_belongs_to_a_mount_and_an_organisation(client: TestClient) -> None:
    acme, globex, key = Org(client), Org(client), {"Idempotency-Key": "one"}

    first, again, other = (one.tasks("ada", "POST", body={"title": "x"}, **key) for one in (acme, acme, globex))

    assert first.json() == again.json()
    assert "idempotency-replayed" not in other.headers
    assert other.json()["id"] != first.json()["id"]


def test_locations_lead_back_below_the_prefix(client: TestClient) -> None:
    acme = Org(client)

    created = acme.board("ada", "POST", body={"title": "x"})

    assert created.headers["location"] == f"/orgs/{acme.key}/todos/{created.json()['id']}"
    found = client.get(created.headers["location"], headers={"X-Forwarded-User": "victor"})
    assert found.json() == created.json()


@pytest.mark.parametrize("name", ["Köln", "東京", "a b", "100%", "why?"])
def test_locations_are_encoded(client: TestClient, name: str) -> None:
    acme = Org(client, f"{name}-{uuid.uuid4().hex}")

    created = acme.board("ada", "POST", body={"title": "x"})

    assert created.status_code == 201
    assert created.headers["location"] == f"/orgs/{quote(acme.key)}/todos/{created.json()['id']}"
    found = client.get(created.headers["location"], headers={"X-Forwarded-User": "victor"})
    assert found.json() == created.json()


def test_the_document_describes_both_mounts(host: ModuleType) -> None:
    document = host.app.openapi()

    operations = [one for item in document["paths"].values() for one in item.values()]
    ids = [one["operationId"] for one in operations]
    assert len(set(ids)) == len(ids)
    of_mounts = [{one.partition("_")[2] for one in ids if one.startswith(name)} for name in ("todo_", "board_")]
    assert {f"kit_{name}" for name in of_mounts[1]} == of_mounts[0]
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if "__" in name] == []
    assert {name: schema["title"] for name, schema in schemas.items()} == {name: name for name in schemas}
    of_path = [
        {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        for path, item in document["paths"].items()
        if path.startswith("/orgs/{org}")
        for operation in item.values()
    ]
    assert all("org" in names for names in of_path)


def test_its_own_routes_are_untouched(client: TestClient) -> None:
    acme = Org(client)

    mine = client.get("/orgs", headers={"X-Forwarded-User": "victor"}).json()
    refused = client.put(
        f"/orgs/{acme.key}/members/eve", json={"role": "admin"}, headers={"X-Forwarded-User": "victor"}
    )

    assert [one["members"] for one in mine if one["key"] == acme.key] == [{"founder": "admin", **MEMBERS}]
    assert (refused.status_code, refused.json()) == (403, {"detail": "Only an admin may do this"})
