"""Whatever happens to recurring todos and their trees, in any order: no error, and everything stays whole."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fastapi_todo_kit import TodoKitSettings
from tests.features.occurrences.support import day, fixed, floating, recurring
from tests.invariants import assert_invariants
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

RECURRENCES: list[dict[str, Any]] = [
    {"rrule": "FREQ=DAILY;COUNT=2"},
    {"rrule": "FREQ=DAILY;COUNT=1", "reset_subtasks": False},
    {"rrule": "FREQ=WEEKLY", "catch_up": "next_slot"},
    {"rrule": "FREQ=DAILY;COUNT=3", "mode": "completion"},
    {"rrule": "FREQ=MONTHLY;BYMONTHDAY=31", "exdates": []},
]
DUES = [day("2026-03-28"), day("2026-04-02"), fixed("2026-03-28T09:00:00"), floating("2026-03-29T02:30:00")]
STARTS = [None, day("2026-03-20"), fixed("2026-03-20T09:00:00")]
VERBS = ("complete", "complete", "complete", "skip", "undo", "undo", "reopen", "cancel", "duplicate")


def some_change(random: Random) -> dict[str, Any]:
    """Return a PATCH of some of the fields that a series depends on."""
    fields = {
        "recurrence": random.choice([None, *RECURRENCES]),
        "due": random.choice([None, *DUES]),
        "start": random.choice(STARTS),
        "deadline": random.choice([None, "2026-03-30"]),
        "status": "in_progress",
    }
    return {name: fields[name] for name in random.sample(sorted(fields), random.randint(1, 3))}


def some_operation(random: Random, todos: list[dict[str, Any]], trash: list[str]) -> tuple[str, str, Any]:
    todo, other = random.choice(todos), random.choice(todos)
    path = f"/todos/{todo['id']}"
    named = f"?occurrence={todo['occurrence']}" if todo["occurrence"] and random.random() < 0.3 else ""
    verb = random.choice(VERBS)
    return random.choice(
        [
            *[("POST", f"{path}/{verb}{named if verb in {'complete', 'skip'} else ''}", None)] * 5,
            *[("PATCH", path, some_change(random))] * 2,
            ("POST", "/todos", {"title": "child", "parent_id": other["id"]}),
            ("POST", f"{path}/move", {"parent_id": random.choice([None, other["id"]])}),
            ("DELETE", path, None),
            *(("POST", f"/todos/{one}/restore", None) for one in trash[:1]),
        ]
    )


@hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
async def test_recurring_trees_stay_whole(api: Api, clock: TestClock, settings: TodoKitSettings, seed: int) -> None:
    api, random = api.as_user(), Random(seed)
    top = await recurring(api, recurrence=random.choice(RECURRENCES))
    child = await api.todo("child", parent_id=top["id"])
    await recurring(api, parent_id=child["id"], recurrence=random.choice(RECURRENCES))

    for _ in range(40):
        clock.advance(hours=random.choice([0, 1, 30]))
        trash = [one["id"] for one in (await api.get("/trash"))["items"]]
        todos = await api.all_pages("/todos") or [await recurring(api)]
        response = await api.send(*some_operation(random, todos, trash))
        assert response.status_code < 500, response.text

    done = await api.all_pages("/todos", status="completed", sort="-completed_at", limit=3)
    counted = await api.get("/todos", status="completed", count="exact")
    (home,) = (await api.get("/lists", counts="true"))["items"]
    assert len({one["id"] for one in done}) == len(done) == counted["count"] == home["completed_count"]
    await assert_invariants(settings)
