"""Undo: one step back, with everything as it was."""

from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.occurrences.support import DAILY, act, day, fixed, history, read, recurring, rows_of, statuses, told
from tests.invariants import assert_invariants
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("verb", ["complete", "skip"])
async def test_undo_restores_values_status_and_history(api: Api, settings: TodoKitSettings, verb: str) -> None:
    values: dict[str, Any] = {
        "start": fixed("2026-03-19T09:00:00"),
        "due": fixed("2026-03-28T09:00:00"),
        "deadline": "2026-04-02",
    }
    todo = await recurring(api, status="in_progress", **values)
    await act(api, todo, verb)

    undone = await act(api, todo, "undo")

    assert told(undone) == told(todo)
    assert undone["version"] == 3
    assert await rows_of(settings, todo) == (0, 0)
    assert (await act(api, todo, verb))["due"] == fixed("2026-03-29T09:00:00")


async def test_undo_twice_goes_back_two_steps_and_then_there_is_nothing(api: Api) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=4"})
    second = await act(api, todo, "complete")
    await act(api, todo, "skip")

    assert told(await act(api, todo, "undo")) == told(second)
    assert told(await act(api, todo, "undo")) == told(todo)

    assert (await act(api, todo, "undo", 409))["code"] == "nothing_to_undo"
    for _ in range(4):
        todo = await act(api, todo, "complete")
    assert (todo["status"], todo["occurrence"]) == ("completed", "2026-03-31")


async def test_undo_gives_back_what_completion_took_from_the_count(api: Api, clock: TestClock) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=2", "mode": "completion"})
    clock.advance(days=5)
    await act(api, todo, "complete")
    await act(api, todo, "undo")

    todo = await act(api, todo, "complete")

    assert (todo["status"], todo["occurrence"]) == ("needs_action", "2026-04-03")
    assert (await act(api, todo, "complete"))["status"] == "completed"


@pytest.mark.parametrize("verb", ["complete", "skip"])
async def test_undo_opens_an_exhausted_todo_with_what_was_closed_with_it(api: Api, verb: str) -> None:
    todo = await recurring(api, recurrence={"rrule": "FREQ=DAILY;COUNT=1"}, status="in_progress")
    open_child, done = [await api.todo(title, parent_id=todo["id"]) for title in ("open", "done")]
    done = await act(api, done, "complete")
    await act(api, todo, verb)

    undone = await act(api, todo, "undo")

    assert told(undone) == told(todo)
    assert await statuses(api, open_child) == ["needs_action"]
    assert await read(api, done) == [done]
    assert await history(api, todo) == []


async def test_undo_opens_closed_ancestors(api: Api) -> None:
    parent = await api.todo("parent")
    todo = await recurring(api, parent_id=parent["id"], recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    await act(api, todo, "complete")
    await act(api, parent, "complete")

    await act(api, todo, "undo")

    assert await statuses(api, parent, todo) == ["needs_action", "needs_action"]


async def subtasks(api: Api, todo: dict[str, Any]) -> list[dict[str, Any]]:
    """Make subtasks of every status: open, started, completed, cancelled, and one below the completed one."""
    made = [await api.todo(f"child {n}", parent_id=todo["id"]) for n in range(4)]
    below = await api.todo("grandchild", parent_id=made[2]["id"])
    await api.patch(f"/todos/{made[1]['id']}", {"status": "in_progress"})
    await act(api, made[2], "complete")
    await act(api, made[3], "cancel")
    return [*made, below]


async def test_undo_closes_subtasks_again_as_they_were(api: Api, settings: TodoKitSettings) -> None:
    todo = await recurring(api)
    children = await subtasks(api, todo)
    before = await read(api, *children)
    await act(api, todo, "complete")
    assert await statuses(api, *children) == ["needs_action", "in_progress", *["needs_action"] * 3]

    await act(api, todo, "undo")

    assert list(map(told, await read(api, *children))) == list(map(told, before))
    assert await rows_of(settings, todo, *children) == (0, 0)
    # As one batch, too: reopening the one opens what was closed with it.
    await act(api, children[2], "reopen")
    assert await statuses(api, children[2], children[4]) == ["needs_action", "needs_action"]
    await assert_invariants(settings)


async def test_undo_keeps_open_what_has_an_open_subtask_since(api: Api, settings: TodoKitSettings) -> None:
    todo = await recurring(api)
    upper = await api.todo("upper", parent_id=todo["id"])
    lower = await api.todo("lower", parent_id=upper["id"])
    other = await api.todo("other", parent_id=todo["id"])
    for one in (upper, other):
        await act(api, one, "complete")
    await act(api, todo, "complete")
    new = await api.todo("new", parent_id=lower["id"])

    await act(api, todo, "undo")

    assert await statuses(api, upper, lower, new, other) == [*["needs_action"] * 3, "completed"]
    await assert_invariants(settings)


async def test_undo_leaves_subtasks_that_went_elsewhere(api: Api, settings: TodoKitSettings) -> None:
    todo, home = await recurring(api), await api.todo("home")
    moved, trashed, kept = [await api.todo(title, parent_id=todo["id"]) for title in ("moved", "trashed", "kept")]
    for one in (moved, trashed, kept):
        await act(api, one, "complete")
    await act(api, todo, "complete")
    await api.post(f"/todos/{moved['id']}/move", {"parent_id": home["id"]})
    await api.delete(f"/todos/{trashed['id']}")

    await act(api, todo, "undo")

    assert await statuses(api, moved, kept) == ["needs_action", "completed"]
    assert (await act(api, trashed, "restore"))["status"] == "needs_action"
    await assert_invariants(settings)


async def test_a_subtask_that_was_closed_again_stays_so(api: Api) -> None:
    todo = await recurring(api)
    child = await api.todo("child", parent_id=todo["id"])
    await act(api, child, "complete")
    await act(api, todo, "complete")
    cancelled = await act(api, child, "cancel")

    await act(api, todo, "undo")

    assert await read(api, child) == [cancelled]


CHANGED_SINCE = [
    {"recurrence": {"rrule": "FREQ=WEEKLY"}},
    {"recurrence": {**DAILY, "mode": "completion"}},
    {"due": fixed("2026-03-29T09:00:00")},
    {"recurrence": None},
    {"due": None},
]


@pytest.mark.parametrize("change", CHANGED_SINCE)
async def test_there_is_nothing_to_undo_since_the_recurrence_was_changed(api: Api, change: dict[str, Any]) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    changed = await api.patch(f"/todos/{todo['id']}", change)

    assert (await act(api, todo, "undo", 409))["code"] == "nothing_to_undo"

    assert await read(api, todo) == [changed]
    assert await history(api, todo) == [("2026-03-28", "completed")]


async def test_there_is_nothing_to_undo_where_nothing_was_done(api: Api) -> None:
    for todo in (await recurring(api), await api.todo()):
        assert (await act(api, todo, "undo", 409))["code"] == "nothing_to_undo"
        assert await read(api, todo) == [todo]


@pytest.mark.parametrize("verb", ["cancel", "parent"])
async def test_what_was_closed_otherwise_is_not_undone(api: Api, verb: str) -> None:
    parent = await api.todo("parent")
    todo = await recurring(api, parent_id=parent["id"])
    await act(api, todo, "complete")
    await (act(api, parent, "complete") if verb == "parent" else act(api, todo, "cancel"))
    closed = await read(api, todo)

    assert (await act(api, todo, "undo", 409))["code"] == "todo_closed"

    assert await read(api, todo) == closed


async def test_undo_of_a_version_is_done_once(api: Api) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    await act(api, todo, "complete")

    undone = await act(api, todo, "undo", version=3)
    await act(api, todo, "undo", 412, version=3)

    assert await read(api, todo) == [undone]


async def test_undo_takes_back_what_was_changed_of_the_next_occurrence_only(api: Api) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    await api.patch(f"/todos/{todo['id']}", {"due": day("2026-04-09"), "title": "renamed"})

    undone = await act(api, todo, "undo")

    assert told(undone) == {**told(todo), "title": "renamed"}
