"""Invitations by mail: for one address, sent by the worker, and good for whoever has that address verified."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import erase_user, purge_trash, run_due
from fastapi_todo_kit.testing import MemoryMailer
from tests.features.invitations.support import Party, accept, invitations, invite, link, partying, roles
from tests.teams import join


async def rows(party: Party, statement: str) -> list[Any]:
    engine = create_async_engine(party.settings.url)
    async with engine.connect() as connection:
        found = list((await connection.execute(text(statement))).all())
    await engine.dispose()
    return found


async def test_a_mail_leads_to_the_page_of_the_application(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, ann = await party.team(), party.api.as_user()
        made = await invite(owner, "editor", email=f"{ann.user}@EXAMPLE.com", message="Come in\n.\nSubject: x")
        await party.send_mails()
        await party.send_mails()

        (mail,) = party.mailer.messages
        assert (mail.to, mail.kind) == (f"{ann.user}@EXAMPLE.com", "invitation")
        assert mail.subject == f"{owner.user} by name invites you to “Kitchen”"
        assert mail.link is not None
        assert mail.link in mail.text
        assert "> Come in\n> .\n> Subject: x\n" in mail.text
        assert mail.link.startswith("https://app.example/join#token=tkinv_")
        assert made["token"] is None
        token = mail.link.partition("token=")[2]
        assert (await accept(ann, token))["role"] == "editor"
        assert not await rows(party, f"SELECT 1 FROM todokit_job WHERE space_id = '{owner.space}'")  # noqa: S608  (our own)


async def test_an_invitation_is_for_the_verified_address_it_went_to(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, ann, other = await party.team(), party.api.as_user(), party.api.as_user()
        token = await party.mailed(owner, ann.user)

        party.people.known[ann.user] = None
        for one in (other, ann):
            assert (await accept(one, token, 403))["code"] == "other_address"
            assert (await one.post("/invitations/decline", {"token": token}, 403))["code"] == "other_address"
        party.people.known[other.user] = f"{ann.user}@example.com".title()

        assert (await accept(other, token))["is_new"]
        del party.people.known[ann.user]
        assert (await accept(ann, token, 404))["code"] == "invitation_not_found"


async def test_where_any_account_may_the_link_is_enough(database_url: str) -> None:
    async with partying(database_url, any_account_may_accept=True) as party:
        owner, ann, other = await party.team(), party.api.as_user(), party.api.as_user()
        token = await party.mailed(owner, ann.user)
        (mine,) = (await ann.get("/invitations"))["items"]

        assert (await accept(other, mine["token"], 404))["code"] == "invitation_not_found"
        assert (await accept(other, token))["is_new"]


async def test_whoever_is_logged_in_finds_and_answers_his_invitations_without_the_mail(database_url: str) -> None:
    async with partying(database_url) as party:
        ann, stranger = party.api.as_user(), party.api.as_user()
        one, two, three = [await party.team() for _ in range(3)]
        for owner in (one, two, three):
            await invite(owner, "viewer", email=f"{ann.user}@example.com")
        leaving = await join(three, "owner")
        await leaving.delete(f"/spaces/{three.space}/members/{three.user}")

        found = await ann.all_pages("/invitations", limit=1)

        assert [shown["space_id"] for shown in found] == [one.space, two.space]
        assert (await stranger.get("/invitations"))["items"] == []
        assert (await accept(stranger, found[0]["token"], 404))["code"] == "invitation_not_found"
        assert (await ann.post("/invitations/preview", {"token": found[0]["token"]}))["space_name"] == "Kitchen"
        assert (await accept(ann, found[0]["token"]))["role"] == "viewer"
        await ann.post("/invitations/decline", {"token": found[1]["token"]}, 204)
        assert (await ann.get("/invitations"))["items"] == []
        assert await invitations(two) == []


async def test_an_address_is_invited_once_at_a_time_whether_or_not_it_has_an_account(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, ann = await party.team(), party.api.as_user()
        member = await join(owner, "viewer")
        shapes = []
        for address in (f"{ann.user}@example.com", "nobody-at-all@example.com", f"{member.user}@example.com"):
            made = await invite(owner, email=address)
            shapes.append({**made, **dict.fromkeys(("id", "email", "created_at", "updated_at", "expires_at"))})

        again = await invite(owner, email=f"{ann.user}@EXAMPLE.com".replace("user", "USER"), expect=409)

        assert shapes[0] == shapes[1] == shapes[2]
        assert (again["code"], again["entity"]) == ("already_exists", "invitation")
        party.clock.advance(days=8)
        await invite(owner, email=f"{ann.user}@example.com")


async def test_a_mail_raises_a_member_and_lowers_none(database_url: str) -> None:
    async with partying(database_url) as party:
        owner = await party.team()
        admin, viewer = await join(owner, "admin"), await join(owner, "viewer")
        tokens = [await party.mailed(owner, one.user, "editor") for one in (admin, viewer)]

        answers = [await accept(one, token) for one, token in zip((admin, viewer), tokens, strict=True)]

        assert [(one["role"], one["is_new"]) for one in answers] == [("admin", False), ("editor", False)]
        assert await roles(owner) == {owner.user: "owner", admin.user: "admin", viewer.user: "editor"}
        assert [one["uses"] for one in await invitations(owner)] == [1, 1]
        assert [await accept(one, token) for one, token in zip((admin, viewer), tokens, strict=True)] == answers


async def test_whoever_is_in_by_the_space_above_keeps_what_that_gives(database_url: str) -> None:
    async with partying(database_url) as party:
        above = await party.team()
        below = await above.post("/spaces", {"name": "below", "inherits_id": above.space}, 201)
        above_editor = above.as_user((await join(above, "editor")).user)
        for role, expected in (("viewer", "editor"), ("admin", "admin")):
            email = f"{above_editor.user}@example.com"
            await invite(above, role, space=below["id"], email=email)
            await party.send_mails()

            answer = await accept(above_editor, party.mailer.last_token(email))

            assert (answer["role"], answer["is_new"]) == (expected, False)
            assert (await above_editor.get(f"/spaces/{below['id']}"))["role"] == expected


class Unsure(MemoryMailer):
    """Sends, and does not know it: nobody knows what became of the mail."""

    fails = 0

    async def send(self, message: Any) -> None:
        await super().send(message)
        if self.fails:
            self.fails -= 1
            raise OSError(f"{message.to} {message.link}")


async def test_every_mail_that_may_have_arrived_is_good_and_its_error_tells_nothing(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with partying(database_url) as party:
        mailer = Unsure()
        party.host, party.mailer = party.host.__class__(mailer=mailer, clock=party.clock, people=party.people), mailer
        owner, ann = await party.team(), party.api.as_user()
        mailer.fails = 1
        await invite(owner, email=f"{ann.user}@example.com")
        await party.send_mails()
        ((error,),) = await rows(party, "SELECT error FROM todokit_job WHERE error IS NOT NULL AND kind = 'invitation'")
        party.clock.advance(minutes=1)
        await party.send_mails()

        first, second = mailer.messages
        assert first.id == second.id
        assert error == "MailNotSent: The mailer raised OSError."
        assert "tkinv" not in caplog.text
        assert ann.user not in caplog.text
        assert first.link is not None
        assert (await accept(ann, first.link.partition("token=")[2]))["is_new"]


async def test_sending_it_again_ends_the_link_of_before(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, ann = await party.team(), party.api.as_user()
        before = await party.mailed(owner, ann.user)
        (made,) = await invitations(owner)

        party.clock.advance(days=9)
        again = await owner.post(f"/spaces/{owner.space}/invitations/{made['id']}/resend")
        await party.send_mails()

        after = party.mailer.last_token(f"{ann.user}@example.com")
        assert (again["is_open"], again["token"], again["version"]) == (True, None, 2)
        assert (await accept(ann, before, 404))["code"] == "invitation_not_found"
        assert (await accept(ann, after))["is_new"]
        refused = await owner.post(f"/spaces/{owner.space}/invitations/{made['id']}/resend", expect=404)
        assert refused["code"] == "invitation_not_found"


async def test_nothing_is_sent_for_what_is_good_no_more(database_url: str) -> None:
    async with partying(database_url) as party:
        owner = await party.team()
        admin = await join(owner, "admin")
        await invite(admin, email="ann@example.com")
        made = await invite(owner, email="bob@example.com")
        await owner.delete(f"/spaces/{owner.space}/members/{admin.user}")
        await owner.delete(f"/spaces/{owner.space}/invitations/{made['id']}")

        await party.send_mails()

        assert party.mailer.messages == []


async def test_nobody_has_mails_sent_without_end(database_url: str) -> None:
    async with partying(database_url, invitation_mails_per_day=2) as party:
        owner = await party.team()
        made = await invite(owner, email="ann@example.com")
        path = f"/spaces/{owner.space}/invitations/{made['id']}"
        await owner.post(f"{path}/resend")

        refused = [await owner.send("POST", f"{path}/resend") for _ in range(2)]

        assert [(one.status_code, one.json()["limit"]) for one in refused] == [(429, "2 per day")] * 2
        assert await link(owner)
        party.clock.advance(days=1)
        await owner.post(f"{path}/resend")


async def test_without_a_page_nobody_is_invited_by_mail(database_url: str) -> None:
    async with partying(database_url, invitation_url=None) as party:
        owner = await party.team()

        refused = await invite(owner, email="ann@example.com", expect=409)

        assert refused["code"] == "mail_unavailable"
        assert await invitations(owner) == []


async def test_a_worker_that_does_not_know_the_page_says_so_and_tries_again(database_url: str) -> None:
    async with partying(database_url) as party:
        owner = await party.team()
        await invite(owner, email="ann@example.com")
        elsewhere = party.settings.sharing.model_copy(update={"invitation_url": None})

        report = await run_due(party.settings.model_copy(update={"sharing": elsewhere}), party.host)
        party.clock.advance(minutes=1)
        await party.send_mails()

        assert report["failed"] == 1
        assert len(party.mailer.to("ann@example.com")) == 1


async def test_an_address_goes_with_its_user_and_a_month_after_the_invitation(database_url: str) -> None:
    async with partying(database_url) as party:
        owner, ann, bob = await party.team(), party.api.as_user(), party.api.as_user()
        await accept(ann, await link(owner))
        for user in (ann.user, bob.user):
            await invite(owner, email=f"{user}@example.com")

        erased = await erase_user(party.settings, ann.user, party.host)
        left = [one["email"] for one in await invitations(owner)]
        again = await ann.get("/invitations")
        party.clock.advance(days=30)
        await purge_trash(party.settings, party.host)
        kept = len(await invitations(owner))
        party.clock.now += timedelta(days=8)
        await purge_trash(party.settings, party.host)

        assert erased["removed"] >= 1
        assert left == [None, f"{bob.user}@example.com"]
        assert again["items"] == []
        assert (kept, await invitations(owner)) == (2, [])


async def test_whoever_is_erased_stands_for_no_invitation(database_url: str) -> None:
    async with partying(database_url) as party:
        owner = await party.team()
        admin = await join(owner, "admin")
        token = await link(admin)

        await erase_user(party.settings, admin.user, email="somebody@example.com")

        assert [(one["created_by"], one["is_open"]) for one in await invitations(owner)] == [("erased", False)]
        await accept(party.api.as_user(), token, 404)
