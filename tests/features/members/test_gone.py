"""What is left of a space when its owner is erased, and of a space that nobody brings back."""

import uuid
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from fastapi_todo_kit import Host, TodoKitSettings, erase_user, export_user, purge_trash
from fastapi_todo_kit.errors import LastOwner
from tests.support import Api, TestClock, make_app, running
from tests.teams import Teammate, join, team


@pytest.fixture
def settings(database_url: str) -> TodoKitSettings:
    """A database that others use, and users whom nobody else knows."""
    return TodoKitSettings(database_url=database_url, namespace=uuid.uuid4().hex)


@pytest.fixture
async def api(settings: TodoKitSettings) -> AsyncIterator[Api]:
    async with running(make_app(settings, clock=TestClock())) as api:
        yield api


async def roles(api: Teammate) -> dict[str, str]:
    return {one["user_id"]: one["role"] for one in await api.all_pages(f"/spaces/{api.space}/members")}


@pytest.mark.parametrize("heir", ["admin", "editor"])
async def test_whoever_has_led_for_longest_owns_what_an_erased_owner_leaves(
    settings: TodoKitSettings, api: Api, heir: str
) -> None:
    owner = await team(api)
    await owner.todo("kept")
    first, second, viewer = [await join(owner, role) for role in (heir, heir, "viewer")]

    await erase_user(settings, owner.user)

    assert await roles(first) == {first.user: "owner", second.user: heir, viewer.user: "viewer"}
    (todo,) = (await first.get("/todos"))["items"]
    assert (todo["title"], todo["created_by"]) == ("kept", "erased")
    assert (await owner.get("/todos", 404))["code"] == "space_not_found"


@pytest.mark.parametrize("sole_owner", ["promote", "delete"])
async def test_what_nobody_can_own_goes_to_the_trash(settings: TodoKitSettings, api: Api, sole_owner: str) -> None:
    owner = await team(api)
    member = await join(owner, "viewer" if sole_owner == "promote" else "admin")

    await erase_user(settings, owner.user, sole_owner=sole_owner)  # type: ignore[arg-type]  # one of the two above

    assert (await member.get("/todos", 404))["code"] == "space_not_found"


async def test_an_owner_is_not_erased_where_that_is_refused(settings: TodoKitSettings, api: Api) -> None:
    owner, other = await team(api, "alone"), await team(api, "shared")
    await join(other, "owner")

    with pytest.raises(LastOwner):
        await erase_user(settings, api.user, sole_owner="refuse")

    assert (await roles(owner), len(await roles(other))) == ({api.user: "owner"}, 2)
    await owner.delete(f"/spaces/{owner.space}")
    await erase_user(settings, api.user, sole_owner="refuse")
    assert (await other.get("/todos", 404))["code"] == "space_not_found"


async def test_a_member_is_erased_from_every_space_and_named_nowhere(settings: TodoKitSettings, api: Api) -> None:
    owner = await team(api)
    ann, bob = await join(owner, "admin"), await join(owner, "admin")
    await ann.send("PUT", f"/spaces/{owner.space}/members/carl", {"role": "viewer"})
    named = [one["table"] async for one in export_user(settings, ann.user)]

    await erase_user(settings, ann.user)
    await erase_user(settings, bob.user)

    shown = {one["user_id"]: one for one in await owner.all_pages(f"/spaces/{owner.space}/members")}
    assert {user: one["added_by"] for user, one in shown.items()} == {owner.user: owner.user, "carl": "erased"}
    assert {"todokit_member", "todokit_change"} <= set(named)
    assert [one async for one in export_user(settings, ann.user)] == []


async def test_a_space_in_the_trash_is_removed_for_good_with_everything(settings: TodoKitSettings) -> None:
    clock = TestClock()
    async with running(make_app(settings, clock=clock)) as api:
        gone, kept, back = [await team(api, name) for name in ("gone", "kept", "back")]
        for one in (gone, kept, back):
            parent = await one.todo()
            await one.todo(parent_id=parent["id"])
            await one.list()
        for one in (gone, back):
            await one.delete(f"/spaces/{one.space}")
        clock.now += timedelta(days=31)
        await back.post(f"/spaces/{back.space}/restore")

        purged = await purge_trash(settings, Host(clock=clock))

        assert purged == {"lists": 2, "todos": 2}
        assert (await gone.post(f"/spaces/{gone.space}/restore", expect=404))["code"] == "space_not_found"
        assert (await gone.post("/spaces", {"id": gone.space, "name": "anew"}, 201))["seq"] == 1
        for one in (kept, back):
            assert len(await one.titles()) == 2
