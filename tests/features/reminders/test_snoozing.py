"""Snoozed, dismissed, and set anew."""

from typing import Any

import pytest

from tests.features.reminders.support import LATER, path, remind
from tests.support import Api, TestClock

SOON = {"until": "2026-04-20T06:00:00Z"}


async def test_a_snoozed_one_reminds_at_another_moment(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))

    snoozed = await api.post(f"{path(reminder)}/snooze", SOON, 200)

    assert (snoozed["snoozed_until"], snoozed["next_at"], snoozed["version"]) == (SOON["until"], SOON["until"], 2)
    assert (await api.get("/reminders"))["items"] == [snoozed]
    assert await api.post(f"{path(reminder)}/snooze", SOON, 200) == snoozed


@pytest.mark.parametrize(
    "body",
    [
        {"until": "2026-03-28T11:59:59Z"},
        {"until": "2026-04-20T06:00:00"},
        {},
        {"until": None},
        {**SOON, "again": 1},
        None,
    ],
)
async def test_it_needs_a_moment_that_is_to_come(api: Api, body: Any) -> None:
    reminder = await remind(api, await api.todo(due=LATER))

    answer = await api.send("POST", f"{path(reminder)}/snooze", body)

    assert answer.status_code in ({400, 415, 422} if body is None else {422})
    assert await api.get(path(reminder)) == reminder


async def test_a_dismissed_one_does_not_remind_and_stays_as_it_is(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))

    dismissed = await api.post(f"{path(reminder)}/dismiss", None, 200)

    assert (dismissed["next_at"], dismissed["fired_at"], dismissed["version"]) == (None, None, 2)
    assert await api.post(f"{path(reminder)}/dismiss", None, 200) == dismissed
    assert (await api.get("/reminders"))["items"] == []


async def test_a_dismissed_one_does_not_come_back_with_the_same_moment(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)
    await api.post(f"{path(reminder)}/dismiss")

    await api.patch(f"/todos/{todo['id']}", {"due": {"date": "2026-05-01"}})
    there = await api.get(path(reminder))
    await api.patch(f"/todos/{todo['id']}", {"due": LATER})
    back = await api.get(path(reminder))

    assert (there["next_at"], back["next_at"]) == ("2026-05-01T09:00:00Z", None)


async def test_patch_makes_it_remind_again_at_the_same_moment(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))
    await api.post(f"{path(reminder)}/dismiss")

    again = await api.patch(path(reminder), {"minutes_before": 0})

    assert again["next_at"] == reminder["next_at"]


async def test_dismissing_ends_a_snooze(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))
    await api.post(f"{path(reminder)}/snooze", SOON)

    dismissed = await api.post(f"{path(reminder)}/dismiss", None, 200)

    assert (dismissed["snoozed_until"], dismissed["next_at"]) == (None, None)


async def test_one_that_is_past_can_be_snoozed(api: Api, clock: TestClock) -> None:
    reminder = await remind(api, await api.todo(due=LATER))
    clock.advance(days=20)

    snoozed = await api.post(f"{path(reminder)}/snooze", {"until": "2026-04-25T06:00:00Z"}, 200)

    assert snoozed["next_at"] == "2026-04-25T06:00:00Z"
