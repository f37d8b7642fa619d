"""What changes a representation changes its version (RFC 9110, section 8.8.1), whatever the operation that does it."""

import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from fastapi_todo_kit import OnChange, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from tests.house.operations import Operation, each_write, make_things, own_requests, send
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

Records = dict[str, tuple[str, dict[str, Any]]]
MOVES = 330
"""More than it takes until a list is spread out again."""


class Listening(Api):
    """A client that hears of the changes that it makes."""

    heard: list[ChangeEvent]

    async def records(self) -> Records:
        """Return every object with a version that there is, by its id: where it was found, and as what."""
        found = [("todos", one) for one in await self.all_pages("/todos", limit=200)]
        for path in ("lists?archived=any", "labels", "trash"):
            found += [(path.partition("?")[0], one) for one in await self.all_pages(f"/{path}")]
        for _, todo in [one for one in found if one[0] == "todos"]:
            path = f"todos/{todo['id']}/reminders"
            found += [(path, one) for one in await self.all_pages(f"/{path}")]
        return {one["id"]: (path, one) for path, one in found}


@pytest.fixture(scope="module")
async def heard(module_url: str) -> AsyncIterator[Listening]:
    """A client of an application whose changes are heard."""
    heard: list[ChangeEvent] = []

    def hear(events: Sequence[ChangeEvent]) -> None:
        heard.extend(events)

    settings = TodoKitSettings(database_url=module_url)
    async with running(make_app(settings, clock=TestClock(), on_change=OnChange(after_commit=hear))) as api:
        client = Listening(api.client, api.user)
        client.heard = heard
        yield client


@pytest.fixture
def listening(heard: Listening) -> Listening:
    """The same for a user whom nobody has seen before; nothing was heard yet."""
    client = Listening(heard.client, f"user-{uuid.uuid4().hex}")
    heard.heard.clear()
    client.heard = heard.heard
    return client


async def assert_versions_tell(api: Listening, before: Records) -> None:
    """Each record that is another now has a new version and moment, which a client can ask for, and is in the log."""
    after = await api.records()
    logged = {(str(event.entity_id), event.version) for event in api.heard}

    for key in before.keys() & after.keys():
        (was_in, was), (path, now) = before[key], after[key]
        if (was_in, was) == (path, now):
            continue
        assert now["version"] > was["version"], (was, now)
        assert (key, now["version"]) in logged, (was, now)
        if path != "trash":
            stale = {"If-None-Match": f'"{was["version"]}"'}
            assert (await api.send("GET", f"/{path}/{key}", headers=stale)).status_code == 200
            assert was_in == "trash" or now["updated_at"] > was["updated_at"], (was, now)


@each_write
async def test_what_an_operation_changes_has_another_version(listening: Listening, operation: Operation) -> None:
    things = await make_things(listening)
    for n, request in enumerate(own_requests(operation, things)):
        before = await listening.records()
        answer = await send(listening, operation, request)
        assert answer.is_success or n, answer.text  # what comes first may stand in the way of what comes next
        await assert_versions_tell(listening, before)


async def test_todos_that_go_to_another_list_have_another_version(listening: Listening) -> None:
    things = await make_things(listening)
    before = await listening.records()

    await listening.delete(f"/lists/{things['list']}?todos=move&to={things['other_list']}")

    await assert_versions_tell(listening, before)


@pytest.mark.parametrize("kind", ["todos", "lists"])
async def test_what_is_spread_out_again_has_another_version(listening: Listening, kind: str) -> None:
    make = listening.todo if kind == "todos" else listening.list
    ones = [await make(f"{n}") for n in range(5)]
    order = [one["id"] for one in (*ones[2:4], ones[0], ones[1], ones[4])]
    for n in range(MOVES):
        await listening.post(f"/{kind}/{ones[n % 2]['id']}/move", {"before": ones[4]["id"]})
        if n == 0:
            before = await listening.records()
    after = await listening.records()

    assert before[ones[2]["id"]] != after[ones[2]["id"]], "it was never spread out"
    await assert_versions_tell(listening, before)
    found = sorted((one for path, one in after.values() if path == kind), key=lambda one: str(one["position"]))
    assert {one["id"] for one in found} >= set(order)
    assert [one["id"] for one in found if one["id"] in order[:2]] == order[:2]
    assert all(len(one["position"]) < 30 for one in found)
