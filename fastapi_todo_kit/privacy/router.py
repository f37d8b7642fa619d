"""Erasing and exporting accounts, for their owners and for superusers; part of `auth_router`."""

import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response, StreamingResponse

from fastapi_todo_kit.auth.admin.service import AdminService
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.dependencies import LoggedIn, Superuser
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.sessions.transport import without_cookies
from fastapi_todo_kit.core.account_errors import UserNotFound
from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.problems import problems
from fastapi_todo_kit.privacy.service import erase_user, export_user

router: APIRouter = account_router("Privacy")

UserId = Annotated[uuid.UUID, BeforeValidator(path_id(UserNotFound))]
_LINES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": 'One JSON object in each line: `{"table": ..., "row": ...}`, and at the end `{"rows": n}`, '
        "how many there were; an export without that broke off",
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    }
}


@router.get("/me/export", response_class=StreamingResponse, responses={**_LINES, **problems(403)})
async def export_me(call: LoggedIn) -> StreamingResponse:
    """Everything that is held on you, one row in each line; the last line says how many, or it is not all."""
    call.check_fresh()
    lines = _lines(call, call.user.id)
    # Before anything is answered: a database that is away is an error then, and not half of an export.
    first = await anext(lines, b"")
    return StreamingResponse(_joined(first, lines), media_type="application/x-ndjson")


@router.delete("/me", status_code=204, responses=problems(403, 409))
async def delete_me(call: LoggedIn) -> Response:
    """Erase your account and everything that is held on you; log in first, if that is long ago."""
    call.check_fresh()
    await _erase(call, call.user.user_id)
    return without_cookies(Response(status_code=204), call.auth)


@router.delete("/users/{user_id}", status_code=204, responses=problems(403, 409))
async def delete_user(call: Superuser, user_id: UserId) -> Response:
    """Erase somebody's account and everything that is held on that user."""
    await AdminService(call).get(user_id)
    await _erase(call, user_id)
    return Response(status_code=204)


async def _erase(call: AccountCall, user_id: uuid.UUID) -> None:
    await AdminService(call).begin_erasure(user_id)
    await erase_user(call.accounts.settings, str(user_id), call.accounts.host)


async def _joined(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for one in others:
        yield one


async def _lines(call: AccountCall, user_id: str) -> AsyncIterator[bytes]:
    rows = 0
    async for one in export_user(call.accounts.settings, user_id, call.accounts.host):
        rows += 1
        yield encode(one) + b"\n"
    # An exception cuts the connection; but a middleware of Starlette's BaseHTTPMiddleware makes an end like any other.
    yield encode({"rows": rows}) + b"\n"
