"""The application whose databases are kept: users of a host, a tenant, and accounts of the kit, at a clock by hand.

The code of any release must be able to run it: it is made of what the kit promises to keep.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
from fastapi import FastAPI, Header

from fastapi_todo_kit import (
    Host,
    Identity,
    Membership,
    Notification,
    Recipient,
    TodoKitSettings,
    auth_router,
    health_router,
    run_due,
    todo_router,
)
from fastapi_todo_kit.testing import FrozenClock, MemoryMailer, MemoryNotifier
from tests.support import header_user

SECRET: Final = "the same secret as in the years before"
PASSWORD: Final = "correct horse battery"
BEGINNING: Final = datetime(2026, 3, 20, 8, tzinfo=UTC)
NOW: Final = datetime(2026, 3, 28, 12, tzinfo=UTC)
"""When everything is read: the day before the clocks change in Europe."""
ROLES: Final = {"ann": "owner", "dan": "editor", "vic": "viewer"}
"""Of the tenants."""
Caller = Mapping[str, str]
"""The headers of somebody's requests."""


def settings_of(database_url: str, **more: Any) -> TodoKitSettings:
    """Return settings with accounts, whose passwords cost little; one thing is done after the other."""
    return TodoKitSettings(
        database_url=database_url,
        auth={"secret": SECRET, "argon2": {"memory_kib": 19_456, "passes": 2, "lanes": 1}},
        mail={"in_background": False},
        worker={"at_once": 1},
        **more,
    )


async def tenant_of(
    x_user: Annotated[str | None, Header()] = None, x_tenant: Annotated[str | None, Header()] = None
) -> Membership | None:
    """Return where a request is about, if it is no personal space."""
    return Membership(x_tenant, ROLES[str(x_user)]) if x_tenant else None


def recipient(user_id: str, tenant: str | None) -> Recipient:
    """Return who is reminded: whoever has the reminder."""
    return Recipient(membership=Membership(tenant, ROLES[user_id]) if tenant else None)


class Notifier(MemoryNotifier):
    """Tells users nothing of todos that are called unreachable, until it is mended."""

    is_broken = True

    async def notify(self, notification: Notification) -> None:
        """Keep a notification, or fail."""
        if self.is_broken and "unreachable" in notification.title:
            raise ConnectionError("the line is dead")
        await super().notify(notification)


class Provider:
    """Somebody else's login, with which everybody is Dora."""

    name = "elsewhere"

    async def authorization_url(self, redirect_uri: str, *, state: str, nonce: str, verifier: str) -> str:  # noqa: ARG002  (the protocol's)
        """Return where a browser is sent."""
        return f"https://elsewhere.example/?{urlencode({'state': state})}"

    async def identity(self, redirect_uri: str, *, code: str, nonce: str, verifier: str) -> Identity:  # noqa: ARG002  (the same)
        """Return who has come back."""
        return Identity("subject-4711", "dora@elsewhere.example", email_verified=True, name="Dora")


@dataclass
class Application:
    """What a test, and who makes a database, takes hold of."""

    settings: TodoKitSettings
    host: Host
    accounts: Host
    clock: FrozenClock
    mailer: MemoryMailer
    notifier: Notifier
    client: httpx2.AsyncClient

    async def send(self, caller: Caller, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """Send a request; headers are keywords with _ for a hyphen."""
        sent = {**caller, **{name.replace("_", "-"): value for name, value in headers.items()}}
        options = {} if body is None else {"json": body}
        return await self.client.request(method, path, headers=sent, **options)

    async def do(self, caller: Caller, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request that succeeds, and return what it answers."""
        response = await self.send(caller, method, path, body, **headers)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

    async def log_in(self, email: str, password: str = PASSWORD) -> dict[str, str]:
        """Return the tokens of an account that has just logged in."""
        tokens: dict[str, str] = await self.do({}, "POST", "/auth/login", {"email": email, "password": password})
        return tokens

    async def came_back(self) -> dict[str, str]:
        """Return what a browser comes back with from the other login."""
        began = await self.do({}, "POST", f"/auth/providers/{Provider.name}/authorize")
        (state,) = parse_qs(urlsplit(began["authorization_url"]).query)["state"]
        return {"code": "a code", "state": state, "secret": began["secret"]}

    async def work(self) -> Any:
        """Do what is due; return how much was done, failed and was put aside."""
        return await run_due(self.settings, self.host)


def bearer(token: str) -> Caller:
    """Return the headers of whoever has this token."""
    return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def running(database_url: str, now: datetime = NOW) -> AsyncIterator[Application]:
    """Run the application: todos of the host's users below /api, those of accounts below /own."""
    settings = settings_of(database_url)
    clock, mailer, notifier = FrozenClock(now), MemoryMailer(), Notifier()
    host = Host(current_user=header_user, space=tenant_of, recipient=recipient, notifier=notifier, clock=clock)
    accounts = Host(mailer=mailer, login_providers=[Provider()], clock=clock)
    app = FastAPI()
    app.include_router(todo_router(settings, host), prefix="/api")
    app.include_router(todo_router(settings_of(database_url, name="own"), accounts), prefix="/own")
    app.include_router(auth_router(settings, accounts), prefix="/auth")
    app.include_router(health_router(settings, accounts), prefix="/health")
    transport = httpx2.ASGITransport(app, client=("192.0.2.1", 1234))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="https://test", headers={"User-Agent": "a client"}) as client,
    ):
        yield Application(settings, host, accounts, clock, mailer, notifier, client)
