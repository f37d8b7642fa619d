"""Mails of accounts: rows until they are sent, never sent inside a request, and no place where a token is kept."""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from fastapi_todo_kit import Host, TodoKitSettings, send_mails
from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.mail.delivery import _NOBODY, _send, deliver
from fastapi_todo_kit.auth.mail.repository import MailRepository
from fastapi_todo_kit.auth.models import metadata
from fastapi_todo_kit.host import Message
from tests.auth.conftest import migrated
from tests.auth.outside import another_process, execute
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

ATTEMPTS = 8


class BrokenMailer:
    """Fails until it is mended, and repeats the mail in its error as some libraries do."""

    def __init__(self) -> None:
        self.tried: list[Message] = []
        self.sent: list[Message] = []
        self.is_broken = True

    async def send(self, message: Message) -> None:
        self.tried.append(message)
        if self.is_broken:
            raise RuntimeError(f"the server refused {message!r}")
        self.sent.append(message)


@pytest.fixture
def own_url(request: pytest.FixtureRequest, new_postgres: Callable[[], str], tmp_path: Any) -> str:
    """A database in which no mail of another test waits."""
    if request.param == "postgresql":
        return migrated(new_postgres())
    return migrated(f"sqlite+aiosqlite:///{tmp_path}/own.db")


each_own_database = pytest.mark.parametrize("own_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def alone(own_url: str, auth_clock: TestClock) -> AsyncIterator[Application]:
    """An application whose database it has for itself."""
    async with running_application(auth_settings(own_url), clock=auth_clock) as application:
        yield application


async def waiting(application: Application, columns: str = "kind") -> list[tuple[Any, ...]]:
    rows = await execute(application, f"SELECT {columns} FROM todokit_auth_mail ORDER BY created_at, kind")  # noqa: S608  (constants)
    return [tuple(row) for row in rows]


@each_own_database
async def test_a_mail_waits_in_the_database_until_it_is_sent(alone: Application) -> None:
    ann = await alone.register()
    await ann.post("/auth/forgot", {"email": ann.email})
    await ann.post("/auth/forgot", {"email": "nobody@example.com"})

    assert alone.mailer.messages == []
    assert await waiting(alone) == [("verify",), ("reset",), ("reset",)]
    assert await alone.send_mails() == 2

    assert [mail.kind for mail in alone.mailer.messages] == ["verify", "reset"]
    assert await waiting(alone) == []
    assert await alone.send_mails() == 0


@each_own_database
async def test_no_mailer_is_called_inside_of_a_request(own_url: str) -> None:
    called_from: list[str] = []

    class Watching:
        async def send(self, _message: Message) -> None:
            task = asyncio.current_task()
            called_from.append(task.get_name() if task else "")

    settings = TodoKitSettings(database_url=own_url, auth=auth_settings(own_url).auth)
    async with running_application(settings, mailer=Watching()) as application:
        request = asyncio.create_task(application.register(), name="request")
        await request
        async with asyncio.timeout(10):
            while not called_from:  # noqa: ASYNC110  (the postman says nothing to anybody)
                await asyncio.sleep(0.05)

    assert called_from != ["request"]
    assert len(called_from) == 1


@each_own_database
async def test_a_mail_that_fails_is_tried_again_later_and_later(own_url: str, auth_clock: TestClock) -> None:
    mailer = BrokenMailer()
    async with running_application(auth_settings(own_url), clock=auth_clock, mailer=mailer) as application:
        await application.register()
        for attempt in range(1, ATTEMPTS):
            await application.send_mails()
            assert len(mailer.tried) == attempt
            auth_clock.advance(seconds=30 * 2**attempt * 0.5 - 1)
            await application.send_mails()
            assert len(mailer.tried) == attempt, "it is too early"
            auth_clock.advance(seconds=30 * 2**attempt * 0.5 + 2)
        await application.send_mails()

        assert len(mailer.tried) == ATTEMPTS


@each_own_database
async def test_a_mail_is_given_up_after_eight_attempts_and_kept(own_url: str, auth_clock: TestClock) -> None:
    mailer = BrokenMailer()
    async with running_application(auth_settings(own_url), clock=auth_clock, mailer=mailer) as application:
        await application.register()
        for _ in range(ATTEMPTS + 3):
            await application.send_mails()
            auth_clock.advance(hours=5)
        mailer.is_broken = False
        await application.send_mails()

        assert len(mailer.tried) == ATTEMPTS
        assert {message.id for message in mailer.tried} == {mailer.tried[0].id}
        (kept,) = await waiting(application, "attempts, error")
        assert kept[0] == ATTEMPTS
        assert kept[1].startswith("RuntimeError")


@each_own_database
async def test_a_mail_that_failed_arrives_with_a_link_that_is_good(own_url: str, auth_clock: TestClock) -> None:
    mailer = BrokenMailer()
    async with running_application(auth_settings(own_url), clock=auth_clock, mailer=mailer) as application:
        ann = await application.register()
        await application.send_mails()
        mailer.is_broken = False
        auth_clock.advance(minutes=2)
        assert await application.send_mails() == 1

        token = str(mailer.sent[0].link).rpartition("=")[2]
        assert (await ann.post("/auth/verify", {"token": token})).status_code == 204


@each_own_database
async def test_two_deliveries_at_once_send_each_mail_once(own_url: str, auth_clock: TestClock) -> None:
    settings = auth_settings(own_url)
    async with running_application(settings, clock=auth_clock) as application:
        people = [await application.register() for _ in range(25)]
        workers = []
        for _ in range(4):
            async with another_process():
                workers.append(accounts_of(settings, Host(mailer=application.mailer, clock=auth_clock)))

        sent = await asyncio.gather(*(deliver(worker) for worker in workers))
        await asyncio.gather(*(worker.database.close() for worker in workers))

        assert sum(sent) == len(people)
        assert Counter(mail.to for mail in application.mailer.messages) == {person.email: 1 for person in people}


@each_own_database
async def test_a_mail_of_a_worker_that_died_is_sent_by_another(own_url: str, auth_clock: TestClock) -> None:
    class Death(BaseException):
        pass

    class Dying:
        async def send(self, _message: Message) -> None:
            raise Death

    settings = auth_settings(own_url)
    async with running_application(settings, clock=auth_clock) as application:
        ann = await application.register()
        with pytest.raises(Death):
            await send_mails(settings, Host(mailer=Dying(), clock=auth_clock))
        assert await application.send_mails() == 0, "somebody has it"
        auth_clock.advance(minutes=3)

        assert await application.send_mails() == 1
        await ann.verify()


async def everything_stored(application: Application) -> str:
    """Return every value of every column of every table of accounts."""
    tables = [f"SELECT * FROM {name}" for name in metadata.tables]  # noqa: S608  (the kit's own names)
    assert len(tables) >= 8
    return "\n".join([repr([tuple(row) for row in await execute(application, table)]) for table in tables])


@each_own_database
async def test_no_secret_is_stored_anywhere(alone: Application) -> None:
    ann = await alone.register()
    secrets = [PASSWORD, await ann.mailed_token()]
    assert await found(alone, secrets) == []
    await ann.verify()
    await ann.log_in()
    secrets += [str(ann.access_token), str(ann.refresh_token), await ann.personal_token("account:read")]
    await ann.refresh()
    secrets += [str(ann.access_token), str(ann.refresh_token)]
    new = f"{uuid.uuid4().hex}@example.com"
    await ann.post("/auth/email", {"email": new, "password": PASSWORD})
    await ann.post("/auth/forgot", {"email": ann.email})
    secrets += [await ann.mailed_token(), alone.mailer.last_token(new)]
    await ann.post("/auth/login", {"email": ann.email, "password": "a guess that is wrong"})

    assert await found(alone, [*secrets, "a guess that is wrong"]) == []
    stored = await everything_stored(alone)
    assert ann.email in stored, "so it would have been found"


async def found(application: Application, secrets: list[str]) -> list[str]:
    stored = await everything_stored(application)
    parts = [part for secret in secrets for part in {secret, secret.split(".")[-1]}]
    return [part for part in parts if part in stored]


@each_own_database
async def test_an_error_that_repeats_a_mail_keeps_no_token(own_url: str, auth_clock: TestClock) -> None:
    mailer = BrokenMailer()
    async with running_application(auth_settings(own_url), clock=auth_clock, mailer=mailer) as application:
        await application.register()
        await application.send_mails()

        token = str(mailer.tried[0].link).rpartition("=")[2]
        assert await found(application, [token]) == []


@each_own_database
async def test_an_error_that_no_database_takes_does_not_hold_up_other_mails(
    own_url: str, auth_clock: TestClock
) -> None:
    class Hostile(BrokenMailer):
        async def send(self, message: Message) -> None:
            if message.to.startswith("bad"):
                raise RuntimeError("a\0b")
            self.sent.append(message)

    mailer = Hostile()
    async with running_application(auth_settings(own_url), clock=auth_clock, mailer=mailer) as application:
        await application.register(f"bad-{uuid.uuid4().hex}@example.com")
        ann = await application.register()

        await application.send_mails()

        assert [mail.to for mail in mailer.sent] == [ann.email]


@each_own_database
async def test_an_erased_account_gets_no_mail_any_more(alone: Application) -> None:
    ann = await alone.person()
    await ann.post("/auth/email", {"email": f"new-{ann.email}", "password": PASSWORD})
    await ann.post("/auth/forgot", {"email": ann.email})
    before = len(alone.mailer.messages)

    await execute(alone, "DELETE FROM todokit_auth_user WHERE email_key = :key", key=ann.email)
    await alone.send_mails()

    kinds = [mail.kind for mail in alone.mailer.messages[before:]]
    assert kinds in ([], ["email_change_asked"])
    assert await waiting(alone) == []


async def taken(application: Application, person: Person) -> tuple[Accounts, Any]:
    """Return a mail to somebody as a postman holds it who has not written it yet."""
    accounts = application.accounts
    lease = timedelta(minutes=2)
    (mail,) = await accounts.write(_NOBODY, lambda work: MailRepository(work).take(1, lease, person.email))
    return accounts, mail


async def test_a_mail_that_a_postman_holds_does_not_go_to_who_was_erased(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, revocation_max_age=0)
    async with running_application(settings) as application:
        ann = await application.person()
        change = {"current_password": PASSWORD, "new_password": "another fine password"}
        assert (await ann.post("/auth/password", change)).status_code == 204
        accounts, mail = await taken(application, ann)
        assert (await ann.delete("/auth/me")).status_code == 204

        await _send(accounts, mail)

        assert [mail.kind for mail in application.mailer.to(ann.email)] == ["verify"]


async def test_a_mail_whose_lease_is_over_is_left_to_who_has_it_now(
    application: Application, auth_clock: TestClock
) -> None:
    ann = await application.register()
    accounts, late = await taken(application, ann)
    auth_clock.advance(minutes=3)
    _, current = await taken(application, ann)

    await _send(accounts, late)
    assert application.mailer.to(ann.email) == [], "and it did not take the mail from the other one"
    await _send(accounts, current)

    assert len(application.mailer.to(ann.email)) == 1
