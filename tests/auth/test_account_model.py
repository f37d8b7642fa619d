"""One account, and whatever several people do with it in any order: nobody who lost it gets it back.

The model knows of everything that was ever made whether it is good; what is good no more is tried again at the end.
"""

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from fastapi_todo_kit.host import Identity, Message
from tests.auth.login_provider import FakeProvider
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.auth.test_what_ends import LIMITS, superuser
from tests.support import TestClock
from tests.walking import explore, number, one_of, thrown

pytestmark = pytest.mark.survival

T = TypeVar("T")
GOOD = {200, 201, 202, 204}
MOST_REPEATED = 4  # each takes a minute, and an access token lasts for fifteen


@dataclass
class Mailbox:
    """Keeps every mail; when it says that it could not, the mail comes a second time."""

    messages: list[Message] = field(default_factory=list)
    repeats: bool = False

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if self.repeats:
            raise OSError("451 nobody knows what became of it")


@dataclass
class World:
    """What all examples share."""

    runner: asyncio.Runner
    application: Application
    provider: FakeProvider
    mailbox: Mailbox
    clock: TestClock
    admin: Person


@dataclass
class Made:
    """Something that lets somebody in, or that did."""

    kind: str
    use: Callable[[], Coroutine[Any, Any, int]]
    is_good: bool = True
    person: Person | None = None
    email: str = ""


class AnAccount(RuleBasedStateMachine):
    """The account, as it should be."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.address = f"{uuid.uuid4().hex}@example.com"
        self.password: str | None = PASSWORD
        self.is_active, self.is_verified, self.is_there = True, False, True
        self.made: list[Made] = []
        self.waiting: list[tuple[str, str, bool]] = []
        """Mails with a link: its kind, the address, and whether the account is as it was when it was asked for."""
        self.passwords = [PASSWORD]
        self.repeated = 0
        self.run(self.world.admin.log_in())
        first = self.run(self.world.application.register(self.address))
        self.run(first.log_in())
        self.waiting.append(("verify", self.address, True))
        self.user_id = self.run(first.user_id())
        self.keep_session(first)

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.world.runner.run(doing)

    def send(self, method: str, path: str, body: Any = None, by: Person | None = None) -> int:
        somebody = by or self.world.application.nobody()
        return self.run(somebody.send(method, path, body)).status_code

    def keep_session(self, person: Person) -> None:
        async def use() -> int:
            answers = [(await person.get("/auth/me")).status_code, (await person.refresh()).status_code]
            assert len({answer in GOOD for answer in answers}) == 1, answers
            return answers[0]

        self.made.append(Made("session", use, person=person))

    def good(self, *kinds: str) -> list[Made]:
        return [one for one in self.made if one.is_good and one.kind in kinds]

    def end(self, *kinds: str, but: Made | None = None) -> None:
        for one in self.good(*kinds):
            one.is_good = one is but
        self.forget_vouched()

    def end_links(self) -> None:
        self.end("reset", "verify", "change_email")
        self.waiting = [(kind, address, is_good and kind != "change_email") for kind, address, is_good in self.waiting]

    def end_foreign_logins(self) -> None:
        for one in self.good("login"):
            one.is_good = one.email == self.address
        self.forget_vouched()

    def forget_vouched(self) -> None:
        # A provider that vouches for an address today is no memory of a right: it is one.
        self.made = [one for one in self.made if one.is_good or one.kind != "login" or not one.email]

    # What is made.

    @precondition(lambda self: self.is_there)
    @thrown(which=number(0, 9))
    def log_in(self, which: int) -> None:
        typed = self.passwords[which % len(self.passwords)]
        person = Person(self.world.application, self.address, typed)
        answer = self.run(person.post("/auth/login", {"email": self.address, "password": typed}))
        assert (answer.status_code == 200) == (self.is_active and typed == self.password), answer.text
        if answer.status_code == 200:
            person.use(answer.json())
            self.keep_session(person)

    @precondition(lambda self: self.good("session"))
    @thrown(which=number(0, 9))
    def make_a_personal_token(self, which: int) -> None:
        person = self.person(which)
        script = person.with_token(self.run(person.personal_token("account:read")))

        async def use() -> int:
            return (await script.get("/auth/me")).status_code

        self.made.append(Made("token", use))

    def person(self, which: int) -> Person:
        sessions = self.good("session")
        person = sessions[which % len(sessions)].person
        assert person is not None
        return person

    @precondition(lambda self: self.good("session"))
    @thrown(which=number(0, 9))
    def link_a_login(self, which: int) -> None:
        identity = Identity(uuid.uuid4().hex, f"{uuid.uuid4().hex}@example.com", email_verified=False)
        body = self.run(self.world.provider.come_back(self.world.application, identity))
        assert self.run(self.world.provider.link(self.person(which), body)).status_code == 204
        self.keep_login(identity)

    def keep_login(self, identity: Identity, email: str = "") -> None:
        async def use() -> int:
            body = await self.world.provider.come_back(self.world.application, identity)
            return (await self.world.provider.log_in(self.world.application, body)).status_code

        self.made.append(Made("login", use, email=email))

    @precondition(lambda self: self.is_there)
    @thrown(2, path=one_of("/auth/forgot", "/auth/verify/request", "/auth/register"))
    def ask_for_a_link(self, path: str) -> None:
        body = {"email": self.address} | ({"password": "of somebody else"} if path == "/auth/register" else {})
        assert self.send("POST", path, body) == 202
        self.waiting.append(("reset" if path == "/auth/forgot" else "verify", self.address, True))

    @precondition(lambda self: self.good("session") and self.password)
    @thrown(2, which=number(0, 9))
    def ask_for_another_address(self, which: int) -> None:
        new = f"{uuid.uuid4().hex}@example.com"
        assert self.send("POST", "/auth/email", {"email": new, "password": self.password}, self.person(which)) == 202
        self.end("change_email")
        self.waiting = [(kind, address, good and kind != "change_email") for kind, address, good in self.waiting]
        self.waiting.append(("change_email", new, True))

    @precondition(lambda self: self.waiting)
    @thrown(8, repeats=one_of(False, True))
    def deliver(self, repeats: bool) -> None:
        box = self.world.mailbox
        before, box.repeats = len(box.messages), repeats and self.repeated < MOST_REPEATED
        times = 2 if box.repeats else 1
        self.run(self.world.application.send_mails())
        if box.repeats:
            box.repeats, self.repeated = False, self.repeated + 1
            self.world.clock.advance(minutes=1)
            self.run(self.world.application.send_mails())
        expected = [(kind, address) for kind, address, _ in filter(self.is_sent, self.waiting)] * times
        addresses = {address for _, address, _ in self.waiting}
        links = [mail for mail in box.messages[before:] if mail.link and mail.to in addresses]
        assert sorted((mail.kind, mail.to) for mail in links) == sorted(expected)
        self.waiting = []
        for mail in links:
            self.keep_link(mail.kind, mail.to, str(mail.link).rpartition("=")[2])

    def is_sent(self, mail: tuple[str, str, bool]) -> bool:
        kind, address, is_good = mail
        is_right = self.is_there and self.is_active and is_good
        is_own = address == self.address and not (kind == "verify" and self.is_verified)
        return is_right and (is_own or kind == "change_email")

    def keep_link(self, kind: str, address: str, token: str) -> None:
        path = {"reset": "/auth/reset", "verify": "/auth/verify", "change_email": "/auth/email/confirm"}[kind]
        new = f"a fine password, {token[:8]}"
        body = {"token": token} | ({"password": new} if kind == "reset" else {})

        async def use() -> int:
            return (await self.world.application.client.post(path, json=body)).status_code

        self.made.append(Made(kind, use, email=new if kind == "reset" else address))

    # What is used.

    @precondition(lambda self: self.made)
    @thrown(8, which=number(0, 99))
    def use(self, which: int) -> None:
        among = self.made[-3:] if which % 2 else self.made  # what is new is good, most of the time
        one = among[which // 2 % len(among)]
        is_usable = one.is_good and self.is_there and self.is_active
        assert (self.run(one.use()) in GOOD) == is_usable, one.kind
        if is_usable and one.kind in {"reset", "verify", "change_email"}:
            self.follow(one)

    def follow(self, link: Made) -> None:
        self.end_links()
        if link.kind == "change_email":
            self.address = link.email
            if not self.is_verified:
                self.waiting.append(("verify", self.address, True))
            return
        self.is_verified = True
        if link.kind == "reset":
            self.password = link.email
            self.passwords.append(link.email)
            self.end("session", "token")
        self.end_foreign_logins()

    # What changes.

    @precondition(lambda self: self.good("session") and self.password)
    @thrown(which=number(0, 9))
    def change_the_password(self, which: int) -> None:
        person, new = self.person(which), f"a fine password, {uuid.uuid4().hex[:8]}"
        body = {"current_password": self.password, "new_password": new}
        assert self.send("POST", "/auth/password", body, person) == 204
        self.password = new
        self.passwords.append(new)
        self.end("session", but=next(one for one in self.made if one.person is person))
        self.end_links()

    @precondition(lambda self: self.good("session"))
    @thrown(which=number(0, 9), but_this=one_of(False, True))
    def log_out_everywhere(self, which: int, but_this: bool) -> None:
        person = self.person(which)
        assert self.send("DELETE", f"/auth/sessions?but_this={str(but_this).lower()}", by=person) == 204
        kept = next(one for one in self.made if one.person is person) if but_this else None
        self.end("session", but=kept)
        self.end_links()

    @precondition(lambda self: self.is_there)
    @thrown(2, change=one_of("is_active", "is_verified"), value=one_of(False, True))
    def a_superuser_changes_it(self, change: str, value: bool) -> None:
        value = value or not self.is_active  # little happens to an account that is not
        assert self.send("PATCH", f"/auth/users/{self.user_id}", {change: value}, self.world.admin) == 200
        if getattr(self, change) != value:
            setattr(self, change, value)
            self.end("session")
            self.end_links()

    @precondition(lambda self: self.is_there)
    @thrown()
    def a_superuser_logs_it_out(self) -> None:
        assert self.send("DELETE", f"/auth/users/{self.user_id}/sessions", by=self.world.admin) == 204
        self.end("session")
        self.end_links()

    @precondition(lambda self: self.is_there)
    @thrown()
    def its_owner_comes_by_a_provider(self) -> None:
        identity = Identity(uuid.uuid4().hex, self.address.upper(), email_verified=True)
        body = self.run(self.world.provider.come_back(self.world.application, identity))
        status = self.run(self.world.provider.log_in(self.world.application, body)).status_code
        assert status == (409 if self.is_verified else 200 if self.is_active else 401)
        if status == 200:
            self.is_verified, self.password = True, None
            self.end("session", "token", "login")
            self.end_links()
            self.keep_login(identity, self.address)

    @precondition(lambda self: self.is_there)
    @thrown(dice=number(0, 20))
    def it_is_erased(self, dice: int) -> None:
        if dice:  # seldom, for nothing comes after it
            return
        assert self.send("DELETE", f"/auth/users/{self.user_id}", by=self.world.admin) == 204
        self.is_there = False
        self.end("session", "token", "login")
        self.end_links()
        self.waiting = []

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        user = self.run(self.world.admin.get(f"/auth/users/{self.user_id}"))
        assert user.status_code == (200 if self.is_there else 404)
        if self.is_there:
            shown = user.json()
            said = (shown["email"], shown["is_active"], shown["is_verified"], shown["has_password"])
            assert said == (self.address, self.is_active, self.is_verified, self.password is not None)

    def teardown(self) -> None:
        for one in self.made:
            if not one.is_good:
                assert self.run(one.use()) not in GOOD, f"{one.kind} was good once more"
        self.it_is_as_the_model_says()


async def started(stack: AsyncExitStack, url: str, runner: asyncio.Runner, **auth: Any) -> World:
    """Return the world of a model, whose superuser has verified his address."""
    provider, mailbox, clock = FakeProvider(), Mailbox(), TestClock()
    limits = LIMITS | {"per_address": 20_000}
    kit = auth_settings(url, limits=limits, revocation_max_age=timedelta(0), **auth)
    running = running_application(kit, clock=clock, login_providers=[provider], mailer=mailbox)
    application = await stack.enter_async_context(running)
    admin = await application.register()
    await application.send_mails()
    (link,) = [mail.link for mail in mailbox.messages if mail.to == admin.email]
    await admin.post("/auth/verify", {"token": str(link).rpartition("=")[2]})
    await superuser(application, admin)
    return World(runner, application, provider, mailbox, clock, admin)


def test_nobody_who_lost_an_account_gets_it_back_by_what_was_made_before(accounts_url: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        AnAccount.world = runner.run(started(stack, accounts_url, runner, require_verified=False))
        try:
            explore(AnAccount, walks=8, steps=60, examples=1_000)
        finally:
            runner.run(stack.aclose())
