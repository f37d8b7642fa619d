"""What a host hears of changes: inside the transaction, where it may refuse, and after the commit, where it may not."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import (
    Access,
    ChangeRefused,
    Host,
    LinkTarget,
    OnChange,
    TodoKitSettings,
    Transaction,
    changes,
    migrate,
    purge_trash,
    sync_todo_services,
    todo_services,
)
from fastapi_todo_kit.changes import ChangeEvent, ListCreated, TodoCreated, TodoUpdated, event_of
from fastapi_todo_kit.schemas import ListQuery, TodoCreate
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of
from tests.stalls import BAR, no_stall
from tests.support import Api, make_app, running

_CHANGES = table_of(Change)


class Listener:
    """Notes what it hears, and when."""

    def __init__(self) -> None:
        self.inside: list[ChangeEvent] = []
        self.after: list[ChangeEvent] = []
        self.refuses = False

    async def before_commit(self, events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        self.inside += events
        seen = await transaction.connection.scalar(select(func.max(_CHANGES.c.seq)))
        assert seen >= events[-1].seq
        if self.refuses:
            raise ChangeRefused("Invoice 42 is locked.")

    def after_commit(self, events: Sequence[ChangeEvent]) -> None:
        self.after += events

    @property
    def hooks(self) -> OnChange:
        return OnChange(before_commit=self.before_commit, after_commit=self.after_commit)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def heard(settings: TodoKitSettings, listener: Listener) -> AsyncIterator[Api]:
    async with running(make_app(settings, on_change=listener.hooks)) as api:
        yield api


async def test_every_change_is_heard_in_both_moments(heard: Api, listener: Listener) -> None:
    todo = await heard.todo("x")
    await heard.patch(f"/todos/{todo['id']}", {"title": "y", "priority": 1})

    assert [type(event) for event in listener.after] == [ListCreated, TodoCreated, TodoUpdated]
    assert listener.inside == listener.after
    changed = listener.after[-1]
    assert (str(changed.entity_id), changed.version, changed.actor_id) == (todo["id"], 2, heard.user)
    assert changed.changes == {"title": ("x", "y"), "priority": (0, 1)}
    assert [event.seq for event in listener.after] == [1, 2, 3]


async def test_a_veto_undoes_the_change_and_says_why(heard: Api, listener: Listener) -> None:
    await heard.todo("first")
    listener.refuses = True

    answer = await heard.post("/todos", {"title": "second"}, 409)

    assert (answer["code"], answer["detail"]) == ("change_refused", "Invoice 42 is locked.")
    assert await heard.titles() == ["first"]
    assert len(listener.after) == 2
    assert (await heard.get("/spaces/current"))["seq"] == 2


async def test_occurrences_are_heard_of(heard: Api, listener: Listener) -> None:
    values = {"due": {"date": "2026-03-28"}, "start": {"date": "2026-03-27"}}
    todo = await heard.todo("x", recurrence={"unit": "week", "count": 2, "catch_up": "next_slot"}, **values)
    listener.after.clear()

    for verb in ("complete", "complete?occurrence=2026-03-28", "undo", "skip", "skip", "undo"):
        await heard.post(f"/todos/{todo['id']}/{verb}")

    forward = {
        "due": ({"date": "2026-03-28"}, {"date": "2026-04-04"}),
        "start": ({"date": "2026-03-27"}, {"date": "2026-04-03"}),
        "occurrence": ("2026-03-28", "2026-04-04"),
    }
    back = {name: (after, before) for name, (before, after) in forward.items()}
    status = ("needs_action", "cancelled")
    assert [(kind_of(one), one.changes) for one in listener.after] == [
        ("todo.completed", forward),
        ("todo.undone", back),
        ("todo.skipped", forward),
        ("todo.cancelled", {"status": status}),
        ("todo.undone", {"status": status[::-1]}),
    ]


async def test_what_changes_nothing_is_not_heard(heard: Api, listener: Listener) -> None:
    todo = await heard.todo("x")
    count = len(listener.after)

    await heard.patch(f"/todos/{todo['id']}", {"title": "x"})
    await heard.post("/todos", {"title": ""}, 422)
    await heard.get("/todos")

    assert len(listener.after) == count


async def test_a_replay_is_heard_once(heard: Api, listener: Listener) -> None:
    for _ in range(2):
        await heard.post("/todos", {"title": "x"}, 201, Idempotency_Key="once")

    assert len(listener.after) == 2


async def test_an_error_after_the_commit_changes_nothing(
    settings: TodoKitSettings, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_events: Sequence[ChangeEvent]) -> None:
        raise OSError("the broker is away")

    async with running(make_app(settings, on_change=OnChange(after_commit=fail))) as api:
        with caplog.at_level(logging.ERROR):
            await api.todo("x")

        assert await api.titles() == ["x"]
    assert "the change is committed" in caplog.text


async def test_the_purge_is_heard_too(heard: Api, settings: TodoKitSettings, listener: Listener) -> None:
    todo = await heard.todo("x")
    await heard.delete(f"/todos/{todo['id']}")
    listener.after.clear()

    await purge_trash(
        settings.model_copy(update={"trash_retention": settings.idempotency_retention * 0}),
        Host(on_change=listener.hooks),
    )

    assert (todo["id"], "todo.purged") in {(str(one.entity_id), kind_of(one)) for one in listener.after}


def kind_of(event: ChangeEvent) -> str:
    return str(msgspec.to_builtins(event)["type"])


async def test_every_row_of_the_log_has_a_class(api: Api, settings: TodoKitSettings) -> None:
    label, other = await api.label("a"), await api.label("b")
    todo, home = await api.todo(), await api.list()
    await api.patch(f"/labels/{label['id']}", {"name": "c"})
    await api.post(f"/labels/{label['id']}/merge", {"into": other["id"]})
    await api.patch(f"/lists/{home['id']}", {"name": "d"})
    for verb in ("archive", "unarchive"):
        await api.post(f"/lists/{home['id']}/{verb}")
    for verb in ("complete", "reopen", "cancel"):
        await api.post(f"/todos/{todo['id']}/{verb}")
    await api.post(f"/todos/{todo['id']}/move", {"list_id": home["id"]})
    recurring = await api.todo(due={"date": "2026-03-28"}, recurrence={"unit": "day"})
    for verb in ("complete", "skip", "undo"):
        await api.post(f"/todos/{recurring['id']}/{verb}")
    await api.delete(f"/lists/{home['id']}")
    await api.post(f"/lists/{home['id']}/restore")
    await api.delete(f"/lists/{home['id']}")
    await api.delete("/trash")

    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        rows = [dict(row) for row in (await connection.execute(select(_CHANGES))).mappings()]
    await engine.dispose()

    assert rows
    assert {f"{row['entity']}.{row['op']}" for row in rows} <= {kind_of(event_of(row)) for row in rows}


def test_events_are_frozen_versioned_and_can_be_sent_as_json() -> None:
    kinds = ChangeEvent.__subclasses__()
    event = event_of(
        {
            "entity": "todo",
            "op": "created",
            "space_id": "s",
            "seq": 1,
            "entity_id": "x",
            "version": 1,
            "actor_id": "ann",
            "request_id": "r",
            "at": "now",
            "diff": {},
        }
    )

    assert {kind.schema_version for kind in kinds} == {1}
    assert all(kind.__doc__ and hasattr(changes, kind.__name__) for kind in kinds)
    assert msgspec.json.decode(msgspec.json.encode(event))["type"] == "todo.created"
    with pytest.raises(AttributeError):
        event.seq = 2  # type: ignore[misc]  # what the test is about


def test_a_kind_of_a_later_version_is_still_an_event() -> None:
    row = dict.fromkeys(("space_id", "seq", "entity_id", "version", "actor_id", "request_id", "at"), 1)

    assert type(event_of({**row, "entity": "comment", "op": "created", "diff": {}})) is ChangeEvent


class Fates:
    """A host's transaction in which the kit wrote: what is heard when it ends."""

    def __init__(self, url: str) -> None:
        self.heard: list[ChangeEvent] = []
        self.settings = TodoKitSettings(database_url=url)
        self.host = Host(on_change=OnChange(after_commit=self.heard.extend))


@pytest.fixture
async def engine(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database of the test's own, with the kit's tables and one of the host."""
    url = f"sqlite+aiosqlite:///{tmp_path}/host.db"
    if database_url.startswith("postgresql"):
        url = await asyncio.to_thread(request.getfixturevalue("new_postgres"))
    await migrate(TodoKitSettings(database_url=url))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE host_note (note text PRIMARY KEY)"))
    yield engine
    await engine.dispose()


@pytest.fixture
def fates(engine: AsyncEngine) -> Fates:
    return Fates(engine.url.render_as_string(hide_password=False))


async def test_nothing_is_heard_before_the_host_commits(engine: AsyncEngine, fates: Fates) -> None:
    async with AsyncSession(engine) as session:
        async with todo_services(fates.settings, fates.host, session=session, user_id="ann") as kit:
            await kit.todos.create(TodoCreate(title="x"))
            await kit.todos.create(TodoCreate(title="y"))
        assert fates.heard == []

        await session.commit()
        assert [event.seq for event in fates.heard] == [1, 2, 3]

        await session.commit()
        assert len(fates.heard) == 3


async def test_what_the_host_rolls_back_is_never_heard(engine: AsyncEngine, fates: Fates) -> None:
    async with AsyncSession(engine) as session:
        async with todo_services(fates.settings, fates.host, session=session, user_id="ann") as kit:
            await kit.todos.create(TodoCreate(title="x"))
            await session.rollback()
            await kit.lists.page(ListQuery())
        await session.commit()

    assert fates.heard == []


async def test_a_session_that_is_closed_without_a_commit_tells_nothing(engine: AsyncEngine, fates: Fates) -> None:
    session = AsyncSession(engine)
    async with todo_services(fates.settings, fates.host, session=session, user_id="ann") as kit:
        await kit.todos.create(TodoCreate(title="x"))
    await session.close()
    await session.commit()
    await session.close()

    assert fates.heard == []


async def test_a_savepoint_that_is_rolled_back_takes_its_changes_along(engine: AsyncEngine, fates: Fates) -> None:
    async with AsyncSession(engine) as session:
        async with todo_services(fates.settings, fates.host, session=session, user_id="ann") as kit:
            await kit.todos.create(TodoCreate(title="stays"))
            savepoint = await session.begin_nested()
            await kit.todos.create(TodoCreate(title="goes"))
            await savepoint.rollback()
            async with session.begin_nested():
                await kit.todos.create(TodoCreate(title="stays too"))
            assert fates.heard == []
        await session.commit()
        titles = [row.title for row in await session.execute(text("SELECT title FROM todokit_todo ORDER BY position"))]

    assert titles == ["stays", "stays too"]
    assert [event.seq for event in fates.heard] == [1, 2, 3]


async def test_what_the_hook_writes_shares_the_fate_of_the_change(engine: AsyncEngine, fates: Fates) -> None:
    async def note(events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        for event in events:
            await transaction.session.execute(text("INSERT INTO host_note VALUES (:note)"), {"note": str(event.seq)})

    host = Host(on_change=OnChange(before_commit=note))
    for ends in ("rollback", "commit"):
        async with AsyncSession(engine) as session:
            async with todo_services(fates.settings, host, session=session, user_id="ann") as kit:
                await kit.todos.create(TodoCreate(title="x"))
            await getattr(session, ends)()
    async with engine.connect() as connection:
        notes = [row.note for row in await connection.execute(text("SELECT note FROM host_note ORDER BY note"))]

    assert notes == ["1", "2"]


async def test_a_constraint_that_the_hook_breaks_is_the_hosts_to_tell(engine: AsyncEngine, fates: Fates) -> None:
    async def note(_events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        await transaction.connection.execute(text("INSERT INTO host_note VALUES ('the same')"))

    hooks = OnChange(before_commit=note)
    async with running(make_app(fates.settings, on_change=hooks)) as api:
        await api.todo("x")
        with pytest.raises(IntegrityError, match="host_note"):
            await api.post("/todos", {"title": "y"})
        assert await api.titles() == ["x"]

    async with AsyncSession(engine) as session:
        async with todo_services(fates.settings, Host(on_change=hooks), session=session, user_id="ann") as kit:
            with pytest.raises(IntegrityError, match="host_note"):
                await kit.todos.create(TodoCreate(title="z"))
        await session.commit()


@pytest.fixture
def sync_session(tmp_path: Path) -> Iterator[Session]:
    asyncio.run(migrate(TodoKitSettings(database_url=f"sqlite:///{tmp_path}/sync.db")))
    engine = create_engine(f"sqlite:///{tmp_path}/sync.db")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_sync_twin_is_heard_after_its_commit_too(sync_session: Session) -> None:
    fates = Fates("sqlite://")
    with sync_todo_services(fates.settings, fates.host, session=sync_session, user_id=7) as kit:
        kit.todos.create(TodoCreate(title="goes"))
        sync_session.rollback()
        kit.todos.create(TodoCreate(title="stays"))
        assert fates.heard == []
    sync_session.commit()

    assert [event.seq for event in fates.heard] == [1, 2]


def test_a_hook_that_waits_cannot_serve_a_sync_session(sync_session: Session, caplog: pytest.LogCaptureFixture) -> None:
    async def wait(_events: Sequence[ChangeEvent]) -> None:
        await asyncio.sleep(0)

    host = Host(on_change=OnChange(after_commit=wait))
    with sync_todo_services(TodoKitSettings(), host, session=sync_session, user_id=7) as kit:
        kit.todos.create(TodoCreate(title="x"))
    with caplog.at_level(logging.ERROR):
        sync_session.commit()

    assert "must be plain functions with a sync session" in caplog.text
    assert sync_session.scalar(select(func.count()).select_from(table_of(Change))) == 2


class Blocking:
    """Functions that keep their thread busy."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def _work(self, name: str) -> None:
        until = time.thread_time() + 1.5 * BAR
        while time.thread_time() < until:
            pass
        self.called.append(name)

    def before_commit(self, events: Sequence[ChangeEvent], transaction: Transaction) -> None:
        assert events
        assert transaction.connection is not None
        self._work("before_commit")

    def after_commit(self, _events: Sequence[ChangeEvent]) -> None:
        self._work("after_commit")

    def may_link(self, _access: Access, _target: LinkTarget, _transaction: Transaction) -> bool:
        self._work("link_policy")
        return True


async def test_plain_functions_do_not_keep_the_event_loop(settings: TodoKitSettings) -> None:
    blocking = Blocking()
    hooks = OnChange(before_commit=blocking.before_commit, after_commit=blocking.after_commit)
    link = {"source": "billing", "type": "invoice", "id": "42"}

    async with running(make_app(settings, on_change=hooks, link_policy=blocking.may_link)) as api:
        with no_stall("plain functions of a host"):
            await api.todo("x", links=[link])

    assert blocking.called == ["link_policy", "before_commit", "after_commit"]


async def test_a_plain_hook_vetoes_and_writes_along_from_its_thread(settings: TodoKitSettings) -> None:
    def refuse(_events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
        raise ChangeRefused("Invoice 42 is locked.")

    async with running(make_app(settings, on_change=OnChange(before_commit=refuse))) as api:
        assert (await api.post("/todos", {"title": "x"}, 409))["detail"] == "Invoice 42 is locked."
        assert await api.titles() == []
