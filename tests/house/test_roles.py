"""Every operation, by every role and by whoever sees only a part, with every id replaced by one that is not his."""

import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, NamedTuple

import pytest
from fastapi import Header
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, Action, ConfigurationError, Membership, Recipient, RolePolicy, TodoKitSettings
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import routes_of
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.settings import Sharing
from fastapi_todo_kit.testing.examples import THINGS
from tests.house.operations import (
    OPERATIONS,
    Operation,
    each_operation,
    everything,
    finds_nothing,
    foreign_requests,
    make_things,
    own_requests,
    send,
    without_request_id,
)
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

ROLES = ("viewer", "commenter", "completer", "contributor", "editor", "admin", "owner")
READS = {"get", "list", "preview"}
ANSWERS = {"accept", "decline"}
COMPLETING = {"complete_todo", "cancel_todo", "reopen_todo", "skip_todo", "undo_todo"}
CREATING = {"create_todo", "duplicate_todo"}
KEEPING = {"update_item", "reset_item", "mark_space_seen"}
"""What is everybody's own business."""
ASSIGNING = {"add_todo_assignee", "remove_todo_assignee"}
"""What a contributor may not do even with what is his."""


def least_role(operation: Operation) -> str:
    """Return the least role that may do an operation with what others have made, as the documentation says."""
    if is_of_teams(operation):
        return "editor"  # who may make a team, and owns it
    if operation.name == "share_list":
        return "admin"
    is_own = operation.name.endswith("_reminder") or operation.name in KEEPING
    if operation.name.split("_")[0] in READS | ANSWERS or is_own:
        return "viewer"  # reminders are everybody's own, and items, and what one is invited to
    if operation.name in COMPLETING:
        return "completer"
    if operation.name in CREATING:
        return "contributor"
    return "admin" if operation.name == "purge_trash" else "editor"


def is_of_teams(operation: Operation) -> bool:
    """Whether an operation is about a space that its user has made."""
    return any(thing.endswith("team") for thing in operation.places.values())


def is_granted(role: str, operation: Operation) -> bool:
    return ROLES.index(role) >= ROLES.index(least_role(operation))


async def membership(
    x_org: Annotated[str | None, Header()] = None, x_role: Annotated[str, Header()] = "owner"
) -> Membership | None:
    return None if x_org is None else Membership(x_org, x_role)


def a_member(_user_id: str, tenant: str | None) -> Recipient:
    return Recipient(membership=tenant and Membership(tenant, "viewer"))


class CreatorsOnly(RolePolicy):
    """Shows everybody only what they made themselves."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        assert entity in {"list", "todo", "label"}
        return rows.c.created_by == access.principal.user_id


class Member(Api):
    """A client in an organisation, with a role."""

    org = "acme"
    role = "owner"

    async def send(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        headers = {"X-Org": self.org, "X-Role": self.role, **(options.pop("headers", None) or {})}
        return await super().send(method, path, body, headers=headers, **options)


def member(api: Api, org: str, role: str = "owner", user: str | None = None) -> Member:
    made = Member(api.client, user or f"user-{uuid.uuid4().hex}")
    made.org, made.role = org, role
    return made


@pytest.fixture(scope="module")
async def served(sqlite_url: str, postgres_url: str, session_clock: TestClock) -> AsyncIterator[dict[str, Api]]:
    """Clients of applications with tenants and roles: by database, and by what their policy shows."""
    urls = {"sqlite": sqlite_url, "postgresql": postgres_url}

    def app(url: str, **host: Any) -> Any:
        sharing = Sharing(add_directly=True, across_tenants=True)
        return make_app(
            TodoKitSettings(database_url=url, sharing=sharing),
            clock=session_clock,
            space=membership,
            recipient=a_member,
            **host,
        )

    async with (
        running(app(urls["sqlite"])) as sqlite,
        running(app(urls["postgresql"])) as postgresql,
        running(app(urls["sqlite"], policy=CreatorsOnly())) as narrow_sqlite,
        running(app(urls["postgresql"], policy=CreatorsOnly())) as narrow_postgresql,
    ):
        yield {
            "sqlite": sqlite,
            "postgresql": postgresql,
            "narrow sqlite": narrow_sqlite,
            "narrow postgresql": narrow_postgresql,
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def tenants(request: pytest.FixtureRequest, served: dict[str, Api]) -> Api:
    """A client of an application whose members see everything in their organisation."""
    return served[request.param]


@pytest.fixture(params=["sqlite", "postgresql"])
def narrow(request: pytest.FixtureRequest, served: dict[str, Api]) -> Api:
    """A client of an application whose members see only what they made."""
    return served[f"narrow {request.param}"]


def new_org() -> str:
    return f"org-{uuid.uuid4().hex}"


@each_operation
async def test_a_role_may_do_what_it_grants_and_nothing_else(tenants: Api, operation: Operation) -> None:
    owner = None
    for role in ROLES:
        if owner is None:
            owner = member(tenants, new_org())
            things = await make_things(owner)
        actor = member(tenants, owner.org, role)
        mine = [name for name in operation.places.values() if name in THINGS and THINGS[name].is_personal]
        may = [name for name in mine if is_granted(role, OPERATIONS[THINGS[name].made_by])]
        things |= await make_things(actor, may, **things)
        before = await everything(owner)
        answer = await send(actor, operation, own_requests(operation, things)[0])
        if is_granted(role, operation):
            assert answer.is_success, (role, answer.text)
            owner = owner if operation.is_read else None  # what was done stays done
        else:
            expected = (404, "space_not_found") if is_of_teams(operation) else (403, "forbidden")
            assert (answer.status_code, answer.json()["code"]) == expected, (role, answer.text)
            assert await everything(owner) == before


@each_operation
async def test_no_role_reaches_into_another_organisation(tenants: Api, operation: Operation) -> None:
    owner, other = member(tenants, new_org()), member(tenants, new_org())
    own, foreign = await make_things(owner), await make_things(other)
    nothing = {name: str(uuid.uuid4()) for name in foreign}
    before = await everything(owner), await everything(other)

    for role in ROLES:
        actor = member(tenants, owner.org, role)
        requests = foreign_requests(operation, own, foreign)
        for request, missing in zip(requests, foreign_requests(operation, own, nothing), strict=True):
            answer, same = await send(actor, operation, request), await send(actor, operation, missing)
            is_forbidden = answer.status_code == 403 and not is_granted(role, operation)
            is_empty = finds_nothing(request, answer)
            assert answer.status_code == 404 or is_forbidden or is_empty, (role, request, answer.text)
            assert without_request_id(answer) == without_request_id(same)

    assert (await everything(owner), await everything(other)) == before


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS.values() if one.path_names], ids=lambda operation: operation.name
)
async def test_a_path_that_names_nothing_visible_is_404_whatever_the_role(tenants: Api, operation: Operation) -> None:
    foreign = await make_things(member(tenants, new_org()))
    viewer = member(tenants, new_org(), "viewer")

    for request in own_requests(operation, foreign):
        answer = await send(viewer, operation, request)
        assert answer.status_code == 404, answer.text


class Colleagues(NamedTuple):
    """A member of an organisation with things, and those of another one, which the first does not see."""

    owner: Member
    own: dict[str, str]
    hidden: dict[str, str]


async def colleagues_at(narrow: Api) -> Colleagues:
    org = new_org()
    owner, other = member(narrow, org), member(narrow, org)
    own, hidden = await make_things(owner), await make_things(other)
    hidden.pop("space")
    return Colleagues(owner, own, hidden)


@pytest.fixture(scope="module")
def unchanged() -> dict[Api, Colleagues]:
    """Those for whom nothing has changed, by the client of their application."""
    return {}


@each_operation
async def test_what_a_policy_hides_is_not_there(
    narrow: Api, unchanged: dict[Api, Colleagues], operation: Operation
) -> None:
    colleagues = unchanged.pop(narrow, None) or await colleagues_at(narrow)
    owner, own, hidden = colleagues
    nothing = {name: str(uuid.uuid4()) for name in hidden}
    before = await everything(owner)

    requests = zip(
        foreign_requests(operation, own, {**hidden, "space": str(uuid.uuid4())}),
        foreign_requests(operation, own, {**nothing, "space": str(uuid.uuid4())}),
        strict=True,
    )
    for request, missing in requests:
        answer, same = await send(owner, operation, request), await send(owner, operation, missing)
        is_empty = finds_nothing(request, answer)
        assert answer.status_code == 404 or is_empty, (request, answer.text)
        assert without_request_id(answer) == without_request_id(same)

    assert await everything(owner) == before
    unchanged[narrow] = colleagues


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_what_a_policy_hides_is_neither_counted_nor_copied(served: dict[str, Api], database: str) -> None:
    org = new_org()
    ann, colleague = member(served[f"narrow {database}"], org), member(served[database], org)
    home = await ann.list()
    await ann.todo("seen", list_id=home["id"])
    hidden = await colleague.todo("hidden", list_id=home["id"])
    await colleague.todo("below the hidden one", parent_id=hidden["id"])

    lists = (await ann.get("/lists", counts="true"))["items"]
    page = await ann.get("/todos", count="exact", q="hidden")
    copy = await ann.post(f"/lists/{home['id']}/duplicate")

    assert [(one["id"], one["total_count"], one["open_count"]) for one in lists] == [(home["id"], 1, 1)]
    assert (page["count"], page["items"]) == (0, [])
    assert await ann.titles(list=copy["id"]) == ["seen"]
    assert len(await colleague.titles(list=copy["id"])) == 1
    assert len(await colleague.titles(list=home["id"])) == 3


async def test_what_a_policy_hides_is_not_in_the_trash(narrow: Api) -> None:
    org = new_org()
    owner, other = member(narrow, org), member(narrow, org)
    for one in (owner, other):
        await one.delete(f"/lists/{(await one.list())['id']}")
        await one.delete(f"/todos/{(await one.todo())['id']}")

    trash = await owner.all_pages("/trash", limit=1)

    assert [entry["entity"] for entry in trash] == ["todo", "list"]
    assert {entry["id"] for entry in trash}.isdisjoint(entry["id"] for entry in await other.all_pages("/trash"))


async def test_a_replayed_answer_needs_the_right_that_it_was_given_by(tenants: Api) -> None:
    org, user = new_org(), uuid.uuid4().hex
    key = {"Idempotency-Key": "once"}
    first = await member(tenants, org, "editor", user).send("POST", "/todos", {"title": "x"}, headers=key)

    again = await member(tenants, org, "viewer", user).send("POST", "/todos", {"title": "x"}, headers=key)

    assert (first.status_code, again.status_code) == (201, 403)


async def test_the_spaces_say_which_role_one_has(tenants: Api) -> None:
    ann = member(tenants, new_org(), "viewer")

    spaces = (await ann.get("/spaces"))["items"]

    assert [(one["kind"], one["role"], one["is_current"]) for one in spaces] == [
        ("personal", "owner", False),
        ("host", "viewer", True),
    ]


async def test_a_role_that_nobody_has_described_is_the_hosts_mistake(tenants: Api) -> None:
    with pytest.raises(ConfigurationError, match="what the role 'edtor' may do"):
        await member(tenants, new_org(), "edtor").get("/todos")


async def test_a_host_describes_roles_of_its_own(database_url: str) -> None:
    policy = RolePolicy({"robot": {Action.CREATE_TODO}})
    app = make_app(TodoKitSettings(database_url=database_url), space=membership, policy=policy)
    async with running(app) as api:
        robot, viewer = member(api, org := new_org(), "robot"), member(api, org, "viewer")

        todo = await robot.todo()

        assert (await robot.get("/todos", 404))["code"] == "space_not_found"
        assert (await robot.get(f"/todos/{todo['id']}", 404))["code"] == "todo_not_found"
        assert (await robot.post("/lists", {"name": "x"}, 403))["code"] == "forbidden"
        assert [one["id"] for one in (await viewer.get("/todos"))["items"]] == [todo["id"]]


class OnlyInOpenLists(RolePolicy):
    """Lets nobody change, or move to, a todo that is marked as locked."""

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        is_locked = record is not None and record.get("extra", {}).get("locked") and not action.is_read
        return not is_locked and super().allows(access, action, record)


async def test_a_policy_sees_what_an_object_is_and_what_it_would_become(database_url: str) -> None:
    app = make_app(TodoKitSettings(database_url=database_url), policy=OnlyInOpenLists())
    async with running(app) as api:
        todo = await api.todo()
        async with running(make_app(TodoKitSettings(database_url=database_url)), api.user) as unrestricted:
            await unrestricted.patch(f"/todos/{todo['id']}", {"extra": {"locked": True}})

        other = await api.todo()
        await api.post("/todos", {"title": "x", "extra": {"locked": True}}, 403)
        await api.patch(f"/todos/{other['id']}", {"extra": {"locked": True}}, 403)
        await api.patch(f"/todos/{todo['id']}", {"title": "changed"}, 403)
        await api.delete(f"/todos/{todo['id']}", 403)
        assert (await api.get(f"/todos/{todo['id']}"))["title"] == todo["title"]


def test_every_operation_declares_its_action() -> None:
    actions = {route.name: route.action for feature in ROUTERS.values() for route in routes_of(feature)}

    assert set(actions) == set(OPERATIONS)
    assert {name for name, action in actions.items() if action.is_read} == {
        operation.name for operation in OPERATIONS.values() if operation.is_read
    }


def test_a_route_without_an_action_cannot_be_declared() -> None:
    router = feature_router("Todos")

    async def export_todos(call: Call) -> Call:
        return call

    with pytest.raises(TypeError, match="export_todos declares no action"):
        router.get("/export")(export_todos)
