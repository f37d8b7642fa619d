"""Spaces that are made with those who are asked in at once, in the same transaction."""

import asyncio
from typing import Any

from fastapi_todo_kit.storage.tables import new_id
from tests.features.invitations.support import partying
from tests.support import Api
from tests.teams import Teammate, join

BOTH = [{"role": "editor", "email": "bob@example.com"}, {"role": "viewer", "max_uses": 5}]


async def kinds(api: Api) -> list[str]:
    return [one["kind"] for one in (await api.get("/spaces"))["items"]]


async def invited(owner: Api, space: Any) -> list[Any]:
    found: list[Any] = (await Teammate.of(owner, space).get(f"/spaces/{space}/invitations"))["items"]
    return found


async def test_a_space_is_made_with_whom_mails_and_links_are_for(module_url: str) -> None:
    async with partying(module_url) as party:
        owner, bob, eve = party.api.as_user(), party.api.as_user("bob"), party.api.as_user("eve")

        made = await owner.post("/spaces", {"name": "Kitchen", "invite": BOTH})
        await party.send_mails()
        by_mail, by_link = made["invitations"]

        assert [(one["kind"], one["role"], one["token"] is None) for one in made["invitations"]] == [
            ("email", "editor", True),
            ("link", "viewer", False),
        ]
        joined = await bob.post("/invitations/accept", {"token": party.mailer.last_token("bob@example.com")})
        assert (joined["id"], joined["role"]) == (made["id"], "editor")
        assert (await eve.post("/invitations/accept", {"token": by_link["token"]}))["role"] == "viewer"
        assert by_mail["email"] == "bob@example.com"
        assert "invitations" not in await owner.get(f"/spaces/{made['id']}")


async def test_without_people_it_is_a_space_alone(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        for body in ({"name": "Kitchen"}, {"name": "Kitchen", "invite": []}):
            assert "invitations" not in await owner.post("/spaces", body)


async def test_it_is_all_or_nothing(module_url: str) -> None:
    async with partying(module_url, invitation_url=None) as party:
        owner = party.api.as_user()
        refused: list[tuple[int, str, list[Any]]] = [
            (409, "mail_unavailable", [{"role": "viewer"}, {"role": "viewer", "email": "bob@example.com"}]),
            (422, "invalid_input", [{"role": "viewer"}, {"role": "king"}]),
            (422, "invalid_input", [{"role": "viewer", "email": "bob"}]),
            (422, "invalid_input", [{"role": "viewer"}] * 21),
        ]
        for status, code, invite in refused:
            answer = await owner.send("POST", "/spaces", {"name": "Kitchen", "invite": invite})
            assert (answer.status_code, answer.json()["code"]) == (status, code), invite
        assert await kinds(owner) == ["personal"]


async def test_who_repeats_it_is_told_no_token_and_invites_nobody_twice(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        body = {"id": str(new_id()), "name": "Kitchen", "invite": BOTH}

        first, replayed = [await owner.send("POST", "/spaces", body, headers={"Idempotency-Key": "a"}) for _ in "ab"]
        again = await owner.send("POST", "/spaces", body)

        assert first.json()["invitations"][1]["token"]
        assert (replayed.status_code, replayed.json()["invitations"]) == (201, None)
        assert (again.status_code, "invitations" in again.json()) == (200, False)
        assert len(await invited(owner, body["id"])) == 2


async def test_nobody_is_asked_in_twice_by_one_request(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        twice = [{"role": "editor", "email": "Bob@example.com"}, {"role": "viewer", "email": "bob@example.com"}]
        problem = (await owner.send("POST", "/spaces", {"name": "Kitchen", "invite": twice})).json()
        assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [("#/invite/1/email", "invited_twice")]


async def test_what_is_repeated_says_what_one_is_there_now(module_url: str) -> None:
    async with partying(module_url) as party:
        owner, heir, key = party.api.as_user(), party.api.as_user(), {"Idempotency-Key": "a"}
        made = await owner.send("POST", "/spaces", {"name": "Kitchen"}, headers=key)
        given = await owner.list("List")
        shared = await owner.send("POST", f"/lists/{given['id']}/share", {}, headers=key | {"Idempotency-Key": "b"})
        spaces = [made.json()["id"], shared.json()["space_id"]]

        async def repeat() -> list[Any]:
            return [
                await owner.send("POST", "/spaces", {"name": "Kitchen"}, headers=key),
                await owner.send("POST", f"/lists/{given['id']}/share", {}, headers={"Idempotency-Key": "b"}),
            ]

        assert [one.status_code for one in await repeat()] == [201, 200]
        for space in spaces:
            await join(Teammate.of(owner, space), "owner", heir.user)
            await heir.send("PUT", f"/spaces/{space}/members/{owner.user}", {"role": "viewer"})
        assert [one.json().get("role") for one in await repeat()] == ["viewer", None]
        for space in spaces:
            assert (await heir.send("DELETE", f"/spaces/{space}/members/{owner.user}")).status_code == 204
        assert [(one.status_code, one.json()["code"]) for one in await repeat()] == [(404, "space_not_found")] * 2


async def test_of_two_at_once_one_makes_it(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        body = {"id": str(new_id()), "name": "Kitchen", "invite": BOTH[1:]}

        answers = await asyncio.gather(*(owner.send("POST", "/spaces", body) for _ in range(4)))

        assert max(one.status_code for one in answers) == 201
        assert {one.status_code for one in answers} <= {200, 201, 409}
        assert len(await invited(owner, body["id"])) == 1


async def test_nobody_is_invited_where_nobody_may_be(module_url: str) -> None:
    async with partying(module_url, invitations=False) as party:
        owner = party.api.as_user()
        refused = await owner.post("/spaces", {"name": "Kitchen", "invite": BOTH[1:]}, 403)
        assert refused["code"] == "sharing_off"
        await owner.post("/spaces", {"name": "Kitchen", "invite": []}, 201)
