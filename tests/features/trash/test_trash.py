import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Host, OnChange, TodoKitSettings, purge_trash
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.storage.idempotency import StoredAnswer
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of
from tests.invariants import assert_invariants
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

_CHANGES = table_of(Change)


async def trashed(api: Api, title: str, **fields: Any) -> dict[str, Any]:
    todo = await api.todo(title, **fields)
    await api.delete(f"/todos/{todo['id']}")
    return todo


async def titles(api: Api, **params: Any) -> list[str]:
    return [entry["title"] for entry in await api.all_pages("/trash", **params)]


async def rows_of(settings: TodoKitSettings, api: Api, table: Table) -> int:
    space = uuid.UUID((await api.get("/spaces/current"))["id"])
    engine = create_async_engine(settings.database_url)
    async with engine.connect() as connection:
        statement = select(func.count()).select_from(table).where(table.c.space_id == space)
        count: int = (await connection.execute(statement)).scalar_one()
    await engine.dispose()
    return count


async def changes(settings: TodoKitSettings, api: Api) -> list[Any]:
    space = uuid.UUID((await api.get("/spaces/current"))["id"])
    engine = create_async_engine(settings.database_url)
    async with engine.connect() as connection:
        statement = select(_CHANGES).where(_CHANGES.c.space_id == space).order_by(_CHANGES.c.seq)
        rows = (await connection.execute(statement)).all()
    await engine.dispose()
    return list(rows)


async def test_the_trash_shows_what_was_deleted_last_first(api: Api) -> None:
    home = await api.list("home")
    first = await trashed(api, "first", list_id=home["id"])
    await api.todo("living")
    await trashed(api, "second")
    await api.delete(f"/lists/{home['id']}")

    entries = (await api.get("/trash"))["items"]

    assert [(one["entity"], one["title"]) for one in entries] == [
        ("list", "home"),
        ("todo", "second"),
        ("todo", "first"),
    ]
    assert entries[2] == {
        **{name: entries[2][name] for name in ("deleted_at", "delete_batch_id")},
        "entity": "todo",
        "id": first["id"],
        "title": "first",
        "list_id": home["id"],
        "parent_id": None,
        "version": 2,
    }
    assert (entries[0]["list_id"], entries[0]["parent_id"]) == (None, None)
    assert len({one["delete_batch_id"] for one in entries}) == 3


async def test_what_went_together_is_one_batch(api: Api) -> None:
    home = await api.list("home")
    parent = await api.todo("parent", list_id=home["id"])
    await api.todo("child", parent_id=parent["id"])
    await api.delete(f"/lists/{home['id']}")

    entries = (await api.get("/trash"))["items"]

    assert {one["title"] for one in entries} == {"home", "parent", "child"}
    assert len({(one["delete_batch_id"], one["deleted_at"]) for one in entries}) == 1


async def test_the_trash_is_paged_while_more_is_deleted(api: Api) -> None:
    living = [await api.todo(f"later {n}") for n in range(2)]
    parent = await api.todo("batch")
    for n in range(4):
        await api.todo(f"child {n}", parent_id=parent["id"])
    await trashed(api, "single")
    await api.delete(f"/todos/{parent['id']}")

    seen, page = [], await api.get("/trash", limit=2)
    seen += page["items"]
    while page["next_cursor"]:
        if living:
            await api.delete(f"/todos/{living.pop()['id']}")
        page = await api.get("/trash", limit=2, cursor=page["next_cursor"])
        seen += page["items"]

    expected = Counter({"batch": 1, "single": 1, **{f"child {n}": 1 for n in range(4)}})
    assert Counter(one["title"] for one in seen) == expected
    assert seen[-1]["title"] == "single"


async def test_a_trash_cursor_belongs_to_its_space(api: Api) -> None:
    await trashed(api, "one")
    await trashed(api, "two")
    cursor = (await api.get("/trash", limit=1))["next_cursor"]

    for client, path, sent in (
        (api.as_user(), "/trash", cursor),
        (api, "/todos", cursor),
        (api, "/trash", cursor[:-4]),
    ):
        assert (await client.get(path, cursor=sent, expect=400))["code"] == "invalid_cursor"


async def test_emptying_the_trash_removes_what_is_in_it_and_nothing_else(api: Api) -> None:
    home, label = await api.list("home"), await api.label("label")
    link = {"source": "crm", "type": "deal", "id": "7"}
    parent = await api.todo("parent")
    child = await trashed(api, "child", parent_id=parent["id"], label_ids=[label["id"]], links=[link])
    living = await api.todo("living", label_ids=[label["id"]], links=[link])
    await api.todo("along", list_id=home["id"])
    await api.delete(f"/lists/{home['id']}")

    assert await api.delete("/trash", 200) == {"lists": 1, "todos": 2}

    assert await titles(api) == []
    assert await api.titles() == ["parent", "living"]
    assert await api.get(f"/todos/{living['id']}") == living
    for path in (f"/todos/{child['id']}/restore", f"/lists/{home['id']}/restore"):
        await api.post(path, expect=404)
    assert await api.delete("/trash", 200) == {"lists": 0, "todos": 0}


async def test_emptying_the_trash_leaves_that_of_others(api: Api) -> None:
    other = api.as_user()
    await trashed(api, "mine")
    theirs = await trashed(other, "theirs")

    await api.delete("/trash")

    assert await titles(other) == ["theirs"]
    await other.post(f"/todos/{theirs['id']}/restore")


async def test_a_purged_id_can_be_used_again(api: Api) -> None:
    gone = await trashed(api, "gone")
    await api.delete("/trash")

    assert (await api.todo("new", id=gone["id"]))["version"] == 1


async def test_a_whole_tree_of_several_batches_is_purged(api: Api) -> None:
    todos = [await api.todo("level 0")]
    for level in range(1, 6):
        todos.append(await api.todo(f"level {level}", parent_id=todos[-1]["id"]))
    for todo in (todos[4], todos[2], todos[0]):
        await api.delete(f"/todos/{todo['id']}")

    assert await api.delete("/trash", 200) == {"lists": 0, "todos": 6}
    assert await titles(api) == []


async def test_what_was_restored_before_a_purge_stays(api: Api) -> None:
    parent = await api.todo("parent")
    child = await api.todo("child", parent_id=parent["id"])
    await api.delete(f"/todos/{parent['id']}")
    await api.post(f"/todos/{child['id']}/restore")

    assert await api.delete("/trash", 200) == {"lists": 0, "todos": 1}

    assert (await api.get(f"/todos/{child['id']}"))["parent_id"] is None


async def test_every_removal_is_in_the_change_log(api: Api, settings: TodoKitSettings) -> None:
    home = await api.list("home")
    todo = await api.todo("todo", list_id=home["id"])
    await api.delete(f"/lists/{home['id']}")
    await api.delete("/trash")

    log = await changes(settings, api)

    assert [(one.entity, one.op, one.version) for one in log] == [
        ("list", "created", 1),
        ("todo", "created", 1),
        ("todo", "deleted", 2),
        ("list", "deleted", 2),
        ("todo", "purged", 2),
        ("list", "purged", 2),
    ]
    assert [one.seq for one in log] == list(range(1, 7))
    assert {str(one.entity_id) for one in log[4:]} == {home["id"], todo["id"]}
    assert {one.actor_id for one in log} == {api.user}


async def test_the_purge_removes_what_is_older_than_the_retention(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    home = await api.list("old list")
    parent = await api.todo("parent")
    await api.todo("along", list_id=home["id"])
    await trashed(api, "old child", parent_id=parent["id"])
    await api.delete(f"/lists/{home['id']}")
    clock.advance(days=29)
    await trashed(api, "recent child", parent_id=parent["id"])
    assert (await purged_here(api, settings, clock)) == {"old list", "along", "old child", "recent child"}

    clock.advance(days=2)

    assert (await purged_here(api, settings, clock)) == {"recent child"}
    assert await api.titles() == ["parent"]
    clock.advance(days=30)
    assert (await purged_here(api, settings, clock)) == set()
    assert await api.titles() == ["parent"]


async def purged_here(api: Api, settings: TodoKitSettings, clock: TestClock) -> set[str]:
    """Purge, and return what is left in the trash of this user; other tests leave trash of their own."""
    await purge_trash(settings, Host(clock=clock))
    return set(await titles(api))


async def test_a_purge_says_how_much_it_removed(api: Api, clock: TestClock, settings: TodoKitSettings) -> None:
    brief = settings.model_copy(update={"trash_retention": timedelta(hours=1)})
    home = await api.list()
    await trashed(api, "todo", list_id=home["id"])
    other = api.as_user()
    await trashed(other, "another")
    await api.delete(f"/lists/{home['id']}")
    clock.advance(hours=2)

    purged = await purge_trash(brief, Host(clock=clock))

    assert purged["lists"] >= 1
    assert purged["todos"] >= 2
    assert (await titles(api), await titles(other)) == ([], [])
    assert await purge_trash(brief, Host(clock=clock)) == {"lists": 0, "todos": 0}


async def test_a_purge_by_the_host_is_logged_as_the_systems(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    todo = await trashed(api, "gone")
    clock.advance(days=31)

    await purge_trash(settings, Host(clock=clock))

    last = (await changes(settings, api))[-1]
    assert (last.entity, str(last.entity_id), last.op) == ("todo", todo["id"], "purged")
    assert last.actor_id == "system:purge"
    assert (await api.get("/spaces/current"))["seq"] == last.seq


async def test_a_host_purges_in_a_session_of_its_own(api: Api, clock: TestClock, settings: TodoKitSettings) -> None:
    await trashed(api, "gone")
    await api.todo("living")
    clock.advance(days=31)
    engine = create_async_engine(settings.database_url)

    async with AsyncSession(engine) as session:
        purged = await purge_trash(settings, Host(clock=clock), session=session)
        assert not session.in_transaction()
    await engine.dispose()

    assert purged["todos"] >= 1
    assert await titles(api) == []
    assert await api.titles() == ["living"]


async def test_a_purge_in_a_session_of_the_host_leaves_nothing_behind(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    label = await api.label("label")
    link = {"source": "crm", "type": "deal", "id": "7"}
    gone = await trashed(api, "gone", label_ids=[label["id"]], links=[link])
    clock.advance(days=31)
    engine = create_async_engine(settings.database_url)

    async with AsyncSession(engine) as session:
        await purge_trash(settings, Host(clock=clock), session=session)
    await engine.dispose()

    await api.todo("new", id=gone["id"])
    new = await api.get(f"/todos/{gone['id']}")
    assert (new["label_ids"], new["links"]) == ([], [])


async def test_a_purge_forgets_stored_answers_past_their_retention(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    answers = table_of(StoredAnswer)
    await api.post("/todos", {"title": "old"}, Idempotency_Key="old")
    clock.advance(hours=20)
    await api.post("/todos", {"title": "recent"}, Idempotency_Key="recent")
    clock.advance(hours=5)

    await purge_trash(settings, Host(clock=clock))

    assert await rows_of(settings, api, answers) == 1
    again = await api.send("POST", "/todos", {"title": "recent"}, headers={"Idempotency-Key": "recent"})
    assert again.headers["idempotency-replayed"] == "true"


async def test_what_went_with_a_clock_that_was_ahead_goes_with_what_it_hangs_from(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    home = await api.list()
    parent = await api.todo("parent")
    for fields in ({"list_id": home["id"]}, {"parent_id": parent["id"]}):
        clock.advance(days=300)
        child = await api.todo("ahead", **fields)
        grandchild = await api.todo("far below", parent_id=child["id"])
        await api.delete(f"/todos/{grandchild['id']}")
        await api.delete(f"/todos/{child['id']}")
        clock.advance(days=-300)
    await api.delete(f"/lists/{home['id']}")
    await api.delete(f"/todos/{parent['id']}")

    clock.advance(days=31)

    assert await purged_here(api, settings, clock) == set()
    await assert_invariants(settings)


async def test_a_space_that_cannot_be_purged_keeps_no_other_waiting(
    api: Api, clock: TestClock, settings: TodoKitSettings
) -> None:
    users = [api.as_user() for _ in range(5)]
    todos = [await trashed(user, "gone") for user in users]
    clock.advance(days=31)
    stuck = todos[2]["id"]

    def refuse(events: Sequence[ChangeEvent], _: object) -> None:
        if any(str(one.entity_id) == stuck for one in events):
            raise RuntimeError("not this one")

    await purge_trash(settings, Host(clock=clock, on_change=OnChange(before_commit=refuse)))
    assert [len(await titles(user)) for user in users] == [0, 0, 1, 0, 0]
    await purge_trash(settings, Host(clock=clock))
    assert await titles(users[2]) == []


async def test_a_purge_that_fails_everywhere_says_so(own_space: TodoKitSettings, clock: TestClock) -> None:
    async with running(make_app(own_space, clock=clock)) as api:
        await trashed(api, "gone")
    clock.advance(days=31)

    def refuse(_events: Sequence[ChangeEvent], _: object) -> None:
        raise RuntimeError("never")

    with pytest.raises(RuntimeError, match="never"):
        await purge_trash(own_space, Host(clock=clock, on_change=OnChange(before_commit=refuse)))


@pytest.fixture
def own_space(database_url: str) -> TodoKitSettings:
    """Settings with users of whom no other test has any."""
    return TodoKitSettings(database_url=database_url, namespace=uuid.uuid4().hex)


async def test_nothing_is_purged_of_an_empty_trash(api: Api, clock: TestClock, settings: TodoKitSettings) -> None:
    todo = await api.todo("living")
    clock.advance(days=365)

    await purge_trash(settings, Host(clock=clock))

    assert await api.get(f"/todos/{todo['id']}") == todo
    assert [one.op for one in await changes(settings, api)] == ["created", "created"]
