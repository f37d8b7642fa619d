"""Editing a recurring todo: this occurrence, all of them, or no more of them."""

from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.occurrences.support import DAILY, act, day, fixed, floating, history, read, recurring
from tests.invariants import assert_invariants
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

WEEKLY = {"rrule": "FREQ=WEEKLY"}


async def test_another_due_alone_is_of_this_occurrence_only(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=day("2026-03-19"))

    moved = await api.patch(f"/todos/{todo['id']}", {"due": day("2026-03-30")})
    following = await act(api, todo, "complete", occurrence="2026-03-28")

    assert (moved["occurrence"], moved["start"]) == ("2026-03-28", day("2026-03-19"))
    assert (following["due"], following["start"]) == (day("2026-04-04"), day("2026-03-26"))
    (done,) = (await api.get(f"/todos/{todo['id']}/occurrences"))["items"]
    assert (done["occurrence"], done["due"]) == ("2026-03-28", day("2026-03-30"))


async def test_start_and_deadline_that_come_with_a_due_are_of_this_occurrence_only(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=day("2026-03-19"), deadline="2026-03-28")
    later = {"start": day("2026-03-29"), "due": day("2026-03-30"), "deadline": "2026-04-01"}

    await api.patch(f"/todos/{todo['id']}", later)
    following = await act(api, todo, "complete")

    assert {name: following[name] for name in later} == {
        "start": day("2026-03-26"),
        "due": day("2026-04-04"),
        "deadline": "2026-04-04",
    }


async def test_another_lead_alone_is_for_good(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=day("2026-03-19"), deadline="2026-03-28")

    await api.patch(f"/todos/{todo['id']}", {"start": day("2026-03-27")})
    await api.patch(f"/todos/{todo['id']}", {"deadline": "2026-03-31"})
    following = await act(api, todo, "complete")

    assert (following["start"], following["deadline"]) == (day("2026-04-03"), "2026-04-07")


async def test_a_lead_is_counted_from_the_slot_and_not_from_a_due_that_was_moved(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY)
    await api.patch(f"/todos/{todo['id']}", {"due": day("2026-03-30")})

    await api.patch(f"/todos/{todo['id']}", {"start": day("2026-03-27")})

    assert (await act(api, todo, "complete"))["start"] == day("2026-04-03")


async def test_what_was_put_off_once_does_not_become_the_lead_with_another_change(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=day("2026-03-19"))
    await api.patch(f"/todos/{todo['id']}", {"due": day("2026-03-30"), "start": day("2026-03-29")})

    await api.patch(f"/todos/{todo['id']}", {"deadline": "2026-03-28"})
    following = await act(api, todo, "complete")

    assert (following["start"], following["deadline"]) == (day("2026-03-26"), "2026-04-04")


async def test_a_due_that_is_sent_as_it_was_is_no_change_of_it(api: Api) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=day("2026-03-19"))
    sent = {name: todo[name] for name in ("title", "due", "deadline", "recurrence")}

    await api.patch(f"/todos/{todo['id']}", {**sent, "start": day("2026-03-27")})

    assert (await act(api, todo, "complete"))["start"] == day("2026-04-03")


@pytest.mark.parametrize(
    ("before", "sent", "start"),
    [
        (None, day("2026-03-29"), day("2026-04-03")),
        (fixed("2026-03-27T09:00:00"), day("2026-03-29"), day("2026-04-03")),
        (day("2026-03-27"), fixed("2026-03-29T09:00:00"), fixed("2026-04-03T09:00:00")),
    ],
    ids=["none before", "a time before", "a day before"],
)
async def test_a_new_start_that_comes_with_a_due_is_as_far_from_each_slot(
    api: Api, before: Any, sent: dict[str, str], start: dict[str, str]
) -> None:
    todo = await recurring(api, recurrence=WEEKLY, start=before)

    await api.patch(f"/todos/{todo['id']}", {"due": day("2026-03-30"), "start": sent, "deadline": "2026-03-31"})
    following = await act(api, todo, "complete")

    assert (following["due"], following["start"], following["deadline"]) == (day("2026-04-04"), start, "2026-04-05")


async def test_a_start_and_a_deadline_can_go(api: Api) -> None:
    todo = await recurring(api, start=day("2026-03-19"), deadline="2026-03-28")

    await api.patch(f"/todos/{todo['id']}", {"start": None, "deadline": None})
    following = await act(api, todo, "complete")

    assert (following["start"], following["deadline"]) == (None, None)


ANEW: list[tuple[dict[str, Any], str, str]] = [
    ({"recurrence": WEEKLY}, "2026-03-29", "2026-04-05"),
    ({"recurrence": {**DAILY, "mode": "completion"}}, "2026-03-29", "2026-03-30"),
    ({"recurrence": {**DAILY, "skip": "omit"}}, "2026-03-29", "2026-03-30"),
    ({"recurrence": DAILY, "due": day("2026-04-09")}, "2026-04-09", "2026-04-10"),
    ({"due": floating("2026-04-09T09:00:00")}, "2026-04-09T09:00:00", "2026-04-10T09:00:00"),
    ({"due": fixed("2026-04-09T09:00:00")}, "2026-04-09T09:00:00", "2026-04-10T09:00:00"),
]


@pytest.mark.parametrize(("change", "first", "second"), ANEW)
async def test_another_rule_kind_or_zone_begins_anew_at_the_due(
    api: Api, settings: TodoKitSettings, change: dict[str, Any], first: str, second: str
) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")

    changed = await api.patch(f"/todos/{todo['id']}", change)
    following = await act(api, todo, "complete")

    assert (changed["occurrence"], following["occurrence"]) == (first, second)
    assert await history(api, todo) == [("2026-03-28", "completed"), (first, "completed")]
    await assert_invariants(settings)


async def test_another_zone_begins_anew(api: Api) -> None:
    todo = await recurring(api, due=fixed("2026-03-28T09:00:00"), recurrence={"rrule": "FREQ=DAILY;COUNT=2"})
    await act(api, todo, "complete")

    await api.patch(f"/todos/{todo['id']}", {"due": fixed("2026-03-29T09:00:00", "Asia/Tokyo")})
    following = await act(api, todo, "complete")

    # One of two was left before; now there are two again.
    assert (following["status"], following["due"]) == ("needs_action", fixed("2026-03-30T09:00:00", "Asia/Tokyo"))


async def test_a_rule_that_begins_anew_counts_from_one_again_and_a_slot_may_come_again(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=2"})
    await act(api, todo, "complete")

    again = {"recurrence": {"rrule": "FREQ=DAILY;COUNT=3"}, "due": day("2026-03-28")}
    await api.patch(f"/todos/{todo['id']}", again)
    for _ in range(3):
        todo = await act(api, todo, "complete")

    assert todo["status"] == "completed"
    slots = ["2026-03-28", "2026-03-28", "2026-03-29", "2026-03-30"]
    assert [slot for slot, _ in await history(api, todo)] == slots


@pytest.mark.parametrize("change", [{"exdates": ["2026-03-31"]}, {"catch_up": "next_slot"}, {"reset_subtasks": False}])
async def test_other_options_leave_the_series_where_it_is(api: Api, change: dict[str, Any]) -> None:
    recurrence = {"rrule": "FREQ=DAILY;COUNT=2"}
    todo = await recurring(api, recurrence=recurrence)
    todo = await act(api, todo, "complete")

    changed = await api.patch(f"/todos/{todo['id']}", {"recurrence": {**recurrence, **change}})

    assert (changed["occurrence"], changed["version"]) == ("2026-03-29", 3)
    assert (await act(api, todo, "complete"))["status"] == "completed"
    assert (await act(api, todo, "undo"))["recurrence"] == changed["recurrence"]


async def test_exdates_are_left_out_from_now_on(api: Api) -> None:
    todo = await recurring(api)

    await api.patch(f"/todos/{todo['id']}", {"recurrence": {**DAILY, "exdates": ["2026-03-29"]}})

    assert (await act(api, todo, "complete"))["occurrence"] == "2026-03-30"


@pytest.mark.parametrize("change", [{"recurrence": None}, {"due": None}, {"due": None, "recurrence": None}])
async def test_without_recurrence_or_due_it_recurs_no_more(
    api: Api, settings: TodoKitSettings, change: dict[str, Any]
) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")

    changed = await api.patch(f"/todos/{todo['id']}", change)
    done = await act(api, todo, "complete")

    assert (changed["recurrence"], changed["occurrence"]) == (None, None)
    assert changed["due"] == (None if "due" in change else day("2026-03-29"))
    assert done["status"] == "completed"
    assert await history(api, todo) == [("2026-03-28", "completed")]
    await assert_invariants(settings)


async def test_a_rule_without_the_due_that_goes_with_it_is_refused(api: Api) -> None:
    todo = await recurring(api)

    problem = await api.patch(f"/todos/{todo['id']}", {"due": None, "recurrence": WEEKLY}, 422)

    assert problem["errors"][0]["pointer"] == "#/recurrence"
    assert await read(api, todo) == [todo]


async def test_a_plain_todo_begins_to_recur_at_its_due(api: Api) -> None:
    todo = await api.todo(due=day("2026-03-28"), start=day("2026-03-26"))

    changed = await api.patch(f"/todos/{todo['id']}", {"recurrence": WEEKLY})

    assert (changed["occurrence"], changed["due"]) == ("2026-03-28", day("2026-03-28"))
    assert (await act(api, todo, "complete"))["start"] == day("2026-04-02")


async def test_other_fields_leave_the_series_alone(api: Api) -> None:
    todo = await recurring(api)

    changed = await api.patch(f"/todos/{todo['id']}", {"title": "x", "priority": 1, "status": "in_progress"})

    assert changed["occurrence"] == "2026-03-28"
    following = await act(api, todo, "complete")
    assert (following["title"], following["priority"], following["status"]) == ("x", 1, "needs_action")


async def test_a_lead_that_would_leave_the_calendar_ends_the_series(api: Api, clock: TestClock) -> None:
    todo = await recurring(api, due=day("2199-01-01"), start=day("2200-12-01"), recurrence={"unit": "month"})
    clock.advance(days=1)

    done = await act(api, todo, "complete")

    assert (done["status"], done["due"]) == ("completed", day("2199-01-01"))
