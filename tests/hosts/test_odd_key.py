import uuid
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time
from sqlalchemy import create_engine

from tests.hosts.commits import Witness, failing_commits
from tests.hosts.loading import loaded, with_sync_driver
from tests.hosts.someone import Someone, ThroughTheLogin

BOOKING = {"room": "Blue", "day": "2099-03-28"}


@pytest.fixture(scope="module")
def host(new_sqlite: Callable[[], str]) -> Iterator[ModuleType]:
    """The host on a database that holds its tables and the kit's."""
    url = new_sqlite()
    with loaded("odd_key.main", HOST_DATABASE_URL=url) as host:
        engine = create_engine(with_sync_driver(url))
        host.User.metadata.create_all(engine)
        engine.dispose()
        yield host


@pytest.fixture
def new_user(anybody: TestClient) -> Callable[[], Someone]:
    """Return a function that makes somebody and logs in."""

    def make() -> Someone:
        username = uuid.uuid4().hex
        anybody.post("/v1/users", json={"username": username})
        return Someone(anybody, log_in(anybody, username))

    return make


def log_in(client: TestClient, username: str) -> dict[str, str]:
    token = client.post("/v1/token", json={"username": username}).json()
    return {"Authorization": f"Bearer {token}"}


class TestEveryOperation(ThroughTheLogin):
    prefix = "/v1"


def titles(user: Someone) -> Any:
    return [todo["title"] for todo in user.get("/v1/todos").json()["items"]]


def test_a_booking_and_its_todo_are_one_commit(ann: Someone, witness: Witness) -> None:
    witness.seen.clear()

    booking = ann.post("/v1/bookings", BOOKING).json()

    assert witness.seen[:2] == ["commit", "http.response.start"]
    assert witness.seen.count("commit") == 1
    of_booking = {"link.source": "rooms", "link.type": "booking", "link.id": booking["booking_id"]}
    (todo,) = ann.get("/v1/todos", params=of_booking).json()["items"]
    assert (todo["title"], todo["due"]) == ("Prepare Blue", {"date": BOOKING["day"]})


def test_a_commit_that_fails_loses_the_booking_and_its_todo(ann: Someone) -> None:
    with failing_commits(), pytest.raises(ConnectionResetError):
        ann.post("/v1/bookings", BOOKING)

    assert (ann.get("/v1/bookings").json(), titles(ann)) == ([], [])


def test_only_own_bookings_can_be_linked(ann: Someone, new_user: Callable[[], Someone]) -> None:
    booking, bob = str(ann.post("/v1/bookings", BOOKING).json()["booking_id"]), new_user()

    def link(user: Someone, to: str) -> Any:
        links = [{"source": "rooms", "type": "booking", "id": to}]
        return user.post("/v1/todos", {"title": "Clean", "links": links})

    assert link(ann, booking).status_code == 201
    refused = [link(bob, booking), link(ann, "x"), link(ann, "9" * 9)]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "link_target_not_found")] * 3


def test_its_log_names_who_asked_whatever_the_answer_is(ann: Someone, caplog: pytest.LogCaptureFixture) -> None:
    me = ann.post("/v1/todos", {"title": "x"}).json()["created_by"]

    with caplog.at_level("INFO", "bookings"):
        answers = [
            ann.post("/v1/todos", {"title": "x", "list_id": str(uuid.uuid4())}),
            ann.request("DELETE", f"/v1/todos/{uuid.uuid4()}"),
            ann.post("/v1/todos", {"title": ""}),
            ann.post("/v1/todos", {"title": "x"}),
        ]

    assert [one.status_code for one in answers] == [404, 404, 422, 201]
    logged = [record.getMessage().partition(" by ")[2] for record in caplog.records if record.name == "bookings"]
    assert logged == [f"{me}: {one.status_code}" for one in answers]


def test_today_is_that_of_the_user_while_the_time_stands(anybody: TestClient) -> None:
    username = uuid.uuid4().hex
    anybody.post("/v1/users", json={"username": username})

    with freeze_time("2098-12-31 23:30:00") as frozen:  # already the new year in Berlin
        headers = log_in(anybody, username)
        todo = anybody.post("/v1/todos", json={"title": "x", "due": {"date": "2098-12-31"}}, headers=headers).json()
        overdue = anybody.get("/v1/todos", params={"overdue": True}, headers=headers).json()["items"]
        frozen.tick(3601)
        refused = anybody.get("/v1/todos", headers=headers)

    assert todo["created_at"].startswith("2098-12-31T23:30:00")
    assert [one["title"] for one in overdue] == ["x"]
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
    assert refused.headers["www-authenticate"] == "Bearer"
