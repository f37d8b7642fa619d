"""What the tests of reminders say in one line, and a host whose users share the spaces of tenants."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Header

from fastapi_todo_kit import Membership, Recipient, TodoKitSettings
from tests.support import Api, TestClock, make_app, running

LATER = {"datetime": "2026-04-10T09:00:00", "timezone": "Europe/Berlin"}
"""A due far behind the beginning of the tests, which is 28 March 2026, 12:00 UTC: 07:00 UTC."""


async def remind(api: Api, todo: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Create a reminder; without a body it is at the due."""
    created: dict[str, Any] = await api.post(path(todo), body, 201)
    return created


def path(thing: dict[str, Any]) -> str:
    """Return the path of a reminder, or that of the reminders of a todo."""
    if "todo_id" in thing:
        return f"/todos/{thing['todo_id']}/reminders/{thing['id']}"
    return f"/todos/{thing['id']}/reminders"


async def user_space(x_user: Annotated[str, Header()]) -> Membership | None:
    """Users are called `ann@acme:viewer`, or `ann`, who works in a space of her own."""
    tenant, _, role = x_user.partition("@")[2].partition(":")
    return Membership(tenant, role) if tenant else None


def member(user_id: str, tenant: str | None) -> Recipient:
    """Return what is known of a user that is named like that."""
    key, _, role = user_id.partition("@")[2].partition(":")
    return Recipient(membership=Membership(key, role) if tenant is not None else None)


@asynccontextmanager
async def shared_space(settings: TodoKitSettings, clock: TestClock, **host: Any) -> AsyncIterator[Api]:
    """Yield a client of an application whose users may share spaces."""
    callables = {"space": user_space, "recipient": member, **host}
    async with running(make_app(settings, clock=clock, **callables)) as api:
        yield api
