import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import ModuleType
from typing import Annotated, Any

import pytest
from fastapi import Depends, Header
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, insert
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from fastapi_todo_kit import TodoKitSettings
from tests.hosts.commits import Witness, failing_commits
from tests.hosts.loading import loaded, with_sync_driver
from tests.invariants import assert_invariants

KEY = {"X-API-Key": "development"}
NOWHERE = f"/v1/tasks/{uuid.uuid4()}"


@contextmanager
def running_host(url: str) -> Iterator[ModuleType]:
    """Yield the host on a database that holds its tables and the kit's."""
    with loaded("opinionated.main", HOST_DATABASE_URL=url) as host:
        engine = create_engine(with_sync_driver(url))
        host.Account.metadata.create_all(engine)
        engine.dispose()
        yield host


def sign_up(host: ModuleType) -> dict[str, str]:
    """Return the headers of a new account."""
    engine = create_engine(with_sync_driver(host.engine.url))
    with engine.begin() as connection:
        statement = insert(host.Account).values(email=f"{uuid.uuid4().hex}@example.com").returning(host.Account.id)
        number = connection.execute(statement).scalar_one()
    engine.dispose()
    return {**KEY, "X-Account": str(number)}


@pytest.fixture(scope="module")
def host(own_database: str) -> Iterator[ModuleType]:
    """The host that most tests share."""
    with running_host(own_database) as host:
        yield host


@pytest.fixture
def client(anybody: TestClient, host: ModuleType) -> TestClient:
    """A client with the API key, and an account that nobody has seen before."""
    anybody.headers.update(sign_up(host))
    return anybody


def titles(client: TestClient, **headers: str) -> Any:
    return [todo["title"] for todo in client.get("/v1/tasks", headers=headers).json()["items"]]


def codes(*responses: Any) -> list[tuple[int, str]]:
    """Return the status and the code of each answer, all of them in the host's format."""
    assert [list(one.json()) for one in responses] == [["error"]] * len(responses), [one.text for one in responses]
    assert {one.headers["content-type"] for one in responses} == {"application/json"}
    return [(one.status_code, one.json()["error"]["code"]) for one in responses]


def test_accounts_have_tasks_of_their_own(client: TestClient, host: ModuleType) -> None:
    bob = sign_up(host)

    task = client.post("/v1/tasks", json={"title": "Ann's"}).json()

    assert (titles(client), titles(client, **bob)) == (["Ann's"], [])
    assert client.get(f"/v1/tasks/{task['id']}", headers=bob).status_code == 404


def test_errors_of_the_kit_have_the_format_of_the_house(client: TestClient) -> None:
    inbox = client.get(f"/v1/lists/{client.post('/v1/tasks', json={'title': 'x'}).json()['list_id']}").json()

    answers = [
        client.get(NOWHERE),
        client.delete(f"/v1/lists/{inbox['id']}"),
        client.post("/v1/tasks", content=b"{", headers={"Content-Type": "application/json"}),
        client.get("/v1/tasks", params={"cursor": "x"}),
        client.patch(f"/v1/lists/{inbox['id']}", json={"name": "x"}, headers={"If-Match": '"99"'}),
    ]

    assert codes(*answers) == [
        (404, "TODO_NOT_FOUND"),
        (409, "INBOX_PROTECTED"),
        (400, "MALFORMED_REQUEST"),
        (400, "INVALID_CURSOR"),
        (412, "PRECONDITION_FAILED"),
    ]


def test_a_request_that_is_not_valid_is_told_in_the_format_of_the_house(client: TestClient) -> None:
    response = client.post("/v1/tasks", json={"title": ""})

    assert codes(response) == [(422, "VALIDATION_ERROR")]
    assert response.json()["error"]["fields"] == ["body.title"]


def test_a_method_that_is_not_known_is_told_in_the_format_of_the_house(client: TestClient) -> None:
    of_host, of_kit = client.put("/v1/orders"), client.put(NOWHERE)

    assert (of_host.status_code, of_kit.status_code) == (405, 405)
    assert "GET" in of_kit.headers["allow"]
    codes(of_host, of_kit)


def test_what_is_left_out_is_told_in_the_format_of_the_house(client: TestClient) -> None:
    task = client.post("/v1/tasks", json={"title": "x"}).json()["id"]

    answers = [client.get(f"/v1{path}") for path in ("/labels", "/trash", "/spaces", "/todos")]
    answers.append(client.post(f"/v1/tasks/{task}/duplicate"))

    assert codes(*answers) == [(404, "HTTP_ERROR")] * 5


def test_the_dependencies_of_the_include_run_first(client: TestClient) -> None:
    wrong = {"X-API-Key": "wrong"}

    refused = client.get("/v1/tasks", headers=wrong), client.post("/v1/tasks", json={"title": "x"}, headers=wrong)
    unknown = client.get("/v1/tasks", headers={"X-Account": "99999"})

    assert codes(*refused, unknown) == [(403, "HTTP_ERROR"), (403, "HTTP_ERROR"), (401, "HTTP_ERROR")]
    assert titles(client) == []


def test_the_middleware_sees_every_answer(client: TestClient) -> None:
    for response in (client.get("/v1/tasks"), client.get(NOWHERE), client.get("/v1/orders")):
        assert response.headers["server-timing"].startswith("app;dur=")


def test_its_own_routes_are_untouched(client: TestClient) -> None:
    created = client.post("/v1/orders", json={"total_cents": 995})
    strange = client.post("/v1/orders", content=b'{"total_cents": "1", "total_cents": 2}')

    assert client.get("/v1/orders").json() == [created.json()]
    assert (created.status_code, created.json()["total_cents"]) == (201, 995)
    assert codes(client.get("/v1/orders/1"), strange) == [(404, "HTTP_ERROR"), (422, "VALIDATION_ERROR")]


def test_a_request_is_one_commit_before_its_answer(client: TestClient, witness: Witness) -> None:
    witness.seen.clear()

    assert client.post("/v1/tasks", json={"title": "x"}).status_code == 201
    assert client.post("/v1/orders", json={"total_cents": 1}).status_code == 201

    assert [one for one in witness.seen if one != "http.response.body"] == ["commit", "http.response.start"] * 2


def test_a_request_that_fails_is_no_commit(client: TestClient, witness: Witness) -> None:
    witness.seen.clear()

    assert client.get(NOWHERE).status_code == 404
    assert client.post("/v1/tasks", json={"title": "x", "list_id": str(uuid.uuid4())}).status_code == 404

    assert "commit" not in witness.seen


def test_a_commit_that_fails_is_no_answer_and_keeps_no_idempotency_key(client: TestClient) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}

    with failing_commits(), pytest.raises(ConnectionResetError):
        client.post("/v1/tasks", json={"title": "x"}, headers=key)
    nothing = titles(client)
    created, replayed = (client.post("/v1/tasks", json={"title": "x"}, headers=key) for _ in range(2))

    assert (nothing, titles(client)) == ([], ["x"])
    assert "idempotency-replayed" not in created.headers
    assert (replayed.headers["idempotency-replayed"], replayed.json()) == ("true", created.json())


def test_eight_threads_lose_nothing(client: TestClient, own_database: str) -> None:
    def write(n: int) -> int:
        return client.post("/v1/tasks", json={"title": f"{n}"}).status_code

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(write, range(80)))

    assert answers == [201] * 80
    tasks = client.get("/v1/tasks", params={"limit": 200}).json()["items"]
    assert len({task["position"] for task in tasks}) == 80
    asyncio.run(assert_invariants(TodoKitSettings(database_url=own_database)))


def test_what_the_host_adds_to_the_session_shares_the_fate_of_the_task(
    client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def billed(
        session: Annotated[AsyncSession, Depends(host.get_session, scope="function")],
        x_account: Annotated[int, Header()],
    ) -> Any:
        session.add(host.Order(account_id=x_account, total_cents=1))
        return await session.get(host.Account, x_account)

    with monkeypatch.context() as patch:
        patch.setitem(host.app.dependency_overrides, host.get_account, billed)
        client.post("/v1/tasks", json={"title": "x"})
        client.post("/v1/tasks", json={"title": "x", "list_id": str(uuid.uuid4())})

    assert [order["total_cents"] for order in client.get("/v1/orders").json()] == [1]
    assert titles(client) == ["x"]


def test_its_tests_choose_the_account(client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    account = host.Account(id=uuid.uuid4().int % 2**31, email="c@example.com")
    monkeypatch.setitem(host.app.dependency_overrides, host.get_account, lambda: account)

    created = client.post("/v1/tasks", json={"title": "x"}, headers={"X-Account": ""})

    assert created.json()["created_by"] == str(account.id)


def test_its_tests_choose_the_session(client: TestClient, host: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    async def rolled_back() -> AsyncIterator[AsyncSession]:
        async with host.engine.connect() as connection, connection.begin() as outer:
            if connection.dialect.name == "sqlite":
                # As SQLAlchemy's page on SQLite says: sqlite3 would begin no transaction around a savepoint.
                await connection.exec_driver_sql("BEGIN")
            async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session, session.begin():
                yield session
            await outer.rollback()

    with monkeypatch.context() as patch:
        patch.setitem(host.app.dependency_overrides, host.get_session, rolled_back)
        created = client.post("/v1/tasks", json={"title": "forgotten"})

    assert (created.status_code, titles(client)) == (201, [])


def behind_proxy(app: ASGIApp, *, full_path: bool) -> ASGIApp:
    """Return what a client sees of an application that a proxy serves at /shop.

    A server that was told its root path (uvicorn, and so `fastapi run`) gives the full path to the application. With
    `FastAPI(root_path=...)`, and in older servers, the path is what the proxy has left of it.
    """

    async def proxy(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/shop/"):
            await PlainTextResponse("This is no page of the shop", 404)(scope, receive, send)
            return
        if scope["type"] == "http":
            path = scope["path"] if full_path else scope["path"].removeprefix("/shop")
            scope = {**scope, "root_path": "/shop", "path": path, "raw_path": path.encode()}
        await app(scope, receive, send)

    return proxy


@pytest.mark.parametrize("full_path", [True, False])
def test_a_location_leads_through_the_proxy(new_sqlite: Callable[[], str], *, full_path: bool) -> None:
    with running_host(new_sqlite()) as host, TestClient(behind_proxy(host.app, full_path=full_path)) as client:
        client.headers.update(sign_up(host))
        for path, body in (("/v1/tasks", {"title": "x"}), ("/v1/lists", {"name": "x"})):
            created = client.post(f"/shop{path}", json=body)

            assert created.headers["location"] == f"/shop{path}/{created.json()['id']}"
            assert client.get(created.headers["location"]).json() == created.json()


def test_the_document_names_operations_as_each_side_does(new_sqlite: Callable[[], str]) -> None:
    with running_host(new_sqlite()) as host, TestClient(behind_proxy(host.app, full_path=True)) as client:
        document = client.get("/shop/openapi.json").json()

    ids = {one["operationId"] for item in document["paths"].values() for one in item.values()}
    assert {one for one in ids if not one.startswith("todo_kit_")} == {"PlaceOrder", "ListOrders"}
    assert {"todo_kit_list_todos", "todo_kit_create_list"} <= ids
    assert not {"todo_kit_duplicate_todo", "todo_kit_list_labels"} & ids
    assert {path.split("/")[2] for path in document["paths"]} == {"orders", "tasks", "lists", "recurrence"}
    assert document["servers"] == [{"url": "/shop"}]
