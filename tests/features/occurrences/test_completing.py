"""Completing an occurrence: where the todo goes on, and that nothing is completed twice."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.features.occurrences.support import DAILY, act, day, fixed, floating, history, read, recurring
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

NINE_DAYS = [
    (
        "FREQ=MONTHLY",
        {"start": day("2026-03-22"), "due": day("2026-03-31"), "deadline": "2026-04-02"},
        {"start": day("2026-04-21"), "due": day("2026-04-30"), "deadline": "2026-05-02"},
        {"start": day("2026-05-22"), "due": day("2026-05-31"), "deadline": "2026-06-02"},
    ),
    (
        "FREQ=DAILY",
        {"start": fixed("2026-03-20T09:00:00"), "due": fixed("2026-03-29T09:00:00"), "deadline": "2026-03-29"},
        {"start": fixed("2026-03-21T09:00:00"), "due": fixed("2026-03-30T09:00:00"), "deadline": "2026-03-30"},
        {"start": fixed("2026-03-22T09:00:00"), "due": fixed("2026-03-31T09:00:00"), "deadline": "2026-03-31"},
    ),
    (
        "FREQ=WEEKLY",
        {"start": day("2026-03-21"), "due": floating("2026-03-30T22:30:00"), "deadline": "2026-03-21"},
        {"start": day("2026-03-28"), "due": floating("2026-04-06T22:30:00"), "deadline": "2026-03-28"},
        {"start": day("2026-04-04"), "due": floating("2026-04-13T22:30:00"), "deadline": "2026-04-04"},
    ),
]


@pytest.mark.parametrize(("rrule", "first", "second", "third"), NINE_DAYS, ids=["months", "clocks", "days"])
async def test_start_due_and_deadline_move_by_one_shift(
    api: Api, rrule: str, first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    todo = await recurring(api, recurrence={"rrule": rrule}, **first)

    for expected in (second, third):
        todo = await act(api, todo, "complete")

        assert {name: todo[name] for name in first} == expected
        assert (todo["status"], todo["completed_at"], todo["completed_by"]) == ("needs_action", None, None)


async def test_the_wall_clock_stays_where_the_clocks_change(api: Api) -> None:
    todo = await recurring(api, due=fixed("2026-03-28T02:30:00"), recurrence=DAILY)

    slots = []
    for _ in range(3):
        todo = await act(api, todo, "complete")
        slots.append(todo["due"])

    # 02:30 is skipped on the 29th, which is no reason to leave it for good.
    assert slots == [fixed(f"2026-03-{n}T02:30:00") for n in (29, 30, 31)]


@pytest.mark.parametrize(
    ("due", "now", "slot"),
    [
        # At ten past three the slot of 02:30, which happens at 03:30, is still to come; at twenty to four it is not.
        ("2026-03-28T02:30:00", "2026-03-29T01:10:00", "2026-03-29T02:30:00"),
        ("2026-03-28T02:30:00", "2026-03-29T01:40:00", "2026-03-30T02:30:00"),
        # 02:30 comes twice, at 00:30 and 01:30 UTC, and is meant the first time.
        ("2026-10-24T02:30:00", "2026-10-25T00:10:00", "2026-10-25T02:30:00"),
        ("2026-10-24T02:30:00", "2026-10-25T00:40:00", "2026-10-26T02:30:00"),
    ],
)
async def test_a_slot_around_a_change_of_the_clocks_is_neither_lost_nor_doubled(
    api: Api, clock: TestClock, due: str, now: str, slot: str
) -> None:
    todo = await recurring(api, due=fixed(due))
    clock.now = datetime.fromisoformat(now).replace(tzinfo=UTC)

    todo = await act(api, todo, "complete")

    assert todo["occurrence"] == slot


@pytest.mark.parametrize(
    ("options", "slot"),
    [
        ({}, "2026-03-29"),
        ({"catch_up": "next_slot"}, "2026-03-02"),
        ({"mode": "completion"}, "2026-03-29"),
        ({"exdates": ["2026-03-29", "2026-03-30"]}, "2026-03-31"),
    ],
    ids=["next_future", "next_slot", "completion", "exdates"],
)
async def test_where_an_overdue_todo_goes_on(api: Api, options: dict[str, Any], slot: str) -> None:
    todo = await recurring(api, due=day("2026-03-01"), recurrence={**DAILY, **options})

    todo = await act(api, todo, "complete")

    assert (todo["occurrence"], todo["due"]) == (slot, day(slot))
    assert await history(api, todo) == [("2026-03-01", "completed")]


async def test_completion_counts_from_the_day_of_completion_at_the_same_time_of_day(api: Api) -> None:
    recurrence = {"unit": "week", "mode": "completion"}
    todo = await recurring(api, due=fixed("2026-03-20T09:00:00"), recurrence=recurrence)

    todo = await act(api, todo, "complete")

    assert todo["due"] == fixed("2026-04-04T09:00:00")


async def test_an_occurrence_keeps_what_the_todo_was(api: Api) -> None:
    todo = await recurring(api, start=day("2026-03-27"), deadline="2026-03-30")

    await act(api, todo, "complete")

    (done,) = (await api.get(f"/todos/{todo['id']}/occurrences"))["items"]
    assert done == {
        "id": done["id"],
        "todo_id": todo["id"],
        "occurrence": "2026-03-28",
        "outcome": "completed",
        "start": day("2026-03-27"),
        "due": day("2026-03-28"),
        "deadline": "2026-03-30",
        "ended_at": done["ended_at"],
        "ended_by": api.user,
    }
    assert done["ended_at"].startswith("2026-03-28T12:00:00")


async def test_a_second_completion_of_an_occurrence_changes_nothing(api: Api) -> None:
    todo = await recurring(api)

    first = await act(api, todo, "complete", occurrence=todo["occurrence"])
    second = await act(api, todo, "complete", occurrence=todo["occurrence"])

    assert (first["occurrence"], first["version"]) == ("2026-03-29", 2)
    assert second == first
    assert await history(api, todo) == [("2026-03-28", "completed")]


async def test_a_second_completion_of_a_version_changes_nothing(api: Api) -> None:
    todo = await recurring(api)
    first = await act(api, todo, "complete", version=1)
    later = await api.patch(f"/todos/{todo['id']}", {"title": "renamed"})

    second = await act(api, todo, "complete", version=1)

    assert first["occurrence"] == "2026-03-29"
    assert second == later


@pytest.mark.parametrize("verb", ["complete", "skip"])
async def test_a_version_at_which_nothing_was_completed_is_refused(api: Api, verb: str) -> None:
    todo = await recurring(api)
    renamed = await api.patch(f"/todos/{todo['id']}", {"title": "renamed"})

    problem = await act(api, todo, verb, 412, version=1)

    assert (problem["code"], problem["version"]) == ("precondition_failed", 2)
    assert await read(api, todo) == [renamed]


@pytest.mark.parametrize("verb", ["complete", "skip"])
@pytest.mark.parametrize("occurrence", ["2026-03-27", "2026-03-29", "2026-03-28T00:00:00", "2199-12-31"])
async def test_an_occurrence_where_the_todo_never_was_is_refused(api: Api, verb: str, occurrence: str) -> None:
    todo = await recurring(api)

    problem = await act(api, todo, verb, 409, occurrence=occurrence)

    assert (problem["code"], problem["occurrence"]) == ("wrong_occurrence", "2026-03-28")
    assert await read(api, todo) == [todo]


async def test_a_todo_that_does_not_recur_has_no_occurrence(api: Api) -> None:
    todo = await api.todo(due=day("2026-03-28"))

    problem = await act(api, todo, "complete", 409, occurrence="2026-03-28")

    assert (problem["code"], problem["occurrence"]) == ("wrong_occurrence", None)
    assert (await act(api, todo, "skip", 409))["code"] == "todo_does_not_recur"
    assert await read(api, todo) == [todo]


@pytest.mark.parametrize("occurrence", ["yesterday", "", "20260328", "1774656000", "2026-03-28T09:00:00Z"])
async def test_an_occurrence_is_a_day_or_a_wall_clock(api: Api, occurrence: str) -> None:
    todo = await recurring(api)

    problem = await act(api, todo, "complete", 422, occurrence=occurrence)

    assert problem["errors"][0]["parameter"] == "occurrence"


async def test_an_undone_version_is_no_longer_completed(api: Api) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete", version=1)
    await act(api, todo, "undo")

    await act(api, todo, "complete", 412, version=1)

    assert await history(api, todo) == []


async def test_a_replayed_completion_is_made_once(api: Api) -> None:
    todo = await recurring(api)
    path, key = f"/todos/{todo['id']}/complete", {"Idempotency-Key": "once"}

    first, second = [await api.send("POST", path, headers=key) for _ in range(2)]

    assert (first.json()["occurrence"], first.json()) == ("2026-03-29", second.json())
    assert second.headers["idempotency-replayed"] == "true"
    assert await history(api, todo) == [("2026-03-28", "completed")]


async def test_without_a_name_each_completion_is_of_the_next_one(api: Api, clock: TestClock) -> None:
    todo = await recurring(api)

    await act(api, todo, "complete")
    clock.advance(days=1)
    todo = await act(api, todo, "complete")

    assert todo["occurrence"] == "2026-03-30"
    assert await history(api, todo) == [("2026-03-28", "completed"), ("2026-03-29", "completed")]


async def test_the_answer_has_the_etag_of_the_next_occurrence(api: Api) -> None:
    todo = await recurring(api)

    response = await api.send("POST", f"/todos/{todo['id']}/complete")

    assert response.headers["etag"] == f'"{response.json()["version"]}"' == '"2"'
