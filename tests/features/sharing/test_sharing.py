"""Lists that get a space of their own."""

import asyncio
from typing import Any

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.settings import Sharing
from fastapi_todo_kit.storage.tables import new_id
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team


async def share(api: Api, given: dict[str, Any], expect: int = 200, **wanted: Any) -> Any:
    return await api.post(f"/lists/{given['id']}/share", wanted, expect)


async def test_a_list_gets_a_space_of_its_own(api: Api) -> None:
    given = await api.list("Kitchen")
    todo = await api.todo("paint", list_id=given["id"])

    shared = await share(api, given)

    space = await api.get(f"/spaces/{shared['space_id']}")
    assert (space["name"], space["list_id"], space["role"]) == ("Kitchen", given["id"], "owner")
    owner = Teammate.of(api, shared["space_id"])
    assert await owner.titles() == ["paint"]
    guest = await join(owner, "editor")
    assert (await guest.patch(f"/todos/{todo['id']}", {"title": "paint it blue"}))["version"] == 3
    assert [one["name"] for one in (await guest.get("/lists"))["items"]] == ["Kitchen"]
    assert [one["name"] for one in (await api.get("/lists"))["items"]] == []


async def test_it_holds_that_list_and_no_other(api: Api) -> None:
    given, other = await api.list("Kitchen"), await api.list("other")
    shared = await share(api, given, name="Ours", color="#123456")
    owner = Teammate.of(api, shared["space_id"])

    for path, body in (("/lists", {"name": "second"}), (f"/lists/{given['id']}/duplicate", None)):
        assert (await owner.post(path, body, 409))["code"] == "space_holds_one_list"
    move = f"/lists/{other['id']}/move"
    assert (await api.post(move, {"space_id": owner.space}, 409))["code"] == "space_holds_one_list"
    assert (await owner.todo("goes to the list"))["list_id"] == given["id"]
    moved = await api.post(f"/todos/{(await api.todo())['id']}/move", {"space_id": owner.space})
    assert moved["list_id"] == given["id"]


async def test_its_list_comes_back_from_the_trash_and_nothing_takes_its_place(api: Api) -> None:
    given = await api.list("Kitchen")
    owner = Teammate.of(api, (await share(api, given))["space_id"])
    await owner.todo("kept")
    await owner.delete(f"/lists/{given['id']}")

    assert (await owner.send("POST", "/todos", {"title": "nowhere"})).json()["code"] == "space_holds_one_list"
    assert (await owner.send("POST", "/lists", {"name": "another"})).json()["code"] == "space_holds_one_list"
    await owner.post(f"/lists/{given['id']}/restore")
    assert await owner.titles() == ["kept"]


async def test_taking_the_list_away_ends_its_space(api: Api) -> None:
    given = await api.list("Kitchen")
    owner = Teammate.of(api, (await share(api, given))["space_id"])
    admin, own = await join(owner, "admin"), (await api.get("/spaces/current"))["id"]
    theirs = await team(admin.as_user(admin.user))

    refused = await admin.send("POST", f"/lists/{given['id']}/move", {"space_id": theirs.space})
    back = await owner.post(f"/lists/{given['id']}/move", {"space_id": own})

    assert refused.status_code == 403
    assert back["space_id"] == own
    assert (await admin.send("GET", f"/spaces/{owner.space}")).status_code == 404
    restored = await api.post(f"/spaces/{owner.space}/restore")
    assert restored["list_id"] is None
    assert (await owner.get("/lists"))["items"] == []


async def test_it_may_take_its_members_from_a_team(api: Api) -> None:
    owner = await team(api)
    viewer, admin = await join(owner, "viewer"), await join(owner, "admin")
    given = await owner.list("Budget")

    assert (await share(admin, given, 404, inherits_id=owner.space))["code"] == "space_not_found"
    shared = await share(owner, given, inherits_id=owner.space, inherits_max_role="commenter")

    members = (await api.get(f"/spaces/{shared['space_id']}/members"))["items"]
    assert {(one["user_id"], one["role"]) for one in members} == {
        (api.user, "owner"),
        (viewer.user, "viewer"),
        (admin.user, "commenter"),
    }
    assert (await viewer.send("GET", f"/lists/{given['id']}")).status_code == 308


async def test_it_takes_an_admin(api: Api) -> None:
    owner = await team(api)
    editor, admin = await join(owner, "editor"), await join(owner, "admin")
    given, inbox = await owner.list(), (await owner.todo())["list_id"]

    assert (await editor.send("POST", f"/lists/{given['id']}/share", {})).status_code == 403
    assert (await admin.send("POST", f"/lists/{inbox}/share", {})).json()["code"] == "inbox_stays"
    shared = await share(admin, given)
    assert (await admin.send("GET", f"/spaces/{shared['space_id']}")).json()["role"] == "owner"
    assert (await owner.get(f"/lists/{given['id']}", 404))["code"] == "list_not_found"


async def test_it_is_shared_once(api: Api) -> None:
    given = await api.list()
    space = str(new_id())

    shared = await share(api, given, id=space)
    again = await api.send("POST", f"/lists/{given['id']}/share", {"id": space}, follow_redirects=True)
    other = await api.send("POST", f"/lists/{given['id']}/share", {"id": str(new_id())}, follow_redirects=True)
    taken = await share(api, await api.list(), 409, id=space)

    assert shared["space_id"] == space
    assert again.json() == {name: value for name, value in shared.items() if name != "dropped"}
    assert (other.status_code, other.json()["code"], taken["code"]) == (409, "already_shared", "already_exists")


async def test_of_two_who_share_it_at_once_one_does(api: Api) -> None:
    owner = await team(api)
    admins = [await join(owner, "admin") for _ in range(4)]
    given = await owner.list()

    answers = await asyncio.gather(*(one.send("POST", f"/lists/{given['id']}/share", {}) for one in admins))

    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
    assert len((await api.get("/spaces"))["items"]) == 1 + 1  # nothing is left of the others


async def test_nobody_shares_where_sharing_is_off(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(spaces=False))
    async with running(make_app(settings)) as api:
        given = await api.list()

        assert (await share(api, given, 403))["code"] == "sharing_off"
        assert (await api.get(f"/lists/{given['id']}"))["version"] == 1
