"""One address that several people register, with several passwords, in any order: who reads its mails gets the account.

The model knows which password is right, which link is good, and for which password each link was mailed.
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

from tests.auth.test_account_model import World, started
from tests.walking import explore, number, one_of, thrown

pytestmark = pytest.mark.survival

T = TypeVar("T")
PASSWORDS: Final = ("the password of Ann", "the password of Eve", "the password of Joe")
CHOSEN: Final = "chosen by the mailbox"
LIFETIMES: Final = {"verify": timedelta(hours=24), "choose": timedelta(hours=24), "reset": timedelta(hours=1)}


@dataclass
class Link:
    """A link that was mailed, while `password` was the right one."""

    kind: str
    token: str
    password: str | None
    until: datetime
    is_good: bool = True


class AnAddress(RuleBasedStateMachine):
    """The address, and its account as it should be. With no right password, none counts."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.address = f"{uuid.uuid4().hex}@example.com"
        self.is_there = self.is_verified = False
        self.password: str | None = None
        self.changed_at = self.now
        self.waiting: list[str] = []
        self.links: list[Link] = []

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.world.runner.run(doing)

    def post(self, path: str, **body: str) -> int:
        return self.run(self.world.application.client.post(path, json=body)).status_code

    def good_links(self) -> list[Link]:
        return [one for one in self.links if one.is_good and one.until > self.now]

    def set(self, password: str | None) -> None:
        self.password, self.changed_at = password, self.now
        for link in self.links:
            link.is_good = False

    @thrown(password=one_of(*PASSWORDS))
    def register(self, password: str) -> None:
        assert self.post("/auth/register", email=self.address, password=password) == 202
        self.waiting.append("verify")
        is_over = self.changed_at < self.now - LIFETIMES["verify"] and not self.good_links()
        if not self.is_there or (is_over and not self.is_verified and password != self.password):
            self.is_there = True
            self.set(password)
        elif not self.is_verified and self.password not in (None, password):
            self.set(None)

    @thrown(path=one_of("/auth/forgot", "/auth/verify/request"))
    def ask_for_a_mail(self, path: str) -> None:
        assert self.post(path, email=self.address) == 202
        self.waiting.append("reset" if path == "/auth/forgot" else "verify")

    @thrown(hours=one_of(2, 25))
    def time_passes(self, hours: int) -> None:
        self.world.clock.advance(hours=hours)

    @precondition(lambda self: self.waiting)
    @thrown()
    def deliver(self) -> None:
        before = len(self.world.mailbox.messages)
        self.run(self.world.application.send_mails())
        mails = [mail for mail in self.world.mailbox.messages[before:] if mail.to == self.address]
        assert [mail.kind for mail in mails] == [self.kind(asked) for asked in self.waiting if self.kind(asked)]
        self.waiting = []
        for mail in mails:
            if mail.link:
                token, until = mail.link.rpartition("=")[2], self.now + LIFETIMES[mail.kind]
                self.links.append(Link(mail.kind, token, self.password, until))

    def kind(self, asked: str) -> str | None:
        if not self.is_there:
            return None
        if asked == "verify":
            return "known_already" if self.is_verified else "verify" if self.password else "choose"
        return asked

    @precondition(lambda self: self.links)
    @thrown(3, which=number(0, 99))
    def follow(self, which: int) -> None:
        self.use(self.links[which % len(self.links)])

    def use(self, link: Link) -> None:
        is_good = link in self.good_links()
        if link.kind == "verify":
            assert self.post("/auth/verify", token=link.token) == (204 if is_good else 400)
            assert not is_good or link.password == self.password, "it confirms what it was mailed for"
        else:
            assert self.post("/auth/reset", token=link.token, password=CHOSEN) == (204 if is_good else 400)
        if is_good:
            self.is_verified = True
            self.waiting += [] if link.kind == "verify" else ["password_changed"]
            self.set(self.password if link.kind == "verify" else CHOSEN)

    @thrown(password=one_of(*PASSWORDS, CHOSEN))
    def log_in(self, password: str) -> None:
        self.check_password(password)

    def check_password(self, password: str) -> None:
        is_right = self.is_there and password == self.password
        expected = (200 if self.is_verified else 403) if is_right else 401
        assert self.post("/auth/login", email=self.address, password=password) == expected

    def teardown(self) -> None:
        for link in list(self.links):
            if link not in self.good_links():
                self.use(link)
        for password in (*PASSWORDS, CHOSEN):
            self.check_password(password)


def test_who_reads_the_mails_of_an_address_gets_the_account(accounts_url: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        AnAddress.world = runner.run(started(stack, accounts_url, runner))
        try:
            explore(AnAddress, walks=6, steps=60, examples=1_000)
        finally:
            runner.run(stack.aclose())
