import asyncio
import gc
import logging
import uuid
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import Depends, FastAPI, Header, HTTPException
from sqlalchemy import Column, Engine, MetaData, String, Table, event, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from fastapi_todo_kit import Host, Limits, TodoKitSettings, migrate, todo_router
from fastapi_todo_kit.storage.engines.postgres_connections import PostgresConnection
from fastapi_todo_kit.storage.engines.sqlite_connections import SqliteConnection
from tests.hosts.commits import losing_commits
from tests.support import Api, header_user, make_app, running

_invoices = Table("host_invoice", MetaData(), Column("number", String(40), primary_key=True))


async def staff_user(x_staff: Annotated[str, Header()]) -> str:
    return x_staff


@pytest.fixture
async def sqlite_file(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/kit.db"


@pytest.fixture
def loops_come_and_go() -> Iterator[None]:
    """Forgive that the last loop of a client without a `with` block ends before its connections are closed."""
    # Only what the test itself leaves is collected; the remains of a thousand other tests would take minutes.
    gc.freeze()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()
    gc.unfreeze()


def two_mounts(one: TodoKitSettings, other: TodoKitSettings, **host: Any) -> FastAPI:
    app = FastAPI()
    app.include_router(todo_router(one, Host(current_user=header_user)), prefix="/api")
    app.include_router(todo_router(other, Host(**{"current_user": staff_user, **host})), prefix="/staff")
    return app


async def test_two_mounts_have_users_and_databases_of_their_own(database_url: str, sqlite_file: str) -> None:
    app = two_mounts(TodoKitSettings(database_url=database_url), TodoKitSettings(database_url=sqlite_file, name="b"))
    async with running(app) as api:
        staff = {"X-Staff": api.user}
        todo = await api.todo("of the first")
        await api.client.post("http://test/staff/todos", json={"title": "of the second"}, headers=staff)

        theirs = (await api.client.get("http://test/staff/todos", headers=staff)).json()["items"]
        missing = await api.client.get(f"http://test/staff/todos/{todo['id']}", headers=staff)

        assert [one["title"] for one in theirs] == ["of the second"]
        assert await api.titles() == ["of the first"]
        assert missing.status_code == 404


async def test_two_mounts_have_settings_of_their_own(database_url: str) -> None:
    strict = TodoKitSettings(
        database_url=database_url, name="b", require_if_match=True, limits=Limits(body_bytes=1_024, subtask_depth=0)
    )
    async with running(two_mounts(TodoKitSettings(database_url=database_url), strict)) as api:
        path, headers = "http://test/staff/todos", {"X-Staff": api.user}
        todo = await api.todo(description="x" * 2_000)

        assert (await api.client.patch(f"{path}/{todo['id']}", json={}, headers=headers)).status_code == 428
        assert (await api.client.post(path, json={"title": "x" * 2_000}, headers=headers)).status_code == 413
        child = {"title": "x", "parent_id": todo["id"]}
        assert (await api.client.post(path, json=child, headers=headers)).json()["limit"] == "subtask_depth"
        await api.todo(parent_id=todo["id"])
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"})


async def test_two_mounts_on_one_database_may_share_their_users(database_url: str) -> None:
    settings = [TodoKitSettings(database_url=database_url, name=name) for name in ("a", "b")]
    async with running(two_mounts(*settings)) as api:
        await api.todo("shared")

        found = await api.client.get("http://test/staff/todos", headers={"X-Staff": api.user})

        assert [one["title"] for one in found.json()["items"]] == ["shared"]


async def test_an_override_reaches_one_mount_and_leaves_the_other_alone(database_url: str) -> None:
    settings = [TodoKitSettings(database_url=database_url, name=name) for name in ("a", "b")]
    app, overriding = two_mounts(*settings), f"user-{uuid.uuid4().hex}"
    app.dependency_overrides[staff_user] = lambda: overriding
    async with running(app) as api:
        created = await api.client.post("http://test/staff/todos", json={"title": "x"})

        assert created.json()["created_by"] == overriding
        assert (await api.client.get("/todos")).status_code == 401
        assert await api.titles() == []
        assert await api.as_user(overriding).titles() == ["x"]


async def test_every_callable_of_the_host_can_be_overridden(database_url: str) -> None:
    async def space() -> str:
        raise HTTPException(403)

    async def session() -> str:
        raise HTTPException(403)

    app, user = two_mounts(TodoKitSettings(), TodoKitSettings(name="b"), space=space, session=session), uuid.uuid4().hex
    engine = create_async_engine(database_url)

    async def open_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as opened:
            yield opened

    app.dependency_overrides |= {staff_user: lambda: user, space: lambda: None, session: open_session}
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/staff") as client:
        assert (await client.post("/todos", json={"title": "x"})).json()["created_by"] == user
        assert (await client.get("/spaces/current")).json()["kind"] == "personal"
    await engine.dispose()


async def test_nothing_depends_on_the_lifespan(database_url: str) -> None:
    app = make_app(TodoKitSettings(database_url=database_url))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api") as client:
        api = Api(client, uuid.uuid4().hex)

        await asyncio.gather(*(api.todo(f"{n}") for n in range(5)))

        assert len(await api.titles()) == 5
    await close(app)


async def close(app: FastAPI) -> None:
    """Close the connections of an application that ran without its lifespan."""
    async with app.router.lifespan_context(app):
        pass


@pytest.mark.parametrize("first", ["write", "read"])
async def test_an_embedded_database_is_made_on_first_use(sqlite_file: str, first: str) -> None:
    app = make_app(TodoKitSettings(database_url=sqlite_file))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api") as client:
        api = Api(client, "ann")
        if first == "write":
            await asyncio.gather(*(api.todo() for _ in range(10)))

        assert len(await api.titles()) == (10 if first == "write" else 0)
    await close(app)


async def test_a_database_that_nobody_migrated_is_503(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    async with running(make_app(TodoKitSettings(database_url=url, auto_migrate=False))) as api:
        with caplog.at_level(logging.CRITICAL):
            response = await api.send("GET", "/todos")

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert "todo-kit migrate" in response.json()["detail"]


@pytest.mark.usefixtures("loops_come_and_go")
def test_a_test_client_without_a_with_block_works(database_url: str) -> None:
    client = TestClient(make_app(TodoKitSettings(database_url=database_url)), headers={"X-User": uuid.uuid4().hex})

    for n in range(3):
        assert client.post("/api/todos", json={"title": f"{n}"}).status_code == 201

    assert [one["title"] for one in client.get("/api/todos").json()["items"]] == ["0", "1", "2"]


@pytest.mark.usefixtures("loops_come_and_go")
def test_a_loop_for_each_request_does_not_use_up_the_connections(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    client = TestClient(make_app(TodoKitSettings(database_url=url)), headers={"X-User": "ann"})
    gc.disable()
    try:
        for _ in range(10):
            client.get("/api/todos")
        connections = asyncio.run(count_connections(url))
    finally:
        gc.enable()

    assert connections <= 3


async def count_connections(url: str) -> int:
    """Return how many connections the kit holds to a database."""
    engine = create_async_engine(url)
    statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND application_name = 'todo_kit'"
    async with engine.connect() as connection:
        count: int = (await connection.execute(text(statement), {"name": engine.url.database})).scalar_one()
    await engine.dispose()
    return count


def test_a_test_client_with_a_with_block_works(database_url: str) -> None:
    app = make_app(TodoKitSettings(database_url=database_url))
    user = {"X-User": uuid.uuid4().hex}

    for n in range(2):
        with TestClient(app, headers=user) as client:
            assert client.post("/api/todos", json={"title": f"{n}"}).status_code == 201
            assert len(client.get("/api/todos").json()["items"]) == n + 1


@pytest.mark.usefixtures("loops_come_and_go")
@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite://"])
def test_a_database_in_memory_lives_as_long_as_its_router(url: str) -> None:
    client = TestClient(make_app(TodoKitSettings(database_url=url)), headers={"X-User": "ann"})

    for _ in range(3):
        assert client.post("/api/todos", json={"title": "x"}).status_code == 201

    assert len(client.get("/api/todos").json()["items"]) == 3


@pytest.mark.usefixtures("loops_come_and_go")
def test_a_database_in_memory_is_made_anew_when_its_application_starts_again() -> None:
    app = make_app(TodoKitSettings(database_url="sqlite://"))

    for _ in range(2):
        with TestClient(app, headers={"X-User": "ann"}) as client:
            assert client.post("/api/todos", json={"title": "x"}).status_code == 201
            assert len(client.get("/api/todos").json()["items"]) == 1
    assert TestClient(app, headers={"X-User": "ann"}).get("/api/todos").json()["items"] == []


@pytest.mark.usefixtures("loops_come_and_go")
def test_databases_in_memory_are_apart() -> None:
    settings = TodoKitSettings(database_url="sqlite+aiosqlite://")
    one, other = (TestClient(make_app(settings), headers={"X-User": "ann"}) for _ in range(2))

    one.post("/api/todos", json={"title": "x"})

    assert other.get("/api/todos").json()["items"] == []


async def test_a_database_in_memory_serves_many_at_once() -> None:
    async with running(make_app(TodoKitSettings(database_url="sqlite+aiosqlite://"))) as api:
        answers = await asyncio.gather(
            *(api.send("POST", "/todos", {"title": f"{n}"}) for n in range(10)),
            *(api.send("GET", "/todos") for _ in range(10)),
        )

        assert {answer.status_code for answer in answers} == {200, 201}
        assert len(await api.titles()) == 10


@pytest.fixture
async def host_engine(
    request: pytest.FixtureRequest, database_url: str, sqlite_file: str
) -> AsyncIterator[AsyncEngine]:
    """A database of the host that holds a table of its own beside the kit's."""
    url = sqlite_file
    if database_url.startswith("postgresql"):
        url = await asyncio.to_thread(request.getfixturevalue("new_postgres"))
    await migrate(TodoKitSettings(database_url=url))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_invoices.metadata.create_all)
    yield engine
    await engine.dispose()


def session_of(engine: AsyncEngine) -> Callable[[], AsyncIterator[AsyncSession]]:
    """Return a session dependency as a host would write it."""

    async def get_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as session:
            yield session

    return get_session


def host_app(engine: AsyncEngine, number: str = "42") -> FastAPI:
    """Return a host that adds an invoice to its session before each request of the kit."""
    get_session = session_of(engine)

    async def paying_user(
        x_user: Annotated[str, Header()], session: Annotated[AsyncSession, Depends(get_session)]
    ) -> str:
        await session.execute(insert(_invoices).values(number=number))
        return x_user

    return make_app(TodoKitSettings(), current_user=paying_user, session=get_session)


async def invoices(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        count: int = (await connection.execute(select(func.count()).select_from(_invoices))).scalar_one()
        return count


async def test_what_the_host_has_pending_is_committed_with_the_kits_write(host_engine: AsyncEngine) -> None:
    async with running(host_app(host_engine)) as api:
        await api.todo("pay invoice 42")

    assert await invoices(host_engine) == 1
    async with running(make_app(TodoKitSettings(), session=session_of(host_engine)), api.user) as reader:
        assert await reader.titles() == ["pay invoice 42"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/todos", {"title": "x", "list_id": str(uuid.uuid4())}, 404),
        ("/todos", {"title": ""}, 422),
        ("/todos/x/complete", None, 404),
    ],
)
async def test_an_error_rolls_back_what_the_host_has_pending(
    host_engine: AsyncEngine, path: str, body: Any, status: int
) -> None:
    async with running(host_app(host_engine)) as api:
        await api.post(path, body, status)

    assert await invoices(host_engine) == 0


async def test_an_error_of_the_host_rolls_back_the_kits_write(host_engine: AsyncEngine) -> None:
    async with running(host_app(host_engine, number="same")) as api:
        await api.todo("first")
        with pytest.raises(IntegrityError):
            await api.todo("second")

    assert await invoices(host_engine) == 1
    async with running(make_app(TodoKitSettings(), session=session_of(host_engine)), api.user) as reader:
        assert await reader.titles() == ["first"]


async def test_a_commit_that_fails_is_an_error_and_no_todo(host_engine: AsyncEngine) -> None:
    async with running(make_app(TodoKitSettings(), session=session_of(host_engine))) as api:
        with losing_commits():
            response = await api.send("POST", "/todos", {"title": "x"})

    assert (response.status_code, response.json()["code"]) == (503, "database_unavailable")
    async with running(make_app(TodoKitSettings(), session=session_of(host_engine)), api.user) as reader:
        assert await reader.titles() == []


async def test_a_read_commits_nothing(host_engine: AsyncEngine) -> None:
    async with running(host_app(host_engine)) as api:
        await api.get("/todos")
        await api.get("/spaces/current")

    assert await invoices(host_engine) == 0


class Witness:
    """Notes when the response leaves and when a session commits."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def wrap(self, app: FastAPI) -> Any:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            async def noting(message: Message) -> None:
                self.seen.append(message["type"])
                await send(message)

            await app(scope, receive, noting)

        return wrapped

    def watch(self, commit: Any) -> Any:
        async def watched(connection: Any) -> None:
            await commit(connection)
            self.note_commit(connection)

        return watched

    def note_commit(self, _subject: Any) -> None:
        self.seen.append("commit")


@pytest.mark.parametrize("hosted", [True, False])
async def test_the_response_never_leaves_before_the_commit(
    host_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch, *, hosted: bool
) -> None:
    witness = Witness()
    settings = TodoKitSettings(database_url=host_engine.url.render_as_string(hide_password=False))
    host: dict[str, Any] = {"session": session_of(host_engine)} if hosted else {}
    app = make_app(settings, **host)
    event.listen(Engine, "commit", witness.note_commit)
    for kind in (PostgresConnection, SqliteConnection):
        monkeypatch.setattr(kind, "commit", witness.watch(kind.commit))
    try:
        transport = httpx2.ASGITransport(witness.wrap(app))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test/api") as client:
            await Api(client, "ann").todo()
            witness.seen.clear()
            await Api(client, "ann").todo()
            seen = list(witness.seen)
    finally:
        event.remove(Engine, "commit", witness.note_commit)
        await close(app)

    assert seen == ["commit", "http.response.start", "http.response.body"]
