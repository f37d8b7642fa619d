"""An application in which people are invited, with a worker at a test's command that sends the mails."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi_todo_kit import Host, Sharing, TodoKitSettings, run_due
from fastapi_todo_kit.testing import MemoryMailer
from tests.support import Api, Everybody, TestClock, make_app, running
from tests.teams import Teammate, team

PAGE = "https://app.example/join#token={token}"


class Addresses(Everybody):
    """People with an address of their own, but for those of whom a test says something else."""

    def __init__(self) -> None:
        self.known: dict[str, str | None] = {}

    def email_of(self, user_id: str) -> str | None:  # type: ignore[override]  # some have none
        return self.known.get(user_id, f"{user_id}@example.com")


@dataclass
class Party:
    """An application, and what its users have to do with it."""

    settings: TodoKitSettings
    host: Host
    api: Api
    clock: TestClock
    mailer: MemoryMailer
    people: Addresses

    async def team(self) -> Teammate:
        """Make a team of somebody whom nobody has seen before."""
        return await team(self.api.as_user(), "Kitchen")

    async def send_mails(self) -> None:
        """Let the worker do what is due."""
        await run_due(self.settings, self.host)

    async def mailed(self, owner: Teammate, user: str, role: str = "editor") -> str:
        """Invite a user by mail, and return the token of the link."""
        await invite(owner, role, email=f"{user}@example.com")
        await self.send_mails()
        return self.mailer.last_token(f"{user}@example.com")


@asynccontextmanager
async def partying(url: str, host: dict[str, Any] | None = None, **sharing: Any) -> AsyncIterator[Party]:
    """Run an application whose users nobody else knows."""
    clock, mailer, people = TestClock(), MemoryMailer(), Addresses()
    given = {"add_directly": True, "invitation_url": PAGE, **sharing}
    settings = TodoKitSettings(database_url=url, namespace=uuid.uuid4().hex, sharing=Sharing(**given))
    callables = {"people": people, **(host or {})}
    async with running(make_app(settings, clock=clock, **callables)) as api:
        yield Party(settings, Host(clock=clock, mailer=mailer, **callables), api, clock, mailer, people)


async def invite(owner: Api, role: str = "editor", expect: int = 201, space: str | None = None, **body: Any) -> Any:
    """Invite somebody to the space of a teammate."""
    path = f"/spaces/{space or owner.space}/invitations"  # type: ignore[attr-defined]  # a teammate has one
    return await owner.post(path, {"role": role, **body}, expect)


async def link(owner: Teammate, role: str = "editor", **body: Any) -> str:
    """Make a link, and return its token."""
    return str((await invite(owner, role, **body))["token"])


async def accept(api: Api, token: str, expect: int = 200) -> Any:
    return await api.post("/invitations/accept", {"token": token}, expect)


async def roles(api: Teammate) -> dict[str, str]:
    return {one["user_id"]: one["role"] for one in await api.all_pages(f"/spaces/{api.space}/members")}


async def invitations(api: Teammate) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await api.all_pages(f"/spaces/{api.space}/invitations", limit=2)
    return found
