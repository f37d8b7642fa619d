"""What the log says of each change besides what was done: what it is about, in which list, and whose business it is."""

import uuid
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings, erase_user, run_due
from fastapi_todo_kit.settings import Limits, Sharing
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

LOG = table_of(Change)
_ABOUT = ("seq", "entity", "op", "entity_id", "subject_id", "list_id", "audience", "actor_id")


async def logged(url: str, space: str, **emptied: None) -> list[dict[str, Any]]:
    """Return the log of a space, once some of its columns are emptied."""
    engine = create_async_engine(url)
    in_space = LOG.c.space_id == uuid.UUID(space)
    try:
        async with engine.begin() as connection:
            if emptied:
                await connection.execute(update(LOG).where(in_space).values(emptied))
            rows = await connection.execute(select(*(LOG.c[one] for one in _ABOUT)).where(in_space).order_by(LOG.c.seq))
            return [dict(row._mapping) for row in rows]
    finally:
        await engine.dispose()


def plain(value: Any) -> str | None:
    return None if value is None else str(value).replace("-", "")


async def work(api: Api) -> tuple[str, str]:
    """Do something of every kind in a team; return the space, and who has a reminder there."""
    space = await team(api)
    guest = await join(space, "editor")
    kitchen, other = await space.list("Kitchen"), await space.list("Other")
    label = await space.label("red")
    todo = await space.todo(list_id=kitchen["id"], due={"date": "2031-01-01"}, label_ids=[label["id"]])
    below = await space.todo(parent_id=todo["id"])
    await guest.post(f"/todos/{todo['id']}/reminders", {}, 201)
    await space.post(f"/todos/{todo['id']}/move", {"list_id": other["id"]})
    await space.post(f"/todos/{todo['id']}/complete")
    await space.post(f"/todos/{todo['id']}/duplicate")
    await space.post(f"/lists/{kitchen['id']}/duplicate")
    await space.put(f"/todos/{below['id']}/assignees/me")
    await space.delete(f"/todos/{below['id']}")
    await space.post(f"/spaces/{space.space}/invitations", {"role": "viewer"}, 201)
    return space.space, guest.user


async def test_each_change_says_what_it_is_about(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings)) as api:
        space, guest = await work(api)
        rows = await logged(database_url, space)
        todos = {one["id"]: one for one in (await api.get("/todos", space=space, limit=200))["items"]}

    assert {row["entity"] for row in rows} >= {"todo", "list", "label", "reminder", "member", "space", "invitation"}
    for row in rows:
        subject, of_list, itself = (plain(row[name]) for name in ("subject_id", "list_id", "entity_id"))
        match row["entity"]:
            case "todo":
                assert subject == itself
                assert of_list is not None
            case "list":
                assert subject == of_list == itself
            case "reminder":
                assert subject in {plain(one) for one in todos}
                assert row["audience"] == guest
            case "member" | "invitation":
                assert subject == plain(space)
            case _:
                assert (subject, of_list) == (itself, None)
        assert (row["audience"] is None) == (row["entity"] != "reminder")
    last = {plain(row["entity_id"]): plain(row["list_id"]) for row in rows if row["entity"] == "todo"}
    assert all(last[plain(one)] == plain(todo["list_id"]) for one, todo in todos.items())


async def test_rows_from_before_are_filled_in_some_at_a_time(database_url: str) -> None:
    limits = Limits(labels_per_space=1_000)
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(add_directly=True), limits=limits)
    async with running(make_app(settings)) as api:
        space, guest = await work(api)
        for n in range(500):
            await Teammate.of(api, space).label(f"label {n}")
    before = await logged(database_url, space)
    await logged(database_url, space, subject_id=None, list_id=None, audience=None)

    await run_due(settings)
    after = await logged(database_url, space)

    assert all(row["subject_id"] is not None for row in after)
    for was, now in zip(before, after, strict=True):
        if was["entity"] in {"list", "label", "reminder", "space"}:
            assert now["audience"] == was["audience"]
            assert plain(now["subject_id"]) == plain(was["subject_id"])
            assert plain(now["list_id"]) == plain(was["list_id"])
    odd = [row for row in after if row["audience"] not in {None, guest}]
    assert odd == []


async def test_whose_business_it_was_is_erased_with_its_user(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings)) as api:
        space, guest = await work(api)
    await erase_user(settings, guest)

    assert guest not in str(await logged(database_url, space))
