"""What callables of the host do to the transaction that they are lent: nothing is answered that is not so."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fastapi_todo_kit import ConfigurationError, Host, OnChange, TodoKitSettings, Transaction, migrate, todo_router
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.errors import ChangeRefused
from fastapi_todo_kit.testing import sync_assert_invariants

LINK = {"source": "crm", "type": "deal", "id": "1"}
TABLES = (
    "CREATE TABLE host_parent (id int PRIMARY KEY)",
    "CREATE TABLE host_child (id int REFERENCES host_parent (id) DEFERRABLE INITIALLY DEFERRED)",
    "INSERT INTO host_parent VALUES (1)",
)


class Base(DeclarativeBase):
    pass


class Parent(Base):
    __tablename__ = "host_parent"

    id: Mapped[int] = mapped_column(primary_key=True)


def behave(_connection: Connection, _session: Session | None) -> None:
    """Do nothing."""


def hide_an_error(connection: Connection, _session: Session | None) -> None:
    with suppress(DBAPIError):
        connection.execute(text("INSERT INTO host_missing VALUES (1)"))


def hide_an_error_in_a_savepoint(connection: Connection, _session: Session | None) -> None:
    with suppress(DBAPIError), connection.begin_nested():
        connection.execute(text("INSERT INTO host_missing VALUES (1)"))


def hide_a_flush(connection: Connection, session: Session | None) -> None:
    if session is None:
        return hide_an_error(connection, session)
    session.add(Parent(id=1))
    with suppress(DBAPIError):
        session.flush()
    return None


def roll_back(connection: Connection, session: Session | None) -> None:
    (session or connection).rollback()


def roll_the_connection_back(connection: Connection, _session: Session | None) -> None:
    connection.rollback()


def roll_back_by_a_statement(connection: Connection, _session: Session | None) -> None:
    connection.exec_driver_sql("ROLLBACK")


def end_the_savepoint(connection: Connection, session: Session | None) -> None:
    """Take back what the kit has done where the host commits, and everything where the kit does."""
    savepoint = session and session.get_nested_transaction()
    (savepoint or session or connection).rollback()


def commit(connection: Connection, session: Session | None) -> None:
    (session or connection).commit()


def break_a_constraint(connection: Connection, _session: Session | None) -> None:
    connection.execute(text("INSERT INTO host_parent VALUES (1)"))


def leave_a_row_that_breaks_a_constraint(connection: Connection, session: Session | None) -> None:
    if session is None:
        return break_a_constraint(connection, session)
    session.add(Parent(id=1))
    return None


def break_a_constraint_that_waits(connection: Connection, _session: Session | None) -> None:
    connection.execute(text("INSERT INTO host_child VALUES (99)"))


def miss_a_table(connection: Connection, _session: Session | None) -> None:
    connection.execute(text("SELECT * FROM host_missing"))


def send_a_wrong_value(connection: Connection, _session: Session | None) -> None:
    connection.execute(text("SELECT CAST(:value AS int) + :value"), {"value": 2**70})


def lose_another_connection(_connection: Connection, _session: Session | None) -> None:
    raise ConnectionRefusedError


def time_out(_connection: Connection, _session: Session | None) -> None:
    raise TimeoutError


def send_a_text_that_is_none(_connection: Connection, _session: Session | None) -> None:
    "\ud800".encode()


Behaviour = Callable[[Connection, Session | None], None]
WELL: Sequence[Behaviour] = (behave, hide_an_error_in_a_savepoint)
BADLY: Sequence[Behaviour] = (
    hide_an_error,
    hide_a_flush,
    roll_back,
    roll_the_connection_back,
    roll_back_by_a_statement,
    end_the_savepoint,
    commit,
    break_a_constraint,
    leave_a_row_that_breaks_a_constraint,
    break_a_constraint_that_waits,
    miss_a_table,
    send_a_wrong_value,
    lose_another_connection,
    time_out,
    send_a_text_that_is_none,
)


class Mode(NamedTuple):
    """Whose transaction it is: on which driver, a session's of the host or the kit's own, and who commits it."""

    driver: str
    session: str
    commit: Literal["kit", "host"] = "kit"

    @property
    def is_sqlite(self) -> bool:
        return self.driver.startswith("sqlite")

    def takes(self, act: Behaviour) -> bool:
        """Say whether nothing comes of it: on SQLite a statement that fails takes back itself and nothing else."""
        return self.is_sqlite and (act is hide_an_error or (act is hide_a_flush and self.session == "none"))


MODES = [
    Mode("sqlite+aiosqlite", "none"),
    Mode("postgresql+asyncpg", "none"),
    Mode("postgresql+psycopg", "none"),
    *(
        Mode(driver, session, who)
        for who in ("kit", "host")
        for driver, session in (
            ("sqlite", "sync"),
            ("postgresql+psycopg", "sync"),
            ("sqlite+aiosqlite", "async"),
            ("postgresql+asyncpg", "async"),
            ("postgresql+psycopg", "async"),
        )
    ),
]


@dataclass
class World:
    """An application in one mode, how its callables behave just now, and a connection to look from."""

    mode: Mode
    observer: Engine
    behaviour: dict[str, Behaviour] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def stored(self, title: str) -> bool:
        with self.observer.connect() as connection:
            return bool(connection.execute(text("SELECT 1 FROM todokit_todo WHERE title = :t"), {"t": title}).all())

    def host(self, dependency: Callable[..., Any] | None) -> Host:
        is_sync = self.mode.session == "sync"
        call: Any = self._call_sync if is_sync else self._call
        before, link = (partial(call, name) for name in ("before", "link"))
        on_change = OnChange(before_commit=before, after_commit=self._tell)
        who = self.mode.commit
        return Host(current_user=lambda: "7", session=dependency, commit=who, link_policy=link, on_change=on_change)

    def _tell(self, events: Sequence[ChangeEvent]) -> None:
        self.told.extend(str(event.entity_id) for event in events)

    def listen(self, session: Session) -> None:
        """Behave as a listener of the host's, of a session's `before_commit`."""
        if "listener" in self.behaviour and not session.in_nested_transaction():
            self.behaviour["listener"](session.connection(), session)

    def _call_sync(self, name: str, *arguments: Any) -> bool:
        lent = arguments[-1]
        self.behaviour.get(name, behave)(lent.connection, lent.session)
        return True

    async def _call(self, name: str, *arguments: Any) -> bool:
        act, lent = self.behaviour.get(name, behave), arguments[-1]
        if lent.session is None:
            await lent.connection.run_sync(lambda connection: act(connection, None))
        else:
            await lent.session.run_sync(lambda session: act(session.connection(), session))
        return True


@pytest.fixture(scope="module")
def urls(new_postgres: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> dict[bool, str]:
    """A database of this module's own for each kind, by whether it is SQLite; the URLs name no driver."""
    made = {True: f"sqlite:///{tmp_path_factory.mktemp('hosts')}/host.db", False: new_postgres()}
    for url in made.values():
        asyncio.run(migrate(TodoKitSettings(database_url=url)))
    plain = {kind: on_driver(url, url.partition(":")[0].partition("+")[0]) for kind, url in made.items()}
    for url in plain.values():
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            for statement in TABLES:
                connection.execute(text(statement))
        engine.dispose()
    return plain


def on_driver(url: str, driver: str) -> str:
    return f"{driver}:{url.partition(':')[2]}"


def session_of(
    mode: Mode, url: str, listen: Callable[[Session], None] = lambda _: None, **options: Any
) -> tuple[Engine | AsyncEngine | None, Callable[..., Any] | None]:
    """Return the host's engine, and the dependency that yields a session of it, to whose commits somebody listens."""
    if mode.session == "none":
        return None, None
    made = (create_engine if mode.session == "sync" else create_async_engine)(on_driver(url, mode.driver), **options)
    if mode.is_sqlite:
        sync = made.sync_engine if isinstance(made, AsyncEngine) else made
        event.listen(sync, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=ON"))

    def get_session() -> Iterator[Session]:
        assert isinstance(made, Engine)
        with Session(made) as session, session.begin() if mode.commit == "host" else nullcontext():
            event.listen(session, "before_commit", listen)
            yield session

    async def get_async_session() -> AsyncIterator[AsyncSession]:
        assert isinstance(made, AsyncEngine)
        async with AsyncSession(made) as session, session.begin() if mode.commit == "host" else nullcontext():
            event.listen(session.sync_session, "before_commit", listen)
            yield session

    return made, get_session if mode.session == "sync" else get_async_session


@pytest.fixture(scope="module", params=MODES, ids="-".join)
def world(request: pytest.FixtureRequest, urls: dict[bool, str]) -> Iterator[tuple[World, TestClient]]:
    mode: Mode = request.param
    url = urls[mode.is_sqlite]
    observer = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    made = World(mode, observer)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}} if mode.driver == "sqlite" else {}
    engine, dependency = session_of(mode, url, made.listen, **options)
    app = FastAPI()
    settings = TodoKitSettings(database_url=on_driver(url, mode.driver) if mode.session == "none" else url)
    app.include_router(todo_router(settings, made.host(dependency)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield made, client
        if isinstance(engine, AsyncEngine) and client.portal is not None:
            client.portal.call(engine.dispose)
    if isinstance(engine, Engine):
        engine.dispose()
    observer.dispose()


CASES = [(at, act) for at in ("before", "link") for act in (*WELL, *BADLY) if (at, act) != ("link", commit)]
"""What is committed half-way is half a change: nobody can mend that."""


@pytest.mark.thorough
@pytest.mark.parametrize(("at", "act"), CASES, ids=lambda part: getattr(part, "__name__", part))
def test_nothing_is_said_that_is_not_so(world: tuple[World, TestClient], at: str, act: Behaviour) -> None:
    made, client = world
    title, key = uuid.uuid4().hex, {"Idempotency-Key": uuid.uuid4().hex}
    made.behaviour, made.told = {at: act}, []

    answer = client.post("/todos", json={"title": title, "links": [LINK]}, headers=key)

    is_well = act in WELL or made.mode.takes(act)
    is_stored = is_well or (act is commit and made.mode not in MODES[1:3])  # those are not SQLAlchemy's to commit
    assert (answer.status_code, made.stored(title)) == (201 if is_well else 500, is_stored), answer.text
    assert bool(made.told) is is_well
    made.behaviour = {}
    assert client.post("/todos", json={"title": f"then {title}"}).status_code == 201
    with Session(made.observer) as session:
        sync_assert_invariants(session)


def refuse(_events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
    raise ChangeRefused


@pytest.mark.parametrize("mode", MODES[3:], ids="-".join)
def test_a_session_in_which_nothing_can_be_undone_is_refused(mode: Mode, urls: dict[bool, str]) -> None:
    _, dependency = session_of(mode, urls[mode.is_sqlite], isolation_level="AUTOCOMMIT", poolclass=NullPool)
    host = Host(
        current_user=lambda: "auto", session=dependency, commit=mode.commit, on_change=OnChange(before_commit=refuse)
    )
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), host))

    with TestClient(app) as client:
        with pytest.raises(ConfigurationError, match="is in AUTOCOMMIT"):
            client.post("/todos", json={"title": "never"})
        assert client.get("/spaces/current").json()["seq"] == 0


@pytest.mark.thorough
@pytest.mark.parametrize("act", [*WELL, *BADLY], ids=lambda act: act.__name__)
def test_nothing_is_said_that_a_listener_has_undone(world: tuple[World, TestClient], act: Behaviour) -> None:
    made, client = world
    if made.mode.session == "none":
        return  # there is no session to listen to
    title = uuid.uuid4().hex
    made.behaviour, made.told = {"listener": act}, []

    answer = client.post("/todos", json={"title": title})

    is_well = act in WELL or made.mode.takes(act)
    assert (answer.status_code, made.stored(title)) == (201 if is_well else 500, is_well), answer.text
    assert bool(made.told) is is_well
    made.behaviour = {}
    assert client.post("/todos", json={"title": f"then {title}"}).status_code == 201
    with Session(made.observer) as session:
        sync_assert_invariants(session)
