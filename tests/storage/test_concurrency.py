"""Many writers at once, through two applications, as two workers of a host would be."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection
from tests.conftest import patient
from tests.invariants import assert_invariants
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

WRITERS = 40


@pytest.fixture
async def workers(database_url: str) -> AsyncIterator[list[Api]]:
    """Forty clients of one user, spread over two applications on one database."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(make_app(patient(database_url))))
        second = await stack.enter_async_context(running(make_app(patient(database_url)), first.user))
        yield [first, second] * (WRITERS // 2)


async def test_no_update_is_lost(workers: list[Api], settings: TodoKitSettings) -> None:
    todo = await workers[0].todo(extra={"count": 0})

    async def increment(api: Api) -> None:
        while True:
            seen = await api.get(f"/todos/{todo['id']}")
            body = {"extra": {"count": seen["extra"]["count"] + 1}}
            headers = {"If-Match": f'"{seen["version"]}"'}
            response = await api.send("PATCH", f"/todos/{todo['id']}", body, headers=headers)
            if response.status_code == 200:
                return
            assert response.status_code == 412, response.text

    await asyncio.gather(*(increment(api) for api in workers))

    after = await workers[0].get(f"/todos/{todo['id']}")
    assert (after["extra"]["count"], after["version"]) == (WRITERS, WRITERS + 1)
    await assert_invariants(settings)


async def test_writers_of_a_file_take_turns(sqlite_url: str) -> None:
    database = Database(TodoKitSettings(database_url=sqlite_url))
    written = []

    async def write(n: int) -> None:
        async def note(connection: Connection) -> None:
            await connection.fetch(text("SELECT 1"), {})
            written.append(n)

        await database.transact(note)

    await asyncio.gather(*(write(n) for n in range(WRITERS)))
    await database.close()

    assert written == list(range(WRITERS))


async def test_patches_of_different_fields_both_stand(workers: list[Api]) -> None:
    todo = await workers[0].todo()

    await asyncio.gather(
        workers[0].patch(f"/todos/{todo['id']}", {"title": "renamed"}),
        workers[1].patch(f"/todos/{todo['id']}", {"priority": 3}),
    )

    after = await workers[0].get(f"/todos/{todo['id']}")
    assert (after["title"], after["priority"], after["version"]) == ("renamed", 3, 3)


async def test_forty_moves_to_one_spot_get_forty_positions(workers: list[Api], settings: TodoKitSettings) -> None:
    first, last = await workers[0].todo("first"), await workers[0].todo("last")
    between = [await workers[0].todo(f"{n}") for n in range(WRITERS)]

    await asyncio.gather(
        *(
            api.post(f"/todos/{todo['id']}/move", {"before": last["id"]})
            for api, todo in zip(workers, between, strict=True)
        )
    )

    todos = await workers[0].all_pages("/todos")
    assert [todos[0]["id"], todos[-1]["id"]] == [first["id"], last["id"]]
    assert len({todo["position"] for todo in todos}) == WRITERS + 2
    await assert_invariants(settings)


async def test_crossing_moves_make_no_cycle(workers: list[Api], settings: TodoKitSettings) -> None:
    for _ in range(5):
        one, other = await workers[0].todo("one"), await workers[0].todo("other")

        answers = await asyncio.gather(
            workers[0].send("POST", f"/todos/{one['id']}/move", {"parent_id": other["id"]}),
            workers[1].send("POST", f"/todos/{other['id']}/move", {"parent_id": one["id"]}),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 409]
    await assert_invariants(settings)


async def test_one_completion_of_forty_counts(workers: list[Api]) -> None:
    parent = await workers[0].todo("parent")
    child = await workers[0].todo("child", parent_id=parent["id"])

    answers = await asyncio.gather(*(api.post(f"/todos/{parent['id']}/complete") for api in workers))

    assert {answer["version"] for answer in answers} == {2}
    assert (await workers[0].get(f"/todos/{child['id']}"))["version"] == 2


async def test_a_storm_of_verbs_leaves_everything_whole(workers: list[Api], settings: TodoKitSettings) -> None:
    lists = [await workers[0].list(f"list {n}") for n in range(3)]
    roots = [await workers[0].todo(f"root {n}", list_id=lists[n % 3]["id"]) for n in range(8)]
    todos = roots + [await workers[0].todo("child", parent_id=root["id"]) for root in roots for _ in range(2)]

    async def act(api: Api, seed: int) -> list[int]:
        choice = random.Random(seed)
        statuses = []
        for _ in range(6):
            todo, other = choice.sample(todos, 2)
            path = f"/todos/{todo['id']}"
            verb, body = choice.choice(
                [
                    ("complete", None),
                    ("reopen", None),
                    ("cancel", None),
                    ("restore", None),
                    ("duplicate", None),
                    ("move", {"list_id": choice.choice(lists)["id"]}),
                    ("move", {"parent_id": other["id"]}),
                    ("move", {"after": other["id"]}),
                ]
            )
            response = (
                await api.send("DELETE", path)
                if choice.random() < 0.2
                else await api.send("POST", f"{path}/{verb}", body)
            )
            statuses.append(response.status_code)
        return statuses

    statuses = await asyncio.gather(*(act(api, seed) for seed, api in enumerate(workers)))

    assert {status for some in statuses for status in some} <= {200, 201, 204, 404, 409, 422}
    await assert_invariants(settings)


async def test_deleting_and_restoring_a_list_is_all_or_nothing(workers: list[Api], settings: TodoKitSettings) -> None:
    victim = await workers[0].list("victim")
    for n in range(10):
        await workers[0].todo(f"{n}", list_id=victim["id"])

    async def disturb(api: Api, n: int) -> None:
        if n % 3 == 0:
            await api.send("DELETE", f"/lists/{victim['id']}")
        elif n % 3 == 1:
            await api.send("POST", f"/lists/{victim['id']}/restore")
        else:
            await api.send("POST", "/todos", {"title": "late", "list_id": victim["id"]})

    await asyncio.gather(*(disturb(api, n) for n, api in enumerate(workers)))

    await assert_invariants(settings)
