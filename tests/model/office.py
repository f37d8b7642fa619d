"""The application that a model is held against, driven from where nothing is async, and its worker."""

from collections.abc import Callable
from typing import Annotated, Any

import httpx2
from fastapi import Header

from fastapi_todo_kit import Host, Membership, Notification, Recipient, TodoKitSettings, run_due
from fastapi_todo_kit.testing import MemoryNotifier
from tests.support import Api, TestClock, header_user, make_app

USERS = tuple(f"user {number}" for number in range(5))


class Organisation:
    """Who has which role now; a host's own functions."""

    def __init__(self) -> None:
        self.key = ""
        self.roles: dict[str, str] = {}

    async def space(self, x_user: Annotated[str, Header()]) -> Membership:
        return Membership(self.key, self.roles[x_user])

    def recipient(self, user_id: str, tenant: str | None) -> Recipient:
        role = self.roles.get(user_id)
        return Recipient(membership=Membership(tenant, role) if tenant == self.key and role else None)


class Office:
    """The application that a machine drives from where nothing is async, and its worker."""

    def __init__(self, settings: TodoKitSettings, run: Callable[..., Any]) -> None:
        self.settings, self._run = settings, run
        self.organisation, self.clock, self.notifier = Organisation(), TestClock(), MemoryNotifier()
        callables = {"space": self.organisation.space, "recipient": self.organisation.recipient}
        self.app = make_app(settings, clock=self.clock, **callables)
        self.host = Host(
            current_user=header_user, clock=self.clock, notifier=self.notifier, recipient=self.organisation.recipient
        )
        self.api: Api

    def send(self, user: str, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        answer: httpx2.Response = self._run(self.api.as_user(user).send(method, path, body, headers=headers))
        return answer

    def work(self) -> list[Notification]:
        """Let a worker do what is due; return what it told anybody."""
        before = len(self.notifier.notifications)
        report = self._run(run_due(self.settings, self.host))
        assert not report["failed"] + report["parked"], report
        return list(self.notifier.notifications[before:])

    def get(self, path: str) -> Any:
        answer = self.send(USERS[0], "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()
