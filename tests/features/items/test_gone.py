"""What becomes of items when their user is erased, and when a space is removed for good."""

import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fastapi_todo_kit import Host, OnChange, TodoKitSettings, erase_user, export_user, purge_trash
from fastapi_todo_kit.changes import ChangeEvent, ItemCreated, ItemDeleted, ItemUpdated
from fastapi_todo_kit.schemas import SpaceSeen
from fastapi_todo_kit.services import todo_services
from fastapi_todo_kit.storage.database import make_engine
from tests.features.items.test_items import item, items, own_space, path_of, rows
from tests.support import Api, TestClock, make_app, running
from tests.teams import join, team


@pytest.fixture
def settings(database_url: str) -> TodoKitSettings:
    """A database that others use, and users whom nobody else knows."""
    return TodoKitSettings(database_url=database_url, namespace=uuid.uuid4().hex)


@pytest.fixture
def heard() -> list[ChangeEvent]:
    """What the host has heard of."""
    return []


@pytest.fixture
async def api(settings: TodoKitSettings, heard: list[ChangeEvent]) -> AsyncIterator[Api]:
    on_change = OnChange(after_commit=heard.extend)
    async with running(make_app(settings, clock=TestClock(), on_change=on_change)) as api:
        yield api


async def exported(settings: TodoKitSettings, user: str) -> list[dict[str, Any]]:
    held = [one async for one in export_user(settings, user)]
    return [one["row"] for one in held if one["table"] == "todokit_user_item"]


async def test_items_are_exported_and_erased_with_their_user(settings: TodoKitSettings, api: Api) -> None:
    owner = await team(api)
    guest = await join(owner, "viewer")
    made = await item(guest, owner.space, is_favorite=True)
    await item(owner, owner.space, is_hidden=True)

    (row,) = await exported(settings, guest.user)
    await erase_user(settings, guest.user)

    assert (str(row["id"]), row["is_favorite"]) == (made["id"], True)
    assert await exported(settings, guest.user) == []
    assert len(await items(owner)) == await rows(api, owner.space) == 1


async def test_the_purge_of_a_space_takes_everybodys_items_of_it(settings: TodoKitSettings, api: Api) -> None:
    owner, other = await team(api), await team(api)
    guest = await join(owner, "viewer")
    for user in (guest, owner):
        await item(user, owner.space, is_favorite=True)
    await item(owner, other.space, is_favorite=True)
    await owner.delete(f"/spaces/{owner.space}")

    await purge_trash(settings, Host(clock=lambda: TestClock().now + timedelta(days=31)))

    assert (await rows(api, owner.space), await rows(api, other.space)) == (0, 1)


async def test_the_host_hears_of_them_in_the_space_of_their_user(api: Api, heard: list[ChangeEvent]) -> None:
    owner = await team(api)
    space = await own_space(api)
    heard.clear()

    made = await item(owner, owner.space, is_favorite=True)
    await item(owner, owner.space, color="#123456")
    await api.delete(path_of(owner.space))

    assert [type(one) for one in heard] == [ItemCreated, ItemUpdated, ItemDeleted]
    assert {(str(one.space_id), str(one.entity_id), one.actor_id) for one in heard} == {(space, made["id"], api.user)}
    assert heard[1].changes == {"color": (None, "#123456")}


async def test_services_reach_them_from_every_space(settings: TodoKitSettings, api: Api) -> None:
    owner = await team(api)
    made = await item(owner, owner.space, is_favorite=True)
    engine = make_engine(settings)

    async with (
        AsyncSession(engine) as session,
        session.begin(),
        todo_services(settings, session=session, user_id=api.user, space=uuid.UUID(owner.space)) as kit,
    ):
        seen = await kit.spaces.see(uuid.UUID(owner.space), SpaceSeen(seq=1))
        page = await kit.spaces.items()

    await engine.dispose()
    assert (str(seen["id"]), seen["seen_seq"]) == (made["id"], 1)
    assert page["items"] == [seen]
