"""Every operation in the space of a team: by each role, by whoever was a member, and by whoever never was."""

import uuid
from collections.abc import AsyncIterator

import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.testing.examples import THINGS
from tests.house.operations import (
    OPERATIONS,
    Operation,
    everything,
    finds_nothing,
    foreign_requests,
    make_things,
    own_requests,
    send,
    without_request_id,
)
from tests.house.test_roles import ASSIGNING, ROLES, least_role, membership
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

pytestmark = pytest.mark.thorough

ELSEWHERE = ("/spaces", "/invitations", "/me/items")
"""So begin the paths of what is not about the space of the request."""
IN_A_SPACE = [one for one in OPERATIONS.values() if not one.path.startswith(ELSEWHERE)]
each_in_a_space = pytest.mark.parametrize("operation", IN_A_SPACE, ids=lambda operation: operation.name)


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application with teams and tenants."""
    settings = TodoKitSettings(database_url=module_url)
    async with running(make_app(settings, space=membership, recipient=_known)) as api:
        yield api


def _known(_user_id: str, _tenant: str | None) -> None:
    return None


@each_in_a_space
async def test_a_role_may_do_what_it_grants_and_nothing_else(served: Api, operation: Operation) -> None:
    owner = None
    for role in ROLES:
        if owner is None:
            owner = await team(served.as_user())
            things = await make_things(owner)
        actor = await join(owner, role)
        mine = [name for name in operation.places.values() if name in THINGS and THINGS[name].is_personal]
        things |= await make_things(actor, mine, **things)
        before = await everything(owner)
        answer = await send(actor, operation, own_requests(operation, things)[0])
        if ROLES.index(role) >= ROLES.index(least_role(operation)):
            assert answer.is_success, (role, answer.text)
            owner = owner if operation.is_read else None  # what was done stays done
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), (role, answer.text)
            assert await everything(owner) == before


@each_in_a_space
async def test_what_one_has_made_one_may_change_as_a_contributor(served: Api, operation: Operation) -> None:
    if least_role(operation) != "editor" or "todo" not in operation.name or operation.name in ASSIGNING:
        return
    owner = await team(served.as_user())
    things = await make_things(owner)
    contributor = await join(owner, "editor")
    todos = [name for name, one in THINGS.items() if one.made_by == "create_todo"]
    things |= await make_things(contributor, todos, **things)
    await owner.send("PUT", f"/spaces/{owner.space}/members/{contributor.user}", {"role": "contributor"})

    answer = await send(contributor, operation, own_requests(operation, things)[0])

    assert answer.is_success, answer.text


@each_in_a_space
async def test_whoever_is_no_member_or_no_longer_one_finds_nothing(served: Api, operation: Operation) -> None:
    owner, other = await team(served.as_user()), await team(served.as_user())
    things, foreign = await make_things(owner), await make_things(other)
    nothing = {name: str(uuid.uuid4()) for name in foreign}
    former, stranger = await join(owner, "owner"), Teammate.of(served.as_user(), owner.space)
    await former.post(f"/spaces/{owner.space}/leave")
    admin = await join(owner, "admin")
    before = await everything(owner), await everything(other)

    for actor in (former, stranger):
        answer = await send(actor, operation, own_requests(operation, things)[0])
        assert (answer.status_code, answer.json()["code"]) == (404, "space_not_found"), answer.text
    for actor in (owner, admin):
        requests = foreign_requests(operation, things, foreign)
        for request, missing in zip(requests, foreign_requests(operation, things, nothing), strict=True):
            if "space" in request.params:
                continue
            answer, same = await send(actor, operation, request), await send(actor, operation, missing)
            assert answer.status_code == 404 or finds_nothing(request, answer), (request, answer.text)
            assert without_request_id(answer) == without_request_id(same)

    assert (await everything(owner), await everything(other)) == before


@each_in_a_space
async def test_a_tenant_is_no_way_in(served: Api, operation: Operation) -> None:
    """Being an owner in a tenant is nothing in a team; and its members are nothing in the tenant."""
    owner = await team(served.as_user())
    things = await make_things(owner)
    before = await everything(owner)

    outsider = Teammate.of(served.as_user(), owner.space)
    answer = await outsider.send(
        operation.method,
        own_requests(operation, things)[0].path,
        own_requests(operation, things)[0].body,
        headers={"X-Org": "acme", "X-Role": "owner"},
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "space_not_found"), answer.text
    assert await everything(owner) == before
