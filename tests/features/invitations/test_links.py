"""Invitations by a link: whoever has it becomes a member, as often as it says."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit.features.invitations.tokens import new_token
from fastapi_todo_kit.testing.invariants import assert_invariants
from tests.features.invitations.support import Party, accept, invitations, invite, link, partying, roles
from tests.storage.test_statements import recorded
from tests.teams import Teammate, join


@pytest.fixture(scope="module")
async def party(module_url: str) -> AsyncIterator[Party]:
    async with partying(module_url, members_per_space=8, invitations_per_space=5) as party:
        yield party


@pytest.fixture
async def owner(party: Party) -> Teammate:
    """The owner of a team that nobody else is in."""
    return await party.team()


async def test_whoever_has_the_link_becomes_a_member(party: Party, owner: Teammate) -> None:
    token, ann = await link(owner, "editor", message="Come in"), party.api.as_user()

    shown = await ann.post("/invitations/preview", {"token": token})
    joined = await accept(ann, token)

    assert (shown["space_name"], shown["role"], shown["message"], shown["member_role"]) == (
        "Kitchen",
        "editor",
        "Come in",
        None,
    )
    assert shown["invited_by_name"] == f"{owner.user} by name"
    assert joined == {"id": owner.space, "name": "Kitchen", "color": None, "role": "editor", "is_new": True}
    assert await roles(owner) == {owner.user: "owner", ann.user: "editor"}
    assert (await ann.get(f"/spaces/{owner.space}"))["role"] == "editor"
    (added,) = [one for one in (await owner.get(f"/spaces/{owner.space}/members"))["items"] if one["role"] == "editor"]
    assert added["added_by"] == owner.user


async def test_accepting_takes_six_statements_and_what_is_no_invitation_as_many_as_what_was_one(
    party: Party, owner: Teammate
) -> None:
    token, used, revoked = [await link(owner) for _ in range(3)]
    await accept(party.api.as_user(), used)
    gone = (await invitations(owner))[2]
    await owner.delete(f"/spaces/{owner.space}/invitations/{gone['id']}")

    with recorded() as statements:
        await accept(party.api.as_user(), token)

    assert len(statements) == 6
    counts = {}
    for name, bad in (("used up", used), ("revoked", revoked)):
        with recorded() as statements:
            await accept(party.api.as_user(), bad, 404)
        counts[name] = len(statements)
    assert len(set(counts.values())) == 1, counts


async def test_accepting_twice_uses_a_link_once(party: Party, owner: Teammate) -> None:
    token, ann, bob = await link(owner, max_uses=2), party.api.as_user(), party.api.as_user()

    answers = [await accept(one, token) for one in (ann, ann, bob, bob)]
    too_late = await accept(party.api.as_user(), token, 404)

    assert [one["is_new"] for one in answers] == [True, False, True, False]
    assert too_late["code"] == "invitation_not_found"
    assert [one["uses"] for one in await invitations(owner)] == [2]


async def test_of_sixteen_who_accept_a_link_for_one_at_once_one_is_in(party: Party, owner: Teammate) -> None:
    token, people = await link(owner), [party.api.as_user() for _ in range(16)]

    answers = await asyncio.gather(*(one.send("POST", "/invitations/accept", {"token": token}) for one in people))

    assert sorted(answer.status_code for answer in answers) == [200, *[404] * 15]
    assert len(await roles(owner)) == 2


async def test_no_more_are_let_in_than_a_space_holds(party: Party, owner: Teammate) -> None:
    token, people = await link(owner, max_uses=100), [party.api.as_user() for _ in range(10)]

    answers = await asyncio.gather(*(one.send("POST", "/invitations/accept", {"token": token}) for one in people))

    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert len(await roles(owner)) == 8
    engine = create_async_engine(party.settings.url)
    async with engine.connect() as connection:
        await assert_invariants(connection)
    await engine.dispose()
    assert [(one["code"], one["limit"], one["maximum"]) for one in refused] == [
        ("limit_reached", "members_per_space", 8)
    ] * 3


async def test_nobody_gets_into_more_spaces_than_he_may_be_in(database_url: str) -> None:
    async with partying(database_url, spaces_per_user=1) as party:
        owner, ann = await party.team(), party.api.as_user()
        await accept(ann, await link(owner))

        refused = await accept(ann, await link(await party.team()), 409)

        assert (refused["code"], refused["limit"]) == ("limit_reached", "spaces_per_user")


async def test_a_link_lowers_nobody_and_raises_nobody(owner: Teammate) -> None:
    admin, viewer = await join(owner, "admin"), await join(owner, "viewer")
    token = await link(owner, "editor", max_uses=2)

    answers = [await accept(one, token) for one in (admin, viewer)]

    assert [(one["role"], one["is_new"]) for one in answers] == [("admin", False), ("viewer", False)]
    assert [one["uses"] for one in await invitations(owner)] == [0]


async def test_whoever_was_removed_does_not_come_back_by_the_link_of_before(party: Party, owner: Teammate) -> None:
    token, ann = await link(owner, max_uses=5), party.api.as_user()
    await accept(ann, token)
    await owner.delete(f"/spaces/{owner.space}/members/{ann.user}")

    assert (await accept(ann, token, 404))["code"] == "invitation_not_found"
    assert (await accept(party.api.as_user(), token))["is_new"]


async def test_what_is_revoked_expired_or_in_the_trash_is_good_no_more(party: Party, owner: Teammate) -> None:
    kept = await invite(owner)
    revoked, late = await invite(owner), await link(owner, expires_in_days=1)
    await owner.delete(f"/spaces/{owner.space}/invitations/{revoked['id']}")
    ann = party.api.as_user()

    await accept(ann, revoked["token"], 404)
    await owner.delete(f"/spaces/{owner.space}")
    await accept(ann, kept["token"], 404)
    await owner.post(f"/spaces/{owner.space}/restore")
    party.clock.advance(days=2)
    await accept(ann, late, 404)

    assert (await accept(ann, kept["token"]))["role"] == "editor"
    assert (await owner.delete(f"/spaces/{owner.space}/invitations/{revoked['id']}", 404))["code"] == (
        "invitation_not_found"
    )


@pytest.mark.parametrize("what", ["removed", "demoted", "left"])
async def test_an_invitation_gives_no_more_than_whoever_stands_for_it_may_give_now(
    party: Party, owner: Teammate, what: str
) -> None:
    admin, ann = await join(owner, "admin"), party.api.as_user()
    made = await invite(admin, "editor")
    path = f"/spaces/{owner.space}/members/{admin.user}"
    if what == "removed":
        await owner.delete(path)
    elif what == "left":
        await admin.post(f"/spaces/{owner.space}/leave")
    else:
        await owner.send("PUT", path, {"role": "viewer"})

    await accept(ann, made["token"], 404)
    assert [one["is_open"] for one in await invitations(owner)] == [False]

    again = await owner.post(f"/spaces/{owner.space}/invitations/{made['id']}/resend")
    await accept(ann, made["token"], 404)
    assert (await accept(ann, again["token"]))["role"] == "editor"


async def test_a_token_is_told_once(party: Party, owner: Teammate) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    path, body = f"/spaces/{owner.space}/invitations", {"role": "viewer"}

    first, again = [(await owner.send("POST", path, body, headers=key)).json() for _ in range(2)]

    assert first["token"].startswith("tkinv_")
    assert again == {**first, "token": None}
    assert [one["token"] for one in await invitations(owner)] == [None]
    assert (await accept(party.api.as_user(), first["token"]))["is_new"]


async def test_twenty_tries_are_enough(party: Party, owner: Teammate) -> None:
    ann, token = party.api.as_user(), await link(owner)
    bad = ["nonsense", token[:-1] + ("A" if token[-1] != "A" else "Q"), token[:40]]

    answers = [await ann.send("POST", "/invitations/accept", {"token": bad[n % 3]}) for n in range(21)]
    refused = await ann.send("POST", "/invitations/preview", {"token": token})

    assert [answer.status_code for answer in answers] == [*[404] * 20, 429]
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) > 3_000
    party.clock.advance(hours=1, seconds=1)
    assert (await accept(ann, token))["is_new"]


async def test_a_token_of_another_space_or_of_nothing_waits_for_no_lock_of_others(party: Party) -> None:
    victim = party.api.as_user()
    await victim.todo()
    personal = uuid.UUID((await victim.get("/spaces/current"))["id"])

    with recorded() as statements:
        await accept(party.api.as_user(), str(new_token(personal, uuid.uuid4())), 404)

    assert [one for one, _ in statements if personal.hex in one and "kind = 'team'" not in one] == []


async def test_no_more_are_open_than_the_settings_say(owner: Teammate) -> None:
    for _ in range(5):
        await invite(owner)

    refused = await invite(owner, expect=409)

    assert (refused["code"], refused["limit"], refused["maximum"]) == ("limit_reached", "invitations_per_space", 5)


@pytest.mark.parametrize(
    "body",
    [
        {"max_uses": 0},
        {"max_uses": 101},
        {"expires_in_days": 31},
        {"message": "x" * 501},
        {"email": "ann"},
        {"email": "Ann <ann@example.com>"},
        {"email": "ann@example.com", "max_uses": 2},
        {"role": "boss"},
        {"email": "a\n@example.com"},
    ],
)
async def test_what_cannot_be_is_told(owner: Teammate, body: dict[str, object]) -> None:
    answer = await owner.send("POST", f"/spaces/{owner.space}/invitations", {"role": "viewer", **body})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_what_is_no_team_has_no_invitations(party: Party) -> None:
    api = party.api.as_user()
    own = (await api.get("/spaces/current"))["id"]

    for method, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{own}"), ("POST", f"/{own}/resend")):
        body = {"role": "viewer"} if (method, path) == ("POST", "") else None
        answer = await api.send(method, f"/spaces/{own}/invitations{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "members_are_the_hosts"), path
