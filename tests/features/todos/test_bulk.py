"""Many todos in one call of the services, as they were somewhere else: all of them or none."""

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import ColumnElement, FromClause, event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from fastapi_todo_kit import Access, Action, Host, Membership, OnChange, RolePolicy, TodoKitSettings, todo_services
from fastapi_todo_kit import Transaction as HostTransaction
from fastapi_todo_kit.changes import ChangeEvent, TodoCreated
from fastapi_todo_kit.errors import (
    AlreadyExists,
    Forbidden,
    InvalidInput,
    LabelNotFound,
    LimitReached,
    LinkTargetNotFound,
    ListArchived,
    ListNotFound,
    MoveImpossible,
    RequestError,
    TodoClosed,
    TodoNotFound,
    WrongReference,
)
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.schemas import (
    DateValue,
    LabelCreate,
    Link,
    ListCreate,
    ListQuery,
    RuleRecurrence,
    TodoCreate,
    TodoImport,
    TodoQuery,
)
from fastapi_todo_kit.services import TodoServices
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of
from fastapi_todo_kit.testing import assert_invariants
from tests.stalls import no_stall
from tests.support import TestClock

LONG_AGO = datetime(2015, 3, 1, 9, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)
CHANGES = table_of(Change)
MANY = 450


@pytest.fixture
async def engine(settings: TodoKitSettings) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(settings.url)
    yield made
    await made.dispose()


@pytest.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


@pytest.fixture
def kit(settings: TodoKitSettings, session: AsyncSession, clock: TestClock) -> "Kit":
    return Kit(settings, session, clock)


class Kit:
    """Gives the services of one user, on a session that is never committed."""

    def __init__(self, settings: TodoKitSettings, session: AsyncSession, clock: TestClock) -> None:
        self.session = session
        self.user = f"user-{uuid.uuid4().hex}"
        self._settings = settings
        self._clock = clock

    async def services(self, limits: Mapping[str, int] | None = None, **others: Any) -> TodoServices:
        tenant = others.pop("tenant", None)
        settings = self._settings
        if limits is not None:
            settings = settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})
        host = Host(clock=self._clock, **others)
        async with todo_services(settings, host, session=self.session, user_id=self.user, tenant=tenant) as kit:
            return kit


@contextmanager
def refused(kind: type[RequestError], item: int) -> Iterator[None]:
    """Expect an error that says which item it is about."""
    with pytest.raises(kind, match=f"^Item {item}: ") as caught:
        yield
    assert caught.value.members["item"] == item
    for place in caught.value.members.get("errors", ()):
        assert place["pointer"].startswith(f"#/{item}/")


def plain(count: int, **fields: Any) -> list[TodoImport]:
    return [TodoImport(title=f"Todo {n}", **fields) for n in range(count)]


def done(title: str = "Done", **fields: Any) -> TodoImport:
    past = {"created_at": LONG_AGO, "created_by": 7, "completed_at": LONG_AGO + A_YEAR, "completed_by": "bob"}
    return TodoImport(title=title, status="completed", **{**past, **fields})


async def test_what_was_done_long_ago_is_brought_as_it_was(kit: Kit) -> None:
    todos = (await kit.services()).todos

    made = (await todos.create_many([done(), TodoImport(title="Open", created_at=LONG_AGO)]))[0]

    assert await todos.get(made["id"]) == made
    assert (made["created_at"], made["created_by"]) == (LONG_AGO, "7")
    assert (made["completed_at"], made["completed_by"]) == (LONG_AGO + A_YEAR, "bob")
    assert (made["version"], made["updated_at"].year) == (1, 2026)
    early = await todos.page(TodoQuery.model_validate({"completed.lt": "2017-01-01T00:00:00Z"}))
    assert [todo["id"] for todo in early["items"]] == [made["id"]]
    assert [todo["title"] for todo in (await todos.page(TodoQuery(sort="created_at")))["items"]] == ["Done", "Open"]


async def test_what_is_not_said_of_the_past_is_now(kit: Kit) -> None:
    completed, cancelled = await (await kit.services()).todos.create_many(
        [TodoImport(title="x", status="completed"), TodoImport(title="y", status="cancelled")]
    )

    assert completed["created_by"] == completed["completed_by"] == kit.user
    assert completed["completed_at"] == completed["created_at"] == completed["updated_at"]
    assert (cancelled["completed_at"], cancelled["completed_by"]) == (None, None)


async def test_many_are_what_each_would_be_by_itself(kit: Kit) -> None:
    services = await kit.services()
    label = await services.labels.create(LabelCreate(name="label"))
    bodies: list[dict[str, Any]] = [
        {"title": "all", "description": "d", "priority": 3, "start": DateValue(date=date(2026, 4, 1))},
        {"title": "more", "deadline": date(2026, 4, 2), "status": "in_progress", "extra": {"a": 1}},
        {"title": "kept", "label_ids": [label["id"]], "links": [Link(source="a", type="b", id="c")]},
        {
            "title": "r",
            "due": DateValue(date=date(2026, 4, 3)),
            "recurrence": RuleRecurrence(rrule="FREQ=DAILY;COUNT=9"),
        },
    ]
    alone = [await services.todos.create(TodoCreate(**body)) for body in bodies]

    together = await services.todos.create_many([TodoImport(**body) for body in bodies])

    differing = {"id", "position", "created_at", "updated_at"}
    for one, other in zip(alone, together, strict=True):
        assert {name for name, value in one.items() if dict(other)[name] != value} <= differing
        assert await services.todos.get(other["id"]) == other
        assert (await services.todos.upcoming(one["id"])) == (await services.todos.upcoming(other["id"]))


async def test_each_has_its_row_of_the_log_and_listeners_hear_them_together(kit: Kit) -> None:
    heard: list[Sequence[ChangeEvent]] = []

    def hear(events: Sequence[ChangeEvent], _transaction: HostTransaction) -> None:
        heard.append(events)

    todos = (await kit.services(on_change=OnChange(before_commit=hear))).todos
    await todos.create_many(plain(1))

    made = await todos.create_many(plain(MANY))

    numbers = [change.seq for change in heard[1]]
    assert len(heard) == 2
    assert all(isinstance(change, TodoCreated) for change in heard[1])
    assert {change.entity_id for change in heard[1]} == {todo["id"] for todo in made}
    assert numbers == list(range(numbers[0], numbers[0] + MANY))
    assert (
        await kit.session.scalar(select(func.count()).where(CHANGES.c.entity_id.in_([todo["id"] for todo in made])))
        == MANY
    )


async def test_they_stand_in_their_order_behind_what_is_there(kit: Kit) -> None:
    services = await kit.services()
    home = await services.lists.create(ListCreate(name="home"))
    await services.todos.create(TodoCreate(title="first", list_id=home["id"]))

    await services.todos.create_many(
        [TodoImport(title=f"Todo {n}", list_id=home["id"] if n % 2 else None) for n in range(6)]
    )

    inbox = next(one for one in (await services.lists.page(ListQuery()))["items"] if one["is_inbox"])
    for list_id, expected in (
        (home["id"], ["first", "Todo 1", "Todo 3", "Todo 5"]),
        (inbox["id"], ["Todo 0", "Todo 2", "Todo 4"]),
    ):
        page = await services.todos.page(TodoQuery.model_validate({"list": list_id}))
        assert [todo["title"] for todo in page["items"]] == expected


async def test_subtasks_may_stand_before_their_parents_or_below_what_is_there(kit: Kit) -> None:
    todos = (await kit.services()).todos
    there = await todos.create(TodoCreate(title="there"))
    ids = [uuid.uuid4() for _ in range(3)]

    made = await todos.create_many(
        [
            TodoImport(id=ids[2], parent_id=ids[1], title="grandchild"),
            TodoImport(id=ids[1], parent_id=ids[0], title="child"),
            TodoImport(id=ids[0], title="root"),
            TodoImport(parent_id=there["id"], title="below"),
        ]
    )

    assert [todo["parent_id"] for todo in made] == [ids[1], ids[0], None, there["id"]]
    assert [todo["id"] for todo in (await todos.subtasks(ids[0], TodoQuery()))["items"]] == [ids[1]]
    await todos.complete(ids[0])
    assert (await todos.get(ids[2]))["status"] == "completed"


async def test_what_is_there_just_so_stays_and_only_the_rest_is_added(kit: Kit) -> None:
    todos = (await kit.services()).todos
    items = [done(id=uuid.uuid4()), TodoImport(id=uuid.uuid4(), title="parent")]
    first = await todos.create_many(items)

    again = await todos.create_many([TodoImport(parent_id=items[1].id, title="new"), *items])

    assert again[1:] == first
    assert again[0]["parent_id"] == first[1]["id"]
    assert (await todos.page(TodoQuery(count="exact"))).get("count") == 3
    with refused(AlreadyExists, 1):
        await todos.create_many([items[0], items[1].model_copy(update={"title": "other"})])
    with refused(AlreadyExists, 0):
        await todos.create_many([items[0].model_copy(update={"completed_at": LONG_AGO})])


async def test_one_that_cannot_be_leaves_nothing_of_all(kit: Kit) -> None:
    todos = (await kit.services()).todos

    with refused(TodoNotFound, MANY):
        await todos.create_many([*plain(MANY), TodoImport(title="x", parent_id=uuid.uuid4())])

    assert (await todos.page(TodoQuery()))["items"] == []
    assert len(await todos.create_many(plain(3))) == 3


NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
ID, OTHER = uuid.uuid4(), uuid.uuid4()
IMPOSSIBLE: dict[str, tuple[type[RequestError], list[dict[str, Any]]]] = {
    "a list that is not there": (ListNotFound, [{"list_id": ID}]),
    "a label that is not there": (LabelNotFound, [{"label_ids": [ID]}]),
    "a parent that is not there": (TodoNotFound, [{"parent_id": ID}]),
    "the same id twice": (InvalidInput, [{"id": ID}, {"id": ID}]),
    "its own parent": (MoveImpossible, [{"id": ID, "parent_id": ID}]),
    "a created_at of the future": (InvalidInput, [{"created_at": NOW + A_YEAR}]),
    "a completed_at of the future": (InvalidInput, [{"status": "completed", "completed_at": NOW + A_YEAR}]),
    "completed before it was created": (InvalidInput, [{"status": "completed", "completed_at": LONG_AGO}]),
    "a recurrence without a due": (InvalidInput, [{"recurrence": RuleRecurrence(rrule="FREQ=DAILY")}]),
    "an open one below a closed one": (
        TodoClosed,
        [{"id": ID, "status": "completed"}, {"parent_id": ID}],
    ),
    "a list that is not its parent's": (WrongReference, [{"id": ID}, {"parent_id": ID, "list_id": OTHER}]),
    "too deep": (MoveImpossible, [{"id": ID}, {"id": OTHER, "parent_id": ID}, {"parent_id": OTHER}]),
    "too many links": (LimitReached, [{"links": [Link(source="a", type="b", id=str(n)) for n in range(3)]}]),
    "a full list": (LimitReached, [{}, {}]),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
async def test_an_error_says_which_item_it_is_about(kit: Kit, name: str) -> None:
    kind, bodies = IMPOSSIBLE[name]
    limits = {"subtask_depth": 1, "links_per_todo": 2, "todos_per_list": len(bodies) if name == "a full list" else 9}
    todos = (await kit.services(limits)).todos

    with refused(kind, len(bodies)):
        await todos.create_many([TodoImport(title=f"{n}", **body) for n, body in enumerate([{}, *bodies])])

    assert (await todos.page(TodoQuery()))["items"] == []


async def test_nor_can_what_is_there_be_in_the_way(kit: Kit) -> None:
    services = await kit.services()
    trashed, closed = await services.todos.create_many(plain(2))
    await services.todos.delete(trashed["id"])
    await services.todos.complete(closed["id"])
    archived = await services.lists.create(ListCreate(name="archived"))
    await services.lists.archive(archived["id"])

    for kind, body in (
        (AlreadyExists, {"id": trashed["id"]}),
        (TodoNotFound, {"parent_id": trashed["id"]}),
        (TodoClosed, {"parent_id": closed["id"]}),
        (ListArchived, {"list_id": archived["id"]}),
    ):
        with refused(kind, 1):
            await services.todos.create_many([*plain(1), TodoImport(title="x", **body)])
    below = await services.todos.create_many([done(parent_id=closed["id"])])
    assert below[0]["parent_id"] == closed["id"]


class Unreadable(RolePolicy):
    """Lets nobody read these, and everybody add."""

    def __init__(self, *ids: uuid.UUID) -> None:
        super().__init__()
        self._ids = ids

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        return not (action.is_read and record and record["id"] in self._ids) and super().allows(access, action, record)


async def test_what_an_item_names_must_be_readable(kit: Kit) -> None:
    services = await kit.services()
    home = await services.lists.create(ListCreate(name="home"))
    label = await services.labels.create(LabelCreate(name="label"))
    parent = await services.todos.create(TodoCreate(title="parent"))
    narrow = await kit.services(policy=Unreadable(home["id"], label["id"], parent["id"]))

    for kind, body in (
        (ListNotFound, {"list_id": home["id"]}),
        (LabelNotFound, {"label_ids": [label["id"]]}),
        (TodoNotFound, {"parent_id": parent["id"]}),
    ):
        with refused(kind, 1):
            await narrow.todos.create_many([*plain(1), TodoImport(title="x", **body)])
        with pytest.raises(kind):
            await narrow.todos.create(TodoCreate(title="x", **body))


async def test_one_call_takes_only_so_many(kit: Kit) -> None:
    todos = (await kit.services({"bulk_items": 2})).todos

    with pytest.raises(LimitReached) as caught:
        await todos.create_many(plain(3))

    assert caught.value.members == {"limit": "bulk_items", "maximum": 2}
    assert await todos.create_many([]) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"completed_at": LONG_AGO},
        {"status": "cancelled", "completed_by": "bob"},
        {
            "status": "completed",
            "recurrence": RuleRecurrence(rrule="FREQ=DAILY"),
            "due": DateValue(date=date(2026, 1, 1)),
        },
        {"created_at": datetime(2015, 1, 1)},  # noqa: DTZ001  (that is the point)
        {"created_by": ""},
        {"created_by": True},
    ],
)
def test_what_says_two_things_at_once_is_no_todo(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TodoImport(title="x", **fields)


class Refusing(RolePolicy):
    """Refuses one action where the title says so, and hides what is called hidden."""

    def __init__(self, refusing: Action | None = None) -> None:
        super().__init__()
        self.refusing = refusing
        self.asked: list[tuple[Action, str]] = []

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        del access
        return rows.c.title != "hidden" if entity == "todo" else None

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        del access
        if record is not None:
            self.asked.append((action, record.get("title", "")))
        return not (action == self.refusing and record is not None and record.get("title") == "refused")


@pytest.mark.parametrize("action", [Action.CREATE_TODO, Action.COMPLETE_TODO, Action.BACKDATE_TODO])
async def test_the_policy_is_asked_about_each_and_about_what_it_says(kit: Kit, action: Action) -> None:
    policy = Refusing(action)
    todos = (await kit.services(policy=policy)).todos

    with refused(Forbidden, 2):
        await todos.create_many([done("a"), done("b"), done("refused")])

    await todos.create_many([done("a"), TodoImport(title="b")])
    past = [(Action.COMPLETE_TODO, "a"), (Action.BACKDATE_TODO, "a")]
    assert policy.asked[-4:] == [(Action.CREATE_TODO, "a"), *past, (Action.CREATE_TODO, "b")]


@pytest.mark.parametrize(("role", "may"), [("editor", False), ("admin", True)])
async def test_only_some_roles_say_what_happened_in_the_past(kit: Kit, role: str, may: bool) -> None:
    todos = (await kit.services(tenant=Membership(uuid.uuid4().hex, role))).todos
    await todos.create_many([TodoImport(title="x", status="completed")])

    if may:
        await todos.create_many([done()])
    else:
        with refused(Forbidden, 0):
            await todos.create_many([done()])


async def test_an_id_of_something_hidden_is_taken(kit: Kit) -> None:
    (hidden,) = await (await kit.services()).todos.create_many([TodoImport(title="hidden")])
    todos = (await kit.services(policy=Refusing())).todos

    with refused(AlreadyExists, 1):
        await todos.create_many([*plain(1), TodoImport(id=hidden["id"], title="hidden")])
    with refused(TodoNotFound, 0):
        await todos.create_many([TodoImport(parent_id=hidden["id"], title="x")])


async def test_the_policy_of_links_is_asked_about_each_object_once(kit: Kit) -> None:
    asked: list[str] = []

    def policy(_access: Access, target: LinkTarget, _transaction: HostTransaction) -> bool:
        asked.append(target.id)
        return target.id != "theirs"

    todos = (await kit.services(link_policy=policy)).todos
    mine, theirs = [Link(source="a", type="b", id=name) for name in ("mine", "theirs")]

    await todos.create_many([TodoImport(title="x", links=[mine]) for _ in range(3)])
    assert asked == ["mine"]
    with refused(LinkTargetNotFound, 1):
        await todos.create_many([TodoImport(title="x", links=[one]) for one in (mine, theirs)])


@contextmanager
def counted(engine: AsyncEngine) -> Iterator[list[str]]:
    """Gather the statements that an engine sends."""
    sent: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def test_many_take_few_statements_and_keep_nobody_waiting(kit: Kit, engine: AsyncEngine) -> None:
    services = await kit.services()
    label = await services.labels.create(LabelCreate(name="label"))
    ids = [uuid.uuid4() for _ in range(MANY)]
    items = [
        done(
            id=one,
            parent_id=ids[n - 1] if n % 3 else None,
            label_ids=[label["id"]],
            links=[Link(source="a", type="b", id=str(n))],
        )
        for n, one in enumerate(ids)
    ]

    with counted(engine) as sent, no_stall("create_many"):
        await services.todos.create_many(items)

    assert len(sent) < 40
    async with kit.session.begin_nested():
        await assert_invariants(kit.session)
