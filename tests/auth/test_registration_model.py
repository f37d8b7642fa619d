"""One address that several people register, with several passwords, in any order: who reads its mails gets the account.

So it is whatever superusers do with it meanwhile, and also where its owner comes by a provider, or has an account of
another address and moves to this one. The model knows which password is right, which link is good, and for which
password each link was mailed.
"""

import asyncio
import uuid
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, TypeVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine, precondition

from fastapi_todo_kit.auth.admin.commands import promote
from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.host import Identity
from tests.auth.support import PASSWORD, Person
from tests.auth.test_account_model import World, started
from tests.walking import explore, number, one_of, thrown

pytestmark = pytest.mark.survival

T = TypeVar("T")
PASSWORDS: Final = ("the password of Ann", "the password of Eve", "the password of Joe")
CHOSEN: Final = "chosen by the mailbox"
DAY: Final = timedelta(hours=24)
LIFETIMES: Final = {**dict.fromkeys(("verify", "choose", "invite", "change_email"), DAY), "reset": timedelta(hours=1)}


@dataclass
class Link:
    """A link that was mailed, while `password` was the right one."""

    kind: str
    token: str
    password: str | None
    until: datetime
    is_good: bool = True


class AnAddress(RuleBasedStateMachine):
    """The address, and its account as it should be. With no right password, none counts.

    It `is_made` while it never had one: a superuser has made it, or its owner came by a provider.
    """

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self) -> None:
        self.address = f"{uuid.uuid4().hex}@example.com"
        self.is_there = self.is_verified = self.is_made = self.is_superuser = False
        self.is_active = True
        self.password: str | None = None
        self.waiting: list[str] = []
        self.links: list[Link] = []
        self.is_fresh = False

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.world.runner.run(doing)

    def post(self, path: str, **body: str) -> int:
        return self.run(self.world.application.client.post(path, json=body)).status_code

    @property
    def admin(self) -> Person:
        """The superuser, whose login is fresh until time passes or his address is another."""
        if not self.is_fresh:
            self.run(self.world.admin.log_in())
            self.is_fresh = True
        return self.world.admin

    def administer(self, method: str, path: str, body: Any = None) -> int:
        return self.run(self.admin.send(method, path, body)).status_code

    @property
    def gives_way(self) -> bool:
        """Whether somebody has only registered it, who may be anybody."""
        return self.is_there and self.is_active and not self.is_verified and not self.is_made

    def good_links(self) -> list[Link]:
        return [one for one in self.links if one.is_good and one.until > self.now]

    def set(self, password: str | None) -> None:
        self.password = password
        for link in self.links:
            link.is_good = link.is_good and link.kind == "change_email"

    @thrown(password=one_of(*PASSWORDS))
    def register(self, password: str) -> None:
        assert self.post("/auth/register", email=self.address, password=password) == 202
        self.waiting.append("verify")
        if not self.is_there:
            self.is_there = True
            self.set(password)
        elif not self.is_verified and not self.is_made and self.password not in (None, password):
            self.set(None)

    @thrown(path=one_of("/auth/forgot", "/auth/verify/request"))
    def ask_for_a_mail(self, path: str) -> None:
        assert self.post(path, email=self.address) == 202
        self.waiting.append("reset" if path == "/auth/forgot" else "verify")

    @thrown(2, is_superuser=one_of(False, True))
    def a_superuser_makes_it(self, is_superuser: bool) -> None:
        is_free = not self.is_there or self.gives_way
        body = {"email": self.address, "is_superuser": is_superuser}
        assert self.administer("POST", "/auth/users", body) == (201 if is_free else 409)
        if is_free:
            self.waiting.append("invite")
            self.is_there, self.is_made, self.is_superuser = True, True, is_superuser
            self.set(None)

    @precondition(lambda self: self.is_there)
    @thrown(3, by_api=one_of(False, True))
    def it_is_promoted(self, by_api: bool) -> None:
        may_be = self.is_superuser or (self.is_active and (self.is_verified or self.is_made))
        assert (self.promoted_by_api() if by_api else self.promoted_by_command()) == may_be
        if may_be and not self.is_superuser:
            self.is_superuser = True
            self.set(self.password)

    def promoted_by_api(self) -> bool:
        status = self.administer("PATCH", f"/auth/users/{self.shown()['id']}", {"is_superuser": True})
        assert status in {200, 409}
        return status == 200

    def promoted_by_command(self) -> bool:
        try:
            return self.run(promote(self.world.application.settings, self.address))["is_superuser"]
        except ConfigurationError:
            return False

    def shown(self) -> Any:
        return self.run(self.admin.get("/auth/users", params={"email": self.address})).json()["items"][0]

    @precondition(lambda self: self.is_there)
    @thrown(2, dice=number(0, 3))
    def a_superuser_disables_or_enables_it(self, dice: int) -> None:
        value = self.is_active == (dice > 1)  # little happens to an account that is disabled
        assert self.administer("PATCH", f"/auth/users/{self.shown()['id']}", {"is_active": value}) == 200
        if value != self.is_active:
            self.is_active = value
            self.set(self.password)

    @precondition(lambda self: self.is_there)
    @thrown(2, vouches=one_of(False, False, True))
    def a_superuser_takes_its_proof_back_or_vouches(self, vouches: bool) -> None:
        assert self.administer("PATCH", f"/auth/users/{self.shown()['id']}", {"is_verified": vouches}) == 200
        if vouches != self.is_verified:
            self.is_verified = vouches
            self.set(self.password)

    @thrown(dice=number(0, 3))
    def its_owner_comes_by_a_provider(self, dice: int) -> None:
        if dice:  # seldom, for less happens to an account that is verified
            return
        identity = Identity(uuid.uuid4().hex, self.address.upper(), email_verified=True)
        body = self.run(self.world.provider.come_back(self.world.application, identity))
        status = self.run(self.world.provider.log_in(self.world.application, body)).status_code
        is_closed = self.is_there and (self.is_verified or self.is_superuser)
        assert status == (409 if is_closed else 200 if self.is_active else 401)
        if status == 200:
            self.is_there = self.is_verified = self.is_made = True
            self.set(None)

    @thrown(3)
    def its_owner_moves_here(self) -> None:
        new = {"email": self.address, "password": PASSWORD}
        assert self.administer("POST", "/auth/email", new) == 202
        self.waiting.append("change_email")

    @thrown(hours=one_of(2, 25))
    def time_passes(self, hours: int) -> None:
        self.world.clock.advance(hours=hours)
        self.is_fresh = False

    @precondition(lambda self: self.waiting)
    @thrown(3)
    def deliver(self) -> None:
        before = len(self.world.mailbox.messages)
        self.run(self.world.application.send_mails())
        sent = self.world.mailbox.messages[before:]
        mails = [mail for mail in sent if mail.to.lower() == self.address]  # spelled as its account has it
        assert [mail.kind for mail in mails] == [self.kind(asked) for asked in self.waiting if self.kind(asked)]
        self.waiting = []
        for mail in mails:
            if mail.link:
                token, until = mail.link.rpartition("=")[2], self.now + LIFETIMES[mail.kind]
                self.links.append(Link(mail.kind, token, self.password, until))

    def kind(self, asked: str) -> str | None:
        if asked == "change_email":
            return "known_already" if self.is_there and not self.gives_way else asked
        if not self.is_there or not (self.is_active or asked == "password_changed"):
            return None
        if asked == "verify":
            return "known_already" if self.is_verified else "verify" if self.password or self.is_made else "choose"
        return asked

    @precondition(lambda self: self.links)
    @thrown(4, which=number(0, 99))
    def follow(self, which: int) -> None:
        among = self.links[-2:] if which % 2 else self.links  # what is new is good, most of the time
        self.use(among[which // 2 % len(among)])

    def use(self, link: Link) -> None:
        is_good = link in self.good_links()
        if link.kind == "change_email":
            self.move(link, is_good=is_good)
            return
        if link.kind == "verify":
            assert self.post("/auth/verify", token=link.token) == (204 if is_good else 400)
            assert not is_good or link.password == self.password, "it confirms what it was mailed for"
        else:
            assert self.post("/auth/reset", token=link.token, password=CHOSEN) == (204 if is_good else 400)
        if is_good:
            self.is_verified = True
            self.is_made = self.is_made and link.kind == "verify"
            self.waiting += [] if link.kind == "verify" else ["password_changed"]
            self.set(self.password if link.kind == "verify" else CHOSEN)

    def move(self, link: Link, *, is_good: bool) -> None:
        is_free = not self.is_there or self.gives_way
        status = self.post("/auth/email/confirm", token=link.token)
        assert status == (400 if not is_good else 204 if is_free else 409)
        if status == 204:  # whoever had registered it has nothing any more, and the model goes on with another address
            self.world.admin.email = self.address
            for one in (*PASSWORDS, CHOSEN):
                assert self.post("/auth/login", email=self.address, password=one) == 401
            self.begin()

    @thrown(password=one_of(*PASSWORDS, CHOSEN))
    def log_in(self, password: str) -> None:
        self.check_password(password)

    def check_password(self, password: str) -> None:
        is_right = self.is_there and password == self.password
        expected = (200 if self.is_verified else 403) if is_right and self.is_active else 401
        assert self.post("/auth/login", email=self.address, password=password) == expected

    def teardown(self) -> None:
        for link in list(self.links):
            if link not in self.good_links():
                self.use(link)
        for password in (*PASSWORDS, CHOSEN):
            self.check_password(password)
        if self.is_there:
            shown = self.shown()
            said = (shown["is_active"], shown["is_verified"], shown["is_superuser"], shown["has_password"])
            assert said == (self.is_active, self.is_verified, self.is_superuser, self.password is not None)


def test_who_reads_the_mails_of_an_address_gets_the_account(accounts_url: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        AnAddress.world = runner.run(started(stack, accounts_url, runner))
        try:
            explore(AnAddress, walks=8, steps=80, examples=1_000)
        finally:
            runner.run(stack.aclose())
