"""Many clients on one occurrence at once, through two applications."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.conftest import patient
from tests.features.occurrences.support import act, history, recurring, rows_of
from tests.invariants import assert_invariants
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

CLIENTS = 40


@pytest.fixture
async def clients(database_url: str, clock: TestClock) -> AsyncIterator[list[Api]]:
    """Forty clients of one user, spread over two applications on one database."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(make_app(patient(database_url), clock=clock)))
        second = await stack.enter_async_context(running(make_app(patient(database_url), clock=clock), first.user))
        yield [first, second] * (CLIENTS // 2)


@pytest.mark.parametrize("named", [{"occurrence": "2026-03-28"}, {"version": 1}], ids=["occurrence", "if-match"])
async def test_forty_completions_of_one_occurrence_make_one(
    clients: list[Api], settings: TodoKitSettings, named: dict[str, Any]
) -> None:
    todo = await recurring(clients[0])

    answers = await asyncio.gather(*(act(api, todo, "complete", **named) for api in clients))

    assert {(one["occurrence"], one["version"]) for one in answers} == {("2026-03-29", 2)}
    assert await history(clients[0], todo) == [("2026-03-28", "completed")]
    assert await rows_of(settings, todo) == (1, 0)
    await assert_invariants(settings)


async def test_forty_completions_without_a_name_make_forty(clients: list[Api], settings: TodoKitSettings) -> None:
    todo = await recurring(clients[0])

    await asyncio.gather(*(act(api, todo, "complete") for api in clients))

    slots = [slot for slot, _ in await history(clients[0], todo)]
    assert len(slots) == CLIENTS
    assert slots == sorted(set(slots))
    await assert_invariants(settings)


async def test_completing_skipping_and_undoing_at_once_leaves_everything_whole(
    clients: list[Api], settings: TodoKitSettings
) -> None:
    todo = await recurring(clients[0], recurrence={"unit": "day", "count": 30})
    child = await clients[0].todo("child", parent_id=todo["id"])

    async def disturb(api: Api, n: int) -> int:
        verb = ("complete", "skip", "undo", "complete")[n % 4]
        one = child if n % 8 == 3 else todo
        return (await api.send("POST", f"/todos/{one['id']}/{verb}")).status_code

    found = await asyncio.gather(*(disturb(api, n) for n, api in enumerate(clients)))

    assert set(found) <= {200, 409}
    slots = [slot for slot, _ in await history(clients[0], todo)]
    assert slots == sorted(set(slots))
    await assert_invariants(settings)
