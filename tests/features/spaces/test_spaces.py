import asyncio
import uuid
from typing import Annotated

from fastapi import Header

from fastapi_todo_kit import TodoKitSettings
from tests.support import Api, make_app, running


async def tenant(x_tenant: Annotated[str | None, Header()] = None) -> str | None:
    return x_tenant


async def test_reading_a_space_does_not_make_it(api: Api) -> None:
    await api.get("/lists")
    await api.get("/todos")

    space = await api.get("/spaces/current")

    assert space["kind"] == "personal"
    assert space["key"] == api.user
    assert (space["seq"], space["created_at"]) == (0, None)


async def test_the_first_write_makes_the_space(api: Api) -> None:
    before = await api.get("/spaces/current")

    await api.todo()

    after = await api.get("/spaces/current")
    assert after["id"] == before["id"]
    assert after["created_at"] is not None
    assert after["seq"] == 2  # the inbox and the todo


async def test_forty_first_writes_make_one_space_and_one_inbox(api: Api) -> None:
    await asyncio.gather(*(api.todo(f"todo {n}") for n in range(40)))

    lists = (await api.get("/lists", counts=True))["items"]
    assert [(one["is_inbox"], one["total_count"]) for one in lists] == [(True, 40)]
    assert (await api.get("/spaces/current"))["seq"] == 41
    todos = await api.all_pages("/todos")
    assert len({todo["position"] for todo in todos}) == 40


async def test_the_space_parameter_names_ones_own_space(api: Api) -> None:
    todo = await api.todo()
    own = (await api.get("/spaces/current"))["id"]

    assert (await api.get("/todos", space=own))["items"][0]["id"] == todo["id"]


async def test_a_foreign_space_is_not_found(api: Api) -> None:
    other = api.as_user()
    await other.todo()
    foreign = (await other.get("/spaces/current"))["id"]

    for space in (foreign, str(uuid.uuid4())):
        problem = await api.get("/todos", space=space, expect=404)
        assert problem["code"] == "space_not_found"
        assert (await api.post(f"/todos?space={space}", {"title": "x"}, 404))["code"] == "space_not_found"


async def test_a_tenant_of_the_host_is_a_space_that_its_users_share(settings: TodoKitSettings) -> None:
    key = uuid.uuid4().hex
    async with running(make_app(settings, space=tenant)) as ann:
        bob = ann.as_user()
        created = (await ann.send("POST", "/todos", {"title": "shared"}, headers={"X-Tenant": key})).json()

        seen = (await bob.send("GET", f"/todos/{created['id']}", headers={"X-Tenant": key})).json()
        assert seen["title"] == "shared"
        assert seen["created_by"] == ann.user
        await bob.get(f"/todos/{created['id']}", expect=404)
        spaces = (await ann.send("GET", "/spaces", headers={"X-Tenant": key})).json()["items"]
        assert [(one["kind"], one["is_current"]) for one in spaces] == [("personal", False), ("host", True)]


async def test_namespaces_keep_two_sources_of_users_apart(database_url: str) -> None:
    user = uuid.uuid4().hex
    staff = TodoKitSettings(database_url=database_url, namespace="staff")
    guests = TodoKitSettings(database_url=database_url, namespace="guests")
    async with running(make_app(staff), user) as one, running(make_app(guests), user) as other:
        todo = await one.todo()

        await other.get(f"/todos/{todo['id']}", expect=404)
