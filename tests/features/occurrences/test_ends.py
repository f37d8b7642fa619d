"""Skipping, and what becomes of a todo whose rule has no further occurrence."""

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.occurrences.support import act, day, fixed, history, read, recurring, statuses, told
from tests.invariants import assert_invariants
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

TWICE = {"rrule": "FREQ=DAILY;COUNT=2"}


async def test_a_skipped_occurrence_goes_on_and_is_not_completed(api: Api) -> None:
    todo = await recurring(api, start=day("2026-03-19"))

    todo = await act(api, todo, "skip")

    assert (todo["occurrence"], todo["start"], todo["status"]) == ("2026-03-29", day("2026-03-20"), "needs_action")
    assert await history(api, todo) == [("2026-03-28", "skipped")]
    assert (await api.get("/todos", status="completed", count="exact")) == {
        "items": [],
        "next_cursor": None,
        "count": 0,
    }


async def test_a_second_skip_of_an_occurrence_changes_nothing(api: Api) -> None:
    todo = await recurring(api)
    first = await act(api, todo, "skip", occurrence="2026-03-28")

    for again in ({"occurrence": "2026-03-28"}, {"version": 1}):
        for verb in ("skip", "complete"):
            assert await act(api, todo, verb, **again) == first


async def test_skipping_the_last_one_cancels(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=1"})

    ended = await act(api, todo, "skip")

    assert (ended["status"], ended["completed_at"], ended["occurrence"]) == ("cancelled", None, "2026-03-28")
    assert await history(api, todo) == [("2026-03-28", "skipped")]
    assert (await act(api, todo, "skip", 409))["code"] == "todo_closed"
    assert (await act(api, todo, "complete", 409))["code"] == "todo_closed"


async def test_a_second_skip_of_the_last_one_changes_nothing(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    ended = await act(api, todo, "skip")

    for again in ({"occurrence": "2026-03-28"}, {"version": 1}):
        assert await act(api, todo, "skip", **again) == ended
        assert await act(api, todo, "complete", **again) == ended


async def test_count_counts_what_was_skipped(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=3"})

    for verb in ("complete", "skip", "complete"):
        todo = await act(api, todo, verb)

    assert todo["status"] == "completed"
    assert [outcome for _, outcome in await history(api, todo)] == ["completed", "skipped", "completed"]


async def test_count_counts_what_was_missed(api: Api, clock: TestClock) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=5"})
    clock.advance(days=3)

    todo = await act(api, todo, "complete")
    assert (todo["occurrence"], todo["status"]) == ("2026-04-01", "needs_action")
    todo = await act(api, todo, "complete")

    assert todo["status"] == "completed"
    assert len(await history(api, todo)) == 2


async def test_count_counts_what_is_left_out(api: Api) -> None:
    todo = await recurring(api, recurrence={**TWICE, "exdates": ["2026-03-29"]})

    assert (await act(api, todo, "complete"))["status"] == "completed"


async def test_count_counts_completions_where_they_are_the_schedule(api: Api, clock: TestClock) -> None:
    todo = await recurring(api, recurrence={**TWICE, "mode": "completion"})
    clock.advance(days=9)

    todo = await act(api, todo, "complete")
    assert (todo["occurrence"], todo["status"]) == ("2026-04-07", "needs_action")
    todo = await act(api, todo, "complete")

    assert todo["status"] == "completed"


@pytest.mark.parametrize("until", ["20260329", "20260329T090000", "20260329T070000Z"])
async def test_until_includes_its_day_and_its_moment(api: Api, until: str) -> None:
    recurrence = {"rrule": f"FREQ=DAILY;UNTIL={until}"}
    todo = await recurring(api, due=fixed("2026-03-28T09:00:00"), recurrence=recurrence)

    todo = await act(api, todo, "complete")
    assert (todo["occurrence"], todo["status"]) == ("2026-03-29T09:00:00", "needs_action")

    assert (await act(api, todo, "complete"))["status"] == "completed"


async def test_an_exhausted_todo_stays_completed_with_what_is_below(api: Api, clock: TestClock) -> None:
    todo = await recurring(api, recurrence=TWICE)
    child = await api.todo("child", parent_id=todo["id"])
    await act(api, todo, "complete")
    clock.advance(days=400)

    ended = await act(api, todo, "complete")

    assert (ended["status"], ended["completed_by"], ended["due"]) == ("completed", api.user, day("2026-03-29"))
    assert await statuses(api, child) == ["completed"]
    assert await act(api, todo, "complete") == ended
    assert await act(api, todo, "complete", occurrence="2026-03-29") == ended
    assert len(await history(api, todo)) == 2


async def test_reopening_an_exhausted_todo_opens_its_last_occurrence(api: Api) -> None:
    todo = await recurring(api, recurrence=TWICE)
    child = await api.todo("child", parent_id=todo["id"])
    last = await act(api, todo, "complete")
    await act(api, todo, "complete")

    reopened = await act(api, todo, "reopen")

    assert told(reopened) == told(last)
    assert await statuses(api, child) == ["needs_action"]
    assert await history(api, todo) == [("2026-03-28", "completed")]
    assert (await act(api, todo, "complete"))["status"] == "completed"
    assert len(await history(api, todo)) == 2


async def test_an_exhausted_todo_that_a_subtask_reopens_is_at_its_last_occurrence(
    api: Api, settings: TodoKitSettings
) -> None:
    todo = await recurring(api, recurrence=TWICE)
    child = await api.todo("child", parent_id=todo["id"])
    await act(api, todo, "complete")
    await act(api, todo, "complete")

    await act(api, child, "reopen")

    assert await statuses(api, todo) == ["needs_action"]
    assert await history(api, todo) == [("2026-03-28", "completed")]
    await assert_invariants(settings)
    assert (await act(api, todo, "complete"))["status"] == "completed"
    assert await history(api, todo) == [("2026-03-28", "completed"), ("2026-03-29", "completed")]


async def test_an_exhausted_todo_that_a_restored_subtask_reopens_is_at_its_last_occurrence(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    child = await api.todo("child", parent_id=todo["id"])
    await api.delete(f"/todos/{child['id']}")
    await act(api, todo, "skip")

    await act(api, child, "restore")

    assert await statuses(api, todo, child) == ["needs_action", "needs_action"]
    assert await history(api, todo) == []
    assert (await act(api, todo, "complete"))["status"] == "completed"


async def test_cancelling_ends_all_occurrences_and_reopening_goes_on_with_this_one(api: Api) -> None:
    todo = await recurring(api)
    todo = await act(api, todo, "complete")

    cancelled = await act(api, todo, "cancel")
    assert (cancelled["status"], cancelled["occurrence"]) == ("cancelled", "2026-03-29")
    assert (await act(api, todo, "complete", 409))["code"] == "todo_closed"

    reopened = await act(api, todo, "reopen")
    assert told(reopened) == told(todo)
    assert await history(api, todo) == [("2026-03-28", "completed")]


async def test_closed_with_its_parent_it_stays_at_its_occurrence(api: Api) -> None:
    parent = await api.todo("parent")
    todo = await recurring(api, parent_id=parent["id"])
    todo = await act(api, todo, "complete")

    await act(api, parent, "complete")
    (closed,) = await read(api, todo)
    assert (closed["status"], closed["occurrence"]) == ("completed", "2026-03-29")

    await act(api, parent, "reopen")
    (opened,) = await read(api, todo)
    assert told(opened) == told(todo)
    assert await history(api, todo) == [("2026-03-28", "completed")]


async def test_reopening_forgets_nothing_that_an_earlier_rule_did_at_the_same_slot(api: Api) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    await api.patch(f"/todos/{todo['id']}", {"recurrence": {"unit": "week"}, "due": day("2026-03-28")})
    await act(api, todo, "cancel")

    await act(api, todo, "reopen")

    assert await history(api, todo) == [("2026-03-28", "completed")]
