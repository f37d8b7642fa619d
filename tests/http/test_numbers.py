"""Integers of bodies are numbers: what Python and Pydantic would take for one is not."""

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.http.heavy import Operation, nested, operations_of, places_of
from tests.support import Api, make_app

OPERATIONS = operations_of(make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")))
PLACES = [
    (one, place)
    for one in OPERATIONS
    for place, _ in places_of(one.schema, lambda schema: schema.get("type") == "integer")
]


def test_there_are_some() -> None:
    assert {"/".join(path) for _, path in PLACES} >= {"priority", "minutes_before", "recurrence/every", "limit"}


@pytest.mark.parametrize(("operation", "place"), PLACES, ids=[f"{one.name} {'/'.join(path)}" for one, path in PLACES])
async def test_each_integer_of_a_body_is_a_number(
    sqlite_api: Api, operation: Operation, place: tuple[str, ...]
) -> None:
    path = operation.path_to_nothing.removeprefix("/api")
    pointer = "/".join(("#", *place))

    for number, is_one in ((b'"5"', False), (b"true", False), (b"1.5", False), (b"5.0", True)):
        body, headers = nested(place, number), {"Content-Type": "application/json"}
        answer = await sqlite_api.send(operation.method, path, content=body, headers=headers)
        pointed_at = {one["pointer"] for one in answer.json().get("errors", ())}
        assert (pointer in pointed_at) is not is_one, (number, answer.json())
