"""Members of a space that a user has made: who joins, in which role, who changes it, and who is gone."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Sharing, TodoKitSettings
from fastapi_todo_kit.policy import GRANTS
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

ROLES = list(GRANTS)


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    """A client of an application in which everybody is known, and may be added."""
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True, members_per_space=6))
    async with running(make_app(settings)) as api:
        yield api


@pytest.fixture
async def owner(served: Api) -> Teammate:
    """The owner of a team that nobody else is in."""
    return await team(served.as_user())


async def members(api: Teammate) -> dict[str, str]:
    return {one["user_id"]: one["role"] for one in await api.all_pages(f"/spaces/{api.space}/members", limit=2)}


async def set_role(actor: Teammate, user: str, role: str, **headers: str) -> tuple[int, str | None]:
    path = f"/spaces/{actor.space}/members/{user}"
    answer = await actor.send("PUT", path, {"role": role}, headers=headers)
    return answer.status_code, answer.json().get("code")


async def test_a_member_sees_what_is_in_the_space_and_nobody_else_does(owner: Teammate) -> None:
    todo = await owner.todo("shared")
    ann, stranger = await join(owner, "editor"), Teammate.of(owner.as_user(), owner.space)

    assert await ann.titles() == ["shared"]
    assert (await ann.patch(f"/todos/{todo['id']}", {"title": "changed"}))["title"] == "changed"
    assert await owner.titles() == ["changed"]
    for method, path, body in (
        ("GET", "/todos", None),
        ("GET", f"/todos/{todo['id']}", None),
        ("POST", "/todos", {"title": "x"}),
        ("PATCH", f"/todos/{todo['id']}", {"title": "x"}),
        ("GET", f"/spaces/{owner.space}", None),
        ("GET", f"/spaces/{owner.space}/members", None),
    ):
        answer = await stranger.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "space_not_found"), (method, path)
    assert await ann.as_user(ann.user).titles() == [], "what is shared is not in the personal space"


async def test_the_members_say_who_they_are(owner: Teammate) -> None:
    ann = await join(owner, "viewer")

    shown = {one["user_id"]: one for one in (await ann.get(f"/spaces/{owner.space}/members"))["items"]}

    assert {one: shown[one]["role"] for one in shown} == {owner.user: "owner", ann.user: "viewer"}
    assert shown[ann.user]["name"] == f"{ann.user} by name"
    assert (shown[ann.user]["added_by"], shown[ann.user]["version"]) == (owner.user, 1)
    assert not shown[ann.user]["is_inherited"]


async def test_whoever_is_removed_is_gone_with_the_next_request(owner: Teammate) -> None:
    ann = await join(owner, "admin")
    await ann.todo("before")

    await owner.delete(f"/spaces/{owner.space}/members/{ann.user}")

    assert (await ann.get("/todos", 404))["code"] == "space_not_found"
    assert (await ann.post("/todos", {"title": "after"}, 404))["code"] == "space_not_found"
    assert owner.space not in [one["id"] for one in (await ann.get("/spaces"))["items"]]
    assert await owner.titles() == ["before"]
    assert await members(owner) == {owner.user: "owner"}


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_gives_more_than_he_has_or_takes_from_whoever_is_not_below(owner: Teammate, role: str) -> None:
    actor, other, low = await join(owner, role), await join(owner, "admin"), await join(owner, "viewer")
    may_manage = role in {"admin", "owner"}

    given = {new: await set_role(actor, low.user, new) for new in ("viewer", "editor", role)}
    too_high = await set_role(actor, low.user, "owner")
    taken = await set_role(actor, other.user, "viewer")

    assert {status for status, _ in given.values()} == {200 if may_manage else 403}
    expected = (200, None) if role == "owner" else (403, "role_too_high" if may_manage else "forbidden")
    assert (too_high, taken) == (expected, expected)


async def test_an_unknown_role_or_person_is_told(owner: Teammate) -> None:
    assert await set_role(owner, "ann", "boss") == (422, "invalid_input")
    assert await set_role(owner, "nobody-1", "editor") == (404, "person_not_found")
    assert await set_role(owner, "x" * 256, "editor") == (422, "invalid_input")
    assert (await owner.delete(f"/spaces/{owner.space}/members/ann", 404))["code"] == "member_not_found"


async def test_a_stale_version_changes_no_member(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    await set_role(owner, ann.user, "editor")

    assert (await set_role(owner, ann.user, "admin", **{"If-Match": '"1"'}))[0] == 412
    assert (await set_role(owner, ann.user, "admin", **{"If-Match": '"2"'}))[0] == 200
    await owner.delete(f"/spaces/{owner.space}/members/{ann.user}", 412, If_Match='"2"')


async def test_the_last_owner_stays(owner: Teammate) -> None:
    ann = await join(owner, "admin")

    assert (await owner.post(f"/spaces/{owner.space}/leave", expect=409))["code"] == "last_owner"
    assert await set_role(owner, owner.user, "editor") == (409, "not_oneself")
    await ann.post(f"/spaces/{owner.space}/leave")
    assert await members(owner) == {owner.user: "owner"}

    bob = await join(owner, "owner")
    await owner.post(f"/spaces/{owner.space}/leave")
    assert await members(bob) == {bob.user: "owner"}
    assert (await owner.get("/todos", 404))["code"] == "space_not_found"


async def test_a_space_is_handed_over(owner: Teammate) -> None:
    ann = await join(owner, "viewer")
    path = f"/spaces/{owner.space}/transfer"

    assert (await ann.post(path, {"user_id": ann.user}, 403))["code"] == "forbidden"
    assert (await owner.post(path, {"user_id": "somebody"}, 404))["code"] == "member_not_found"
    assert (await owner.post(path, {"user_id": ann.user}))["role"] == "owner"

    assert await members(ann) == {owner.user: "admin", ann.user: "owner"}
    assert (await owner.post(path, {"user_id": owner.user}, 403))["code"] == "forbidden"


async def test_of_two_owners_who_leave_at_once_one_stays(owner: Teammate) -> None:
    other = await join(owner, "owner")

    answers = await asyncio.gather(*(one.send("POST", f"/spaces/{owner.space}/leave") for one in (owner, other)))

    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert len([one for one in (owner, other) if (await one.send("GET", "/todos")).status_code == 200]) == 1


async def test_a_space_holds_as_many_as_it_may(owner: Teammate) -> None:
    for _ in range(5):
        await join(owner, "viewer")

    assert await set_role(owner, "one-more", "viewer") == (409, "limit_reached")


async def test_nobody_is_added_without_being_asked_unless_the_settings_say_so(database_url: str) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url, sharing=Sharing()))) as api:
        owner = await team(api)

        assert await set_role(owner, "ann", "viewer") == (403, "invitation_needed")


async def test_members_of_other_spaces_are_the_hosts(served: Api) -> None:
    api = served.as_user()
    own = (await api.get("/spaces/current"))["id"]

    for method, path, body in (
        ("GET", "members", None),
        ("PUT", "members/ann", {"role": "viewer"}),
        ("DELETE", "members/ann", None),
        ("POST", "leave", None),
        ("POST", "transfer", {"user_id": "ann"}),
    ):
        answer = await api.send(method, f"/spaces/{own}/{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "members_are_the_hosts"), path


async def test_a_member_is_there_since_the_change_that_says_so(owner: Teammate, module_url: str) -> None:
    await owner.todo()
    member = await join(owner, "viewer")

    engine = create_async_engine(TodoKitSettings(database_url=module_url).url)
    async with engine.connect() as connection:
        joined = text(
            "SELECT m.since_seq, c.seq FROM todokit_member m JOIN todokit_change c ON c.space_id = m.space_id "
            "AND c.entity = 'member' WHERE m.user_id = :user"
        )
        ((since, seq),) = (await connection.execute(joined, {"user": member.user})).all()
    await engine.dispose()
    assert since == seq == 4  # the space, the inbox and the todo are before
