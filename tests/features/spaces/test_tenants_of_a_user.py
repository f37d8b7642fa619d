"""All tenants of a user, where the host says which these are: named by their ids, listed, and among all spaces."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Host, Membership, TodoKitSettings, todo_services
from fastapi_todo_kit.core.access import tenant_space
from fastapi_todo_kit.errors import ConfigurationError, SpaceNotFound
from fastapi_todo_kit.schemas import TodoCreate, TodoQuery
from fastapi_todo_kit.settings import Sharing
from tests.features.reminders.support import user_space
from tests.support import Api, User, header_user, make_app, running
from tests.teams import team

NAMESPACE = TodoKitSettings().namespace


class Tenants:
    """What a host knows: who is in which tenant, and as what."""

    def __init__(self) -> None:
        self.roles: dict[str, Any] = {}
        self.asked = 0

    def of(self, _user: User) -> list[Any]:
        self.asked += 1
        return [Membership(key, role) for key, role in self.roles.items()]

    def id_of(self, key: str) -> str:
        return str(tenant_space(NAMESPACE, key).id)

    def new(self, role: str) -> str:
        key = uuid.uuid4().hex
        self.roles[key] = role
        return key


@pytest.fixture
def tenants() -> Tenants:
    return Tenants()


@asynccontextmanager
async def served(url: str, spaces: Callable[[User], Any], **host: Any) -> AsyncIterator[Api]:
    settings = TodoKitSettings(database_url=url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings, spaces=spaces, **host)) as api:
        yield api


async def test_tenants_are_named_by_their_ids_and_their_roles_hold(module_url: str, tenants: Tenants) -> None:
    edited, viewed = tenants.new("editor"), tenants.new("viewer")
    async with served(module_url, tenants.of) as api:
        todo = await api.post(f"/todos?space={tenants.id_of(edited)}", {"title": "a"}, 201)
        await api.post(f"/todos?space={tenants.id_of(viewed)}", {"title": "b"}, 403)
        found = await api.get("/todos", space=tenants.id_of(edited))
        shown = {one["key"]: one["role"] for one in (await api.get("/spaces"))["items"]}

        assert [one["id"] for one in found["items"]] == [todo["id"]]
        assert shown == {api.user: "owner", edited: "editor", viewed: "viewer"}
        assert (await api.get("/spaces/current", space=tenants.id_of(viewed)))["role"] == "viewer"
        assert (await api.get(f"/spaces/{tenants.id_of(edited)}"))["key"] == edited

        del tenants.roles[edited]
        assert (await api.get("/todos", 404, space=tenants.id_of(edited)))["code"] == "space_not_found"
        assert len((await api.get("/spaces"))["items"]) == 2
        stranger = tenants.id_of(uuid.uuid4().hex)
        await api.get("/todos", 404, space=stranger)


async def test_they_are_among_all_spaces(module_url: str, tenants: Tenants) -> None:
    async def spaces(user: User) -> list[Any]:
        return [*tenants.of(user)]

    edited = tenants.new("editor")
    async with served(module_url, spaces) as api:
        await api.post(f"/todos?space={tenants.id_of(edited)}", {"title": "of a tenant"}, 201)
        await api.todo(title="of my own")
        await (await team(api)).todo(title="of a team")
        tenants.roles[edited] = "viewer"

        page = await api.get("/todos", space="all", sort="title", count="exact")
        assert [one["title"] for one in page["items"]] == ["of a team", "of a tenant", "of my own"]
        assert page["count"] == 3
        del tenants.roles[edited]
        assert (await api.get("/todos", space="all", count="exact"))["count"] == 2


async def test_what_the_request_enters_holds_before_what_is_said_of_all(module_url: str) -> None:
    key = uuid.uuid4().hex
    async with served(module_url, lambda _: [Membership(key, "owner")], space=user_space) as api:
        me = api.as_user(f"ann@{key}:viewer")
        await me.post("/todos", {"title": "no"}, 403)
        await me.post(f"/todos?space={tenant_space(NAMESPACE, key).id}", {"title": "no"}, 403)
        assert {one["role"] for one in (await me.get("/spaces"))["items"] if one["kind"] == "host"} == {"viewer"}


async def test_the_host_is_asked_only_where_a_request_may_be_about_any(module_url: str, tenants: Tenants) -> None:
    async with served(module_url, tenants.of) as api:
        todo = await api.todo()
        own = (await api.get("/spaces/current"))["id"]
        tenants.asked = 0
        await api.get("/todos")
        await api.get("/todos", space=own)
        await api.patch(f"/todos/{todo['id']}", {"title": "b"})
        await api.get("/labels")
        assert tenants.asked == 0
        await api.get("/todos", space="all")
        await api.get("/me/items")
        assert tenants.asked == 2


async def test_items_and_moves_know_tenants(module_url: str, tenants: Tenants) -> None:
    one, other = tenants.new("editor"), tenants.new("editor")
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True, across_tenants=True))
    async with running(make_app(settings, spaces=tenants.of)) as api:
        todo = await api.post(f"/todos?space={tenants.id_of(one)}", {"title": "a"}, 201)
        target = tenants.id_of(other)
        await api.post(f"/todos?space={target}", {"title": "there"}, 201)
        await api.patch(f"/me/items/{target}/space/{target}", {"is_favorite": True})
        assert [item["target_id"] for item in (await api.get("/me/items"))["items"]] == [target]

        moved = await api.post(f"/todos/{todo['id']}/move?space={tenants.id_of(one)}", {"space_id": target})
        assert moved["space_id"] == target
        old = await api.send("GET", f"/todos/{todo['id']}?space={tenants.id_of(one)}")
        assert (old.status_code, old.json()["space_id"]) == (308, target)
        del tenants.roles[other]
        assert (await api.send("GET", f"/todos/{todo['id']}?space={tenants.id_of(one)}")).status_code == 404
        assert (await api.get("/me/items"))["items"] == []


async def test_services_are_told_of_tenants(module_url: str) -> None:
    keys = [uuid.uuid4().hex for _ in range(2)]
    engine = create_async_engine(module_url)
    try:
        async with AsyncSession(engine) as session:
            given: Any = {"session": session, "user_id": uuid.uuid4().hex, "tenants": [Membership(keys[0]), keys[1]]}
            for key in keys:
                async with todo_services(TodoKitSettings(), **given, space=tenant_space(NAMESPACE, key).id) as services:
                    await services.todos.create(TodoCreate(title=key))
            async with todo_services(TodoKitSettings(), **given, space="all") as services:
                page = await services.todos.page(TodoQuery(sort="title"))
            assert [one["title"] for one in page["items"]] == sorted(keys)
            given["tenants"] = []
            async with todo_services(TodoKitSettings(), **given, space=tenant_space(NAMESPACE, keys[0]).id) as services:
                with pytest.raises(SpaceNotFound):
                    await services.todos.page(TodoQuery())
    finally:
        await engine.dispose()


@pytest.mark.parametrize(
    "answer", [None, "acme", b"acme", 7, [None], [["acme"]], [""], {"acme": "editor"}.items(), ["x"] * 501]
)
async def test_what_is_no_list_of_tenants_is_refused(module_url: str, answer: Any) -> None:
    async with served(module_url, lambda _: answer) as api:
        with pytest.raises(ConfigurationError):
            await api.get("/todos", space="all")


def test_what_cannot_be_called_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"Host\.spaces"):
        Host(current_user=header_user, spaces=["acme"])  # type: ignore[arg-type]
