"""Nobody keeps the event loop from others: not by the body that he sends, be it wrong in every place."""

import tracemalloc
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from fastapi_todo_kit import TodoKitSettings
from tests.http.heavy import (
    MOST,
    Operation,
    heavy_for,
    heavy_texts_for,
    is_many,
    operations_of,
    places_of,
    wrong_everywhere,
)
from tests.stalls import call as call_app
from tests.stalls import no_stall
from tests.support import make_app, running

pytestmark = pytest.mark.thorough

OPERATIONS = operations_of(make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")))
JSON = {"content-type": "application/json"}
KNOWN = {"x-user": "somebody"}

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name.removeprefix("todo_kit_"))
each_with_body = pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS if one.takes_body],
    ids=lambda one: one.name.removeprefix("todo_kit_"),
)


@pytest.fixture(scope="module")
async def app(sqlite_url: str) -> AsyncIterator[FastAPI]:
    """An application of these tests; how a body is read does not depend on the database."""
    one = make_app(TodoKitSettings(database_url=sqlite_url))
    async with running(one):
        await call_app(one, "GET", "/api/todos", headers=KNOWN)
        yield one


async def send(app: FastAPI, operation: Operation, body: bytes, who: dict[str, str]) -> int:
    # The path may name nothing: a body is read before.
    return (await call_app(app, operation.method, operation.path_to_nothing, body, {**JSON, **who})).status


@each_operation
async def test_a_body_that_is_wrong_everywhere_stalls_nobody(app: FastAPI, operation: Operation) -> None:
    for kind, body in wrong_everywhere().items():
        assert len(body) <= MOST
        for who in ({}, KNOWN):
            with no_stall(f"{kind} for {operation.name}"):
                status = await send(app, operation, body, who)

            is_nothing = kind == "blanks" and not operation.takes_body
            assert status < 500, (kind, who, status)
            assert status >= 400 or is_nothing, (kind, who, status)


@each_with_body
async def test_each_list_map_and_text_of_a_body_stalls_nobody(app: FastAPI, operation: Operation) -> None:
    for kind, body in (*heavy_for(operation.schema), *heavy_texts_for(operation.schema)):
        assert len(body) <= MOST, kind
        with no_stall(f"{kind} for {operation.name}"):
            status = await send(app, operation, body, KNOWN)

        assert status < 500, (kind, status)


@each_with_body
def test_each_list_and_map_of_a_body_has_a_maximum(operation: Operation) -> None:
    for path, place in places_of(operation.schema, is_many):
        assert "maxItems" in place or "maxProperties" in place, path


@pytest.mark.parametrize("who", [{}, KNOWN], ids=["anonymous", "known"])
async def test_a_body_does_not_grow_in_memory(app: FastAPI, who: dict[str, str]) -> None:
    operation = next(one for one in OPERATIONS if one.name == "todo_kit_create_todo")

    for kind, body in wrong_everywhere().items():
        await send(app, operation, b"{}", who)
        tracemalloc.start()
        try:
            await send(app, operation, body, who)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 2 * MOST, (kind, peak)
