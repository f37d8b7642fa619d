"""Whoever is no member any more is to do nothing there: neither now nor when coming back."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import (
    Host,
    OnChange,
    TodoKitSettings,
    erase_user,
    export_user,
    purge_trash,
    run_due,
    todo_services,
)
from fastapi_todo_kit.changes import ChangeEvent, TodoUpdated
from fastapi_todo_kit.schemas import TodoImport
from tests.invariants import assert_invariants
from tests.support import Everybody, make_app, running
from tests.teams import Teammate, join, team

MANY = 501


@pytest.fixture
def settings(database_url: str) -> TodoKitSettings:
    """A database that others use, with jobs that nobody else does."""
    return TodoKitSettings(database_url=database_url, namespace=uuid.uuid4().hex)


@pytest.fixture
def heard() -> list[ChangeEvent]:
    """What the application heard of."""
    return []


@pytest.fixture
async def owner(settings: TodoKitSettings, heard: list[ChangeEvent]) -> AsyncIterator[Teammate]:
    """The owner of a team."""
    async with running(make_app(settings, on_change=OnChange(after_commit=heard.extend))) as api:
        yield await team(api)


async def assign_many(settings: TodoKitSettings, owner: Teammate, *users: str) -> None:
    """Add more todos than a request takes somebody off."""
    engine = create_async_engine(settings.url)
    host, space = Host(people=Everybody()), uuid.UUID(owner.space)
    async with AsyncSession(engine) as session:
        async with todo_services(settings, host, session=session, user_id=owner.user, space=space) as kit:
            await kit.todos.create_many([TodoImport(title=f"{n}", assignees=[*users]) for n in range(MANY)])
        await session.commit()
    await engine.dispose()


async def count(owner: Teammate, user: str) -> int:
    return int((await owner.get("/todos", assignee=user, count="exact", limit=1))["count"])


async def remove(owner: Teammate, *users: str) -> None:
    for user in users:
        await owner.delete(f"/spaces/{owner.space}/members/{user}", 204)


async def below(owner: Teammate) -> Teammate:
    """Make a space that takes its members from the owner's."""
    made = await owner.post("/spaces", {"name": "plan", "inherits_id": owner.space}, 201)
    return Teammate.of(owner, made["id"])


@pytest.mark.parametrize("leaves", [True, False])
async def test_whoever_goes_is_taken_off_at_once(owner: Teammate, heard: list[ChangeEvent], leaves: bool) -> None:
    ann, bob = await join(owner, "editor"), await join(owner, "editor")
    both, trashed = [await owner.todo(assignees=[ann.user, bob.user]) for _ in range(2)]
    await owner.delete(f"/todos/{trashed['id']}", 204)
    others = await owner.todo(assignees=[bob.user])
    heard.clear()

    if leaves:
        await ann.post(f"/spaces/{owner.space}/leave", expect=204)
    else:
        await remove(owner, ann.user)

    after = await owner.get(f"/todos/{both['id']}")
    assert (after["assignees"], after["version"]) == ([bob.user], 2)
    told = {one.entity_id: one.changes for one in heard if isinstance(one, TodoUpdated)}
    before = sorted([ann.user, bob.user])
    assert {str(one) for one in told} == {both["id"], trashed["id"]}
    assert [*told.values()] == [{"assignees": (before, [bob.user])}] * 2
    restored = await owner.post(f"/todos/{trashed['id']}/restore")
    assert (restored["assignees"], restored["version"]) == ([bob.user], 4)
    assert (await owner.get(f"/todos/{others['id']}"))["version"] == 1
    await join(owner, "editor", ann.user)
    assert await ann.titles(assignee="me") == []


async def test_whoever_gets_a_lesser_role_stays_assigned(owner: Teammate) -> None:
    ann = await join(owner, "editor")
    await owner.todo(assignees=[ann.user])

    await owner.send("PUT", f"/spaces/{owner.space}/members/{ann.user}", {"role": "viewer"})

    assert await count(owner, ann.user) == 1


async def test_what_is_too_much_for_a_request_is_left_to_a_worker(settings: TodoKitSettings, owner: Teammate) -> None:
    ann, bob = await join(owner, "editor"), await join(owner, "editor")
    await assign_many(settings, owner, ann.user, bob.user)

    await remove(owner, ann.user)
    left = await count(owner, ann.user)
    report = await run_due(settings)

    assert (left, report["done"]) == (MANY - 500, 1)
    assert (await count(owner, ann.user), await count(owner, bob.user)) == (0, MANY)
    versions = {one["version"] for one in await owner.all_pages("/todos", limit=200)}
    assert versions == {2}
    await assert_invariants(settings)


async def test_what_somebody_is_given_after_coming_back_stays(settings: TodoKitSettings, owner: Teammate) -> None:
    ann = await join(owner, "editor")
    await assign_many(settings, owner, ann.user)
    await remove(owner, ann.user)
    await join(owner, "editor", ann.user)
    (old,) = (await owner.get("/todos", assignee=ann.user))["items"]
    copy = await owner.post(f"/todos/{old['id']}/duplicate", expect=201)
    new = await owner.todo("given since", assignees=[ann.user])

    await run_due(settings)

    assert copy["assignees"] == [ann.user], "it is that of the past"
    assert await ann.titles(assignee="me") == ["given since"]
    assert (await owner.get(f"/todos/{new['id']}"))["version"] == 1


async def test_leaving_the_space_above_takes_one_off_below(settings: TodoKitSettings, owner: Teammate) -> None:
    ann, bob, carl = [await join(owner, "editor") for _ in range(3)]
    plan = await below(owner)
    await plan.send("PUT", f"/spaces/{plan.space}/members/{bob.user}", {"role": "viewer"})
    todo = await plan.todo(assignees=[ann.user, bob.user, carl.user])

    await remove(owner, ann.user, bob.user)
    await run_due(settings)

    after = await plan.get(f"/todos/{todo['id']}")
    assert after["assignees"] == sorted([bob.user, carl.user]), "bob is there by himself"
    assert after["version"] == 2


async def test_a_member_of_the_space_above_stays_one(settings: TodoKitSettings, owner: Teammate) -> None:
    ann = await join(owner, "editor")
    plan = await below(owner)
    await plan.send("PUT", f"/spaces/{plan.space}/members/{ann.user}", {"role": "admin"})
    await plan.todo(assignees=[ann.user])

    await remove(plan, ann.user)
    await run_due(settings)

    assert await count(plan, ann.user) == 1


async def test_nobody_is_inherited_any_more_is_nobody_to_do_it(settings: TodoKitSettings, owner: Teammate) -> None:
    ann, bob = await join(owner, "editor"), await join(owner, "editor")
    plan = await below(owner)
    await plan.send("PUT", f"/spaces/{plan.space}/members/{bob.user}", {"role": "viewer"})
    todo = await plan.todo(assignees=[ann.user, bob.user, owner.user])

    await plan.patch(f"/spaces/{plan.space}", {"inherits_id": None})
    await run_due(settings)

    assert (await plan.get(f"/todos/{todo['id']}"))["assignees"] == sorted([bob.user, owner.user])


async def test_a_space_above_that_is_purged_leaves_nobody_to_do_it(settings: TodoKitSettings, owner: Teammate) -> None:
    ann = await join(owner, "editor")
    plan = await below(owner)
    await plan.todo(assignees=[ann.user, owner.user])
    await owner.delete(f"/spaces/{owner.space}", 204)
    kept = await count(plan, ann.user)

    later = Host(clock=lambda: datetime.now(UTC) + timedelta(days=31))
    await purge_trash(settings, later)
    await run_due(settings, later)

    assert (kept, await count(plan, ann.user), await count(plan, owner.user)) == (1, 0, 1)


async def test_of_two_who_assign_at_once_none_is_lost(owner: Teammate) -> None:
    members: Sequence[Teammate] = [await join(owner, "editor") for _ in range(6)]
    todo = await owner.todo()

    await asyncio.gather(*(one.put(f"/todos/{todo['id']}/assignees/me") for one in members))

    after = await owner.get(f"/todos/{todo['id']}")
    assert (after["assignees"], after["version"]) == (sorted(one.user for one in members), 7)


async def test_nobody_is_assigned_to_while_going(owner: Teammate) -> None:
    for _ in range(5):
        ann, todo = await join(owner, "viewer"), await owner.todo()

        answers = await asyncio.gather(
            owner.send("DELETE", f"/spaces/{owner.space}/members/{ann.user}"),
            owner.send("PUT", f"/todos/{todo['id']}/assignees/{ann.user}"),
            owner.send("POST", "/todos", {"title": "x", "assignees": [ann.user]}),
        )

        assert {one.status_code for one in answers} <= {204, 200, 201, 422}
        assert await count(owner, ann.user) == 0


async def test_an_erased_user_is_to_do_nothing_and_named_nowhere(settings: TodoKitSettings, owner: Teammate) -> None:
    ann, bob = await join(owner, "editor"), await join(owner, "editor")
    key = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"title": "x", "assignees": [ann.user, bob.user]}
    todo = (await owner.send("POST", "/todos", body, headers=key)).json()
    await ann.todo(assignees=[bob.user])
    await owner.patch(f"/todos/{todo['id']}", {"assignees": [ann.user, bob.user, owner.user]})
    named = [one async for one in export_user(settings, ann.user) if one["table"] == "todokit_assignee"]

    await erase_user(settings, ann.user)

    again = (await owner.send("POST", "/todos", body, headers=key)).json()
    assert {(one["row"]["user_id"], one["row"]["assigned_by"]) for one in named} == {
        (ann.user, owner.user),
        (bob.user, ann.user),
    }
    assert again["assignees"] == ["erased" if one == ann.user else one for one in todo["assignees"]]
    assert await owner.titles(assignee=bob.user) == ["x", "a todo"]
    assert (await owner.get(f"/todos/{todo['id']}"))["assignees"] == sorted([bob.user, owner.user])
    assert [one async for one in export_user(settings, ann.user)] == []
