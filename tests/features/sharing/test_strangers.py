"""What strangers have tried with spaces that others share."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, Host, RolePolicy, TodoKitSettings, purge_trash
from fastapi_todo_kit.core.access import personal_space, tenant_space
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.tables import new_id
from tests.features.reminders.support import member, user_space
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

LATER = Host(clock=lambda: datetime.now(UTC) + timedelta(days=31))


@pytest.fixture
def settings(database_url: str) -> TodoKitSettings:
    """Settings of users that nobody else has."""
    return TodoKitSettings(database_url=database_url, namespace=uuid.uuid4().hex)


@pytest.fixture
async def alone(settings: TodoKitSettings) -> AsyncIterator[Api]:
    """A client of an application with these users."""
    async with running(make_app(settings)) as api:
        yield api


async def below(owner: Teammate, **fields: str) -> Teammate:
    return await team(owner.as_user(owner.user), "below", inherits_id=owner.space, **fields)


async def moved(here: Api, todo: str, space: str) -> None:
    await here.post(f"/todos/{todo}/move", {"space_id": space}, 200)


async def test_nobody_takes_the_space_that_somebody_will_have(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, space=user_space, recipient=member)) as api:
        victim = f"newcomer-{uuid.uuid4().hex}"
        for space in (personal_space(settings.namespace, victim), tenant_space(settings.namespace, "acme")):
            for path, body in (("/spaces", {"name": "trap"}), (f"/lists/{(await api.list())['id']}/share", {})):
                problem = await api.post(path, {**body, "id": str(space.id)}, 422)
                assert problem["errors"][0]["code"] == "uuid_version"

        mine = await api.as_user(victim).todo("diary")

        assert (await api.get(f"/todos?space={mine['space_id']}", 404))["code"] == "space_not_found"


async def test_who_makes_a_purged_space_anew_is_nobody_below_it(settings: TodoKitSettings, alone: Api) -> None:
    owner = await team(alone)
    plan = await below(owner, inherits_max_role="owner")
    eve = alone.as_user()
    await owner.delete(f"/spaces/{owner.space}", 204)
    await purge_trash(settings, LATER)

    await eve.post("/spaces", {"name": "mine", "id": owner.space}, 201)

    assert (await eve.get(f"/spaces/{plan.space}", 404))["code"] == "space_not_found"
    assert (await plan.get(f"/spaces/{plan.space}"))["inherits_id"] is None


async def test_only_an_owner_says_what_those_above_are(api: Api) -> None:
    owner = await team(api)
    carl = await join(owner, "owner")
    plan = await below(owner, inherits_max_role="admin")
    path = f"/spaces/{plan.space}"

    for fields in ({"inherits_max_role": "owner"}, {"inherits_max_role": "viewer"}, {"inherits_id": None}):
        answer = await carl.send("PATCH", path, fields)
        assert (answer.status_code, answer.json()["code"]) == (403, "role_too_high")
    assert (await carl.send("PATCH", path, {"name": "renamed"})).status_code == 200
    assert (await plan.patch(path, {"inherits_max_role": "owner"}))["inherits_max_role"] == "owner"


async def test_who_is_an_owner_by_the_space_above_is_not_made_less(api: Api) -> None:
    owner = await team(api)
    carl = await join(owner, "owner")
    plan = await below(owner, inherits_max_role="owner")
    adam = await join(plan, "admin")

    answer = await adam.send("PUT", f"/spaces/{plan.space}/members/{carl.user}", {"role": "viewer"})

    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_high")
    assert (await carl.send("GET", f"/spaces/{plan.space}")).json()["role"] == "owner"


async def test_who_was_removed_does_not_come_back_by_what_was_open(api: Api) -> None:
    owner = await team(api)
    bob = await join(owner, "viewer")
    path = f"/spaces/{owner.space}/invitations"
    link = await owner.post(path, {"role": "editor", "max_uses": 20}, 201)
    await bob.post("/invitations/accept", {"token": link["token"]})
    await owner.delete(f"/spaces/{owner.space}/members/{bob.user}", 204)

    refused = await bob.send("POST", "/invitations/accept", {"token": link["token"]})
    other = await api.as_user().send("POST", "/invitations/accept", {"token": link["token"]})

    assert (refused.status_code, refused.json()["code"]) == (404, "invitation_not_found")
    assert other.status_code == 200
    fresh = await owner.post(path, {"role": "viewer"}, 201)
    assert (await bob.post("/invitations/accept", {"token": fresh["token"]}))["role"] == "viewer"
    await bob.post(f"/spaces/{owner.space}/leave", expect=204)
    again = await owner.post(path, {"role": "viewer", "max_uses": 2}, 201)
    assert (await bob.post("/invitations/accept", {"token": again["token"]}))["is_new"]


async def test_nobody_is_called_as_the_kit_itself(api: Api) -> None:
    owner = await team(api)

    for name in ("erased", "system:worker"):
        answer = await owner.send("PUT", f"/spaces/{owner.space}/members/{name}", {"role": "viewer"})
        assert (answer.status_code, answer.json()["code"]) == (404, "person_not_found")


async def test_old_addresses_are_kept_by_no_cache(api: Api) -> None:
    there = await team(api)
    todo = await api.todo()
    await moved(api, todo["id"], there.space)

    answer = await api.send("GET", f"/todos/{todo['id']}")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (308, "no-store")


async def test_what_is_made_anew_at_an_old_address_is_what_is_meant(alone: Api) -> None:
    there, own = await team(alone), (await alone.get("/spaces/current"))["id"]
    todo = (await alone.todo("old", id=str(new_id())))["id"]
    await moved(alone, todo, there.space)
    await alone.todo("new", id=todo)

    for path, body in ((f"/todos/{todo}", {"label_ids": [str(new_id())]}), (f"/todos/{todo}", {"assignees": ["x"]})):
        assert (await alone.send("PATCH", path, body)).status_code in {404, 422}
    assert (await alone.send("POST", f"/todos/{todo}/move", {"list_id": str(new_id())})).status_code == 404
    assert (await alone.get(f"/todos/{todo}"))["title"] == "new"

    await there.delete(f"/todos/{todo}")
    await there.send("DELETE", "/trash")
    await moved(alone, todo, there.space)
    await moved(there, todo, own)
    await alone.delete(f"/todos/{todo}")
    await alone.send("DELETE", "/trash")
    await alone.todo("newest", id=todo)
    await moved(alone, todo, there.space)
    assert (await alone.send("GET", f"/todos/{todo}")).json()["space_id"] == there.space


class Blinkers(RolePolicy):
    """Nobody but an owner sees what is titled as a secret."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Leave out secrets."""
        return None if access.role == "owner" or entity != "todo" else rows.c.title != "secret"


async def test_old_addresses_do_not_tell_what_is_hidden(database_url: str) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url), policy=Blinkers())) as api:
        source, target = await team(api), await team(api)
        ann = await join(source, "editor")
        await join(target, "editor", ann.user)
        secret, open_one = await source.todo("secret"), await source.todo("open")
        for todo in (secret, open_one):
            await moved(source, todo["id"], target.space)

        assert (await ann.get(f"/todos/{secret['id']}", 404))["code"] == "todo_not_found"
        assert (await ann.send("GET", f"/todos/{open_one['id']}")).status_code == 308


async def test_what_was_made_in_a_space_is_found_by_its_location(api: Api) -> None:
    there = await team(api)

    answer = await there.send("POST", "/todos", {"title": "a todo"})

    assert answer.headers["Location"].endswith(f"?space={there.space}")
    made = await api.client.get(f"http://test{answer.headers['Location']}", headers={"X-User": api.user})
    assert made.json() == answer.json()
