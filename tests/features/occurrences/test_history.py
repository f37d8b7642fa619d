"""The occurrences that are done with, and those that come."""

import uuid
from typing import Any

import pytest

from tests.features.occurrences.support import DAILY, act, day, fixed, recurring
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough


async def test_occurrences_come_the_last_one_first_page_by_page(api: Api) -> None:
    todo, other = await recurring(api), await recurring(api)
    for verb in ("complete", "skip", "complete", "complete", "skip"):
        await act(api, todo, verb)
        await act(api, other, "complete")
    path = f"/todos/{todo['id']}/occurrences"

    whole = await api.get(path)
    pages = [await api.all_pages(path, limit=limit) for limit in (1, 2, 5)]

    assert [one["occurrence"] for one in whole["items"]] == [f"2026-0{m}-{d:02}" for m, d in reversed(FIRST_FIVE)]
    assert [one["outcome"] for one in whole["items"]] == ["skipped", "completed", "completed", "skipped", "completed"]
    assert whole["next_cursor"] is None
    assert all(items == whole["items"] for items in pages)


FIRST_FIVE = [(3, 28), (3, 29), (3, 30), (3, 31), (4, 1)]


async def test_an_occurrence_that_is_added_meanwhile_moves_no_page(api: Api) -> None:
    todo = await recurring(api)
    for _ in range(3):
        await act(api, todo, "complete")
    path = f"/todos/{todo['id']}/occurrences"
    first = await api.get(path, limit=2)
    await act(api, todo, "complete")

    second = await api.get(path, limit=2, cursor=first["next_cursor"])

    assert [one["occurrence"] for one in second["items"]] == ["2026-03-28"]


async def test_a_cursor_of_another_todo_or_of_nothing_is_refused(api: Api) -> None:
    todo, other = await recurring(api), await recurring(api)
    for _ in range(2):
        await act(api, todo, "complete")
        await act(api, other, "complete")
    cursor = (await api.get(f"/todos/{other['id']}/occurrences", limit=1))["next_cursor"]
    of_todos = (await api.get("/todos", limit=1))["next_cursor"]

    for wrong in (cursor, of_todos, "x", "", cursor[:-1], "A" * 4_000):
        problem = await api.get(f"/todos/{todo['id']}/occurrences", 400, limit=1, cursor=wrong)
        assert problem["code"] == "invalid_cursor"


@pytest.mark.parametrize("path", ["occurrences", "upcoming"])
async def test_only_living_todos_of_ones_own_have_occurrences(api: Api, path: str) -> None:
    todo, foreign = await recurring(api), await recurring(api.as_user())
    await act(api, todo, "complete")
    await api.delete(f"/todos/{todo['id']}")

    for one in (todo["id"], foreign["id"], str(uuid.uuid4()), "x"):
        assert (await api.get(f"/todos/{one}/{path}", 404))["code"] == "todo_not_found"


async def test_a_todo_that_does_not_recur_has_none(api: Api) -> None:
    todo = await api.todo(due=day("2026-03-28"))

    assert await api.get(f"/todos/{todo['id']}/occurrences") == {"items": [], "next_cursor": None}
    assert await api.get(f"/todos/{todo['id']}/upcoming") == {"items": []}


async def test_of_a_foreign_todo_nothing_is_done(api: Api) -> None:
    foreign = await recurring(api.as_user())

    for verb in ("complete", "skip", "undo"):
        assert (await act(api, foreign, verb, 404))["code"] == "todo_not_found"


async def upcoming(api: Api, todo: dict[str, Any], **query: Any) -> list[str]:
    items = (await api.get(f"/todos/{todo['id']}/upcoming", **query))["items"]
    return [one["occurrence"] for one in items]


async def test_what_comes_is_what_completing_leads_to(api: Api) -> None:
    todo = await recurring(api, start=day("2026-03-19"), deadline="2026-03-30", recurrence={"unit": "week", "count": 4})

    coming = (await api.get(f"/todos/{todo['id']}/upcoming"))["items"]

    assert [one["occurrence"] for one in coming] == ["2026-04-04", "2026-04-11", "2026-04-18"]
    for expected in coming:
        todo = await act(api, todo, "complete")
        assert {name: todo[name] for name in expected} == expected
    assert (await act(api, todo, "complete"))["status"] == "completed"
    assert await upcoming(api, todo) == []


async def test_what_comes_behind_an_overdue_one_is_not_overdue(api: Api) -> None:
    late = await recurring(api, due=day("2026-03-01"))
    steady = await recurring(api, due=day("2026-03-01"), recurrence={**DAILY, "catch_up": "next_slot"})

    assert await upcoming(api, late, limit=2) == ["2026-03-29", "2026-03-30"]
    assert await upcoming(api, steady, limit=2) == ["2026-03-02", "2026-03-03"]


async def test_what_comes_by_completion_takes_each_at_its_time(api: Api, clock: TestClock) -> None:
    recurrence = {"unit": "day", "every": 3, "mode": "completion"}
    todo = await recurring(api, due=fixed("2026-03-20T09:00:00"), recurrence=recurrence)
    clock.advance(days=1)

    assert await upcoming(api, todo, limit=2) == ["2026-04-01T09:00:00", "2026-04-04T09:00:00"]


@pytest.mark.parametrize("verb", ["cancel", "complete"])
async def test_nothing_comes_behind_a_closed_one(api: Api, verb: str) -> None:
    parent = await api.todo("parent")
    todo = await recurring(api, parent_id=parent["id"])

    await act(api, parent, verb)

    assert await upcoming(api, todo) == []


@pytest.mark.parametrize(("limit", "status"), [(0, 422), (101, 422), (-1, 422), ("x", 422), (1, 200), (100, 200)])
async def test_upcoming_has_a_limit(api: Api, limit: Any, status: int) -> None:
    todo = await recurring(api)

    answer = await api.get(f"/todos/{todo['id']}/upcoming", status, limit=limit)

    if status == 422:
        assert answer["errors"][0]["parameter"] == "limit"
    else:
        assert len(answer["items"]) == limit
