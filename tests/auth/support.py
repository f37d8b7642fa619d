"""The application that the tests of accounts drive, and people who have accounts in it."""

import ipaddress
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx2
from fastapi import FastAPI
from sqlalchemy import text

from fastapi_todo_kit import Host, TodoKitSettings, auth_router, todo_router
from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.mail.delivery import deliver
from fastapi_todo_kit.host import Clock, Message, utc_now
from fastapi_todo_kit.testing import MemoryMailer

SECRET = "a secret of more than thirty-two bytes"
PASSWORD = "correct horse battery"
# As little work as the settings allow: the tests log in hundreds of times.
CHEAP = {"memory_kib": 19_456, "passes": 2, "lanes": 1}


def auth_settings(database_url: str, **auth: Any) -> TodoKitSettings:
    """Return settings with accounts, whose mails are sent when a test says so, for a machine that takes its time."""
    return TodoKitSettings(
        database_url=database_url,
        auth={"secret": SECRET, "argon2": CHEAP, **auth},
        mail={"in_background": False},
        pool={"wait": 30, "timeout": 30},
    )


@dataclass
class Application:
    """An application with accounts below /auth and todos below /api."""

    accounts: Accounts
    """Those that it was built with, also when the process has forgotten them: another would open other connections."""
    mailer: MemoryMailer
    app: FastAPI
    client: httpx2.AsyncClient

    @property
    def settings(self) -> TodoKitSettings:
        return self.accounts.settings

    @property
    def host(self) -> Host:
        return self.accounts.host

    async def send_mails(self) -> int:
        return await deliver(self.accounts)

    async def register(self, email: str | None = None, password: str = PASSWORD, **fields: Any) -> "Person":
        """Return somebody who has registered, and nothing more."""
        person = Person(self, email or f"{uuid.uuid4().hex}@example.com", password)
        response = await person.post("/auth/register", {"email": person.email, "password": password, **fields})
        assert response.status_code == 202, response.text
        return person

    async def person(self, email: str | None = None, password: str = PASSWORD, **fields: Any) -> "Person":
        """Return somebody who has registered, followed the link in the mail, and logged in."""
        person = await self.register(email, password, **fields)
        await person.verify()
        await person.log_in()
        return person

    async def superuser(self) -> "Person":
        """Return a person who administers users."""
        person = await self.person()
        key = {"key": person.email}
        statement = text("UPDATE todokit_auth_user SET is_superuser = :yes WHERE email_key = :key")
        await self.accounts.database.transact(lambda connection: connection.run(statement, {"yes": True, **key}))
        await person.log_in()
        return person

    def nobody(self) -> "Person":
        """Return somebody without an account."""
        return Person(self, f"{uuid.uuid4().hex}@example.com", PASSWORD)


@dataclass
class Person:
    """Somebody who sends requests, with the access token that was got last."""

    application: Application
    email: str
    password: str
    access_token: str | None = None
    refresh_token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, method: str, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        """Send a request and return the response, whatever it is."""
        bearer = {"Authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        headers = {**bearer, **self.headers, **options.pop("headers", {})}
        if body is not None:
            options["json"] = body
        return await self.application.client.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return await self.send("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        return await self.send("POST", path, body, **options)

    async def patch(self, path: str, body: Any, **options: Any) -> httpx2.Response:
        return await self.send("PATCH", path, body, **options)

    async def delete(self, path: str, **options: Any) -> httpx2.Response:
        return await self.send("DELETE", path, **options)

    async def mailed_token(self) -> str:
        """Return the token of the link that was mailed last."""
        await self.application.send_mails()
        return self.application.mailer.last_token(self.email)

    async def verify(self) -> None:
        response = await self.post("/auth/verify", {"token": await self.mailed_token()})
        assert response.status_code == 204, response.text

    async def log_in(self, password: str | None = None) -> None:
        """Log in, and use what that gives from now on."""
        body = {"email": self.email, "password": password or self.password}
        response = await self.application.client.post("/auth/login", json=body)
        assert response.status_code == 200, response.text
        self.use(response.json())

    def use(self, tokens: dict[str, Any]) -> None:
        self.access_token, self.refresh_token = tokens["access_token"], tokens["refresh_token"]

    async def refresh(self) -> httpx2.Response:
        """Exchange the refresh token, and use what that gives if it succeeds."""
        body = {"refresh_token": self.refresh_token}
        response = await self.application.client.post("/auth/refresh", json=body)
        if response.status_code == 200:
            self.use(response.json())
        return response

    async def elsewhere(self) -> "Person":
        """Return the same person, logged in once more."""
        other = Person(self.application, self.email, self.password)
        await other.log_in()
        return other

    async def personal_token(self, *scopes: str, **fields: Any) -> str:
        """Make a personal access token."""
        response = await self.post("/auth/tokens", {"name": "a token", "scopes": list(scopes), **fields})
        assert response.status_code == 201, response.text
        token: str = response.json()["token"]
        return token

    def with_token(self, token: str) -> "Person":
        """Return the same person, who sends this token."""
        return Person(self.application, self.email, self.password, token)

    async def user_id(self) -> str:
        identity: str = (await self.get("/auth/me")).json()["id"]
        return identity


def new_address() -> str:
    """Return an address of the network from which nobody has come yet."""
    return str(ipaddress.IPv4Address(0x0A_00_00_00 | secrets.randbits(24)))


class _Built:
    """An application whose clock and mailer are those of the test that has it at the moment."""

    def __init__(self, settings: TodoKitSettings, **host: Any) -> None:
        self.clock: Clock = utc_now
        self.mailer = MemoryMailer()
        self.host = Host(**{"clock": self.now, "mailer": self, **host})
        self.app = FastAPI()
        self.app.include_router(auth_router(settings, self.host), prefix="/auth")
        self.app.include_router(todo_router(settings, self.host), prefix="/api")
        self.accounts = accounts_of(settings, self.host)
        self.made_of = list(self.app.router.routes)

    def now(self) -> datetime:
        return self.clock()

    async def send(self, message: Message) -> None:
        await self.mailer.send(message)

    def is_as_built(self) -> bool:
        """Whether no test has added a route, or let the process forget what it knows of the accounts."""
        is_known = accounts_of(self.accounts.settings, self.host) is self.accounts
        return is_known and self.made_of == self.app.router.routes and not self.app.dependency_overrides


_built: dict[TodoKitSettings, _Built] = {}


@asynccontextmanager
async def running_application(
    settings: TodoKitSettings, *, address: str | None = None, clock: Clock = utc_now, **host: Any
) -> AsyncIterator[Application]:
    """Run an application, whose clients come from one address unless a test says otherwise.

    Nobody else comes from there: on databases that tests share, failures from one address would add up. One that was
    built for a test before, and serves none now, is used again: FastAPI takes long to make the routes of another.
    """
    kept = None if host else _built.pop(settings, None)
    built = kept if kept is not None and kept.is_as_built() else _Built(settings, **host)
    async with built.app.router.lifespan_context(built.app), _asked(built, address, clock) as application:
        yield application
    if not host and built.is_as_built():
        _built[settings] = built


@asynccontextmanager
async def _asked(built: _Built, address: str | None, clock: Clock) -> AsyncIterator[Application]:
    built.clock, built.mailer = clock, MemoryMailer()
    transport = httpx2.ASGITransport(built.app, client=(address or new_address(), 1234))
    async with httpx2.AsyncClient(transport=transport, base_url="https://test") as client:
        yield Application(built.accounts, built.mailer, built.app, client)


class Kept:
    """The applications that go on running from test to test, with their connections, on one event loop."""

    def __init__(self) -> None:
        self._running: dict[TodoKitSettings, _Built] = {}
        self._stack = AsyncExitStack()

    async def close(self) -> None:
        await self._stack.aclose()

    @asynccontextmanager
    async def application(self, settings: TodoKitSettings, clock: Clock) -> AsyncIterator[Application]:
        """Lend the application with these settings to a test; it is another one if a test before has changed it."""
        built = self._running.pop(settings, None)
        if built is None or not built.is_as_built():
            built = _Built(settings)
            await self._stack.enter_async_context(built.app.router.lifespan_context(built.app))
        async with _asked(built, None, clock) as application:
            yield application
        self._running[settings] = built
