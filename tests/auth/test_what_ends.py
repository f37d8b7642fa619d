"""Whatever lets somebody into an account, by every change of the account: what was made before is good or it is not.

The rule: a mailed link is good for the account as it was when it was asked for. Whatever changes who may use the
account, or ends its sessions, ends every link.
"""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from fastapi_todo_kit.auth.mail.delivery import _NOBODY, _send
from fastapi_todo_kit.auth.mail.repository import MailRepository
from fastapi_todo_kit.host import Identity, Message
from tests.auth.login_provider import FakeProvider
from tests.auth.outside import execute
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

NEW = "another fine password"
LIMITS = dict.fromkeys(("per_account_and_address", "per_account", "per_address", "mails_per_account"), 10_000)


@dataclass
class Mailbox:
    """Keeps mails, but for addresses whose server is in no hurry."""

    messages: list[Message] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)

    async def send(self, message: Message) -> None:
        if message.to in self.slow:
            raise OSError("450 try again later")
        self.messages.append(message)

    def token(self, address: str) -> str | None:
        """Return the token of the last link that was mailed to an address."""
        links = [mail.link for mail in self.messages if mail.to == address and mail.link]
        return str(links[-1]).rpartition("=")[2] if links else None


@dataclass
class Scene:
    """An application in which nobody needs to verify an address, a superuser, and a provider of logins."""

    application: Application
    provider: FakeProvider
    mailbox: Mailbox
    clock: TestClock
    admin: Person

    async def person(self) -> Person:
        """Return somebody who has registered and logged in, and has not followed the link of any mail."""
        person = await self.application.register()
        await self.application.send_mails()
        await person.log_in()
        return person

    async def token(self, address: str) -> str | None:
        await self.application.send_mails()
        return self.mailbox.token(address)

    async def set(self, person: Person, **rights: bool) -> None:
        answer = await self.admin.patch(f"/auth/users/{await person.user_id()}", rights)
        assert answer.status_code == 200, answer.text

    def identity(self, email: str, *, subject: str | None = None) -> Identity:
        return Identity(subject or uuid.uuid4().hex, email, email_verified=True)


@pytest.fixture
async def scene(accounts_url: str, auth_clock: TestClock) -> AsyncIterator[Scene]:
    settings = auth_settings(accounts_url, require_verified=False, limits=LIMITS, revocation_max_age=timedelta(0))
    provider, mailbox = FakeProvider(), Mailbox()
    async with running_application(
        settings, clock=auth_clock, login_providers=[provider], mailer=mailbox
    ) as application:
        admin = await application.register()
        yield Scene(application, provider, mailbox, auth_clock, await superuser(application, admin))


async def superuser(application: Application, person: Person) -> Person:
    await execute(
        application,
        "UPDATE todokit_auth_user SET is_superuser = :yes WHERE email_key = :key",
        yes=True,
        key=person.email,
    )
    await person.log_in()
    return person


Uses = Callable[[], Awaitable[int]]
"""Uses what was made before; returns the status of the answer."""


async def follow(scene: Scene, path: str, token: str | None, **more: str) -> int:
    return (await scene.application.client.post(path, json={"token": token or "never sent", **more})).status_code


async def reset_link(scene: Scene, person: Person) -> Uses:
    await person.post("/auth/forgot", {"email": person.email})
    token = await scene.token(person.email)
    return lambda: follow(scene, "/auth/reset", token, password="a third fine password")


async def verify_link(scene: Scene, person: Person) -> Uses:
    token = await scene.token(person.email)
    return lambda: follow(scene, "/auth/verify", token)


async def asked_for(person: Person) -> str:
    address = f"{uuid.uuid4().hex}@example.com"
    answer = await person.post("/auth/email", {"email": address, "password": person.password})
    assert answer.status_code == 202, answer.text
    return address


async def change_link(scene: Scene, person: Person) -> Uses:
    token = await scene.token(await asked_for(person))
    assert token is not None
    return lambda: follow(scene, "/auth/email/confirm", token)


async def change_that_waits(scene: Scene, person: Person) -> Uses:
    address = await asked_for(person)
    scene.mailbox.slow.add(address)
    await scene.application.send_mails()

    async def use() -> int:
        scene.mailbox.slow.remove(address)
        scene.clock.advance(minutes=2)
        return await follow(scene, "/auth/email/confirm", await scene.token(address))

    return use


async def change_in_the_hands_of_the_postman(scene: Scene, person: Person) -> Uses:
    address = await asked_for(person)
    accounts = scene.application.accounts
    minute = timedelta(minutes=1)
    (mail,) = await accounts.write(_NOBODY, lambda work: MailRepository(work).take(1, minute, address))

    async def use() -> int:
        await _send(accounts, mail)
        return await follow(scene, "/auth/email/confirm", scene.mailbox.token(address))

    return use


async def access_token(_scene: Scene, person: Person) -> Uses:
    async def use() -> int:
        return (await person.get("/auth/me")).status_code

    return use


async def refresh_token(_scene: Scene, person: Person) -> Uses:
    async def use() -> int:
        return (await person.refresh()).status_code

    return use


async def personal_token(_scene: Scene, person: Person) -> Uses:
    script = person.with_token(await person.personal_token("account:read"))

    async def use() -> int:
        return (await script.get("/auth/me")).status_code

    return use


async def linked_login(scene: Scene, person: Person) -> Uses:
    who = scene.identity(f"{uuid.uuid4().hex}@example.com")
    body = await scene.provider.come_back(scene.application, who)
    assert (await scene.provider.link(person, body)).status_code == 204
    began = await scene.provider.come_back(scene.application, who)

    async def use() -> int:
        entered = Person(scene.application, person.email, person.password)
        answer = await scene.provider.log_in(scene.application, began)
        if answer.status_code == 200:
            entered.use(answer.json())
            # A login that was taken away makes an account of its own.
            is_same = (await entered.get("/auth/me")).json()["email"] != who.email
            return 200 if is_same else 401
        return answer.status_code

    return use


async def link_that_was_begun(scene: Scene, person: Person) -> Uses:
    body = await scene.provider.come_back(scene.application, scene.identity(f"{uuid.uuid4().hex}@example.com"))

    async def use() -> int:
        return (await scene.provider.link(person, body)).status_code

    return use


async def password(scene: Scene, person: Person) -> Uses:
    old = person.password

    async def use() -> int:
        body = {"email": person.email, "password": old}
        return (await scene.application.client.post("/auth/login", json=body)).status_code

    return use


MADE: dict[str, Callable[[Scene, Person], Awaitable[Uses]]] = {
    one.__name__: one
    for one in (
        reset_link,
        verify_link,
        change_link,
        change_that_waits,
        change_in_the_hands_of_the_postman,
        access_token,
        refresh_token,
        personal_token,
        linked_login,
        link_that_was_begun,
        password,
    )
}


async def nothing_happens(_scene: Scene, _person: Person) -> None:
    pass


async def the_name_changes(_scene: Scene, person: Person) -> None:
    other = await person.elsewhere()
    assert (await other.patch("/auth/me", {"name": "Another"})).status_code == 200


async def the_password_changes(_scene: Scene, person: Person) -> None:
    other = await person.elsewhere()
    body = {"current_password": person.password, "new_password": NEW}
    assert (await other.post("/auth/password", body)).status_code == 204


async def the_address_changes(scene: Scene, person: Person) -> None:
    address = await asked_for(await person.elsewhere())
    assert await follow(scene, "/auth/email/confirm", await scene.token(address)) == 204
    person.email = address


async def a_superuser_verifies_it(scene: Scene, person: Person) -> None:
    await scene.set(person, is_verified=True)


async def a_superuser_unverifies_it(scene: Scene, person: Person) -> None:
    user_id = await person.user_id()
    for is_verified in (True, False):
        answer = await scene.admin.patch(f"/auth/users/{user_id}", {"is_verified": is_verified})
        assert answer.status_code == 200


async def it_is_disabled(scene: Scene, person: Person) -> None:
    await scene.set(person, is_active=False)


async def somebody_disables_it_in_the_database(scene: Scene, person: Person) -> None:
    statement = "UPDATE todokit_auth_user SET is_active = :no WHERE email_key = :key"
    await execute(scene.application, statement, no=False, key=person.email)


async def it_is_disabled_and_enabled_again(scene: Scene, person: Person) -> None:
    user_id = await person.user_id()
    for is_active in (False, True):
        answer = await scene.admin.patch(f"/auth/users/{user_id}", {"is_active": is_active})
        assert answer.status_code == 200


async def it_becomes_a_superuser(scene: Scene, person: Person) -> None:
    await scene.set(person, is_superuser=True, is_verified=True)


async def it_is_logged_out_everywhere(_scene: Scene, person: Person) -> None:
    assert (await (await person.elsewhere()).delete("/auth/sessions")).status_code == 204


async def it_is_logged_out_everywhere_else(_scene: Scene, person: Person) -> None:
    assert (await (await person.elsewhere()).delete("/auth/sessions?but_this=true")).status_code == 204


async def a_superuser_logs_it_out(scene: Scene, person: Person) -> None:
    assert (await scene.admin.delete(f"/auth/users/{await person.user_id()}/sessions")).status_code == 204


async def its_owner_comes_through_a_provider(scene: Scene, person: Person) -> None:
    body = await scene.provider.come_back(scene.application, scene.identity(person.email))
    assert (await scene.provider.log_in(scene.application, body)).status_code == 200


async def its_owner_resets_the_password(scene: Scene, person: Person) -> None:
    await person.post("/auth/forgot", {"email": person.email})
    assert await follow(scene, "/auth/reset", await scene.token(person.email), password=NEW) == 204


async def its_owner_verifies_it(scene: Scene, person: Person) -> None:
    await person.post("/auth/verify/request", {"email": person.email})
    assert await follow(scene, "/auth/verify", await scene.token(person.email)) == 204


async def it_is_erased(scene: Scene, person: Person) -> None:
    assert (await scene.admin.delete(f"/auth/users/{await person.user_id()}")).status_code == 204


LINKS = {"reset_link", "verify_link", "change_link", "change_that_waits", "change_in_the_hands_of_the_postman"}
SESSION = {"access_token", "refresh_token", "link_that_was_begun"}
LASTING = {"personal_token", "linked_login", "password"}
STAYS: dict[Callable[[Scene, Person], Awaitable[None]], set[str]] = {
    nothing_happens: LINKS | SESSION | LASTING,
    the_name_changes: LINKS | SESSION | LASTING,
    the_password_changes: LASTING - {"password"},
    the_address_changes: SESSION | LASTING,
    a_superuser_verifies_it: LASTING,
    a_superuser_unverifies_it: LASTING,
    it_is_disabled: set(),
    # Who writes into the database tells no worker; an access token is not looked up, and lasts its quarter of an hour.
    somebody_disables_it_in_the_database: {"access_token"},
    it_is_disabled_and_enabled_again: LASTING,
    it_becomes_a_superuser: LASTING,
    it_is_logged_out_everywhere: LASTING,
    it_is_logged_out_everywhere_else: LASTING,
    a_superuser_logs_it_out: LASTING,
    its_owner_comes_through_a_provider: set(),
    its_owner_resets_the_password: set(),
    its_owner_verifies_it: (SESSION | LASTING) - {"linked_login"},
    it_is_erased: set(),
}


@pytest.mark.parametrize("change", STAYS, ids=lambda change: change.__name__)
async def test_what_was_made_before_a_change_is_good_or_it_is_not(
    scene: Scene, change: Callable[[Scene, Person], Awaitable[None]]
) -> None:
    answers: dict[str, int] = {}
    # Following a link changes an account, so each has one of its own; the rest do not disturb one another.
    for kinds in (*({kind} for kind in LINKS), MADE.keys() - LINKS):
        person = await scene.person()
        uses = {kind: await MADE[kind](scene, person) for kind in kinds}
        await change(scene, person)
        answers |= {kind: await use() for kind, use in uses.items()}

    assert {kind: answer in {200, 204} for kind, answer in answers.items()} == {
        kind: kind in STAYS[change] for kind in MADE
    }, answers
    assert set(answers.values()) <= {200, 204, 400, 401, 403}


async def test_a_confirmed_address_verifies_no_account_that_was_not(scene: Scene) -> None:
    person = await scene.person()
    address = await asked_for(person)
    person.email = address

    assert await follow(scene, "/auth/email/confirm", await scene.token(address)) == 204

    assert (await person.get("/auth/me")).json()["is_verified"] is False
    # It gets a mail that does.
    assert await follow(scene, "/auth/verify", await scene.token(address)) == 204
    assert (await person.get("/auth/me")).json()["is_verified"] is True
