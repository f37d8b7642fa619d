"""Cursors written by hand, at every operation that takes one, in every order: they are refused, and break nothing."""

import base64
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.features.todos.schemas import SORT_NAMES
from tests.features.occurrences.support import act, recurring
from tests.house.operations import OPERATIONS, Operation, make_things, own_path
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

PAGED = [one for one in OPERATIONS.values() if any(parameter["name"] == "cursor" for parameter in one.parameters)]
_statuses = "status=completed&status=needs_action"
# The parameters that each is asked with, beside `limit`, where it has several orders.
QUERIES: dict[str, list[str]] = {
    "list_todos": [
        f"{more}sort={sign}{name}" for name in SORT_NAMES for sign in ("", "-") for more in ("", f"{_statuses}&")
    ],
    "list_lists": ["", "counts=true"],
}


def queries_of(operation: Operation) -> list[str]:
    return QUERIES.get(operation.name, [""])


CASES = [(operation, query) for operation in PAGED for query in queries_of(operation)]
each_page = pytest.mark.parametrize(("operation", "query"), CASES, ids=[f"{one.name}?{query}" for one, query in CASES])
DAY = "2026-04-01"
TEXTS: list[Any] = ["", "no id", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", DAY, "1"]
"""What a text may be, and nothing else."""
HOSTILE: list[Any] = [
    *(sign * 2**bits + sign for bits in (31, 32, 63, 64, 1_000) for sign in (1, -1)),
    *(1.5, 1e300, -0.0, True, False),
    *([], {}, [1], {"a": 1}, [[["a0"]]]),
    *("x" * 256, "\u00e4" * 256, "a\u0000", "\u0000", "\ud800", "a\udfff"),
]
NULLABLE = {"due", "start", "deadline", "completed_at", "next_at"}


def read(cursor: str) -> list[Any]:
    payload: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return payload


def written(payload: Any) -> str:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def is_text(value: Any) -> bool:
    """Whether a value of a cursor is a name or a position, and so could be any other text; not an id, nor a moment."""
    if not isinstance(value, str):
        return False
    for kind in (uuid.UUID, datetime.fromisoformat):
        with suppress(ValueError):
            kind(value)
            return False
    return True


@dataclass(frozen=True)
class Scene:
    """Somebody who has two of all that is on any page, so that a page of one item is never the last."""

    api: Api
    things: dict[str, str]

    def path(self, operation: Operation, query: str) -> str:
        return f"{operation.path.format(**own_path(operation, self.things))}?limit=1&{query}"


@pytest.fixture(scope="module")
async def scene(module_url: str) -> AsyncIterator[Scene]:
    """What the tests of this file only read."""
    async with running(make_app(TodoKitSettings(database_url=module_url), clock=TestClock())) as api:
        yield await make_scene(api)


async def make_scene(api: Api) -> Scene:
    things = await make_things(api)
    for n in range(2):
        await api.todo(parent_id=things["todo"], due={"date": "2026-04-01"})
        await api.post(f"/todos/{things['todo']}/reminders", {"at": {"datetime": f"2027-01-01T0{n}:00:00"}})
        await act(api, {"id": things["recurring_todo"]}, "complete")
        await act(api, await recurring(api), "complete")
    for team in ("team", "shared_team"):
        body = {"role": "viewer", "email": f"{api.user}@example.com"}
        await api.post(f"/spaces/{things[team]}/invitations", body, 201)
        await api.post(f"/spaces/{things[team]}/invitations", {"role": "viewer"}, 201)
    return Scene(api, things)


def test_every_order_is_among_these() -> None:
    assert {one.name for one in OPERATIONS.values() if "sort" in one.query_names} <= set(QUERIES)


@each_page
async def test_a_value_that_no_row_has_is_refused(scene: Scene, operation: Operation, query: str) -> None:
    api, path = scene.api, scene.path(operation, query)
    version, digest, values = read((await api.get(path))["next_cursor"])
    first = query.rpartition("sort=")[2].removeprefix("-") if query else "next_at" if "my" in operation.name else ""

    for place, value in enumerate(values):
        wrong = HOSTILE if is_text(value) else HOSTILE + TEXTS
        wrong = [one for one in wrong if one != DAY] if first == "deadline" and place == 0 else wrong
        wrong = wrong if first in NULLABLE and place == 0 else [*wrong, None]
        for one in wrong:
            cursor = written([version, digest, [*values[:place], one, *values[place + 1 :]]])
            answer = await api.send("GET", f"{path}&cursor={cursor}")
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor"), (value, one, answer.text)


@each_page
async def test_what_is_no_cursor_is_refused(scene: Scene, operation: Operation, query: str) -> None:
    api, path = scene.api, scene.path(operation, query)
    version, digest, values = read((await api.get(path))["next_cursor"])
    payloads: list[Any] = [
        *([version + 1, digest, values], [2**70, digest, values], [version, "0" * 16, values], [version, None, values]),
        *([version, digest, []], [version, digest, [*values, values[-1]]], [version, digest, {"0": 1}], [], {}, None),
        *("[" * 3_000, '{"a":' * 500, f'[{version},"{digest}",{"[" * 2_900}', "NaN", "1e999", "\\", '"'),
    ]

    for cursor in (*map(written, payloads), "", "=", "%00", "é", "A" * 4_096, "_-_-"):
        answer = await api.send("GET", f"{path}&cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor"), (cursor, answer.text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
async def test_no_cursor_is_an_error_of_ours(scene: Scene, data: st.DataObject) -> None:
    api = scene.api
    path = data.draw(st.sampled_from([scene.path(operation, queries_of(operation)[-1]) for operation in PAGED]))
    payload = read((await api.get(path))["next_cursor"])
    values = [data.draw(st.just(value) | json_values) for value in payload[2]]

    answer = await api.send("GET", f"{path}&cursor={written([payload[0], payload[1], values])}")

    assert answer.status_code in {200, 400}, answer.text
