"""Reminders of one user and todo that have come to one moment remind once."""

import uuid
from collections.abc import Awaitable
from typing import Any

import pytest

from fastapi_todo_kit.core.access import SpaceRef
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.features.reminders.worker import ReminderWorker
from fastapi_todo_kit.kit import kit_on
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.work import Work
from tests.features.reminders.support import path, remind
from tests.worker.support import BrokenNotifier, Office

AT = {"at": {"datetime": "2026-03-28T14:00:00", "timezone": "UTC"}}


async def together(office: Office) -> list[dict[str, Any]]:
    """Return two reminders of a todo that remind at 14:00, because its due was moved there; the first one first."""
    todo = await office.api.todo(due={"datetime": "2026-03-28T20:00:00"})
    made = [await remind(office.api, todo, **AT), await remind(office.api, todo)]
    await office.api.patch(f"/todos/{todo['id']}", {"due": {"datetime": "2026-03-28T14:00:00"}})
    return sorted(made, key=lambda one: one["id"])


async def states(office: Office, reminder: dict[str, Any]) -> list[str]:
    items = (await office.api.get(f"/todos/{reminder['todo_id']}/reminders"))["items"]
    return [one["state"] for one in items]


@pytest.mark.parametrize("at_once", [1, 20])
async def test_of_what_comes_at_one_moment_its_user_is_told_once(office: Office, at_once: int) -> None:
    first, _ = await together(office)
    office.clock.advance(hours=3)
    worker = office.settings.worker.model_copy(update={"at_once": at_once})
    office.settings = office.settings.model_copy(update={"worker": worker})

    await office.run_due()

    assert office.told() == [first["id"]]
    assert await states(office, first) == ["fired", "fired"]
    assert await office.jobs() == []


async def test_what_was_snoozed_to_the_same_moment_too(office: Office) -> None:
    todo = await office.api.todo(due={"datetime": "2026-03-28T13:00:00"})
    made = [await remind(office.api, todo, minutes_before=n) for n in range(2)]
    for one in made:
        await office.api.post(f"{path(one)}/snooze", {"until": "2026-03-28T15:00:00Z"})
    office.clock.advance(hours=4)

    await office.run_due()

    assert office.told() == [made[0]["id"]]


async def test_others_and_other_users_are_told(office: Office) -> None:
    tenant = office.api.user.replace("user-", "t")
    ann, bob = [office.api.as_user(f"{name}@{tenant}:editor") for name in ("ann", "bob")]
    todo, other = [await ann.todo(due={"datetime": "2026-03-28T14:00:00"}) for _ in range(2)]
    made = [await remind(ann, todo), await remind(bob, todo), await remind(ann, other)]
    office.clock.advance(hours=3)

    await office.run_due()

    assert sorted(office.told()) == sorted(one["id"] for one in made)


async def test_when_the_first_is_taken_away_the_second_reminds(office: Office) -> None:
    first, second = await together(office)
    office.clock.advance(hours=3)
    broken = BrokenNotifier()
    await office.with_host(notifier=broken).run_due()
    await office.api.delete(path(first), 204)

    office.clock.advance(minutes=2)
    await office.run_due()

    assert [str(one.reminder_id) for one in broken.tried] == [first["id"]]
    assert office.told() == [second["id"]]


async def test_when_the_first_is_put_aside_the_second_is_tried(office: Office) -> None:
    first, second = await together(office)
    office.clock.advance(hours=3)
    await office.rows("UPDATE todokit_job SET parked_at = run_at WHERE key = :key", key=first["id"].replace("-", ""))

    await office.run_due()

    assert office.told() == [second["id"]]
    assert await states(office, first) == ["fired", "fired"]


async def test_one_that_was_read_before_the_other_reminded_is_silent(office: Office) -> None:
    _, second = await together(office)
    office.clock.advance(hours=3)
    (job,) = await office.rows("SELECT space_id FROM todokit_job LIMIT 1")
    space, database = SpaceRef(uuid.UUID(str(job["space_id"])), "none", None), Database(office.settings)
    worker = ReminderWorker(kit_on(database, office.settings, office.host))

    def is_told(work: Work) -> Awaitable[bool]:
        return ReminderService(work).is_told_with_another(uuid.UUID(second["id"]))

    assert await worker.look(space, is_told)
    await office.run_due()
    assert await worker.look(space, is_told)
    await database.close()
