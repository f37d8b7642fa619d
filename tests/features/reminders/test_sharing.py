"""Reminders are private to their user: what others in the space see of them, and what is left of them in the end."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, erase_user, export_user, purge_trash
from tests.features.reminders.support import LATER, path, remind, shared_space, user_space
from tests.invariants import assert_invariants
from tests.support import Api, TestClock, make_app, running


def names() -> tuple[str, str]:
    """Return two members of one tenant: an owner and a viewer."""
    tenant = uuid.uuid4().hex
    return f"ann-{tenant}@{tenant}:owner", f"vic-{tenant}@{tenant}:viewer"


async def rows(settings: TodoKitSettings, statement: str, **parameters: str) -> list[tuple[object, ...]]:
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        found = (await connection.execute(text(statement), parameters)).all()
    await engine.dispose()
    return [tuple(row) for row in found]


async def test_nobody_sees_the_reminders_of_somebody_else(settings: TodoKitSettings, clock: TestClock) -> None:
    ann, vic = names()
    async with shared_space(settings, clock) as api:
        owner, viewer = api.as_user(ann), api.as_user(vic)
        todo = await owner.todo(due=LATER)
        reminder = await remind(owner, todo)

        assert (await viewer.get(path(todo)))["items"] == []
        assert (await viewer.get("/reminders"))["items"] == []
        for method, suffix in (("GET", ""), ("DELETE", ""), ("POST", "/dismiss")):
            answer = await viewer.send(method, path(reminder) + suffix)
            assert (answer.status_code, answer.json()["code"]) == (404, "reminder_not_found")
        await viewer.patch(path(reminder), {"minutes_before": 5}, 404)
        assert await owner.get(path(reminder)) == reminder


async def test_a_viewer_may_be_reminded(settings: TodoKitSettings, clock: TestClock) -> None:
    ann, vic = names()
    async with shared_space(settings, clock) as api:
        owner, viewer = api.as_user(ann), api.as_user(vic)
        todo = await owner.todo(due=LATER)
        reminder = await remind(viewer, todo)
        await viewer.patch(path(reminder), {"minutes_before": 5})
        await viewer.post(f"{path(reminder)}/snooze", {"until": "2026-04-20T00:00:00Z"})
        await viewer.post(f"{path(reminder)}/dismiss")
        await viewer.delete(path(reminder), 204)

        assert (await viewer.patch(f"/todos/{todo['id']}", {"title": "x"}, 403))["code"] == "forbidden"


async def test_when_a_todo_changes_everybodys_reminders_follow(settings: TodoKitSettings, clock: TestClock) -> None:
    ann, vic = names()
    async with shared_space(settings, clock) as api:
        owner, viewer = api.as_user(ann), api.as_user(vic, zone="Asia/Tokyo")
        todo = await owner.todo(due=LATER)
        reminders = [await remind(owner, todo), await remind(viewer, todo)]

        await owner.patch(f"/todos/{todo['id']}", {"due": {"date": "2026-06-01"}})

        found = [await one.get(path(reminder)) for one, reminder in zip((owner, viewer), reminders, strict=True)]
        assert [one["next_at"] for one in found] == ["2026-06-01T09:00:00Z", "2026-06-01T00:00:00Z"]


async def test_shared_spaces_need_to_be_told_who_belongs_to_them(settings: TodoKitSettings, clock: TestClock) -> None:
    ann, _ = names()
    async with running(make_app(settings, clock=clock, space=user_space)) as api:
        member, alone = api.as_user(ann), api.as_user()
        refused = await member.post(path(await member.todo(due=LATER)), {}, 409)
        await remind(alone, await alone.todo(due=LATER))

    assert refused["code"] == "reminders_unavailable"


async def test_an_erased_user_leaves_no_reminder_anywhere(settings: TodoKitSettings, clock: TestClock) -> None:
    ann, vic = names()
    async with shared_space(settings, clock) as api:
        owner, viewer = api.as_user(ann), api.as_user(vic)
        todo = await owner.todo(due=LATER)
        kept, _ = await remind(owner, todo), await remind(viewer, todo)

        await erase_user(settings, vic, host=Host(clock=clock))

        assert await owner.get(path(kept)) == kept
        left = await rows(settings, "SELECT id, todo_id FROM todokit_reminder")
        of_todo = [uuid.UUID(str(row[0])) for row in left if uuid.UUID(str(row[1])) == uuid.UUID(todo["id"])]
        assert of_todo == [uuid.UUID(kept["id"])], "none that names nobody is left"
        assert await rows(settings, "SELECT seq FROM todokit_change WHERE actor_id = :user", user=vic) == []
    await assert_invariants(settings)


async def test_an_export_names_the_reminders_of_a_user(settings: TodoKitSettings, clock: TestClock, api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))

    exported = [one async for one in export_user(settings, api.user, host=Host(clock=clock))]

    found = [one["row"] for one in exported if one["table"] == "todokit_reminder"]
    assert [str(row["id"]) for row in found] == [reminder["id"]]


@pytest.mark.parametrize("by", ["the user", "the host"])
async def test_a_purge_removes_the_reminders_of_what_it_removes(
    settings: TodoKitSettings, clock: TestClock, api: Api, by: str
) -> None:
    todo, kept = await api.todo(due=LATER), await remind(api, await api.todo(due=LATER))
    reminder = await remind(api, todo)
    await api.delete(f"/todos/{todo['id']}")

    if by == "the user":
        await api.delete("/trash")
    else:
        clock.advance(days=31)
        await purge_trash(settings, Host(clock=clock))

    found = await rows(settings, "SELECT id FROM todokit_reminder WHERE user_id = :user", user=api.user)
    assert {uuid.UUID(str(row[0])).hex for row in found} == {uuid.UUID(kept["id"]).hex}
    assert uuid.UUID(reminder["id"]).hex not in {uuid.UUID(str(row[0])).hex for row in found}
