"""What tests do to an application from outside: from another address or process, or behind its back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from typing import Annotated, Any
from unittest.mock import patch

import httpx2
from fastapi import Depends
from sqlalchemy import text

from fastapi_todo_kit import AuthUser, current_user
from fastapi_todo_kit.auth import accounts
from fastapi_todo_kit.auth.accounts import ProcessState
from fastapi_todo_kit.storage.engines.connections import Connection
from tests.auth.support import Application


def at(application: Application, address: str) -> Application:
    """Return the same application, with a client that comes from another address and has no cookies."""
    transport = httpx2.ASGITransport(application.app, client=(address, 1234))
    return replace(application, client=httpx2.AsyncClient(transport=transport, base_url="https://test"))


def add_host_route(application: Application) -> None:
    """Add GET /host, a route of the host's own that asks the kit who is calling."""
    who = current_user(application.settings, application.host)

    @application.app.get("/host")
    async def answer(user: Annotated[AuthUser, Depends(who)]) -> str:
        return user.id


async def execute(application: Application, statement: str, **parameters: Any) -> list[Any]:
    """Run a statement on the database of an application, and return its rows."""

    async def run(connection: Connection) -> list[Any]:
        async with connection.lending() as transaction:
            result = await transaction.connection.execute(text(statement), parameters)
            return list(result.all()) if result.returns_rows else []

    return await application.accounts.database.transact(run)


@asynccontextmanager
async def another_process() -> AsyncIterator[None]:
    """Let applications that are made meanwhile know nothing of what this process knows, as in another or later one."""
    with patch.object(accounts, "_state_of", cache(ProcessState)):
        yield


def without_request_id(response: httpx2.Response) -> tuple[Any, ...]:
    """Return what a client gets to know from a response, but for the id of its own request."""
    body = response.json() if response.content else None
    if isinstance(body, dict):
        body.pop("request_id", None)
    headers = {name: value for name, value in response.headers.items() if name != "x-request-id"}
    return response.status_code, headers, body
