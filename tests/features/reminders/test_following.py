"""Reminders go on with their todo: with its times, its recurrence, and the zone of their user."""

from typing import Any

import pytest

from tests.features.reminders.support import LATER, path, remind
from tests.support import Api, TestClock

DAILY = {"unit": "day", "every": 1}


async def test_without_its_anchor_it_waits_for_one(api: Api) -> None:
    todo = await api.todo()
    reminder = await remind(api, todo, minutes_before=60)

    await api.patch(f"/todos/{todo['id']}", {"due": LATER})
    with_due = await api.get(path(reminder))
    await api.patch(f"/todos/{todo['id']}", {"due": None})
    without = await api.get(path(reminder))

    assert [one["next_at"] for one in (reminder, with_due, without)] == [None, "2026-04-10T06:00:00Z", None]
    assert [one["version"] for one in (reminder, with_due, without)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("anchor", "value", "next_at"),
    [
        ("start", {"date": "2026-04-02"}, "2026-04-02T09:00:00Z"),
        ("due", {"datetime": "2026-04-20T10:00:00", "timezone": "UTC"}, "2026-04-20T10:00:00Z"),
        ("deadline", "2026-05-01", "2026-05-01T09:00:00Z"),
    ],
)
async def test_it_follows_its_anchor_and_no_other(api: Api, anchor: str, value: Any, next_at: str) -> None:
    todo = await api.todo(start={"date": "2026-04-01"}, due=LATER, deadline="2026-04-30")
    reminders = {name: await remind(api, todo, relative_to=name) for name in ("start", "due", "deadline")}
    at = await remind(api, todo, at={"datetime": "2026-04-05T10:00:00"})

    await api.patch(f"/todos/{todo['id']}", {anchor: value})

    moved = await api.get(path(reminders.pop(anchor)))
    assert (moved["next_at"], moved["version"]) == (next_at, 2)
    assert [await api.get(path(one)) for one in (*reminders.values(), at)] == [*reminders.values(), at]


async def test_everybody_who_is_reminded_of_a_todo_follows_it(api: Api, clock: TestClock) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)
    clock.advance(days=30)

    await api.patch(f"/todos/{todo['id']}", {"due": {"date": "2026-06-01"}})

    assert (await api.get(path(reminder)))["next_at"] == "2026-06-01T09:00:00Z"


async def test_a_due_that_has_passed_already_does_not_remind(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)

    await api.patch(f"/todos/{todo['id']}", {"due": {"date": "2026-03-01"}})

    assert (await api.get(path(reminder)))["next_at"] is None


async def test_a_change_of_other_things_leaves_it_alone(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)

    await api.patch(f"/todos/{todo['id']}", {"title": "Changed", "priority": 1})
    await api.patch(f"/todos/{todo['id']}", {"due": LATER})
    await api.post(f"/todos/{todo['id']}/complete")
    await api.post(f"/todos/{todo['id']}/reopen")

    assert await api.get(path(reminder)) == reminder


@pytest.mark.parametrize("verb", ["complete", "skip"])
async def test_of_a_todo_that_recurs_it_goes_on_and_comes_back(api: Api, verb: str) -> None:
    todo = await api.todo(due={"datetime": "2026-04-10T09:00:00"}, recurrence=DAILY)
    before = await remind(api, todo, minutes_before=30)
    at = await remind(api, todo, at={"datetime": "2026-04-09T20:00:00"})

    await api.post(f"/todos/{todo['id']}/{verb}")
    gone_on = [await api.get(path(one)) for one in (before, at)]
    await api.post(f"/todos/{todo['id']}/undo")
    back = [await api.get(path(one)) for one in (before, at)]

    assert [one["next_at"] for one in gone_on] == ["2026-04-11T08:30:00Z", "2026-04-10T20:00:00Z"]
    assert gone_on[1]["at"] == {"datetime": "2026-04-10T20:00:00"}
    assert [one["next_at"] for one in back] == [before["next_at"], at["next_at"]]
    assert back[1]["at"] == at["at"]
    assert [one["version"] for one in back] == [3, 3]


async def test_a_time_of_its_own_keeps_its_wall_clock_over_a_change_of_the_clocks(api: Api) -> None:
    # The clocks of Berlin go forward on 29 March.
    todo = await api.todo(due={"datetime": "2026-03-28T20:00:00", "timezone": "Europe/Berlin"}, recurrence=DAILY)
    at = await remind(api, todo, at={"datetime": "2026-03-28T18:00:00", "timezone": "Europe/Berlin"})

    await api.post(f"/todos/{todo['id']}/complete")

    moved = await api.get(path(at))
    assert (at["next_at"], moved["next_at"]) == ("2026-03-28T17:00:00Z", "2026-03-29T16:00:00Z")


async def test_the_next_occurrence_ends_a_snooze_and_a_dismissal(api: Api) -> None:
    todo = await api.todo(due={"datetime": "2026-04-10T09:00:00"}, recurrence=DAILY)
    snoozed, dismissed = await remind(api, todo), await remind(api, todo, minutes_before=5)
    await api.post(f"{path(snoozed)}/snooze", {"until": "2026-05-01T00:00:00Z"})
    await api.post(f"{path(dismissed)}/dismiss")

    await api.post(f"/todos/{todo['id']}/complete")

    found = [await api.get(path(one)) for one in (snoozed, dismissed)]
    assert [one["next_at"] for one in found] == ["2026-04-11T09:00:00Z", "2026-04-11T08:55:00Z"]
    assert [one["snoozed_until"] for one in found] == [None, None]


async def test_the_last_occurrence_leaves_nothing_to_remind_of(api: Api) -> None:
    todo = await api.todo(due={"datetime": "2026-04-10T09:00:00"}, recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    await remind(api, todo)

    assert (await api.post(f"/todos/{todo['id']}/complete"))["status"] == "completed"
    assert (await api.get("/reminders"))["items"] == []


async def test_a_user_who_has_moved_is_reminded_at_the_same_wall_clock(api: Api) -> None:
    berlin, tokyo = api.as_user(api.user, zone="Europe/Berlin"), api.as_user(api.user, zone="Asia/Tokyo")
    day, at = await berlin.todo(due={"date": "2026-04-10"}), {"datetime": "2026-04-05T10:00:00"}
    reminders = [
        await remind(berlin, day),
        await remind(berlin, day, at=at),
        await remind(berlin, day, at={**at, "timezone": "UTC"}),
    ]

    await remind(tokyo, await tokyo.todo(due=LATER))

    found = [await tokyo.get(path(one)) for one in reminders]
    assert [one["next_at"] for one in reminders] == [
        "2026-04-10T07:00:00Z",
        "2026-04-05T08:00:00Z",
        "2026-04-05T10:00:00Z",
    ]
    assert [one["next_at"] for one in found] == ["2026-04-10T00:00:00Z", "2026-04-05T01:00:00Z", "2026-04-05T10:00:00Z"]


async def test_a_change_in_another_zone_brings_the_others_along(api: Api) -> None:
    berlin, tokyo = api.as_user(api.user, zone="Europe/Berlin"), api.as_user(api.user, zone="Asia/Tokyo")
    todo = await berlin.todo(due={"date": "2026-04-10"})
    changed, other = await remind(berlin, todo, minutes_before=5), await remind(berlin, todo)

    await tokyo.patch(path(changed), {"minutes_before": 10})

    found = [(await api.get(path(one)))["next_at"] for one in (changed, other)]
    assert found == ["2026-04-09T23:50:00Z", "2026-04-10T00:00:00Z"]


async def test_a_move_does_not_end_a_snooze(api: Api) -> None:
    berlin, tokyo = api.as_user(api.user, zone="Europe/Berlin"), api.as_user(api.user, zone="Asia/Tokyo")
    snoozed = await remind(berlin, await berlin.todo(due={"date": "2026-04-10"}))
    await berlin.post(f"{path(snoozed)}/snooze", {"until": "2026-05-01T00:00:00Z"})

    await remind(tokyo, await tokyo.todo(due=LATER))

    found = await tokyo.get(path(snoozed))
    assert (found["next_at"], found["snoozed_until"]) == ("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z")


async def test_a_move_to_where_it_is_past_already_reminds_at_once_and_loses_nothing(api: Api, clock: TestClock) -> None:
    honolulu, tokyo = api.as_user(api.user, zone="Pacific/Honolulu"), api.as_user(api.user, zone="Asia/Tokyo")
    reminder = await remind(honolulu, await honolulu.todo(due={"date": "2026-03-29"}))
    clock.advance(hours=20)  # 08:00 UTC on the day: nine o'clock is past in Tokyo, and to come in Honolulu

    await remind(tokyo, await tokyo.todo(due=LATER))

    found = await tokyo.get(path(reminder))
    assert (reminder["next_at"], found["next_at"]) == ("2026-03-29T19:00:00Z", "2026-03-29T00:00:00Z")


async def test_a_move_does_not_remind_of_what_is_done_with(api: Api) -> None:
    tokyo, honolulu = api.as_user(api.user, zone="Asia/Tokyo"), api.as_user(api.user, zone="Pacific/Honolulu")
    reminder = await remind(tokyo, await tokyo.todo(due={"date": "2026-03-29"}))
    await tokyo.post(f"{path(reminder)}/dismiss")

    await remind(honolulu, await honolulu.todo(due=LATER))

    assert (await honolulu.get(path(reminder)))["next_at"] is None
