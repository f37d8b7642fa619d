"""Who was let in before the account changed, and whose request comes to its change afterwards: it changes nothing."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from fastapi_todo_kit.auth.mail.delivery import _NOBODY
from fastapi_todo_kit.auth.sessions.service import end_sessions
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.host import Identity
from tests.auth.login_provider import FakeProvider
from tests.auth.outside import another_process, execute
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.auth.test_what_ends import superuser
from tests.support import TestClock

pytestmark = pytest.mark.thorough

NEW = "another fine password"


async def reset(person: Person) -> None:
    await person.post("/auth/forgot", {"email": person.email})
    body = {"token": await person.mailed_token(), "password": NEW}
    assert (await person.post("/auth/reset", body)).status_code == 204


async def test_a_login_that_a_provider_was_asked_about_is_not_linked_after_a_reset(accounts_url: str) -> None:
    provider = FakeProvider()
    async with running_application(auth_settings(accounts_url), login_providers=[provider]) as application:
        ann = await application.person()
        thief = await ann.elsewhere()
        # The thief's provider says what the thief likes, but vouches for nothing.
        identity = Identity(f"subject of {ann.email}", ann.email, email_verified=False)
        body = await provider.come_back(application, identity)
        provider.is_open.clear()
        linking = asyncio.create_task(provider.link(thief, body))
        await provider.is_asked.wait()

        await reset(ann)
        provider.is_open.set()

        assert (await linking).status_code == 401
        entering = await provider.log_in(application, await provider.come_back(application, identity))
        assert entering.status_code == 403


async def test_an_address_that_nobody_vouches_for_keeps_no_login_over_a_reset(accounts_url: str) -> None:
    provider = FakeProvider()
    async with running_application(auth_settings(accounts_url), login_providers=[provider]) as application:
        ann = await application.person()
        identity = Identity(f"subject of {ann.email}", ann.email, email_verified=False)
        thief = await ann.elsewhere()
        assert (await provider.link(thief, await provider.come_back(application, identity))).status_code == 204

        await reset(ann)

        entering = await provider.log_in(application, await provider.come_back(application, identity))
        assert entering.status_code == 403


async def test_a_worker_that_does_not_know_yet_lets_a_thief_read_and_change_nothing_of_the_account(
    accounts_url: str,
) -> None:
    provider = FakeProvider()
    async with running_application(auth_settings(accounts_url), login_providers=[provider]) as here:
        ann = await here.person()
        async with (
            another_process(),
            running_application(auth_settings(accounts_url), login_providers=[provider]) as elsewhere,
        ):
            thief = Person(elsewhere, ann.email, PASSWORD, (await ann.elsewhere()).access_token)
            assert (await thief.get("/auth/me")).status_code == 200
            body = await provider.come_back(
                elsewhere, Identity("the thief's", "thief@example.com", email_verified=True)
            )
            await reset(ann)
            assert (await thief.get("/auth/me")).status_code == 200, "it would prove nothing otherwise"

            answers = [
                await thief.post("/auth/tokens", {"name": "mine", "scopes": ["todos:read"]}),
                await thief.post("/auth/email", {"email": "thief@example.com", "password": NEW}),
                await thief.post("/auth/password", {"current_password": NEW, "new_password": "a third fine password"}),
                await thief.patch("/auth/me", {"name": "Thief"}),
                await provider.link(thief, body),
            ]

            assert [answer.status_code for answer in answers] == [401] * 5
            statement = "SELECT count(*) FROM todokit_auth_mail WHERE email = :thief"
            assert (await execute(here, statement, thief="thief@example.com"))[0][0] == 0


async def test_a_worker_that_does_not_know_yet_lets_nobody_administer_who_was_a_superuser(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url)) as here:
        admin, bob = await here.superuser(), await here.person()
        async with another_process(), running_application(auth_settings(accounts_url)) as elsewhere:
            root = await superuser(elsewhere, Person(elsewhere, bob.email, PASSWORD))
            user_id = await root.user_id()
            answer = await admin.patch(f"/auth/users/{user_id}", {"is_superuser": False})
            assert answer.status_code == 200
            assert (await root.get("/auth/users")).status_code == 200, "it would prove nothing otherwise"

            answers = [
                await root.post("/auth/users", {"email": elsewhere.nobody().email, "is_superuser": True}),
                await root.patch(f"/auth/users/{user_id}", {"is_superuser": True}),
                await root.delete(f"/auth/users/{await admin.user_id()}/sessions"),
                await root.delete(f"/auth/users/{await admin.user_id()}"),
            ]

            assert [answer.status_code for answer in answers] == [401] * 4
            assert (await admin.get("/auth/users")).status_code == 200


async def test_a_link_of_an_old_registration_lets_nobody_choose_the_password_behind_it(
    application: Application, auth_clock: TestClock
) -> None:
    ann = await application.register()
    auth_clock.advance(hours=23)
    await ann.post("/auth/verify/request", {"email": ann.email})
    link = await ann.mailed_token()
    auth_clock.advance(hours=2)
    eve = await application.register(ann.email, NEW)

    assert (await ann.post("/auth/verify", {"token": link})).status_code == 400
    await application.send_mails()

    assert application.mailer.to(ann.email)[-1].kind == "choose"
    assert (await eve.post("/auth/login", {"email": ann.email, "password": NEW})).status_code == 401


@asynccontextmanager
async def ending_everything(application: Application, person: Person) -> AsyncIterator[asyncio.Event]:
    """Log somebody out everywhere in a transaction that is open until the event is set."""
    user_id, is_begun, may_commit = uuid.UUID(await person.user_id()), asyncio.Event(), asyncio.Event()
    accounts = application.accounts

    async def end(work: AccountWork) -> None:
        await end_sessions(work, user_id)
        is_begun.set()
        await may_commit.wait()

    ending = asyncio.create_task(accounts.write(_NOBODY, end))
    await is_begun.wait()
    yield may_commit
    await ending


@pytest.mark.parametrize("path", ["/auth/reset", "/auth/email/confirm"])
async def test_a_link_that_is_followed_while_it_ends_waits_and_is_good_no_more(
    application: Application, path: str
) -> None:
    ann = await application.person()
    new = application.nobody().email
    await ann.post("/auth/forgot", {"email": ann.email})
    await ann.post("/auth/email", {"email": new, "password": PASSWORD})
    await application.send_mails()
    token = application.mailer.last_token(ann.email if path == "/auth/reset" else new)
    body = {"token": token} | ({"password": NEW} if path == "/auth/reset" else {})

    async with ending_everything(application, ann) as may_commit:
        following = asyncio.create_task(ann.post(path, body))
        await asyncio.sleep(0.1)
        assert not following.done(), "it waits for what changes the account"
        may_commit.set()

    assert (await following).status_code == 400


async def test_a_link_that_is_mailed_while_what_asked_for_it_ends_is_none(application: Application) -> None:
    ann, new = await application.person(), application.nobody().email
    await ann.post("/auth/email", {"email": new, "password": PASSWORD})

    async with ending_everything(application, ann) as may_commit:
        sending = asyncio.create_task(application.send_mails())
        await asyncio.sleep(0.1)
        may_commit.set()
    await sending

    assert application.mailer.to(new) == []
