"""Every operation that takes an If-Match: it refuses another version, and asks for one where the host wants it."""

from collections.abc import AsyncIterator

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.house.operations import OPERATIONS, Operation, everything, make_things, own_requests
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

each_change = pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS.values() if any(parameter["name"] == "If-Match" for parameter in one.parameters)],
    ids=lambda operation: operation.name,
)


@each_change
async def test_a_change_of_another_version_is_refused(api: Api, operation: Operation) -> None:
    requests = own_requests(operation, await make_things(api))
    before = await everything(api)

    for request in requests:
        for tag in ('"999"', '"998", "999"', 'W/"1"', '"x"', "1", ""):
            answer = await api.send(operation.method, request.path, request.body, headers={"If-Match": tag})
            assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed"), tag

    assert await everything(api) == before


@pytest.fixture(scope="module")
async def lenient(module_url: str) -> AsyncIterator[Api]:
    """A client of an application that asks for no version."""
    async with running(make_app(TodoKitSettings(database_url=module_url))) as api:
        yield api


@pytest.fixture(scope="module")
async def strict(module_url: str) -> AsyncIterator[Api]:
    """A client of one on the same database that does."""
    async with running(make_app(TodoKitSettings(database_url=module_url, require_if_match=True))) as api:
        yield api


@each_change
async def test_a_precondition_can_be_required(lenient: Api, strict: Api, operation: Operation) -> None:
    owner = lenient.as_user()
    request = own_requests(operation, await make_things(owner))[0]
    api = strict.as_user(owner.user)

    bare = await api.send(operation.method, request.path, request.body)
    any_version = await api.send(operation.method, request.path, request.body, headers={"If-Match": "*"})

    assert (bare.status_code, bare.json()["code"]) == (428, "precondition_required")
    assert any_version.is_success, any_version.text
