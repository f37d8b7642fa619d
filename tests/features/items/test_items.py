"""What a user keeps of his own about what he shares."""

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select, update

from fastapi_todo_kit import Access, Action, RolePolicy, TodoKitSettings
from fastapi_todo_kit.features.spaces.models import UserItem
from fastapi_todo_kit.settings import Limits
from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.storage.ordering import LONGEST_KEY
from fastapi_todo_kit.storage.tables import table_of
from tests.house.copies import settings_of
from tests.house.test_roles import member, membership, new_org
from tests.storage.test_statements import recorded
from tests.support import Api, make_app, running
from tests.teams import join, team

NOTHING = {"is_favorite": False, "is_hidden": False, "color": None, "position": None, "seen_seq": 0}


def path_of(space: str, kind: str = "space", target: str | None = None) -> str:
    return f"/me/items/{space}/{kind}/{target or space}"


async def item(api: Api, space: str, kind: str = "space", target: str | None = None, **changes: Any) -> Any:
    return await api.patch(path_of(space, kind, target), changes)


async def items(api: Api, **query: Any) -> Any:
    return (await api.get("/me/items", **query))["items"]


async def own_space(api: Api) -> str:
    found: str = (await api.as_user(api.user).get("/spaces/current"))["id"]
    return found


async def test_an_item_is_made_when_it_is_first_needed(api: Api) -> None:
    owner = await team(api)
    viewer = await join(owner, "viewer")
    given = await owner.list("Kitchen")

    made = await item(viewer, owner.space, "list", given["id"], is_favorite=True)

    assert {name: made[name] for name in NOTHING} == {**NOTHING, "is_favorite": True}
    target = {"target_space_id": owner.space, "target_kind": "list", "target_id": given["id"]}
    assert {name: made[name] for name in target} == target
    assert made["version"] == 1
    assert await items(viewer) == [made]
    assert await items(owner) == []
    changed = await item(viewer, owner.space, "list", given["id"], color="#123456", is_hidden=True)
    assert changed == {**made, "color": "#123456", "is_hidden": True, "version": 2, "updated_at": changed["updated_at"]}
    cleared = await item(viewer, owner.space, "list", given["id"], color=None)
    assert (cleared["color"], cleared["is_favorite"], cleared["version"]) == (None, True, 3)
    assert (await item(viewer, owner.space, "list", given["id"]))["version"] == 3


async def test_a_reset_item_is_as_if_it_had_never_been(api: Api) -> None:
    space = await own_space(api)
    label = await api.label("red")
    path = path_of(space, "label", label["id"])
    await api.patch(path, {"color": "#000000"})

    await api.delete(path, 204)
    await api.delete(path, 204)

    assert await items(api) == []
    assert (await api.patch(path, {}))["version"] == 1


async def test_two_devices_at_once_make_one_item_and_lose_nothing(api: Api) -> None:
    owner = await team(api)
    changes: list[dict[str, Any]] = [{"is_favorite": True}, {"color": "#123456"}, {"is_hidden": True}, {"seen_seq": 1}]

    answers = await asyncio.gather(*(item(owner, owner.space, **one) for one in changes))

    assert sorted(one["version"] for one in answers) == [1, 2, 3, 4]
    (kept,) = await items(owner)
    assert (kept["is_favorite"], kept["color"], kept["is_hidden"], kept["seen_seq"]) == (True, "#123456", True, 1)


async def test_a_precondition_is_on_the_version(api: Api) -> None:
    space = await own_space(api)
    path = path_of(space)

    assert (await api.patch(path, {}, 412, If_Match='"1"'))["version"] == 0
    assert (await api.patch(path, {"is_favorite": True}, If_Match="*"))["version"] == 1
    assert (await api.patch(path, {"is_hidden": True}, 412, If_Match='"2"'))["code"] == "precondition_failed"
    await api.delete(path, 412, If_Match='"2"')
    await api.delete(path, 204, If_Match='"1"')


async def test_items_have_an_order_of_their_own(api: Api) -> None:
    lists = [(await api.list(str(n)))["id"] for n in range(4)]
    space = await own_space(api)
    first, second, third, fourth = [await item(api, space, "list", one) for one in lists]

    moved = await item(api, space, "list", lists[2], before=second["id"])
    await item(api, space, "list", lists[0], after=second["id"])

    assert [one["id"] for one in await items(api)] == [third["id"], second["id"], first["id"], fourth["id"]]
    assert moved["position"] is not None
    assert await items(api) == await api.all_pages("/me/items", limit=1)
    assert (await api.patch(path_of(space, "list", lists[0]), {"after": first["id"]}, 422))["code"] == "wrong_reference"
    nobody = {"before": str(uuid.uuid4())}
    assert (await api.patch(path_of(space, "list", lists[0]), nobody, 404))["code"] == "item_not_found"


async def test_crowded_positions_are_given_anew(api: Api) -> None:
    lists = [(await api.list(str(n)))["id"] for n in range(3)]
    space = await own_space(api)
    made = [await item(api, space, "list", one) for one in lists]
    await item(api, space, "list", lists[1], after=made[0]["id"])
    engine = make_engine(settings_of(api))
    async with engine.begin() as connection:
        table = table_of(UserItem)
        long = "a0" + "0" * LONGEST_KEY + "1"
        await connection.execute(update(table).where(table.c.id == uuid.UUID(made[1]["id"])).values(position=long))
    await engine.dispose()

    moved = await item(api, space, "list", lists[2], before=made[1]["id"])

    shown = await items(api)
    assert [one["id"] for one in shown] == [made[0]["id"], made[2]["id"], made[1]["id"]]
    assert all(len(one["position"]) < 5 for one in shown)
    assert moved == shown[1]


async def test_what_one_does_not_see_is_not_found(api: Api) -> None:
    owner, other = await team(api), await team(api.as_user())
    given, label = await other.list(), await other.label("red")
    space, nothing = await own_space(api), str(uuid.uuid4())

    for kind, target in (("space", other.space), ("list", given["id"]), ("label", label["id"])):
        for path in (path_of(other.space, kind, target), path_of(nothing, kind, nothing)):
            assert (await api.patch(path, {}, 404))["code"] == "space_not_found"
            assert (await api.delete(path, 404))["code"] == "space_not_found"
    for target in (given["id"], nothing):
        for here in (owner.space, space):
            assert (await api.patch(path_of(here, "list", target), {}, 404))["code"] == "list_not_found"
            assert (await api.patch(path_of(here, "label", target), {}, 404))["code"] == "label_not_found"
            assert (await api.patch(path_of(here, "space", target), {}, 404))["code"] == "space_not_found"
    assert (await api.post(f"/spaces/{other.space}/seen", {}, 404))["code"] == "space_not_found"
    assert (await api.patch(path_of(space, "todo"), {}, 422))["errors"][0]["parameter"] == "kind"
    assert (await api.get("/me/items", 404, space=other.space))["code"] == "space_not_found"
    assert await items(api) == []


async def test_whoever_has_left_keeps_it_for_when_he_is_back(api: Api) -> None:
    owner = await team(api)
    guest = await join(owner, "viewer")
    given = await owner.list()
    kept = await item(guest, owner.space, "list", given["id"], is_favorite=True)
    await guest.post(f"/spaces/{owner.space}/leave")

    assert await items(guest) == []
    assert (await guest.patch(path_of(owner.space, "list", given["id"]), {}, 404))["code"] == "space_not_found"
    await join(owner, "editor", guest.user)
    assert await items(guest) == [kept]


async def test_what_is_gone_is_not_shown(api: Api) -> None:
    owner = await team(api)
    given, label = await owner.list(), await owner.label("red")
    await item(owner, owner.space, "list", given["id"], is_favorite=True)
    await item(owner, owner.space, "label", label["id"], is_favorite=True)
    await item(owner, owner.space, is_favorite=True)

    await owner.delete(f"/lists/{given['id']}")
    await owner.delete(f"/labels/{label['id']}")
    assert [one["target_kind"] for one in await items(api)] == ["space"]
    await owner.post(f"/lists/{given['id']}/restore")
    assert [one["target_kind"] for one in await items(api)] == ["list", "space"]
    await owner.delete(f"/spaces/{owner.space}")
    assert await items(api) == []


async def test_a_member_of_the_space_above_keeps_items_below(api: Api) -> None:
    owner = await team(api)
    below = await team(api, inherits_id=owner.space)
    heir = await join(owner, "viewer")

    await item(heir, below.space, is_favorite=True)

    assert [one["target_id"] for one in await items(heir)] == [below.space]


async def test_there_is_a_most_and_what_is_gone_makes_room(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, limits=Limits(items_per_user=2))
    async with running(make_app(settings)) as api:
        space = await own_space(api)
        labels = [(await api.label(str(n)))["id"] for n in range(3)]
        for one in labels[:2]:
            await item(api, space, "label", one)

        full = await api.patch(path_of(space, "label", labels[2]), {}, 409)
        await item(api, space, "label", labels[1], is_favorite=True)
        await api.delete(f"/labels/{labels[0]}")
        await item(api, space, "label", labels[2])

        assert (full["code"], full["limit"], full["maximum"]) == ("limit_reached", "items_per_user", 2)
        assert {one["target_id"] for one in await items(api)} == {*labels[1:]}


async def test_a_list_that_is_shared_keeps_its_item(api: Api) -> None:
    given = await api.list("Kitchen")
    space = await own_space(api)
    kept = await item(api, space, "list", given["id"], is_favorite=True)

    shared = await api.post(f"/lists/{given['id']}/share", {})
    (followed,) = await items(api)
    back = await api.post(f"/lists/{given['id']}/move?space={shared['space_id']}", {"space_id": space})

    assert (followed["id"], followed["target_space_id"]) == (kept["id"], shared["space_id"])
    assert (followed["is_favorite"], followed["version"]) == (True, 2)
    assert [(one["target_space_id"], one["version"]) for one in await items(api)] == [(back["space_id"], 3)]


async def test_an_item_that_waits_where_a_list_comes_to_gives_way(api: Api) -> None:
    one, other = await team(api), await team(api)
    given, space = await api.list(), await own_space(api)
    await item(api, space, "list", given["id"], color="#000001")
    await api.post(f"/lists/{given['id']}/move", {"space_id": one.space})
    await one.post(f"/lists/{given['id']}/move", {"space_id": other.space})
    await other.post(f"/lists/{given['id']}/move", {"space_id": space})
    await item(api, space, "list", given["id"], color="#000002")

    await api.post(f"/lists/{given['id']}/move", {"space_id": one.space})

    assert [(item["target_space_id"], item["color"]) for item in await items(api)] == [(one.space, "#000002")]


async def test_a_tenant_is_a_space_like_others_while_one_is_in_it(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, space=membership)) as api:
        viewer, org = member(api, new_org(), "viewer"), new_org()
        elsewhere = member(api, org, "viewer", viewer.user)
        space = (await viewer.get("/spaces/current"))["id"]

        colleague = member(api, viewer.org)

        made = await item(viewer, space, is_favorite=True)
        await colleague.todo("of all in the tenant")
        assert (await item(elsewhere, await own_space(api.as_user(viewer.user))))["version"] == 1

        assert made in await items(viewer)
        assert not any(one["is_unread"] for one in (await viewer.get("/spaces"))["items"])
        assert made not in await items(elsewhere)
        assert (await elsewhere.patch(path_of(space), {}, 404))["code"] == "space_not_found"


async def test_nothing_is_written_to_the_space_that_it_is_about(api: Api) -> None:
    owner = await team(api)
    guest = await join(owner, "viewer")
    before = (await guest.get(f"/spaces/{owner.space}"))["seq"]
    own = (await guest.as_user(guest.user).get("/spaces/current"))["seq"]

    await item(guest, owner.space, is_favorite=True)
    await guest.post(f"/spaces/{owner.space}/seen", {})

    assert (await guest.get(f"/spaces/{owner.space}"))["seq"] == before
    assert (await guest.as_user(guest.user).get("/spaces/current"))["seq"] == own + 2


async def rows(api: Api, space: str) -> int:
    engine, table = make_engine(settings_of(api)), table_of(UserItem)
    async with engine.begin() as connection:
        count = select(func.count()).select_from(table).where(table.c.target_space_id == uuid.UUID(space))
        found: int = (await connection.execute(count)).scalar_one()
    await engine.dispose()
    return found


@pytest.mark.parametrize(
    ("method", "path", "body", "count"),
    [
        ("GET", "/me/items", None, 1),
        ("PATCH", "first", {"is_favorite": True}, 5),
        ("PATCH", "again", {"is_favorite": True}, 4),
        ("DELETE", "again", None, 3),
    ],
)
async def test_it_takes_few_statements(api: Api, method: str, path: str, body: Any, count: int) -> None:
    owner = await team(api)
    guest = await join(owner, "viewer")
    lists = {name: (await owner.list(name))["id"] for name in ("first", "again")}
    await item(guest, owner.space, "list", lists["again"], is_hidden=True)
    target = path_of(owner.space, "list", lists[path]) if path in lists else path

    with recorded() as statements:
        answer = await guest.send(method, target, body)

    assert answer.is_success
    logged_apart = method != "GET" and settings_of(api).database_url.startswith("sqlite")
    assert len(statements) == count + logged_apart, statements


class KeepsNothing(RolePolicy):
    """Lets viewers keep nothing of their own."""

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        return super().allows(access, action, record) and not (access.role == "viewer" and action.is_own)


async def test_a_policy_may_say_that_nothing_is_kept(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, space=membership, policy=KeepsNothing())) as api:
        viewer = member(api, new_org(), "viewer")
        space = (await viewer.get("/spaces/current"))["id"]

        assert (await viewer.patch(path_of(space), {}, 403))["code"] == "forbidden"
        assert (await viewer.post(f"/spaces/{space}/seen", {}, 403))["code"] == "forbidden"
        assert (await viewer.get("/me/items", 404))["code"] == "space_not_found"
        assert await items(api.as_user(viewer.user)) == []
