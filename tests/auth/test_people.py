"""Who shares a space, where the users are the kit's own accounts."""

import pytest

from fastapi_todo_kit import Host, erase_user, run_due
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import Application

pytestmark = pytest.mark.thorough


async def test_members_are_the_accounts_and_an_invitation_is_for_a_verified_address(application: Application) -> None:
    ann, bob, superuser = [await application.person(name=name) for name in ("Ann", "Bob", "Eve")]
    team, mailer = (await ann.post("/api/spaces", {"name": "Kitchen"})).json(), MemoryMailer()
    path = f"/api/spaces/{team['id']}"
    assert (await ann.post(f"{path}/invitations", {"role": "editor", "email": bob.email})).status_code == 201
    await run_due(application.settings, Host(mailer=mailer, clock=application.host.clock))

    (mail,) = mailer.to(bob.email)
    token = {"token": mail.link.partition("token=")[2]} if mail.link else {}
    refused = await superuser.post("/api/invitations/accept", token)
    (mine,) = (await bob.get("/api/invitations")).json()["items"]
    accepted = await bob.post("/api/invitations/accept", token)

    assert mail.link is not None
    assert mail.link.startswith(f"{application.settings.auth.public_url}/invitation#token=tkinv_")
    assert mail.subject == "Ann invites you to “Kitchen”"
    assert (refused.status_code, refused.json()["code"]) == (403, "other_address")
    assert mine["invited_by_name"] == "Ann"
    assert accepted.json()["role"] == "editor"
    members = (await bob.get(f"{path}/members")).json()["items"]
    assert {(one["name"], one["email"]) for one in members} == {("Ann", ann.email), ("Bob", bob.email)}


async def test_whoever_registers_anew_has_no_invitation_of_the_account_that_was_erased(
    application: Application,
) -> None:
    ann, bob = await application.person(), await application.person()
    team = (await ann.post("/api/spaces", {"name": "Kitchen"})).json()
    path = f"/api/spaces/{team['id']}/invitations"
    await ann.post(path, {"role": "editor", "email": bob.email})
    user_id = (await bob.get("/auth/me")).json()["id"]

    await erase_user(application.settings, user_id, application.host)

    assert (await ann.get(path)).json()["items"] == []
