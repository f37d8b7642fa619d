import asyncio
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import Depends
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.errors import ListNotFound
from tests.hosts.commits import Witness, failing_commits, losing_commits
from tests.hosts.loading import loaded, with_sync_driver
from tests.invariants import assert_invariants

LOCKS = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE todokit_space"}


@pytest.fixture(scope="module")
def host(own_database: str) -> Iterator[ModuleType]:
    """The host on a database that holds the kit's tables."""
    url = with_sync_driver(own_database).render_as_string(hide_password=False)
    with loaded("tutorial.main", HOST_DATABASE_URL=url) as host:
        yield host
        host.engine.dispose()


@pytest.fixture
def client(anybody: TestClient) -> TestClient:
    """A client that a user whom nobody has seen before has logged in with."""
    anybody.headers.update(sign_up(anybody))
    return anybody


def sign_up(client: TestClient) -> dict[str, str]:
    """Return the headers of a new user."""
    name = uuid.uuid4().hex
    assert client.post("/users", json={"name": name}).status_code == 201
    return {"Authorization": f"Bearer {name}"}


def new_number() -> str:
    return f"R-{uuid.uuid4().hex}"


def three(number: str) -> list[str]:
    """Return the titles of the todos that come with an invoice."""
    return [f"Send {number}", f"Follow up {number}", f"Book {number}"]


def titles(client: TestClient, **headers: str) -> Any:
    return [todo["title"] for todo in client.get("/api/todos", headers=headers).json()["items"]]


def invoices(client: TestClient) -> Any:
    return [invoice["number"] for invoice in client.get("/invoices").json()]


def test_each_user_has_todos_of_their_own(client: TestClient) -> None:
    bob = sign_up(client)

    todo = client.post("/api/todos", json={"title": "Ann's"}).json()

    assert todo["created_by"].isdecimal()
    assert (titles(client), titles(client, **bob)) == (["Ann's"], [])
    assert client.get(f"/api/todos/{todo['id']}", headers=bob).status_code == 404


def test_a_stranger_is_401(client: TestClient) -> None:
    for headers in ({"Authorization": "Bearer eve"}, {"Authorization": ""}):
        response = client.get("/api/todos", headers=headers)

        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
        assert response.headers["content-type"] == "application/problem+json"


def test_an_invoice_brings_its_three_todos(client: TestClient) -> None:
    number = new_number()

    assert client.post("/invoices", json={"number": number}).status_code == 201

    assert (invoices(client), titles(client)) == ([number], three(number))


def test_a_todo_that_fails_takes_the_invoice_with_it(client: TestClient) -> None:
    with pytest.raises(ListNotFound):
        client.post("/invoices", json={"number": new_number(), "list_id": str(uuid.uuid4())})

    assert (invoices(client), titles(client)) == ([], [])


def test_an_invoice_that_fails_takes_its_todos_with_it(client: TestClient) -> None:
    number = new_number()
    client.post("/invoices", json={"number": number})

    with pytest.raises(IntegrityError):
        client.post("/invoices", json={"number": number})

    assert (invoices(client), titles(client)) == ([number], three(number))


def test_a_commit_of_the_host_that_fails_leaves_neither(client: TestClient) -> None:
    with failing_commits(), pytest.raises(ConnectionResetError):
        client.post("/invoices", json={"number": new_number()})

    assert (invoices(client), titles(client)) == ([], [])


def test_a_commit_of_the_kit_that_fails_is_503_and_no_todo(client: TestClient) -> None:
    with losing_commits():
        response = client.post("/api/todos", json={"title": "x"})

    assert (response.status_code, response.json()["code"]) == (503, "database_unavailable")
    assert titles(client) == []


def test_a_row_of_the_host_that_fails_is_no_error_of_the_kit(
    client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new_number()
    client.post("/invoices", json={"number": number})

    def billed(session: Annotated[Session, Depends(host.get_session)]) -> Any:
        user = session.exec(select(host.User)).all()[-1]
        session.add(host.Invoice(number=number, user_id=user.id))
        return user

    with monkeypatch.context() as patch:
        patch.setitem(host.app.dependency_overrides, host.get_current_user, billed)
        with pytest.raises(IntegrityError):
            client.post("/api/todos", json={"title": "x"})

    assert (invoices(client), titles(client)) == ([number], three(number))


def test_no_answer_leaves_before_the_commit(client: TestClient, witness: Witness) -> None:
    witness.seen.clear()

    client.post("/api/todos", json={"title": "x"})
    client.post("/invoices", json={"number": new_number()})

    assert witness.seen == ["commit", "http.response.start", "http.response.body"] * 2


async def test_a_session_that_waits_does_not_keep_others_waiting(host: ModuleType, client: TestClient) -> None:
    async with as_async(client, host) as user:
        with host.engine.connect() as connection:
            connection.exec_driver_sql(LOCKS[connection.dialect.name])
            writing = asyncio.create_task(user.post("/api/todos", json={"title": "x"}))
            answers = [await user.get("/invoices") for _ in range(20)]
            assert not writing.done()
            connection.rollback()

        assert {answer.status_code for answer in answers} == {200}
        assert (await writing).status_code == 201


async def test_more_requests_than_threads_do_not_wait_for_each_other(host: ModuleType, client: TestClient) -> None:
    # Those that wait for a connection fill FastAPI's 40 threads; whoever has one of the 15 needs a thread all the same.
    async with as_async(client, host) as user:
        answers = await asyncio.gather(*(user.post("/api/todos", json={"title": f"{n}"}) for n in range(60)))

    assert {answer.status_code for answer in answers} == {201}


def as_async(client: TestClient, host: ModuleType) -> httpx2.AsyncClient:
    """Return a client of the same user that sends requests side by side."""
    headers = {"Authorization": client.headers["Authorization"]}
    transport = httpx2.ASGITransport(host.app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers)


def test_eight_threads_lose_nothing(client: TestClient, own_database: str) -> None:
    def write(n: int) -> list[int]:
        return [
            client.post("/api/todos", json={"title": f"{n}"}).status_code,
            client.post("/invoices", json={"number": new_number()}).status_code,
        ]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(write, range(40)))

    assert answers == [[201, 201]] * 40
    assert len(invoices(client)) == 40
    todos = client.get("/api/todos", params={"limit": 200}).json()["items"]
    assert len({todo["position"] for todo in todos}) == 160
    asyncio.run(assert_invariants(TodoKitSettings(database_url=own_database)))


def test_a_session_that_its_tests_share_carries_the_kit_too(
    client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new_number()
    with Session(host.engine) as session, monkeypatch.context() as patch:
        patch.setitem(host.app.dependency_overrides, host.get_session, lambda: session)

        client.post("/invoices", json={"number": number})
        client.post("/api/todos", json={"title": "x"})

        assert titles(client) == [*three(number), "x"]
    assert titles(client) == [*three(number), "x"]
