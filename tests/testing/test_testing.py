"""What hosts use in their tests, used as they use it."""

import asyncio
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
from fastapi import FastAPI, Header, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import (
    Action,
    Host,
    Membership,
    Recipient,
    TodoKitSettings,
    migrate,
    sync_todo_services,
    todo_router,
    todo_services,
)
from fastapi_todo_kit.changes import ChangeEvent, TodoCreated
from fastapi_todo_kit.testing import (
    Actor,
    FrozenClock,
    MemoryKit,
    TodoKitConformance,
    assert_invariants,
    check_migrations,
    list_body,
    memory_kit,
    seed,
    sync_assert_invariants,
    sync_seed,
    todo_body,
)
from fastapi_todo_kit.testing.tables import sync_check_migrations

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def test_a_kit_in_memory_needs_nothing(todo_kit_memory: MemoryKit) -> None:
    client = TestClient(todo_kit_memory.app)

    client.post("/todos", json=todo_body(title="of ann"))
    with todo_kit_memory.as_user("bob"):
        client.post("/todos", json=todo_body(title="of bob"))

    assert [todo["title"] for todo in client.get("/todos").json()["items"]] == ["of ann"]


def test_the_clock_of_a_kit_in_memory_stands_still_until_it_is_moved() -> None:
    kit = memory_kit()
    client = TestClient(kit.app)
    first = client.post("/todos", json=todo_body()).json()
    kit.clock.advance(days=1)
    second = client.post("/todos", json=todo_body()).json()

    assert first["created_at"] == first["updated_at"] == "2026-03-28T12:00:00Z"
    assert second["created_at"] == "2026-03-29T12:00:00Z"


def test_a_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a moment with a zone"):
        FrozenClock(datetime(2026, 1, 1))  # noqa: DTZ001  (what the test is about)


class Wired:
    """A host that knows nothing of being tested."""

    def __init__(self, url: str) -> None:
        async def current_user(x_user: Annotated[str | None, Header()] = None) -> str:
            if x_user is None:
                raise HTTPException(401)
            return x_user

        self.current_user = current_user
        self.app = FastAPI()
        settings = TodoKitSettings(database_url=url)
        self.app.include_router(todo_router(settings, Host(current_user=current_user)), prefix="/api")


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[tuple[Wired, TestClient]]:
    host = Wired(f"sqlite:///{tmp_path}/wired.db")
    with TestClient(host.app) as client:
        yield host, client


def test_fixtures_take_hold_of_a_host_from_outside(
    wired: tuple[Wired, TestClient],
    todo_kit_clock: FrozenClock,
    todo_kit_changes: list[ChangeEvent],
    todo_kit_as_user: Callable[..., AbstractContextManager[None]],
    todo_kit_todo_body: Callable[..., dict[str, Any]],
) -> None:
    host, client = wired
    todo_kit_clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    assert client.post("/api/todos", json={}).status_code == 401

    with todo_kit_as_user(host.app, host.current_user, "ann"):
        client.post("/api/todos", json={"title": ""})
        todo = client.post("/api/todos", json=todo_kit_todo_body()).json()

    assert (todo["created_by"], todo["created_at"]) == ("ann", "2030-01-01T00:00:00Z")
    assert [type(event) for event in todo_kit_changes][-1:] == [TodoCreated]
    assert len(todo_kit_changes) == 2
    assert client.get("/api/todos").status_code == 401


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables, which are empty."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    asyncio.run(migrate(TodoKitSettings(database_url=f"sqlite:///{path}")))
    return path


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{shutil.copy(migrated, tmp_path / 'sync.db')}")
    yield made
    made.dispose()


def test_a_seeded_space_keeps_every_invariant_sync(engine: Engine) -> None:
    with Session(engine) as session, sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
        todos = sync_seed(kit, lists=2, todos=3)
        sync_assert_invariants(session)
        sync_check_migrations(session)

    assert len(todos) == 8


async def test_a_seeded_space_keeps_every_invariant(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/seeded.db"
    if database_url.startswith("postgresql"):
        url = await asyncio.to_thread(request.getfixturevalue("new_postgres"))
    await migrate(settings := TodoKitSettings(database_url=url))
    engine = create_async_engine(settings.url)
    async with AsyncSession(engine) as session:
        async with todo_services(settings, session=session, user_id=uuid.uuid4()) as kit:
            todos = await seed(kit)
        await assert_invariants(session)
        await check_migrations(session)
    await engine.dispose()

    assert len([todo for todo in todos if todo["parent_id"]]) == 2


BREAKAGES = [
    ("UPDATE todokit_todo SET depth = 3 WHERE parent_id IS NULL", "where its parent is|is nested"),
    ("UPDATE todokit_todo SET parent_id = id, depth = depth", "where its parent is|own ancestor"),
    ("DELETE FROM todokit_change WHERE seq = 2", "end of its log|has a gap"),
    ("UPDATE todokit_todo SET version = 9", "version of a todo is not in the log"),
    ("UPDATE todokit_space SET seq = seq + 1", "end of its log"),
    ("UPDATE todokit_todo SET delete_batch_id = id", "belongs to no batch"),
    ("UPDATE todokit_todo SET closed_batch_id = id", "batch of closed ones"),
    ("UPDATE todokit_todo SET status = 'completed' WHERE parent_id IS NULL", "below a closed one"),
    ("DELETE FROM todokit_label", "nothing is left"),
    ("UPDATE todokit_list SET deleted_at = created_at, delete_batch_id = id", "lives in a deleted list"),
    ("DROP INDEX uq_todokit_todo_position; UPDATE todokit_todo SET position = 'a0'", "two todos of a list"),
    ("DROP INDEX uq_todokit_list_position; UPDATE todokit_list SET position = 'a0'", "two lists of a space"),
    ("DROP INDEX uq_todokit_list_inbox; UPDATE todokit_list SET is_inbox = true", "two inboxes"),
]


@pytest.mark.parametrize(("breakage", "message"), BREAKAGES, ids=[message for _, message in BREAKAGES])
def test_what_is_broken_is_found(engine: Engine, breakage: str, message: str) -> None:
    with Session(engine) as session, sync_todo_services(TodoKitSettings(), session=session, user_id=7) as kit:
        sync_seed(kit)
        for statement in breakage.split("; "):
            session.execute(text(statement))

        with pytest.raises(AssertionError, match=message):
            sync_assert_invariants(session)


def test_a_missing_migration_is_found(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(text("ALTER TABLE todokit_list DROP COLUMN extra"))

        with pytest.raises(AssertionError, match=r"a migration is missing.*extra"):
            sync_check_migrations(session)


class _RoleClient:
    """A test client that says who it is."""

    def __init__(self, client: TestClient, **headers: str) -> None:
        self._client = client
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def request(self, method: str, path: str, *, headers: dict[str, str] | None = None, json: Any = None) -> Any:
        return self._client.request(method, path, headers={**self._headers, **(headers or {})}, json=json)


async def _tenant(x_org: Annotated[str, Header()], x_role: Annotated[str, Header()] = "owner") -> Membership:
    return Membership(x_org, x_role)


def _recipient(_user_id: str, tenant: str | None) -> Recipient:
    return Recipient(membership=tenant)


class _Invoice(BaseModel):
    number: str


def make_wired(extra: Any = None, *, require_if_match: bool = False, **options: Any) -> FastAPI:
    async def current_user(x_user: Annotated[str | None, Header()] = None) -> str:
        if x_user is None:
            raise HTTPException(401)
        return x_user

    host = Host(current_user=current_user, space=_tenant, recipient=_recipient, extra=extra)
    settings = TodoKitSettings(database_url="sqlite://", require_if_match=require_if_match)
    app = FastAPI()
    app.include_router(todo_router(settings, host, **options), prefix="/v1")
    return app


class TestConformance(TodoKitConformance):
    """The suite, run as a host with roles runs it."""

    prefix = "/v1"
    paths: ClassVar[Mapping[str, str]] = {"todos": "tasks"}
    leave_out: ClassVar[Collection[str]] = ("purge_trash",)

    @pytest.fixture(scope="class")
    @classmethod
    def client(cls) -> Iterator[TestClient]:
        with TestClient(make_wired(paths=cls.paths, leave_out=cls.leave_out)) as client:
            yield client

    @pytest.fixture
    def todo_kit_owner(self, client: TestClient) -> Any:
        return _RoleClient(client, x_user="ann", x_org="acme")

    @pytest.fixture
    def todo_kit_actors(self, client: TestClient) -> dict[str, Actor]:
        reads = {action for action in Action if action.is_read} | {Action.SET_REMINDER, Action.UPDATE_ITEM}
        edits = set(Action) - {Action.SHARE_LIST}
        return {
            "viewer": Actor(_RoleClient(client, x_user="vic", x_org="acme", x_role="viewer"), reads),
            "editor": Actor(_RoleClient(client, x_user="edi", x_org="acme", x_role="editor"), edits),
        }

    @pytest.fixture
    def todo_kit_stranger(self, client: TestClient) -> Any:
        return _RoleClient(client, x_user="eve", x_org="globex")

    @pytest.fixture
    def todo_kit_anonymous(self, client: TestClient) -> Any:
        return _RoleClient(client, x_org="acme")


class TestConformanceOfTodosOnly(TestConformance):
    """The suite where only some features are mounted."""

    leave_out: ClassVar[Collection[str]] = ()
    paths: ClassVar[Mapping[str, str]] = {}
    features: ClassVar[Collection[str]] = ("todos",)

    @pytest.fixture(scope="class")
    @classmethod
    def client(cls) -> Iterator[TestClient]:
        with TestClient(make_wired(features=cls.features)) as client:
            yield client


class TestConformanceOfAStrictHost(TestConformance):
    """The suite where `extra` has a field that is required, and so is If-Match."""

    leave_out: ClassVar[Collection[str]] = ()
    paths: ClassVar[Mapping[str, str]] = {}
    todo_extra: ClassVar[Mapping[str, Any]] = {"number": "1"}
    list_extra: ClassVar[Mapping[str, Any]] = {"number": "2"}

    @pytest.fixture(scope="class")
    @classmethod
    def client(cls) -> Iterator[TestClient]:
        with TestClient(make_wired(_Invoice, require_if_match=True)) as client:
            yield client

    @pytest.fixture
    def todo_kit_actors(self) -> dict[str, Actor]:
        """Nobody besides the owner, who meets every requirement in everything."""
        return {}


def test_the_suite_fails_where_a_stranger_gets_in() -> None:
    with TestClient(make_wired(paths=TestConformance.paths)) as client:
        owner = _RoleClient(client, x_user="ann", x_org="acme")
        colleague = _RoleClient(client, x_user="bob", x_org="acme")

        with pytest.raises(AssertionError, match="get_todo"):
            TestConformance().test_a_stranger_finds_nothing(owner, colleague)


def test_the_suite_fails_where_nobody_is_asked_who_he_is() -> None:
    with TestClient(make_wired(paths=TestConformance.paths)) as client:
        owner = _RoleClient(client, x_user="ann", x_org="acme")

        with pytest.raises(AssertionError, match="list_todos"):
            TestConformance().test_nobody_gets_in(owner, owner)


def test_the_suite_fails_where_the_owner_cannot_do_everything() -> None:
    with TestClient(make_wired(paths=TestConformance.paths, leave_out=["complete_todo"])) as client:
        owner = _RoleClient(client, x_user="ann", x_org="acme")

        with pytest.raises(AssertionError, match="complete_todo"):
            TestConformance().test_the_owner_may_do_everything(owner)


@pytest.mark.parametrize("may", [set(), {Action.PURGE_TRASH}])
def test_the_suite_fails_where_a_role_may_more_or_less_than_it_should(may: set[Action]) -> None:
    with TestClient(make_wired(paths=TestConformance.paths)) as client:
        owner = _RoleClient(client, x_user="ann", x_org="acme")
        actors = {"editor": Actor(_RoleClient(client, x_user="edi", x_org="acme", x_role="editor"), may)}

        with pytest.raises(AssertionError, match="editor"):
            TestConformance().test_everybody_may_do_what_the_policy_says(owner, actors)


def test_the_plugin_imports_nothing_until_it_is_used() -> None:
    code = (
        "import sys, fastapi_todo_kit.pytest_plugin; "
        "loaded = [name for name in ('fastapi', 'sqlalchemy', 'pydantic', 'alembic') if name in sys.modules]; "
        "sys.exit(str(loaded) if loaded else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_bodies_have_names_of_their_own() -> None:
    assert todo_body()["title"] != todo_body()["title"]
    assert list_body(icon="x")["icon"] == "x"
