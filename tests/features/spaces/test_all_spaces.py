"""Everything of a user in one view: what is listed in all spaces at once, and what is not."""

import re
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Access, Action, RolePolicy, TodoKitSettings, todo_services
from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.errors import InvalidInput, SpaceRequired
from fastapi_todo_kit.schemas import ListQuery, TodoQuery
from fastapi_todo_kit.settings import Sharing
from tests.features.reminders.support import user_space
from tests.house.operations import Operation, each_operation
from tests.storage.test_statements import recorded
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

SPANNING = {"list_todos", "list_lists", "list_labels", "list_my_reminders"}


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application in which everybody is known, and may be added."""
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings)) as api:
        yield api


@pytest.fixture
async def me(served: Api) -> Api:
    """Somebody new."""
    return served.as_user()


async def names(api: Api, path: str = "/todos", name: str = "title", **query: Any) -> list[str]:
    return [one[name] for one in await api.all_pages(path, space="all", **query)]


async def due(api: Api, title: str, day: int, **more: Any) -> Any:
    return await api.todo(title=title, due={"date": f"2031-01-{day:02}"}, **more)


async def test_todos_of_all_spaces_are_one_list(me: Api) -> None:
    first, second = [await team(me) for _ in range(2)]
    await due(me, "c", 3)
    await due(first, "a", 1)
    await due(second, "b", 2)
    await due(first, "d", 4)
    await due(await team(me.as_user()), "others", 1)

    page = await me.get("/todos", space="all", count="exact")

    assert [one["title"] for one in page["items"]] == ["a", "b", "c", "d"], "by due, where nothing is asked for"
    assert page["count"] == 4
    assert await names(me, sort="-due", limit=1) == ["d", "c", "b", "a"]
    assert await names(me, q="A") == ["a"]
    for todo in page["items"]:
        assert (await me.get(f"/todos/{todo['id']}", space=todo["space_id"])) == todo


async def test_who_has_nothing_sees_nothing(me: Api) -> None:
    assert await me.get("/todos", space="all", count="exact") == {"items": [], "next_cursor": None, "count": 0}
    for path in ("/lists", "/labels", "/reminders"):
        assert await me.get(path, space="all") == {"items": [], "next_cursor": None}


async def test_lists_labels_and_reminders_of_all_spaces(me: Api) -> None:
    first, second = sorted([await team(me) for _ in range(2)], key=lambda one: one.space)
    made = {}
    for n, api in enumerate((second, first)):
        made[api.space] = [(await api.list(name))["id"] for name in ("b", "a")]
        await api.label("red")
        await api.label("BLUE")
        todo = await api.todo(title=str(n), list_id=made[api.space][0], due={"date": "2031-01-01"})
        await api.post(
            f"/todos/{todo['id']}/reminders", {"at": {"datetime": f"2031-01-0{n + 1}T10:00:00", "timezone": "UTC"}}, 201
        )

    lists = [one for one in await me.all_pages("/lists", space="all", counts=True, limit=1) if not one["is_inbox"]]
    reminders = await me.all_pages("/reminders", space="all", limit=1)

    assert [one["id"] for one in lists] == [*made[first.space], *made[second.space]]
    assert [one["open_count"] for one in lists] == [1, 0, 1, 0]
    assert await names(me, "/labels", "name", limit=1) == ["BLUE", "BLUE", "red", "red"]
    assert [one["space_id"] for one in reminders] == [second.space, first.space]
    bounds = {"due__gte": "2031-01-02T00:00:00Z"}
    assert len(await me.all_pages("/reminders", space="all", **bounds)) == 1


async def test_labels_are_named_across_spaces(me: Api) -> None:
    for n, api in enumerate([await team(me) for _ in range(2)]):
        red, blue = [await api.label(name) for name in ("Räd", "blue")]
        await due(api, f"red {n}", 2 * n + 1, label_ids=[red["id"]])
        await due(api, f"both {n}", 2 * n + 2, label_ids=[red["id"], blue["id"]])
    await due(me, "none", 9)

    assert await names(me, label__name="rÄD") == ["red 0", "both 0", "red 1", "both 1"]
    assert await names(me, label__name="Blue") == ["both 0", "both 1"]
    assert await names(me, label__name=["blue", "green"], limit=1) == ["both 0", "both 1"]
    assert await names(me, label__name="gray") == []
    assert await names(me, no_label=True) == ["none"]


async def test_joining_and_leaving_between_two_pages_disturbs_no_other_space(me: Api) -> None:
    owner = me.as_user()
    staying, leaving, joining = [await team(owner) for _ in range(3)]
    for n, api in enumerate((staying, leaving, staying, joining, staying, leaving, joining, staying)):
        await due(api, str(n), n + 1)
    await join(staying, "viewer", me.user)
    await join(leaving, "viewer", me.user)
    first = await me.get("/todos", space="all", limit=2)

    await me.post(f"/spaces/{leaving.space}/leave")
    await join(joining, "viewer", me.user)
    second = await me.get("/todos", space="all", limit=3, cursor=first["next_cursor"])
    third = await me.get("/todos", space="all", limit=3, cursor=second["next_cursor"])

    shown = [[one["title"] for one in page["items"]] for page in (first, second, third)]
    assert shown == [["0", "1"], ["2", "3", "4"], ["6", "7"]]
    assert third["next_cursor"] is None


async def test_what_is_left_or_in_the_trash_is_gone_at_once(me: Api) -> None:
    owner = me.as_user()
    left, removed, trashed, below = [await team(owner) for _ in range(4)]
    for api in (left, removed, trashed, below):
        await api.todo(title=api.space)
        await join(api, "editor", me.user)
    heir = await team(owner, inherits_id=below.space)
    await heir.todo(title=heir.space)

    before = set(await names(me))
    await me.post(f"/spaces/{left.space}/leave")
    await owner.delete(f"/spaces/{removed.space}/members/{me.user}")
    await owner.delete(f"/spaces/{trashed.space}")
    after = set(await names(me))
    await owner.delete(f"/spaces/{below.space}/members/{me.user}")

    assert before == {left.space, removed.space, trashed.space, below.space, heir.space}
    assert after == {below.space, heir.space}
    assert await names(me) == []
    await owner.post(f"/spaces/{trashed.space}/restore")
    assert await names(me) == [trashed.space]


async def test_todos_of_one_id_in_two_spaces_are_two(me: Api) -> None:
    todo_id = str(uuid.uuid4())
    spaces = [await team(me) for _ in range(3)]
    for api in spaces:
        await due(api, api.space, 1, id=todo_id)

    for sort in ("due", "-due", "title,-due", "-priority"):
        assert sorted(await names(me, sort=sort, limit=1)) == sorted(api.space for api in spaces), sort


async def test_a_tenant_and_ones_own_space_are_among_them(module_url: str) -> None:
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings, space=user_space)) as tenants, running(make_app(settings)) as api:
        me = tenants.as_user(f"ann@{uuid.uuid4().hex}:editor")
        own = api.as_user(me.user)
        await me.todo("of the tenant")
        await own.todo("of my own")
        await (await team(me)).todo("of the team")

        assert sorted(await names(me)) == ["of my own", "of the team", "of the tenant"]
        assert sorted(await names(own)) == ["of my own", "of the team"]


async def test_positions_of_several_spaces_have_nothing_to_do_with_one_another(me: Api) -> None:
    for sort in ("position", "-position", "due,position"):
        problem = await me.get("/todos", 422, space="all", sort=sort)
        assert [(one["parameter"], one["code"]) for one in problem["errors"]] == [("sort", "not_across_spaces")]


async def test_a_cursor_of_one_space_is_none_of_all(me: Api) -> None:
    for _ in range(2):
        await me.todo()
        await me.list()
        await me.label(uuid.uuid4().hex)
    for path in ("/todos", "/lists", "/labels"):
        sort: dict[str, Any] = {"sort": "due"} if path == "/todos" else {}
        of_one = (await me.get(path, limit=1, **sort))["next_cursor"]
        of_all = (await me.get(path, limit=1, space="all", **sort))["next_cursor"]

        assert None not in (of_one, of_all), path
        assert (await me.get(path, 400, cursor=of_one, space="all", **sort))["code"] == "invalid_cursor"
        assert (await me.get(path, 400, cursor=of_all, **sort))["code"] == "invalid_cursor"


@each_operation
async def test_every_other_operation_wants_one_space(served: Api, operation: Operation) -> None:
    spans = {"const": "all", "type": "string"} in [
        variant for one in operation.parameters if one["name"] == "space" for variant in one["schema"].get("anyOf", ())
    ]
    assert spans == (operation.name in SPANNING)
    if not spans:
        path = re.sub(r"{\w+}", str(uuid.UUID(int=1)), operation.path)
        answer = await served.send(operation.method, path, operation.body and {}, params={"space": "all"})
        assert (answer.status_code, answer.json()["code"]) == (422, "space_required")


@pytest.mark.parametrize(
    "path", ["/todos?limit=50", "/todos?status=completed", "/lists?counts=true", "/labels", "/reminders"]
)
async def test_it_is_one_statement(me: Api, path: str) -> None:
    for _ in range(3):
        await (await team(me)).todo()
    question = f"{path}{'&' if '?' in path else '?'}space=all"
    await me.get(question)

    with recorded() as statements:
        await me.get(question)

    assert len(statements) == 1


async def test_services_list_what_there_is_everywhere(me: Api, module_url: str) -> None:
    first, second = [await team(me) for _ in range(2)]
    await due(first, "a", 1)
    await due(second, "b", 2)
    engine = create_async_engine(module_url)
    try:
        async with AsyncSession(engine) as session:
            given: Any = {"session": session, "user_id": me.user, "space": ALL_SPACES}
            async with todo_services(TodoKitSettings(), **given) as services:
                page = await services.todos.page(TodoQuery(count="exact"))
                assert ([one["title"] for one in page["items"]], page["count"]) == (["a", "b"], 2)
                assert len((await services.lists.page(ListQuery()))["items"]) == 2
                with pytest.raises(SpaceRequired):
                    await services.todos.get(uuid.UUID(page["items"][0]["id"].hex))
                with pytest.raises(InvalidInput):
                    await services.todos.page(TodoQuery(sort="position"))
    finally:
        await engine.dispose()


class Picky(RolePolicy):
    """Shows viewers only what is urgent, and no labels with a colour."""

    def narrow(self, access: Access, entity: str, rows: FromClause) -> ColumnElement[bool] | None:
        if access.role != "viewer":
            return None
        match entity:
            case "todo":
                return rows.c.priority == 1
            case "label":
                return rows.c.color.is_(None)
        return None


class Choosy(RolePolicy):
    """Shows commenters nothing, and nobody reminders of what is secret."""

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        if access.role == "commenter":
            return False
        is_secret = record is not None and record.get("title") == "secret"
        return not (is_secret and action is Action.READ_REMINDER) and super().allows(access, action, record)


@asynccontextmanager
async def served_by(url: str, policy: RolePolicy) -> AsyncIterator[Api]:
    settings = TodoKitSettings(database_url=url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings, policy=policy)) as api:
        yield api


async def test_a_policy_narrows_each_space_by_itself(module_url: str) -> None:
    async with served_by(module_url, Picky()) as api:
        owner = api.as_user()
        spaces = {role: await team(owner) for role in ("viewer", "editor")}
        for role, space in spaces.items():
            await join(space, role, api.user)
            labels = [await space.label("red", color="#ff0000"), await space.label("plain")]
            for title, priority in (("urgent", 1), ("later", 5)):
                await space.todo(title=f"{title} of {role}", priority=priority, label_ids=[one["id"] for one in labels])

        page = await api.get("/todos", space="all", sort="title", count="exact")
        assert [one["title"] for one in page["items"]] == ["later of editor", "urgent of editor", "urgent of viewer"]
        assert [len(one["label_ids"]) for one in page["items"]] == [2, 2, 1]
        assert page["count"] == 3
        assert await names(api, "/labels", "name") == ["plain", "plain", "red"]
        assert sorted(await names(api, label__name="red")) == ["later of editor", "urgent of editor"]
        assert sorted(await names(api, label__name="plain")) == [one["title"] for one in page["items"]]


async def test_a_policy_that_narrows_too_many_spaces_is_told_so(module_url: str) -> None:
    async with served_by(module_url, Picky()) as api:
        owner = api.as_user()
        for _ in range(20):
            await join(await team(owner), "viewer", api.user)
        await api.get("/todos", space="all")
        last = await team(owner)
        await join(last, "viewer", api.user)

        problem = await api.get("/todos", 422, space="all")

        assert (problem["code"], problem["limit"]) == ("too_many_spaces", 20)
        assert (await api.get("/todos", space=last.space))["items"] == []


async def test_a_policy_is_asked_about_each_space_and_each_object(module_url: str) -> None:
    async with served_by(module_url, Choosy()) as api:
        owner = api.as_user()
        for role in ("commenter", "viewer"):
            space = await team(owner)
            await join(space, role, api.user)
            for title in ("secret", "known"):
                todo = await space.todo(title=f"{title}", due={"date": "2031-01-01"})
                if role == "viewer":
                    reminder = {"at": {"datetime": "2031-01-01T10:00:00", "timezone": "UTC"}}
                    await Teammate.of(api, space.space).post(f"/todos/{todo['id']}/reminders", reminder, 201)

        page = await api.get("/todos", space="all", sort="title", count="exact")
        assert ([one["title"] for one in page["items"]], page["count"]) == (["known", "secret"], 2)
        assert len(await api.all_pages("/lists", space="all")) == 1
        assert len(await api.all_pages("/reminders", space="all")) == 1


async def test_a_role_that_may_not_read_shows_nothing_of_its_space(module_url: str) -> None:
    async with served_by(module_url, RolePolicy({"auditor": {Action.READ_LIST}})) as api:
        owner = api.as_user()
        for role in ("auditor", "viewer"):
            space = await team(owner)
            await join(space, role, api.user)
            await space.todo(title=f"of {role}")

        page = await api.get("/todos", space="all", count="exact")
        assert ([one["title"] for one in page["items"]], page["count"]) == (["of viewer"], 1)
        assert len(await api.all_pages("/lists", space="all")) == 2
        with recorded() as statements:
            await api.get("/todos", space="all")
        assert len(statements) == 2
