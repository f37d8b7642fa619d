"""What a team costs: the role comes with the first rows, so nothing takes a statement more than alone."""

from collections.abc import AsyncIterator

import pytest

from fastapi_todo_kit import RolePolicy, TodoKitSettings
from tests.house.operations import OPERATIONS, Operation, make_things, own_requests, send
from tests.storage.test_statements import recorded
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

ELSEWHERE = ("/spaces", "/invitations", "/me/items")
"""So begin the paths of what is not about the space of the request."""
IN_A_SPACE = [one for one in OPERATIONS.values() if not one.path.startswith(ELSEWHERE)]


MORE = {
    "add_todo_assignee": 1,  # who is there: alone, there is only oneself
}


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application in which everybody is known, and may be added."""
    settings = TodoKitSettings(database_url=module_url)
    async with running(make_app(settings)) as api:
        yield api


@pytest.mark.parametrize("operation", IN_A_SPACE, ids=lambda operation: operation.name)
async def test_no_operation_takes_a_statement_more(served: Api, operation: Operation) -> None:
    alone = served.as_user()
    member = await join(await team(served.as_user()), "owner")

    counts = []
    for api in (alone, member):
        things = await make_things(api)
        with recorded() as statements:
            answer = await send(api, operation, own_requests(operation, things)[0])
        assert answer.is_success, answer.text
        counts.append(len(statements))

    # What asks the database nothing asks it here who the principal is.
    assert counts[1] == max(counts[0], 1) + MORE.get(operation.name, 0), operation.name


async def test_a_stranger_is_refused_by_one_statement(served: Api) -> None:
    owner = await team(served.as_user())
    stranger = Teammate.of(served.as_user(), owner.space)
    todo = await owner.todo()

    for method, path, body, count in (
        ("GET", f"/todos/{todo['id']}", None, 1),
        ("GET", "/todos", None, 1),
        ("PATCH", f"/todos/{todo['id']}", {"title": "x"}, 2),  # the first one takes the lock
    ):
        with recorded() as statements:
            assert (await stranger.send(method, path, body)).status_code == 404
        assert len(statements) == count, (method, path)


async def test_a_stranger_never_has_the_lock_of_a_space_whose_id_can_be_guessed(served: Api) -> None:
    owner = served.as_user()
    await owner.todo()
    personal = (await owner.get("/spaces/current"))["id"]
    stranger = Teammate.of(served.as_user(), personal)

    with recorded() as statements:
        assert (await stranger.send("POST", "/todos", {"title": "x"})).status_code == 404

    assert [statement for statement, _ in statements if "kind = 'team'" not in statement] == []
    assert len(statements) == 1


class Narrowing(RolePolicy):
    """Has conditions on rows, for which it has to know the role before there are any."""

    def narrow(self, access, entity, rows):  # type: ignore[no-untyped-def]  # noqa: ARG002
        assert access.role
        return rows.c.created_by == access.principal.user_id if access.role == "viewer" else None


async def test_a_policy_with_conditions_on_rows_knows_the_role(module_url: str) -> None:
    settings = TodoKitSettings(database_url=module_url)
    async with running(make_app(settings, policy=Narrowing())) as api:
        owner = await team(api)
        viewer, editor = await join(owner, "viewer"), await join(owner, "editor")
        todo = await owner.todo("seen by those who may change it")

        with recorded() as statements:
            assert await editor.titles() == ["seen by those who may change it"]
        assert len(statements) == 2
        assert await viewer.titles() == []
        assert (await viewer.get(f"/todos/{todo['id']}", 404))["code"] == "todo_not_found"
