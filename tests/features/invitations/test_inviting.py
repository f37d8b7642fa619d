"""Who may invite, to what, and what others see of it."""

from typing import Any

import pytest

from fastapi_todo_kit import Action, OnChange, RolePolicy
from fastapi_todo_kit.policy import GRANTS
from tests.features.invitations.support import accept, invitations, invite, link, partying, roles
from tests.support import make_app, running
from tests.teams import join

ROLES = list(GRANTS)


@pytest.mark.parametrize("may_editors", [False, True])
async def test_whoever_manages_members_invites_and_editors_where_they_may(database_url: str, may_editors: bool) -> None:
    async with partying(database_url, members_may_invite=may_editors) as party:
        owner = await party.team()
        made, to_own = await invite(owner, "viewer"), await invite(owner, "owner")
        path = f"/spaces/{owner.space}/invitations"
        for role in ROLES:
            actor = await join(owner, role)
            may = role in {"admin", "owner"} or (may_editors and role == "editor")

            answers = [
                await actor.send("GET", path),
                await actor.send("POST", path, {"role": "viewer"}),
                await actor.send("POST", f"{path}/{made['id']}/resend"),
                await actor.send("POST", path, {"role": "owner"}),
                await actor.send("POST", f"{path}/{to_own['id']}/resend"),
            ]

            given, sent = (201, 200) if role == "owner" else (403, 403)
            expected = [200, 201, 200, given, sent] if may else [403] * 5
            assert [answer.status_code for answer in answers] == expected, role
            if may and role != "owner":
                assert [answer.json()["code"] for answer in answers[-2:]] == ["role_too_high"] * 2
            if may:
                assert await party.mailed(actor, f"by-{role}", "viewer")


async def test_a_stranger_finds_nothing(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, stranger = await party.team(), party.api.as_user()
        made = await invite(owner)
        path = f"/spaces/{owner.space}/invitations"

        for method, rest, body in (
            ("GET", "", None),
            ("POST", "", {"role": "viewer"}),
            ("DELETE", f"/{made['id']}", None),
            ("POST", f"/{made['id']}/resend", None),
        ):
            answer = await stranger.send(method, path + rest, body)
            assert (answer.status_code, answer.json()["code"]) == (404, "space_not_found"), method


async def test_the_log_holds_no_address_and_no_token(database_url: str) -> None:
    heard: list[Any] = []
    on_change = OnChange(before_commit=lambda events, _transaction: heard.extend(events))
    async with partying(database_url, host={"on_change": on_change}) as party:
        owner, ann, bob = await party.team(), party.api.as_user(), party.api.as_user()
        await accept(ann, await party.mailed(owner, ann.user))
        await bob.post("/invitations/decline", {"token": await party.mailed(owner, bob.user)})
        made = await invite(owner)
        await owner.delete(f"/spaces/{owner.space}/invitations/{made['id']}")

        assert [type(one).__name__ for one in heard] == [
            "SpaceCreated",
            "InvitationCreated",
            "MemberAdded",
            "InvitationAccepted",
            "InvitationCreated",
            "InvitationDeclined",
            "InvitationCreated",
            "InvitationRevoked",
        ]
        assert [one.seq for one in heard] == [*range(1, 9)]
        assert not [one for one in heard if "@" in str(one) or "tkinv" in str(one)]


async def test_a_role_that_the_application_forgets_or_makes_more_of_is_given_no_more(database_url: str) -> None:
    lead = RolePolicy({"lead": {*GRANTS["editor"], Action.INVITE_MEMBER}, "robot": {Action.CREATE_TODO}})
    async with partying(database_url, host={"policy": lead}) as party:
        owner = await party.team()
        leading = await join(owner, "lead")
        assert await party.mailed(leading, "somebody")
        to_editor, to_robot = await link(leading, "editor", max_uses=9), await link(owner, "robot", max_uses=9)
        assert (await accept(party.api.as_user(), to_robot))["role"] == "robot"
        assert (await accept(party.api.as_user(), to_editor))["role"] == "editor"

        more = RolePolicy({"lead": lead.grants_of("lead"), "editor": {*GRANTS["admin"]}})
        async with partying(database_url, host={"policy": more}) as later:
            app = make_app(party.settings, policy=more, clock=later.clock, people=party.people)
            async with running(app) as api:
                assert (await accept(api.as_user(), to_editor, 404))["code"] == "invitation_not_found"
                assert (await accept(api.as_user(), to_robot, 404))["code"] == "invitation_not_found"


class Members(RolePolicy):
    """Lets in whom it is told to."""

    def allows(self, access: Any, action: Action, record: Any) -> bool:
        if action is Action.ANSWER_INVITATION and record is not None:
            assert (access.role, record["role"]) == ("viewer", "viewer")
            return not access.principal.user_id.startswith("refused")
        return super().allows(access, action, record)

    def narrow(self, access: Any, entity: Any, rows: Any) -> Any:  # noqa: ARG002  (the protocol's)
        return rows.c.created_by == access.principal.user_id if access.role == "viewer" else None


async def test_a_policy_says_who_may_join_and_knows_as_what(database_url: str) -> None:
    async with partying(database_url, host={"policy": Members()}) as party:
        owner = await party.team()
        token = await link(owner, "viewer", max_uses=2)

        refused = await accept(party.api.as_user("refused-1"), token, 403)
        ann = party.api.as_user()

        assert refused["code"] == "forbidden"
        assert (await accept(ann, token))["is_new"]
        assert await roles(owner) == {owner.user: "owner", ann.user: "viewer"}
        assert len(await invitations(owner)) == 1


async def test_where_nobody_invites_there_is_nothing_to_invite_with(database_url: str) -> None:
    async with partying(database_url, invitations=False) as party:
        owner = await party.team()

        assert (await owner.send("GET", "/invitations")).status_code == 404
        assert (await owner.send("POST", f"/spaces/{owner.space}/invitations", {"role": "viewer"})).status_code == 404
