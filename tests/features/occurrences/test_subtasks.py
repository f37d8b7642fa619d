"""What completing an occurrence does to the subtasks."""

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.occurrences.support import DAILY, act, history, read, recurring, rows_of, statuses
from tests.invariants import assert_invariants
from tests.support import Api

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("verb", ["complete", "skip"])
async def test_closed_subtasks_are_open_for_the_next_occurrence(api: Api, settings: TodoKitSettings, verb: str) -> None:
    todo = await recurring(api)
    done, cancelled = [await api.todo(title, parent_id=todo["id"]) for title in ("done", "cancelled")]
    below = await api.todo("below", parent_id=done["id"])
    await act(api, done, "complete")
    await act(api, cancelled, "cancel")

    await act(api, todo, verb)

    for child in await read(api, done, cancelled, below):
        assert (child["status"], child["completed_at"], child["completed_by"]) == ("needs_action", None, None)
    assert await rows_of(settings, done, cancelled, below) == (0, 3)
    await assert_invariants(settings)


async def test_subtasks_stay_as_they_are_where_they_are_not_to_be_reset(api: Api, settings: TodoKitSettings) -> None:
    todo = await recurring(api, recurrence={**DAILY, "reset_subtasks": False})
    children = [await api.todo(f"{n}", parent_id=todo["id"]) for n in range(2)]
    await act(api, children[0], "complete")
    before = await read(api, *children)

    await act(api, todo, "complete")

    assert await read(api, *children) == before
    await act(api, todo, "undo")
    assert await read(api, *children) == before
    assert await rows_of(settings, *children) == (0, 0)


async def test_an_open_subtask_stays_open_and_does_not_hold_the_occurrence_up(api: Api) -> None:
    todo = await recurring(api)
    child = await api.todo("child", parent_id=todo["id"])

    assert (await act(api, todo, "complete"))["occurrence"] == "2026-03-29"

    assert await read(api, child) == [child]


async def test_a_subtask_with_a_rule_of_its_own_is_left_alone_with_what_is_below(
    api: Api, settings: TodoKitSettings
) -> None:
    todo = await recurring(api)
    own = await recurring(api, "own", parent_id=todo["id"], recurrence={**DAILY, "reset_subtasks": False})
    below_own = await api.todo("below own", parent_id=own["id"])
    deeper = await api.todo("deeper", parent_id=below_own["id"])
    plain = await api.todo("plain", parent_id=todo["id"])
    for one in (below_own, plain):
        await act(api, one, "complete")
    before = await read(api, own, below_own, deeper)

    await act(api, todo, "complete")

    assert await read(api, own, below_own, deeper) == before
    assert await statuses(api, plain) == ["needs_action"]
    await act(api, todo, "undo")
    assert await read(api, own, below_own, deeper) == before
    await assert_invariants(settings)


async def test_an_exhausted_subtask_stays_completed(api: Api) -> None:
    todo = await recurring(api)
    own = await recurring(api, "own", parent_id=todo["id"], recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    ended = await act(api, own, "complete")

    await act(api, todo, "complete")

    assert await read(api, own) == [ended]


async def test_completing_a_subtask_that_recurs_leaves_its_parent_and_siblings(api: Api) -> None:
    parent = await recurring(api)
    own = await recurring(api, "own", parent_id=parent["id"])
    sibling = await act(api, await api.todo("sibling", parent_id=parent["id"]), "complete")

    await act(api, own, "complete")

    assert await read(api, parent, sibling) == [parent, sibling]
    assert await history(api, parent) == []
