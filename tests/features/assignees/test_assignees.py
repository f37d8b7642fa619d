"""Who is to do a todo: who can be, who may say so, and how it is shown and found."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Access, Action, RolePolicy, TodoKitSettings
from fastapi_todo_kit.settings import Limits, Sharing
from tests.features.reminders.support import user_space
from tests.storage.test_statements import recorded
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application in which everybody is known, and may be added."""
    settings = TodoKitSettings(
        database_url=module_url, sharing=Sharing(add_directly=True), limits=Limits(assignees_per_todo=3)
    )
    async with running(make_app(settings, space=user_space)) as api:
        yield api


@pytest.fixture
async def owner(served: Api) -> Teammate:
    """The owner of a team."""
    return await team(served.as_user())


def path(todo: dict[str, Any], user: str = "") -> str:
    return f"/todos/{todo['id']}" + (f"/assignees/{user}" if user else "")


async def test_a_todo_is_assigned_when_it_is_made_and_by_a_change(owner: Teammate) -> None:
    ann, bob = await join(owner, "viewer"), await join(owner, "editor")
    both = sorted([ann.user, bob.user])

    todo = await owner.todo(assignees=[*reversed(both)])
    changed = await bob.patch(path(todo), {"assignees": [bob.user]})
    same = await owner.patch(path(todo), {"assignees": [bob.user], "title": todo["title"]})
    emptied = await owner.patch(path(todo), {"assignees": []})

    assert (todo["assignees"], changed["assignees"], emptied["assignees"]) == (both, [bob.user], [])
    assert [one["version"] for one in (todo, changed, same, emptied)] == [1, 2, 2, 3]
    assert (await owner.get(path(todo)))["assignees"] == []
    assert [one["assignees"] for one in (await owner.get("/todos"))["items"]] == [[]]


async def test_somebody_is_added_and_taken_off(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    todo = await owner.todo(assignees=[owner.user])

    added = await owner.put(path(todo, ann.user))
    again = await owner.put(path(todo, ann.user))
    mine = await owner.delete(path(todo, "me"), 200)
    nothing = await owner.delete(path(todo, "nobody-here"), 200)

    assert added["assignees"] == sorted([owner.user, ann.user])
    assert (again, mine["assignees"], nothing) == (added, [ann.user], mine)
    assert (added["version"], mine["version"]) == (2, 3)
    assert (await owner.send("PUT", path(todo, "me"), headers={"If-Match": '"2"'})).status_code == 412
    await owner.put(path({"id": "0" * 8}, "me"), 404)


async def test_whoever_is_no_member_cannot_be_assigned_to(owner: Teammate) -> None:
    ann, todo = await join(owner, "viewer"), await owner.todo()
    place = {"code": "not_a_member", "detail": "stranger is not in this space."}

    created = await owner.post("/todos", {"title": "x", "assignees": [ann.user, "stranger"]}, 422)
    patched = await owner.patch(path(todo), {"assignees": ["stranger"]}, 422)
    put = await owner.put(path(todo, "stranger"), 422)

    assert [one["code"] for one in (created, patched, put)] == ["not_a_member"] * 3
    assert created["errors"] == patched["errors"] == [{"pointer": "#/assignees", **place}]
    assert put["errors"] == [{"parameter": "user_id", **place}]
    assert (await owner.get(path(todo)))["version"] == 1


async def test_a_space_is_also_of_the_members_of_that_above(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    below = Teammate.of(owner, (await owner.post("/spaces", {"name": "plan", "inherits_id": owner.space}))["id"])

    todo = await below.todo(assignees=[ann.user])
    await owner.delete(f"/spaces/{owner.space}", 204)
    late = await below.post("/todos", {"title": "x", "assignees": [ann.user]}, 422)

    assert (todo["assignees"], late["code"]) == ([ann.user], "not_a_member")
    members = await below.all_pages(f"/spaces/{below.space}/members")
    assert [one["user_id"] for one in members] == [owner.user]


async def test_a_member_who_may_not_read_is_none_for_this(module_url: str) -> None:
    policy = RolePolicy({"guest": {Action.READ_SPACE, Action.LEAVE_SPACE}})
    async with running(make_app(TodoKitSettings(database_url=module_url), policy=policy)) as api:
        owner = await team(api)
        guest = await join(owner, "guest")

        refused = await owner.post("/todos", {"title": "x", "assignees": [guest.user]}, 422)

    assert refused["code"] == "not_a_member"


async def test_a_space_of_ones_own_has_nobody_else(served: Api) -> None:
    todo = await served.todo(assignees=[served.user])

    assert todo["assignees"] == [served.user]
    assert (await served.post("/todos", {"title": "x", "assignees": ["ann"]}, 422))["code"] == "not_a_member"
    assert (await served.delete(path(todo, "me"), 200))["assignees"] == []


async def test_in_a_tenant_it_is_for_the_host_to_say_who_is_there(served: Api, module_url: str) -> None:
    ann = served.as_user(f"ann-{served.user}@acme-{served.user}:editor")

    assert (await ann.todo(assignees=["bob"]))["assignees"] == ["bob"]
    assert (await ann.post("/todos", {"title": "x", "assignees": ["nobody-1"]}, 422))["code"] == "not_a_member"
    async with running(make_app(TodoKitSettings(database_url=module_url), space=user_space, people=None)) as api:
        ann = api.as_user(ann.user)
        assert (await ann.todo(assignees=[ann.user]))["assignees"] == [ann.user]
        assert (await ann.post("/todos", {"title": "x", "assignees": ["bob"]}, 422))["code"] == "not_a_member"


@pytest.mark.parametrize("wanted", [["ann", "ann"], "ann", [""], ["x" * 256], [7], None])
async def test_what_names_nobody_is_refused(owner: Teammate, wanted: Any) -> None:
    assert (await owner.post("/todos", {"title": "x", "assignees": wanted}, 422))["code"] == "invalid_input"


async def test_a_todo_has_only_so_many_assignees(owner: Teammate) -> None:
    users = [(await join(owner, "viewer")).user for _ in range(4)]
    todo = await owner.todo(assignees=users[:3])

    for method, where, body in (
        ("POST", "/todos", {"title": "x", "assignees": users}),
        ("PATCH", path(todo), {"assignees": users}),
        ("PUT", path(todo, users[3]), None),
    ):
        problem = (await owner.send(method, where, body)).json()
        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "assignees_per_todo", 3)
    assert (await owner.put(path(todo, users[0])))["version"] == 1


async def test_to_assign_is_a_right_of_its_own(owner: Teammate) -> None:
    ann = await join(owner, "contributor")
    mine = await ann.todo()

    refused = [
        await ann.send("POST", "/todos", {"title": "x", "assignees": [ann.user]}),
        await ann.send("PATCH", path(mine), {"assignees": [ann.user]}),
        await ann.send("PUT", path(mine, ann.user)),
        await ann.send("DELETE", path(mine, ann.user)),
    ]

    assert [one.json()["code"] for one in refused] == ["forbidden"] * 4
    assert "todo.assign" in refused[0].json()["detail"]
    assert (await ann.patch(path(mine), {"assignees": [], "title": "changed"}))["title"] == "changed"


async def test_a_contributor_may_do_what_he_is_to_do(owner: Teammate) -> None:
    ann, bob = await join(owner, "contributor"), await join(owner, "contributor")
    parent = await owner.todo(assignees=[ann.user], recurrence={"rrule": "FREQ=DAILY"}, due={"date": "2026-04-01"})
    child, other = await owner.todo(parent_id=parent["id"], assignees=[ann.user]), await owner.todo()
    whose = ((parent, 200, 403), (child, 200, 403), (other, 403, 403))

    for todo, of_ann, of_bob in whose:
        for actor, expected in ((bob, of_bob), (ann, of_ann)):
            answers = [
                await actor.send("PATCH", path(todo), {"title": "changed"}),
                await actor.send("POST", f"{path(todo)}/move", {"list_id": todo["list_id"]}),
            ]
            assert [one.status_code for one in answers] == [expected] * 2, (todo["title"], expected)
    done = await ann.post(f"{path(parent)}/complete")
    assert (done["assignees"], done["status"]) == ([ann.user], "needs_action"), "the next occurrence is his, too"
    await ann.patch(path(parent), {"title": "the next one"})
    await owner.delete(path(parent, ann.user), 200)
    await ann.patch(path(parent), {"title": "no longer"}, 403)
    await bob.delete(path(child), 403)
    await ann.delete(path(child), 204)
    restored = await ann.post(f"{path(child)}/restore")
    assert restored["assignees"] == [ann.user]


class Seen(RolePolicy):
    """Notes what assigning is asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []

    def allows(self, access: Access, action: Action, record: Any) -> bool:
        if action is Action.ASSIGN_TODO:
            self.asked.append(record["assignees"])
        return super().allows(access, action, record)


async def test_a_policy_is_asked_about_what_becomes_of_the_todo(module_url: str) -> None:
    policy = Seen()
    async with running(make_app(TodoKitSettings(database_url=module_url), policy=policy)) as api:
        todo = await api.todo()
        assert policy.asked == [], "nobody is assigned to"

        await api.patch(path(todo), {"assignees": [api.user]})
        await api.delete(path(todo, "me"), 200)
        await api.todo(assignees=[api.user])

    assert policy.asked == [[api.user], [api.user], [], [api.user]]


async def test_todos_are_found_by_who_is_to_do_them(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    await owner.todo("mine", assignees=[owner.user])
    await owner.todo("both", assignees=[owner.user, ann.user])
    await owner.todo("open to all")

    found = {who: await owner.titles(assignee=who) for who in ("me", ann.user, "none", "nobody-here")}

    assert found == {"me": ["mine", "both"], ann.user: ["both"], "none": ["open to all"], "nobody-here": []}
    assert await ann.titles(assignee="me", q="bo", count="exact") == ["both"]
    first = await owner.get("/todos", assignee="me", limit=1, count="exact")
    assert first["count"] == 2
    following = await owner.get("/todos", assignee="me", limit=1, cursor=first["next_cursor"])
    assert [one["title"] for one in following["items"]] == ["both"]
    other = await owner.get("/todos", 400, assignee="none", limit=1, cursor=first["next_cursor"])
    assert other["code"] == "invalid_cursor"
    await owner.get("/todos", 422, assignee="")


async def test_completed_occurrences_are_of_whom_their_todo_is_assigned_to(owner: Teammate) -> None:
    todo = await owner.todo(assignees=[owner.user], recurrence={"rrule": "FREQ=DAILY"}, due={"date": "2026-04-01"})
    await owner.todo("another one")
    await owner.post(f"{path(todo)}/complete")

    page = await owner.get("/todos", assignee="me", status="completed", count="exact")

    assert [(one["occurrence_of"], one["assignees"]) for one in page["items"]] == [(todo["id"], [owner.user])]
    assert page["count"] == 1
    assert await owner.titles(assignee="none", status="completed") == []


async def test_assignees_are_read_with_the_todo(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    todo = await owner.todo(assignees=[ann.user])

    counts = []
    for where in (path(todo), "/todos?limit=50", "/todos?assignee=me&count=exact"):
        with recorded() as statements:
            await owner.get(where)
        counts.append(len(statements))
    with recorded() as patch:
        await owner.patch(path(todo), {"assignees": [ann.user, owner.user]})
    with recorded() as without:
        await owner.patch(path(todo), {"title": "changed"})

    assert counts == [1, 1, 2]
    assert len(patch) == len(without) + 2, "who is a member is asked for, and who is new is written, only here"


async def test_the_log_says_who_was_and_who_is_to_do_it(owner: Teammate, module_url: str) -> None:
    todo = await owner.todo(assignees=[owner.user])
    await owner.delete(path(todo, "me"), 200)

    engine = create_async_engine(TodoKitSettings(database_url=module_url).url)
    async with engine.connect() as connection:
        statement = text("SELECT op, diff FROM todokit_change WHERE actor_id = :user AND entity = 'todo' ORDER BY seq")
        found = (await connection.execute(statement, {"user": owner.user})).all()
    await engine.dispose()

    assert [row.op for row in found] == ["created", "updated"]
    diff = found[1].diff if isinstance(found[1].diff, dict) else json.loads(found[1].diff)
    assert diff == {"assignees": [[owner.user], []]}


async def test_copies_keep_assignees(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    home = await owner.list()
    todo = await owner.todo("parent", list_id=home["id"], assignees=[ann.user])
    await owner.todo("child", parent_id=todo["id"], assignees=[owner.user])

    copy = await owner.post(f"{path(todo)}/duplicate", expect=201)
    below = (await owner.get(f"{path(copy)}/subtasks"))["items"]
    copied = await owner.post(f"/lists/{home['id']}/duplicate", expect=201)

    assert (copy["assignees"], [one["assignees"] for one in below]) == ([ann.user], [[owner.user]])
    assert len(await owner.titles(list=copied["id"], assignee=ann.user)) == 2
