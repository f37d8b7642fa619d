import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.hosts.commits import Witness, failing_commits
from tests.hosts.loading import loaded
from tests.hosts.someone import Someone, ThroughTheLogin

API = "/tasks"


@pytest.fixture(scope="module")
def host(new_sqlite: Callable[[], str]) -> Iterator[ModuleType]:
    """The host, in a process that refuses nobody for asking often."""
    with loaded("container.main", HOST_DATABASE_URL=new_sqlite(), HOST_PER_MINUTE="1000000") as host:
        yield host


@pytest.fixture(scope="module")
def witness(host: ModuleType) -> Witness:
    """What notes the host's commits and answers."""
    return Witness(host.app)


@pytest.fixture(scope="module")
def anybody(host: ModuleType, witness: Witness) -> Iterator[TestClient]:
    """A client that nobody has signed in with."""
    with TestClient(witness) as client:
        assert client.portal is not None
        engine: AsyncEngine = client.portal.call(host.container.get, AsyncEngine)  # in the loop that it belongs to
        witness.watch(engine.sync_engine)
        yield client


@pytest.fixture
def new_user(anybody: TestClient) -> Callable[[], Someone]:
    """Return a function that signs somebody in."""

    def make() -> Someone:
        token = anybody.post("/sign-in", json={"email": f"{uuid.uuid4().hex}@example.com"}).json()
        return Someone(anybody, {"Authorization": f"Token {token}"})

    return make


class TestEveryOperation(ThroughTheLogin):
    prefix = API


def titles(user: Someone) -> Any:
    return [todo["title"] for todo in user.get(f"{API}/todos").json()["items"]]


def errors(*answers: Any) -> list[tuple[int, str]]:
    """Return the status and the code of each answer, all of them in the host's format."""
    assert [(sorted(one.json()), sorted(one.json()["error"])) for one in answers] == [
        (["error", "success"], ["code", "message"])
    ] * len(answers)
    assert all(one.json()["error"]["message"] for one in answers)
    return [(one.status_code, one.json()["error"]["code"]) for one in answers]


def test_a_ticket_and_its_todo_are_one_commit(ann: Someone, witness: Witness) -> None:
    witness.seen.clear()

    ticket = ann.post("/tickets", {"subject": "Printer"}).json()

    assert witness.seen == ["commit", "http.response.start", "http.response.body"]
    of_ticket = {"link.source": "desk", "link.type": "ticket", "link.id": ticket["number"]}
    (todo,) = ann.get(f"{API}/todos", params=of_ticket).json()["items"]
    assert (todo["title"], todo["created_by"]) == ("Answer Printer", ticket["author"])


def test_a_commit_that_fails_loses_the_ticket_and_its_todo(ann: Someone) -> None:
    with failing_commits(), pytest.raises(ConnectionResetError):
        ann.post("/tickets", {"subject": "Printer"})

    assert (ann.get("/tickets").json(), titles(ann)) == ([], [])


def test_whatever_is_refused_has_the_format_of_the_host(ann: Someone, anybody: TestClient) -> None:
    answers = [
        anybody.get(f"{API}/todos"),
        ann.get(f"{API}/todos/{uuid.uuid4()}"),
        ann.post(f"{API}/todos", {"title": ""}),
        ann.get(f"{API}/todos", params={"cursor": "x"}),
        ann.request("PUT", f"{API}/todos/{uuid.uuid4()}"),
    ]

    assert errors(*answers) == [
        (401, "not_authenticated"),
        (404, "todo_not_found"),
        (422, "invalid"),
        (400, "invalid_cursor"),
        (405, "method_not_allowed"),
    ]


def test_only_own_tickets_can_be_linked(ann: Someone, new_user: Callable[[], Someone]) -> None:
    ticket, bob = str(ann.post("/tickets", {"subject": "Printer"}).json()["number"]), new_user()

    def link(user: Someone, to: str) -> Any:
        links = [{"source": "desk", "type": "ticket", "id": to}]
        return user.post(f"{API}/todos", {"title": "Buy toner", "links": links})

    assert link(ann, ticket).status_code == 201
    assert errors(link(bob, ticket), link(ann, "x")) == [(404, "link_target_not_found")] * 2


def test_its_rate_limit_holds_for_the_kit(new_sqlite: Callable[[], str]) -> None:
    with (
        loaded("container.main", HOST_DATABASE_URL=new_sqlite(), HOST_PER_MINUTE="3") as host,
        TestClient(host.app) as client,
    ):
        token = client.post("/sign-in", json={"email": "ann@example.com"}).json()
        headers = {"Authorization": f"Token {token}"}
        answers = [client.post(f"{API}/todos", json={"title": "x"}, headers=headers) for _ in range(4)]

    assert [one.status_code for one in answers] == [201, 201, 201, 429]
    assert (answers[3].headers["retry-after"], errors(answers[3])) == ("60", [(429, "too_many_requests")])
