"""Units of work in a session of the host: sync and async, committed by the kit and by the host."""

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from fastapi import Depends, FastAPI, Header, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlalchemy import ColumnElement, Engine, FromClause, String, create_engine, event, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fastapi_todo_kit import (
    Access,
    Action,
    ConfigurationError,
    Host,
    LinkTarget,
    OnChange,
    RolePolicy,
    TodoKitError,
    TodoKitSettings,
    Transaction,
    migrate,
    sync_todo_services,
    todo_router,
    todo_services,
)
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.errors import LimitReached, ListNotFound
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.schemas import ListCreate, ListQuery, TodoCreate, TodoImport, TodoMove, TodoQuery, TodoUpdate
from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.settings import Limits
from fastapi_todo_kit.storage.sessions import drive
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.testing import assert_invariants, sync_assert_invariants

CREATE_NOTES = "CREATE TABLE host_note (note varchar(40) PRIMARY KEY)"
ADD_NOTE = text("INSERT INTO host_note VALUES (:note)")


@pytest.fixture
def url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """A database of the test's own that holds the kit's tables and one of the host; the URL names no driver."""
    url = f"sqlite:///{tmp_path}/host.db"
    if database_url.startswith("postgresql"):
        url = request.getfixturevalue("new_postgres")()
    settings = TodoKitSettings(database_url=url)

    async def prepare() -> None:
        await migrate(settings)
        engine = create_async_engine(settings.url)
        async with engine.begin() as connection:
            await connection.execute(text(CREATE_NOTES))
        await engine.dispose()

    asyncio.run(prepare())
    return url.replace("+asyncpg", "")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A sync engine, as the SQLModel tutorial makes it."""
    made = create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"),
        connect_args={"check_same_thread": False} if url.startswith("sqlite") else {},
    )
    yield made
    made.dispose()


@pytest.fixture
async def async_engine(url: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(TodoKitSettings(database_url=url).url)
    yield made
    await made.dispose()


def notes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [row.note for row in connection.execute(text("SELECT note FROM host_note ORDER BY note"))]


def titles(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [row.title for row in connection.execute(text("SELECT title FROM todokit_todo ORDER BY title"))]


def sync_app(engine: Engine, **host: Any) -> FastAPI:
    """Return a host with plain functions, which notes something in its own table before each request of the kit."""
    commits = host.get("commit") == "host"

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session
            if commits:
                session.commit()

    scope: Any = "function" if commits else "request"

    def get_user(
        session: Annotated[Session, Depends(get_session, scope=scope)],
        x_user: Annotated[str, Header()],
        x_note: Annotated[str | None, Header()] = None,
    ) -> str:
        if x_note:
            session.execute(ADD_NOTE, {"note": x_note})
        return x_user

    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_user, session=get_session, **host)))
    return app


@pytest.mark.parametrize("commit", ["kit", "host"])
def test_a_sync_session_carries_the_whole_api(engine: Engine, commit: str) -> None:
    client = TestClient(sync_app(engine, commit=commit), headers={"X-User": "7"})

    home = client.post("/lists", json={"name": "home"}).json()
    todo = client.post("/todos", json={"title": "x", "list_id": home["id"]}).json()
    changed = client.patch(f"/todos/{todo['id']}", json={"title": "y"}, headers={"If-Match": '"1"'})
    stale = client.patch(f"/todos/{todo['id']}", json={"title": "z"}, headers={"If-Match": '"1"'})
    client.post(f"/todos/{todo['id']}/complete")
    replayed = [client.post("/todos", json={"title": "once"}, headers={"Idempotency-Key": "k"}) for _ in range(2)]

    assert (changed.json()["title"], stale.status_code) == ("y", 412)
    assert replayed[0].json() == replayed[1].json()
    assert client.get("/todos", params={"status": "completed"}).json()["items"][0]["id"] == todo["id"]
    with Session(engine) as session:
        sync_assert_invariants(session)


@pytest.mark.parametrize("commit", ["kit", "host"])
@pytest.mark.parametrize(
    ("body", "status"),
    [({"title": "x"}, 201), ({"title": "x", "list_id": str(uuid.uuid4())}, 404), ({"title": 1}, 422)],
)
def test_the_rows_of_kit_and_host_share_their_fate(engine: Engine, commit: str, body: Any, status: int) -> None:
    client = TestClient(sync_app(engine, commit=commit), headers={"X-User": "7", "X-Note": "before"})

    response = client.post("/todos", json=body)

    assert response.status_code == status
    assert (notes(engine), titles(engine)) == ((["before"], ["x"]) if status == 201 else ([], []))


@pytest.mark.parametrize("commit", ["kit", "host"])
def test_a_commit_that_fails_is_an_error_and_leaves_nothing(engine: Engine, commit: str) -> None:
    def refuse(_connection: Any) -> None:
        raise ConnectionRefusedError

    client = TestClient(sync_app(engine, commit=commit), headers={"X-User": "7"}, raise_server_exceptions=False)
    event.listen(engine, "commit", refuse)
    try:
        response = client.post("/todos", json={"title": "x"})
    finally:
        event.remove(engine, "commit", refuse)

    assert response.status_code >= 500
    engine.dispose()  # what an event of SQLAlchemy interrupted stays open in the pool
    assert titles(engine) == []


def test_an_error_of_the_hosts_commit_is_answered_by_the_hosts_handler(engine: Engine) -> None:
    def refuse(_connection: Any) -> None:
        raise ConnectionRefusedError

    async def answer(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse({"error": "try again"}, 503)

    app = sync_app(engine, commit="host")
    app.add_exception_handler(ConnectionRefusedError, answer)
    event.listen(engine, "commit", refuse)
    try:
        response = TestClient(app, headers={"X-User": "7"}).post("/todos", json={"title": "x"})
    finally:
        event.remove(engine, "commit", refuse)

    assert (response.status_code, response.json()) == (503, {"error": "try again"})


@pytest.mark.parametrize("commit", ["kit", "host"])
def test_many_threads_lose_nothing(engine: Engine, commit: str) -> None:
    client = TestClient(sync_app(engine, commit=commit), headers={"X-User": "7"})
    client.post("/todos", json={"title": "first"})
    statuses: list[int] = []

    def post(number: int) -> None:
        statuses.extend(client.post("/todos", json={"title": f"{number} {n}"}).status_code for n in range(3))

    threads = [threading.Thread(target=post, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [201] * 12
    assert len(titles(engine)) == 13
    with Session(engine) as session:
        sync_assert_invariants(session)


async def test_the_event_loop_does_not_wait_for_a_sync_session(engine: Engine) -> None:
    waiting, released = threading.Event(), threading.Event()

    def wait(*_: Any) -> None:
        waiting.set()
        assert released.wait(timeout=30)

    transport = httpx2.ASGITransport(sync_app(engine))
    event.listen(engine, "commit", wait)
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            task = asyncio.create_task(client.post("/todos", json={"title": "x"}, headers={"X-User": "7"}))
            assert await asyncio.to_thread(waiting.wait, 30)
            assert not task.done()
            released.set()
            response = await task
    finally:
        event.remove(engine, "commit", wait)

    assert response.status_code == 201


def late_app(engine: Engine, *, by_wrapper: bool) -> FastAPI:
    """Return a host whose commit comes after the response, or never."""

    def open_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session
            if by_wrapper:
                session.commit()

    def wrapped(session: Annotated[Session, Depends(open_session)]) -> Session:
        return session

    host = Host(current_user=lambda: "7", session=wrapped if by_wrapper else open_session, commit="host")
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), host))
    return app


@pytest.mark.parametrize("by_wrapper", [True, False])
def test_an_answer_that_would_leave_before_the_hosts_commit_is_refused(engine: Engine, *, by_wrapper: bool) -> None:
    app = late_app(engine, by_wrapper=by_wrapper)

    with pytest.raises(RuntimeError, match=r"would leave before Host\.session commits"):
        TestClient(app).post("/todos", json={"title": "x"})
    answer = TestClient(app, raise_server_exceptions=False).post("/todos", json={"title": "x"})

    assert answer.status_code == 500
    assert titles(engine) == []
    assert TestClient(app).get("/todos").status_code == 200


def test_a_session_that_nobody_closes_keeps_no_lock(engine: Engine) -> None:
    opened: list[Session] = []

    def open_session() -> Session:
        opened.append(Session(engine))
        return opened[-1]

    app = FastAPI()
    host = Host(current_user=lambda: "7", session=open_session, commit="host")
    app.include_router(todo_router(TodoKitSettings(), host))

    answers = [
        TestClient(app, raise_server_exceptions=False).post("/todos", json={"title": "x"}).status_code for _ in range(2)
    ]

    assert (answers, [session.in_transaction() for session in opened]) == ([500, 500], [False, False])
    assert titles(engine) == []


def test_a_dependency_that_commits_in_its_finally_keeps_no_half_of_a_change(engine: Engine) -> None:
    def get_session() -> Iterator[Session]:
        session = Session(engine)
        try:
            yield session
        finally:
            session.commit()
            session.close()

    for commit in ("kit", "host"):
        app = FastAPI()
        host = Host(current_user=lambda: "7", session=get_session, commit=commit)
        app.include_router(todo_router(TodoKitSettings(limits=Limits(links_per_todo=1)), host))
        client = TestClient(app)
        # The inbox is made before the links are counted.
        links = [{"source": "a", "type": "b", "id": f"{n}"} for n in range(2)]
        assert client.post("/todos", json={"title": "x", "links": links}).status_code == 409

    with Session(engine) as session:
        sync_assert_invariants(session)
    assert titles(engine) == []


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "host_member"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen: Mapped[int] = mapped_column(default=0)


@pytest.mark.parametrize("expire_on_commit", [False, True])
def test_what_the_host_has_loaded_outlives_a_rollback_if_it_outlives_a_commit(
    engine: Engine, *, expire_on_commit: bool
) -> None:
    Base.metadata.create_all(engine)
    with Session(engine, expire_on_commit=expire_on_commit) as session:
        session.add_all(Member(name=name) for name in ("ann", "bob"))
        session.commit()
        ann, bob = session.scalars(select(Member).order_by(Member.name)).all()

        def get_user() -> str:
            bob.seen += 1
            session.flush()
            return ann.name

        app = FastAPI()
        app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_user, session=lambda: session)))
        answer = TestClient(app).post("/todos", json={"title": "x", "list_id": str(uuid.uuid4())})

        assert answer.status_code == 404
        assert ("name" in vars(ann), "seen" in vars(bob)) == (not expire_on_commit, False)
        assert (ann.name, bob.seen) == ("ann", 0)


async def test_services_write_in_the_transaction_of_the_host(async_engine: AsyncEngine) -> None:
    settings = TodoKitSettings()
    async with AsyncSession(async_engine) as session:
        await session.execute(ADD_NOTE, {"note": "invoice 42"})
        async with todo_services(settings, session=session, user_id=uuid.UUID(int=7)) as kit:
            home = await kit.lists.create(ListCreate(name="home"))
            for title in ("write", "send", "file"):
                await kit.todos.create(TodoCreate(title=title, list_id=home["id"]))
        await session.rollback()

        await session.execute(ADD_NOTE, {"note": "invoice 43"})
        async with todo_services(settings, session=session, user_id=uuid.UUID(int=7)) as kit:
            todo = await kit.todos.create(TodoCreate(title="write"))
            await kit.todos.update(todo["id"], TodoUpdate(title="rewrite"))
            await kit.todos.complete(todo["id"])
        await session.commit()

        async with todo_services(settings, session=session, user_id=str(uuid.UUID(int=7))) as kit:
            page = await kit.todos.page(TodoQuery(count="exact"))
            lists = await kit.lists.page(ListQuery(counts=True))
        await assert_invariants(session)
        found = [row.note for row in await session.execute(text("SELECT note FROM host_note"))]

    assert [(one["title"], one["status"]) for one in page["items"]] == [("rewrite", "completed")]
    assert page.get("count") == lists["items"][0].get("total_count") == 1
    assert found == ["invoice 43"]


async def test_a_call_that_fails_leaves_the_transaction_usable(async_engine: AsyncEngine) -> None:
    async with AsyncSession(async_engine) as session:
        async with todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
            todo = await kit.todos.create(TodoCreate(title="stays"))
            with pytest.raises(ListNotFound):
                await kit.todos.create(TodoCreate(title="goes", list_id=uuid.uuid4()))
            with pytest.raises(TodoKitError):
                await kit.todos.create(TodoCreate(title="the id is taken", id=todo["id"]))
            await kit.todos.move(todo["id"], TodoMove())
        await session.commit()
        await assert_invariants(session)
        seq = await session.scalar(text("SELECT max(seq) FROM todokit_change"))

    assert seq == 3


class Failing(RolePolicy):
    """Asks the database what only PostgreSQL refuses to answer."""

    def narrow(self, _access: Access, _entity: Entity, _rows: FromClause) -> ColumnElement[bool]:
        return literal_column("1 / 0") > literal_column("0")


async def test_a_read_that_fails_leaves_the_transaction_usable(async_engine: AsyncEngine, engine: Engine) -> None:
    failing, settings = Host(policy=Failing()), TodoKitSettings()
    async with AsyncSession(async_engine) as session:
        async with todo_services(settings, failing, session=session, user_id=7) as kit:
            with suppress(TodoKitError):
                await kit.todos.page(TodoQuery())
        async with todo_services(settings, session=session, user_id=7) as kit:
            await kit.todos.create(TodoCreate(title="async"))
        await session.commit()
    with Session(engine) as blocking:
        with sync_todo_services(settings, failing, session=blocking, user_id=7) as twin, suppress(TodoKitError):
            twin.todos.page(TodoQuery())
        with sync_todo_services(settings, session=blocking, user_id=7) as twin:
            twin.todos.create(TodoCreate(title="sync"))
            assert [one["title"] for one in twin.todos.page(TodoQuery())["items"]] == ["async", "sync"]


def test_the_sync_twin_does_the_same(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(ADD_NOTE, {"note": "invoice 42"})
        with sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
            kit.todos.create(TodoCreate(title="goes"))
        session.rollback()
        with sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
            todo = kit.todos.create(TodoCreate(title="stays"))
            with pytest.raises(ListNotFound):
                kit.todos.create(TodoCreate(title="goes", list_id=uuid.uuid4()))
            assert kit.todos.get(todo["id"])["title"] == "stays"
            assert kit.spaces.current()["key"] == "7"
            assert kit.labels.page()["items"] == []
            assert kit.trash.page()["items"] == []
        session.commit()
        sync_assert_invariants(session)

    assert (titles(engine), notes(engine)) == (["stays"], [])


def test_services_and_the_api_share_a_space(engine: Engine) -> None:
    with (
        Session(engine) as session,
        session.begin(),
        sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit,
    ):
        todo = kit.todos.create(TodoCreate(title="by the service"))

    answer = TestClient(sync_app(engine), headers={"X-User": "7"}).get(f"/todos/{todo['id']}")

    assert (answer.status_code, answer.json()["title"]) == (200, "by the service")


async def test_services_have_the_limits_and_the_policy_of_the_host(async_engine: AsyncEngine) -> None:
    def only_invoices(_access: Any, target: LinkTarget, transaction: Transaction) -> bool:
        assert isinstance(transaction.session, AsyncSession)
        return target.type == "invoice"

    host = Host(link_policy=only_invoices)
    link = {"source": "billing", "type": "order", "id": "42"}
    settings = TodoKitSettings(limits=Limits(lists_per_space=1))
    async with (
        AsyncSession(async_engine) as session,
        todo_services(settings, host, session=session, user_id=7, tenant="acme") as kit,
    ):
        with pytest.raises(TodoKitError, match="no such object"):
            await kit.todos.create(TodoCreate.model_validate({"title": "x", "links": [link]}))
        await kit.todos.create(TodoCreate.model_validate({"title": "x", "links": [{**link, "type": "invoice"}]}))
        with pytest.raises(LimitReached):
            await kit.lists.create(ListCreate(name="second"))


def test_a_coroutine_that_waits_cannot_be_driven() -> None:
    async def wait() -> None:
        await asyncio.Event().wait()

    async def run() -> None:
        drive(wait())

    with pytest.raises(ConfigurationError, match="plain functions with a sync session"):
        asyncio.run(run())


@pytest.mark.parametrize("commit", ["nobody", "", None])
def test_who_commits_is_one_of_two(commit: Any) -> None:
    with pytest.raises(ConfigurationError, match=r'Host\.commit must be "kit" or "host"'):
        Host(commit=commit)


def test_a_host_commits_only_a_session_of_its_own() -> None:
    with pytest.raises(ConfigurationError, match=r"needs Host\.session"):
        Host(commit="host")


@pytest.mark.parametrize("action", [Action.READ_TODO, Action.CREATE_TODO])
async def test_a_unit_of_work_that_asks_nobody_is_refused(async_engine: AsyncEngine, action: Action) -> None:
    async def add_a_note(work: Work) -> None:
        await work.run(ADD_NOTE, {"note": "unasked"})

    async with AsyncSession(async_engine) as session:
        caller = Caller.of(
            TodoKitSettings(), None, session, user_id=7, tenant=None, tenants=(), space=None, time_zone=ZoneInfo("UTC")
        )
        with pytest.raises(RuntimeError, match=f"{action} was done without asking the policy"):
            await caller.run(action, add_a_note)


def test_the_sync_twin_brings_many_at_once(engine: Engine) -> None:
    with Session(engine) as session, sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
        many = kit.todos.create_many([TodoImport(title=f"{n}", status="completed") for n in range(450)])

        assert kit.todos.get(many[-1]["id"]) == many[-1]
        session.commit()
        sync_assert_invariants(session)


@pytest.mark.parametrize("commit", ["kit", "host"])
def test_what_services_write_inside_a_change_is_heard_behind_it(engine: Engine, commit: str) -> None:
    settings, heard, followed = TodoKitSettings(), list[int](), list[int]()

    def follow_up(events: Sequence[ChangeEvent], lent: Transaction) -> None:
        if not followed:
            followed.append(events[-1].seq)
            with sync_todo_services(settings, Host(on_change=on_change), session=lent.session, user_id="7") as kit:
                kit.todos.create(TodoCreate(title="second"))

    on_change = OnChange(
        before_commit=follow_up, after_commit=lambda events: heard.extend(event.seq for event in events)
    )
    client = TestClient(sync_app(engine, commit=commit, on_change=on_change), headers={"X-User": "7"})

    client.post("/todos", json={"title": "first"})

    assert len(heard) == len(set(heard)) > 1
    assert heard == sorted(heard)
    assert titles(engine) == ["first", "second"]
