"""Spaces that users make: their fields, their trash, what they take from one another, and what they cost."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest

from fastapi_todo_kit import OnChange, Sharing, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.storage.tables import new_id
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application in which everybody is known, and may be added."""
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True, spaces_per_user=5))
    async with running(make_app(settings)) as api:
        yield api


@pytest.fixture
def ann(served: Api) -> Api:
    """Somebody whom nobody has seen before."""
    return served.as_user()


async def spaces_of(api: Api) -> list[str]:
    return [one["id"] for one in await api.all_pages("/spaces", limit=2) if one["kind"] == "team"]


async def test_whoever_makes_a_space_owns_it(ann: Api) -> None:
    made = await ann.post("/spaces", {"name": "Kitchen", "color": "#d97706"}, 201)

    assert (made["kind"], made["role"], made["name"], made["color"]) == ("team", "owner", "Kitchen", "#d97706")
    assert (made["key"], made["list_id"], made["inherits_id"], made["inherits_max_role"]) == (None, None, None, None)
    assert (made["created_by"], made["version"], made["seq"]) == (ann.user, 1, 1)
    assert not made["is_current"]
    assert await ann.get(f"/spaces/{made['id']}") == {**made, "is_current": True}
    assert await ann.get(f"/spaces/current?space={made['id']}") == {**made, "is_current": True}
    assert (await ann.get("/spaces"))["items"][1:] == [made]


async def test_a_page_of_spaces_has_all_of_them_once(ann: Api) -> None:
    made = [(await team(ann, f"{n}")).space for n in range(5)]

    assert await spaces_of(ann) == sorted(made)
    assert (await ann.post("/spaces", {"name": "one more"}, 409))["limit"] == "spaces_per_user"


async def test_a_space_is_made_once_under_its_id(ann: Api) -> None:
    body = {"id": str(new_id()), "name": "Kitchen"}

    first, second = await ann.post("/spaces", body, 201), await ann.post("/spaces", body, 200)

    assert second == first
    assert (await ann.post("/spaces", {**body, "name": "Garden"}, 409))["code"] == "already_exists"
    assert (await ann.as_user().post("/spaces", body, 409))["code"] == "already_exists"


async def test_of_two_who_make_a_space_of_one_id_at_once_one_has_it(ann: Api) -> None:
    both, body = (ann, ann.as_user()), {"id": str(new_id()), "name": "Kitchen"}

    answers = await asyncio.gather(*(one.send("POST", "/spaces", body) for one in both))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    seen = [(await one.send("GET", f"/spaces/{body['id']}")).status_code for one in both]
    assert seen == [200 if answer.status_code == 201 else 404 for answer in answers]


async def test_a_space_is_renamed_by_those_who_lead_it(ann: Api) -> None:
    owner = await team(ann)
    admin, editor = await join(owner, "admin"), await join(owner, "editor")
    path = f"/spaces/{owner.space}"

    assert (await editor.patch(path, {"name": "x"}, 403))["code"] == "forbidden"
    changed = await admin.patch(path, {"name": "Garden", "color": "#000000"}, If_Match='"1"')
    assert (changed["name"], changed["color"], changed["version"]) == ("Garden", "#000000", 2)
    assert (await owner.patch(path, {"name": "late"}, 412, If_Match='"1"'))["version"] == 2
    assert (await owner.patch(path, {"color": None}))["color"] is None
    assert (await owner.patch(path, {"inherits_id": str(uuid.uuid4())}, 422))["code"] == "invalid_input"


async def test_ones_own_space_is_as_it_is(ann: Api) -> None:
    own = (await ann.get("/spaces/current"))["id"]

    assert (await ann.get(f"/spaces/{own}"))["kind"] == "personal"
    assert (await ann.patch(f"/spaces/{own}", {"name": "x"}, 409))["code"] == "space_is_fixed"
    assert (await ann.delete(f"/spaces/{own}", 409))["code"] == "space_is_fixed"


async def test_a_space_goes_to_the_trash_and_comes_back_with_everything(ann: Api) -> None:
    owner = await team(ann)
    admin = await join(owner, "admin")
    await owner.todo("kept")
    path = f"/spaces/{owner.space}"

    assert (await admin.delete(path, 403))["code"] == "forbidden"
    await owner.delete(path)
    for one in (owner, admin):
        assert (await one.get("/todos", 404))["code"] == "space_not_found"
        assert (await one.get(path, 404))["code"] == "space_not_found"
        assert (await one.post("/todos", {"title": "x"}, 404))["code"] == "space_not_found"
        assert await spaces_of(one) == []
    assert (await admin.post(f"{path}/restore", expect=403))["code"] == "forbidden"
    assert (await ann.as_user().post(f"{path}/restore", expect=404))["code"] == "space_not_found"
    restored = await owner.post(f"{path}/restore")

    assert (restored["version"], restored["role"]) == (3, "owner")
    assert await admin.titles() == ["kept"]
    assert (await owner.post(f"{path}/restore", expect=404))["code"] == "space_not_found"


async def test_members_of_the_space_above_are_members_as_far_as_it_lets_them(ann: Api) -> None:
    above = await team(ann, "Company")
    editor, admin, viewer = [await join(above, role) for role in ("editor", "admin", "viewer")]
    below = await team(ann, "Plan", inherits_id=above.space, inherits_max_role="editor")
    await below.todo("for all")
    guest = await join(below, "viewer")

    roles = {}
    for member in (editor, admin, viewer):
        here = Teammate.of(member, below.space)
        assert await here.titles() == ["for all"]
        assert below.space in await spaces_of(member)
        roles[member.user] = (await here.get(f"/spaces/{below.space}"))["role"]
    assert roles == {editor.user: "editor", admin.user: "editor", viewer.user: "viewer"}
    shown = {one["user_id"]: one for one in (await guest.get(f"/spaces/{below.space}/members"))["items"]}
    assert {user: (one["role"], one["is_inherited"]) for user, one in shown.items()} == {
        **{user: (role, True) for user, role in roles.items()},
        guest.user: ("viewer", False),
        ann.user: ("owner", False),
    }
    assert (await guest.get(f"/spaces/{above.space}", 404))["code"] == "space_not_found"
    assert (await Teammate.of(viewer, below.space).post(f"/spaces/{below.space}/leave", expect=404))["code"] == (
        "member_not_found"
    )


async def test_what_was_inherited_ends_with_the_membership_above(ann: Api) -> None:
    above = await team(ann, "Company")
    editor = await join(above, "editor")
    below = await team(ann, "Plan", inherits_id=above.space)
    here = Teammate.of(editor, below.space)

    await above.delete(f"/spaces/{above.space}")
    assert (await here.get("/todos", 404))["code"] == "space_not_found", "the space above is in the trash"
    await above.post(f"/spaces/{above.space}/restore")
    assert await here.titles() == []
    await below.patch(f"/spaces/{below.space}", {"inherits_id": None})
    assert (await here.get("/todos", 404))["code"] == "space_not_found"


async def test_a_space_takes_members_only_from_one_that_its_maker_owns_and_only_one_deep(ann: Api) -> None:
    above = await team(ann, "Company")
    admin = await join(above, "admin")
    below = await team(ann, "Plan", inherits_id=above.space)

    for actor, inherits_id, expected in (
        (admin, above.space, (404, "space_not_found")),
        (ann, str(uuid.uuid4()), (404, "space_not_found")),
        (ann, (await ann.get("/spaces/current"))["id"], (404, "space_not_found")),
        (ann, below.space, (409, "inheritance_too_deep")),
    ):
        body = {"name": "x", "inherits_id": inherits_id}
        answer = await Api(actor.client, actor.user).send("POST", "/spaces", body)
        assert (answer.status_code, answer.json()["code"]) == expected
    unknown = {"name": "x", "inherits_id": above.space, "inherits_max_role": "boss"}
    assert (await ann.post("/spaces", unknown, 422))["errors"][0]["pointer"] == "#/inherits_max_role"


async def test_a_host_that_wants_no_spaces_of_users_has_none(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(spaces=False))
    async with running(make_app(settings)) as api:
        assert (await api.post("/spaces", {"name": "x"}, 403))["code"] == "sharing_off"


async def test_two_sources_of_users_share_nothing(module_url: str) -> None:
    apps = [make_app(TodoKitSettings(database_url=module_url, namespace=one)) for one in "ab"]
    async with running(apps[0]) as here, running(apps[1], here.user) as there:
        made = await team(here)
        await made.todo()

        assert (await Teammate.of(there, made.space).get("/todos", 404))["code"] == "space_not_found"
        assert await spaces_of(there) == []


async def test_the_host_hears_of_everything_in_the_space_that_it_happened_in(database_url: str) -> None:
    heard: list[ChangeEvent] = []
    settings = TodoKitSettings(database_url=database_url)
    app = make_app(settings, on_change=OnChange(after_commit=heard.extend))
    async with running(app) as api:
        owner = await team(api)
        member = await join(owner, "viewer")
        await owner.patch(f"/spaces/{owner.space}", {"name": "other"})
        await owner.delete(f"/spaces/{owner.space}/members/{member.user}")

    assert [(str(one.space_id) == owner.space, one.seq, one.__struct_config__.tag) for one in heard] == [
        (True, 1, "space.created"),
        (True, 2, "member.added"),
        (True, 3, "space.updated"),
        (True, 4, "member.removed"),
    ]
    assert heard[1].changes == {"user_id": (None, member.user), "role": (None, "viewer")}
    assert heard[1].entity_id == heard[3].entity_id
