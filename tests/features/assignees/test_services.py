"""Assigning without HTTP: many todos in one call, and one by one."""

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, todo_services
from fastapi_todo_kit.errors import Forbidden, LimitReached, NotAMember
from fastapi_todo_kit.schemas import TodoImport, TodoQuery
from fastapi_todo_kit.services import TodoServices
from tests.storage.test_statements import recorded
from tests.support import Everybody, make_app, running
from tests.teams import Teammate, join, team


@pytest.fixture
async def owner(settings: TodoKitSettings) -> AsyncIterator[Teammate]:
    """The owner of a team."""
    async with running(make_app(settings)) as api:
        yield await team(api)


@asynccontextmanager
async def services(settings: TodoKitSettings, actor: Teammate) -> AsyncIterator[TodoServices]:
    engine = create_async_engine(settings.url)
    host, space = Host(people=Everybody()), uuid.UUID(actor.space)
    try:
        async with (
            AsyncSession(engine) as session,
            todo_services(settings, host, session=session, user_id=actor.user, space=space) as kit,
        ):
            yield kit
    finally:
        await engine.dispose()


def items(*assignees: Sequence[str]) -> list[TodoImport]:
    return [TodoImport(title=f"{n}", assignees=list(one), id=uuid.uuid4()) for n, one in enumerate(assignees)]


async def test_many_are_assigned_in_one_call(settings: TodoKitSettings, owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    free, many = [items(*[assignees] * 150) for assignees in ([], [ann.user])]
    async with services(settings, owner) as kit:
        await kit.todos.create_many(items([]))  # which makes the inbox
        counts = []
        for one in (free, many):
            with recorded() as statements:
                made = await kit.todos.create_many(one)
            counts.append(sum("everybody" in statement for statement, _ in statements))
        again = await kit.todos.create_many(many)
        page = await kit.todos.page(TodoQuery(assignee=ann.user, count="exact"))

    assert [one["assignees"] for one in made] == [[ann.user]] * 150
    assert again == made
    assert page["count"] == 150
    assert counts == [0, 1], "who is a member is asked for once"


async def test_an_item_says_who_is_no_member(settings: TodoKitSettings, owner: Teammate) -> None:
    async with services(settings, owner) as kit:
        with pytest.raises(NotAMember, match=r"^Item 2: ") as caught:
            await kit.todos.create_many(items([owner.user], [], [owner.user, "stranger"]))

    (place,) = caught.value.members["errors"]
    assert (place["pointer"], place["code"]) == ("#/2/assignees", "not_a_member")


async def test_an_item_has_only_so_many_assignees(settings: TodoKitSettings, owner: Teammate) -> None:
    users = [owner.user, (await join(owner, "viewer")).user]
    limits = settings.limits.model_copy(update={"assignees_per_todo": 1})
    async with services(settings.model_copy(update={"limits": limits}), owner) as kit:
        with pytest.raises(LimitReached, match=r"^Item 1: "):
            await kit.todos.create_many(items(users[:1], users))


async def test_whoever_may_not_assign_brings_nothing_that_is_assigned(
    settings: TodoKitSettings, owner: Teammate
) -> None:
    ann = await join(owner, "contributor")
    async with services(settings, ann) as kit:
        with pytest.raises(Forbidden, match=r"^Item 1: .*todo\.assign"):
            await kit.todos.create_many(items([], [ann.user]))
        (made,) = await kit.todos.create_many(items([]))

    assert made["assignees"] == []


async def test_one_is_assigned_to_oneself(settings: TodoKitSettings, owner: Teammate) -> None:
    async with services(settings, owner) as kit:
        (todo,) = await kit.todos.create_many(items([]))
        added = await kit.todos.add_assignee(todo["id"], "me")
        removed = await kit.todos.remove_assignee(todo["id"], owner.user)

    assert (added["assignees"], removed["assignees"], removed["version"]) == ([owner.user], [], 3)
