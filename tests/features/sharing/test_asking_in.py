"""Lists that are shared with those who are asked in at once, in the same transaction."""

import asyncio
from typing import Any

import pytest

from tests.features.invitations.support import Party, partying
from tests.support import Api
from tests.teams import Teammate


async def share(api: Api, expect: int = 200, headers: dict[str, str] | None = None, **wanted: Any) -> Any:
    given = await api.list("Kitchen")
    response = await api.send("POST", f"/lists/{given['id']}/share", wanted, headers=headers)
    assert response.status_code == expect, response.text
    return response.json() | {"list": given["id"]}


async def accept(party: Party, user: str, token: str) -> Any:
    return await party.api.as_user(user).post("/invitations/accept", {"token": token})


async def test_a_list_is_shared_with_whom_mails_and_links_are_for(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        invite = [
            {"role": "editor", "email": "bob@example.com"},
            {"role": "viewer", "max_uses": 5, "message": "Come in"},
        ]

        shared = await share(owner, invite=invite)
        await party.send_mails()
        by_mail, by_link = shared["invitations"]

        assert [(one["kind"], one["role"], one["email"]) for one in shared["invitations"]] == [
            ("email", "editor", "bob@example.com"),
            ("link", "viewer", None),
        ]
        assert by_mail["token"] is None
        assert (await accept(party, "bob", party.mailer.last_token("bob@example.com")))["id"] == shared["space_id"]
        assert (await accept(party, "eve", by_link["token"]))["role"] == "viewer"
        inside = Teammate.of(owner, shared["space_id"])
        assert {one["user_id"] for one in (await inside.get(f"/spaces/{inside.space}/members"))["items"]} == {
            owner.user,
            "bob",
            "eve",
        }
        assert "invitations" not in await inside.get(f"/lists/{shared['list']}")


async def test_it_is_all_or_nothing(module_url: str) -> None:
    async with partying(module_url, invitation_url=None) as party:
        owner = party.api.as_user()
        refused = [
            (409, "mail_unavailable", [{"role": "viewer"}, {"role": "viewer", "email": "bob@example.com"}]),
            (422, "invalid_input", [{"role": "viewer"}, {"role": "king"}]),
            (422, "invalid_input", [{"role": "viewer", "email": "bob"}]),
            (422, "invalid_input", [{"role": "viewer"}] * 21),
        ]
        for status, code, invite in refused:
            problem = await share(owner, status, invite=invite)
            assert problem["code"] == code, invite
            assert (await owner.get(f"/lists/{problem['list']}"))["id"] == problem["list"]
        assert [one["kind"] for one in (await owner.get("/spaces"))["items"]] == ["personal"]
        problem = await share(owner, 422, invite=[{"role": "viewer"}, {"role": "king"}])
        assert [one["pointer"] for one in problem["errors"]] == ["#/invite/1/role"]


@pytest.mark.parametrize("email", [None, "bob@example.com"])
async def test_who_repeats_it_is_told_no_token_and_invites_nobody_twice(module_url: str, email: str | None) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        given = await owner.list("Kitchen")
        path, body = f"/lists/{given['id']}/share", {"invite": [{"role": "viewer", "email": email}]}
        key = {"Idempotency-Key": "once"}

        first, again = [await owner.send("POST", path, body, headers=key) for _ in range(2)]
        inside = Teammate.of(owner, first.json()["space_id"])
        without_key = await inside.post(path, body)

        assert first.json()["invitations"][0]["role"] == "viewer"
        assert (again.status_code, again.json()["invitations"]) == (200, None)
        assert "invitations" not in without_key
        assert len((await inside.get(f"/spaces/{inside.space}/invitations"))["items"]) == 1


async def test_of_two_at_once_one_invites(module_url: str) -> None:
    async with partying(module_url) as party:
        owner = party.api.as_user()
        given = await owner.list("Kitchen")
        body = {"invite": [{"role": "viewer"}]}

        answers = await asyncio.gather(
            *(owner.send("POST", f"/lists/{given['id']}/share", body) for _ in range(4)), return_exceptions=True
        )

        statuses = sorted(one.status_code for one in answers)  # type: ignore[union-attr]  # or it is an error that shows
        assert statuses == [200, 308, 308, 308]


async def test_nobody_is_invited_where_nobody_may_be(module_url: str) -> None:
    async with partying(module_url, invitations=False) as party:
        owner = party.api.as_user()
        await share(owner, invite=[])
        problem = await share(owner, 403, invite=[{"role": "viewer"}])
        assert problem["code"] == "sharing_off"
