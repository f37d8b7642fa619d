"""What the host hears of accounts: before the commit, where it may refuse, and after it, where nothing can go wrong."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from fastapi_todo_kit import ChangeRefused
from fastapi_todo_kit.account_events import AccountEvent
from fastapi_todo_kit.host import OnAccount, Transaction
from tests.auth.outside import execute
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

NEW = "another fine password"
ADDRESS = "192.0.2.55"
KINDS = ("Registered", "LoggedIn", "LoginRejected", "PasswordChanged", "RefreshReused", "TokenUsed")


class Listener:
    """Hears everything in both moments, refuses events of one kind, and fails afterwards if it is told to."""

    def __init__(self) -> None:
        self.before: list[AccountEvent] = []
        self.after: list[AccountEvent] = []
        self.refuses = ""
        self.fails = False

    async def before_commit(self, events: Sequence[AccountEvent], transaction: Transaction) -> None:
        await transaction.connection.execute(text("SELECT 1"))
        self.before += events
        if self.refuses in {type(event).__name__ for event in events}:
            raise ChangeRefused("Not today.")

    def after_commit(self, events: Sequence[AccountEvent]) -> None:
        self.after += events
        if self.fails:
            raise RuntimeError("the host is broken")

    def heard(self) -> list[list[str]]:
        return [[type(event).__name__ for event in events] for events in (self.before, self.after)]

    def forget(self) -> None:
        self.before, self.after = [], []


@asynccontextmanager
async def listening(url: str, clock: TestClock) -> AsyncIterator[tuple[Application, Listener]]:
    listener = Listener()
    on_account = OnAccount(before_commit=listener.before_commit, after_commit=listener.after_commit)
    settings = auth_settings(url)
    async with running_application(settings, address=ADDRESS, clock=clock, on_account=on_account) as application:
        yield application, listener


async def do(kind: str, application: Application, clock: TestClock, ann: Person) -> Any:
    """Let an event of a kind happen to somebody, and return the answer to the request that it happens in."""
    if kind == "Registered":
        nobody = application.nobody()
        return await nobody.post("/auth/register", {"email": nobody.email, "password": PASSWORD})
    if kind == "LoggedIn":
        return await ann.post("/auth/login", {"email": ann.email, "password": PASSWORD})
    if kind == "LoginRejected":
        return await ann.post("/auth/login", {"email": ann.email, "password": "not the right password"})
    if kind == "PasswordChanged":
        return await ann.post("/auth/password", {"current_password": PASSWORD, "new_password": NEW})
    if kind == "RefreshReused":
        used = ann.refresh_token
        assert (await ann.refresh()).status_code == 200
        clock.advance(seconds=60)
        return await application.client.post("/auth/refresh", json={"refresh_token": used})
    return await ann.with_token(await ann.personal_token("account:read")).get("/auth/me")


@pytest.mark.parametrize("kind", KINDS)
async def test_the_host_hears_of_an_event_before_and_after(accounts_url: str, auth_clock: TestClock, kind: str) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        user_id = await ann.user_id()
        listener.forget()

        await do(kind, application, auth_clock, ann)

        assert listener.heard() == [[kind], [kind]]
        assert listener.before == listener.after
        event = listener.after[0]
        assert (event.address, len(event.request_id) > 0) == (ADDRESS, True)
        expected = {"Registered": event.user_id, "LoginRejected": None}.get(kind, user_id)
        assert event.user_id == expected


@pytest.mark.parametrize("kind", KINDS)
async def test_a_veto_is_409_and_the_host_hears_nothing_afterwards(
    accounts_url: str, auth_clock: TestClock, kind: str
) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        listener.forget()
        listener.refuses = kind

        answer = await do(kind, application, auth_clock, ann)

        assert (answer.status_code, answer.json()["code"]) == (409, "change_refused")
        assert answer.json()["detail"] == "Not today."
        assert listener.after == []


async def test_a_veto_undoes_a_registration(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        listener.refuses = "Registered"
        nobody = application.nobody()

        answer = await nobody.post("/auth/register", {"email": nobody.email, "password": PASSWORD})
        await application.send_mails()

        statement = "SELECT count(*) FROM todokit_auth_user WHERE email_key = :key"
        assert answer.status_code == 409
        assert (await execute(application, statement, key=nobody.email))[0][0] == 0
        assert application.mailer.to(nobody.email) == []


async def test_a_veto_undoes_a_login(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        listener.refuses = "LoggedIn"

        answer = await ann.post("/auth/login?in_cookies=false", {"email": ann.email, "password": PASSWORD})

        assert answer.status_code == 409
        assert "access_token" not in answer.text
        assert "set-cookie" not in answer.headers
        assert len((await ann.get("/auth/sessions")).json()["items"]) == 1


async def test_a_veto_undoes_a_change_of_password(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        other = await ann.elsewhere()
        listener.refuses = "PasswordChanged"

        assert (await do("PasswordChanged", application, auth_clock, ann)).status_code == 409

        assert (await other.get("/auth/me")).status_code == 200
        await application.send_mails()
        assert [mail.kind for mail in application.mailer.to(ann.email)] == ["verify"]
        await ann.log_in(PASSWORD)


async def test_a_veto_of_a_token_holds_for_every_use_of_it(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        script = ann.with_token(await ann.personal_token("account:read"))
        listener.refuses = "TokenUsed"

        answers = [(await script.get("/auth/me")).status_code for _ in range(3)]

        assert answers == [409] * 3


@pytest.mark.parametrize("kind", KINDS)
async def test_an_error_after_the_commit_changes_nothing(
    accounts_sqlite_url: str, auth_clock: TestClock, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(accounts_sqlite_url, auth_clock) as (application, listener):
        ann = await application.person()
        listener.fails = True

        answer = await do(kind, application, auth_clock, ann)

        assert answer.status_code == {
            "Registered": 202, "LoginRejected": 401, "RefreshReused": 401, "PasswordChanged": 204
        }.get(kind, 200)  # fmt: skip
        assert "after_commit failed" in caplog.text
        if kind == "PasswordChanged":
            await ann.log_in(NEW)


async def test_a_registration_that_changes_nothing_is_no_event(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        listener.forget()

        await ann.post("/auth/register", {"email": ann.email, "password": PASSWORD})
        await ann.post("/auth/forgot", {"email": ann.email})

        assert listener.heard() == [[], []]


async def test_why_a_login_was_rejected_is_told_to_the_host_alone(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann, bob, admin = await application.register(), await application.person(), await application.superuser()
        await admin.patch(f"/auth/users/{await bob.user_id()}", {"is_active": False})
        listener.forget()

        for email, password in ((ann.email, PASSWORD), (bob.email, PASSWORD), ("nobody@example.com", PASSWORD)):
            await application.client.post("/auth/login", json={"email": email, "password": password})
        for _ in range(6):
            await application.client.post("/auth/login", json={"email": admin.email, "password": "wrong password"})

        reasons = [getattr(event, "reason", None) for event in listener.after]
        assert reasons == ["unverified", "disabled", "credentials", *["credentials"] * 5, "limit"]


async def test_no_event_holds_a_secret(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        token = await ann.personal_token("account:read")
        secrets = [ann.access_token, ann.refresh_token, token, PASSWORD]
        for kind in ("TokenUsed", "Registered", "LoginRejected", "LoggedIn", "PasswordChanged", "RefreshReused"):
            await do(kind, application, auth_clock, ann)
        secrets += [ann.access_token, ann.refresh_token, NEW]

        told = repr(listener.before + listener.after)

        assert {type(event).__name__ for event in listener.after} == set(KINDS)
        assert not [secret for secret in secrets if str(secret) in told]


async def test_of_five_logins_at_once_each_is_told_once(accounts_url: str, auth_clock: TestClock) -> None:
    async with listening(accounts_url, auth_clock) as (application, listener):
        ann = await application.person()
        listener.forget()

        answers = await asyncio.gather(*(do("LoggedIn", application, auth_clock, ann) for _ in range(5)))

        sessions = {getattr(event, "session_id", None) for event in listener.after}
        assert [answer.status_code for answer in answers] == [200] * 5
        assert (len(listener.after), len(sessions)) == (5, 5)
