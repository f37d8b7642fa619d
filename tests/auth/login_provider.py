"""A provider of logins inside of the process: it says what a test tells it to, when the test lets it."""

import asyncio
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from fastapi_todo_kit.errors import LoginFailed
from fastapi_todo_kit.host import Identity
from tests.auth.support import Application, Person


@dataclass
class FakeProvider:
    """Knows codes and who they stand for. While `is_open` is not set it answers nothing about a code."""

    name: str = "fake"
    codes: dict[str, Identity] = field(default_factory=dict)
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.is_open.set()

    async def authorization_url(self, redirect_uri: str, *, state: str, nonce: str, verifier: str) -> str:  # noqa: ARG002  (the protocol's)
        return f"https://provider.example/?{urlencode({'state': state})}"

    async def identity(self, redirect_uri: str, *, code: str, nonce: str, verifier: str) -> Identity:  # noqa: ARG002  (the same)
        self.is_asked.set()
        await self.is_open.wait()
        if code not in self.codes:
            raise LoginFailed
        return self.codes.pop(code)

    async def come_back(self, application: Application, identity: Identity) -> dict[str, str]:
        """Begin a login, be this person at the provider, and return what the browser comes back with."""
        began = (await application.client.post(f"/auth/providers/{self.name}/authorize")).json()
        code = secrets.token_urlsafe(8)
        self.codes[code] = identity
        state = parse_qs(urlsplit(began["authorization_url"]).query)["state"][0]
        return {"code": code, "state": state, "secret": began["secret"]}

    async def log_in(self, application: Application, body: dict[str, str]) -> httpx2.Response:
        """Log in with what the browser came back with."""
        return await application.client.post(f"/auth/providers/{self.name}/login", json=body)

    async def link(self, person: Person, body: dict[str, str]) -> httpx2.Response:
        """Let somebody log in so from now on."""
        return await person.post(f"/auth/me/logins/{self.name}", body)
