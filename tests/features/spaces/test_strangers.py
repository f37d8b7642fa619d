"""What a stranger has found in views over all spaces and in what users keep; by kind, so that it stays mended."""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Access, Action, Host, Membership, RolePolicy, TodoKitSettings, run_due, todo_services
from fastapi_todo_kit.core.access import tenant_space
from fastapi_todo_kit.errors import ConfigurationError, SpaceNotFound
from fastapi_todo_kit.schemas import TodoCreate, TodoQuery
from fastapi_todo_kit.settings import Limits, Sharing
from tests.support import Api, TestClock, make_app, running
from tests.teams import Teammate, join, team

NAMESPACE = TodoKitSettings().namespace


@asynccontextmanager
async def served(url: str, limits: Limits | None = None, **host: Any) -> AsyncIterator[Api]:
    sharing = Sharing(add_directly=True)
    settings = TodoKitSettings(database_url=url, sharing=sharing, limits=limits or Limits())
    async with running(make_app(settings, **host)) as api:
        yield api


def id_of(key: str) -> str:
    return str(tenant_space(NAMESPACE, key).id)


async def test_services_take_a_space_by_its_text_and_refuse_what_is_none(module_url: str) -> None:
    async with served(module_url) as api:
        space = await team(api)
        engine = create_async_engine(module_url)
        try:
            async with AsyncSession(engine) as session:
                given: Any = {"session": session, "user_id": api.user}
                async with todo_services(TodoKitSettings(), **given, space=space.space) as services:
                    todo = await services.todos.create(TodoCreate(title="there"))
                assert str(todo["space_id"]) == space.space
                for wrong in list[Any](["ALL", "", "mine", f"{space.space}x", 7]):
                    with pytest.raises(ValidationError):
                        async with todo_services(TodoKitSettings(), **given, space=wrong):
                            raise AssertionError(wrong)
                async with todo_services(TodoKitSettings(), **given, space=str(uuid.uuid4())) as services:
                    with pytest.raises(SpaceNotFound):
                        await services.todos.page(TodoQuery())
                async with todo_services(TodoKitSettings(), **given, space="all") as services:
                    assert (await services.spaces.items())["items"] == []
        finally:
            await engine.dispose()


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 200])
async def test_spaces_stand_once_on_their_pages_written_to_or_not(module_url: str, limit: int) -> None:
    keys = [uuid.uuid4().hex for _ in range(7)]
    async with served(module_url, spaces=lambda _: keys) as api:
        for key in keys[::2]:
            await api.post(f"/todos?space={id_of(key)}", {"title": "a"}, 201)
        teams = [(await team(api)).space for _ in range(2)]

        pages, cursor = [], None
        while True:
            page = await api.get("/spaces", limit=limit, **({"cursor": cursor} if cursor else {}))
            pages.append(page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                break

        found = [one["id"] for items in pages for one in items]
        assert found[1:] == [*sorted(map(id_of, keys)), *sorted(teams)]
        assert all(len(items) == limit for items in pages[:-1])
        assert [one["kind"] for items in pages for one in items] == ["personal", *["host"] * 7, "team", "team"]


@pytest.mark.parametrize("answer", [{"acme": "viewer"}, [Membership("acme", "viewer"), Membership("acme", "owner")]])
async def test_tenants_that_say_two_things_or_are_no_list_are_refused(module_url: str, answer: Any) -> None:
    async with served(module_url, spaces=lambda _: answer) as api:
        with pytest.raises(ConfigurationError):
            await api.get("/todos", space="all")


async def test_reminders_of_others_make_nothing_unread(module_url: str) -> None:
    clock = TestClock()
    async with served(module_url, clock=clock) as api:
        space = await team(api)
        other = await join(space, "editor")
        todo = await space.todo(due={"datetime": "2026-04-01T10:00:00", "timezone": "UTC"})
        for one in (space, other):
            await one.post(f"/spaces/{space.space}/seen", {})
        await other.post(f"/todos/{todo['id']}/reminders", {}, 201)
        await space.post(f"/todos/{todo['id']}/reminders", {"minutes_before": 5}, 201)
        clock.advance(days=30)
        await run_due(TodoKitSettings(database_url=module_url), Host(clock=clock))

        for each in (api, other):
            shown = {item["id"]: item["is_unread"] for item in (await each.get("/spaces"))["items"]}
            assert shown[space.space] is False
        await other.todo()
        assert (await api.get(f"/spaces/{space.space}"))["is_unread"] is True


async def test_only_what_is_gone_for_good_makes_room_for_items(module_url: str) -> None:
    async with served(module_url, Limits(items_per_user=4)) as api:
        owner = api.as_user()
        left, trashed = await team(owner), await team(api)
        await join(left, "editor", api.user)
        own = (await api.get("/spaces/current"))["id"]
        lists = [await api.list(name) for name in ("in the trash", "another", "gone")]
        targets = [(left.space, "space", left.space), (trashed.space, "space", trashed.space)]
        targets += [(own, "list", one["id"]) for one in lists]
        for space, kind, target in targets[:3] + targets[4:]:
            await api.patch(f"/me/items/{space}/{kind}/{target}", {"is_favorite": True})
        await api.post(f"/spaces/{left.space}/leave")
        await api.delete(f"/spaces/{trashed.space}")
        await api.delete(f"/lists/{lists[0]['id']}")

        full = await api.send("PATCH", f"/me/items/{own}/list/{lists[1]['id']}", {"is_favorite": True})
        assert (full.status_code, full.json()["limit"]) == (409, "items_per_user")
        await api.delete(f"/lists/{lists[2]['id']}")
        assert (await api.send("PATCH", f"/me/items/{own}/list/{lists[1]['id']}", {})).status_code == 409
        await api.send("DELETE", "/trash", params={"confirm": "true"})
        await join(left, "viewer", api.user)
        await api.post(f"/spaces/{trashed.space}/restore")

        kept = {one["target_id"] for one in (await api.get("/me/items"))["items"]}
        assert kept >= {left.space, trashed.space}


async def test_a_space_in_a_role_that_nobody_has_described_is_left_out_of_all(module_url: str) -> None:
    key = uuid.uuid4().hex
    described = RolePolicy({"lead": set(Action)})
    async with served(module_url, policy=described, spaces=lambda _: [Membership(key, "lead")]) as api:
        space = await team(api.as_user())
        await join(space, "lead", api.user)
        for one in (api, Teammate.of(api, space.space)):
            await one.todo(title="seen")
            await one.label("red")
        await api.post(f"/todos?space={id_of(key)}", {"title": "of a tenant"}, 201)
        assert len((await api.get("/todos", space="all"))["items"]) == 3

        for policy in (RolePolicy(), Narrowing()):
            async with served(module_url, policy=policy, spaces=lambda _: [Membership(key, "lead")]) as other:
                me = other.as_user(api.user)
                for path, count in (("/todos", 1), ("/lists", 1), ("/labels", 1), ("/reminders", 0)):
                    assert len((await me.get(path, space="all"))["items"]) == count, (path, policy)
                for space_id in (space.space, id_of(key)):
                    with pytest.raises(ConfigurationError, match="lead"):
                        await me.get("/todos", space=space_id)


class Narrowing(RolePolicy):
    """Hides what is called secret."""

    def narrow(self, access: Access, entity: str, rows: FromClause) -> ColumnElement[bool] | None:
        assert access.role in {"owner", "editor", "viewer"}, "it is asked once the role is known"
        return rows.c.name != "secret" if entity in {"list", "label"} else None


class Refusing(RolePolicy):
    """Lets nobody read what is called secret."""

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        return (record or {}).get("name") != "secret" and super().allows(access, action, record)


@pytest.mark.parametrize("policy", [Narrowing(), Refusing()])
async def test_items_of_what_is_hidden_are_hidden(module_url: str, policy: RolePolicy) -> None:
    async with served(module_url, policy=policy) as api, served(module_url) as all_seeing:
        owner = all_seeing.as_user()
        space = await team(owner)
        await join(space, "viewer", api.user)
        given, label = await space.list("open"), await space.label("open")
        for kind, target in (("list", given), ("label", label)):
            await api.patch(f"/me/items/{space.space}/{kind}/{target['id']}", {"is_favorite": True})
        assert len((await api.get("/me/items"))["items"]) == 2

        await space.patch(f"/lists/{given['id']}", {"name": "secret"})
        await space.patch(f"/labels/{label['id']}", {"name": "secret"})
        assert (await api.get("/me/items"))["items"] == []


async def test_who_may_not_read_a_space_does_not_see_it_among_others(module_url: str) -> None:
    async with served(module_url, policy=RolePolicy({"auditor": {Action.READ_TODO}})) as api:
        space = await team(api.as_user())
        await join(space, "auditor", api.user)
        await space.todo(title="seen")

        assert [one["kind"] for one in (await api.get("/spaces"))["items"]] == ["personal"]
        assert len((await api.get("/todos", space="all"))["items"]) == 1


async def test_labels_are_named_by_whoever_may_read_them(module_url: str) -> None:
    async with served(module_url, policy=RolePolicy({"auditor": {Action.READ_TODO}})) as api:
        owner = api.as_user()
        spaces = {role: await team(owner) for role in ("auditor", "viewer")}
        for role, space in spaces.items():
            await join(space, role, api.user)
            label = await space.label("secret")
            await space.todo(title=role, label_ids=[label["id"]])

        found = [(await api.get("/todos", label__name="secret", space=one.space))["items"] for one in spaces.values()]
        of_all = await api.get("/todos", label__name="secret", space="all", count="exact")

        assert [[one["title"] for one in items] for items in found] == [[], ["viewer"]]
        assert ([one["title"] for one in of_all["items"]], of_all["count"]) == (["viewer"], 1)
        assert len((await api.get("/todos", space="all"))["items"]) == 2


def test_a_client_that_sends_what_is_left_out_is_not_refused(module_url: str) -> None:
    document = make_app(TodoKitSettings(database_url=module_url)).openapi()
    (sort,) = (one for one in document["paths"]["/api/todos"]["get"]["parameters"] if one["name"] == "sort")

    assert "default" not in sort["schema"]
    assert "space=all" in sort["description"]
