"""The operations on sessions; what begins one is in `auth/users`."""

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.requests import Request
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import Anybody, LoggedIn, ReadsAccount
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.sessions.schemas import KeySet, RefreshBody, SessionPage, TokensRead
from fastapi_todo_kit.auth.sessions.service import SessionService
from fastapi_todo_kit.auth.sessions.transport import refresh_cookie, tokens_response, without_cookies
from fastapi_todo_kit.core.account_errors import InvalidToken, SessionNotFound
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Sessions")

SessionId = Annotated[uuid.UUID, BeforeValidator(path_id(SessionNotFound))]


@router.post("/refresh", response_model=TokensRead, response_model_exclude_unset=True, responses=problems(*BODY, 403))
async def refresh_session(call: Anybody, request: Request, body: JsonBody[RefreshBody | None] = None) -> Response:
    """The next tokens of a session. A refresh token is good once; a copy of it that comes later ends the session."""
    given = body.refresh_token if body else None
    token = given or refresh_cookie(request, call.auth)
    if token is None:
        raise InvalidToken
    tokens = await SessionService(call).refresh(token)
    return tokens_response(tokens, in_cookies=given is None)


@router.post("/logout", status_code=204, responses=problems(403))
async def log_out(call: LoggedIn) -> Response:
    """End this session."""
    await SessionService(call).end_this()
    return without_cookies(Response(status_code=204), call.auth)


@router.get("/sessions", response_model=SessionPage, responses=problems(403))
async def list_sessions(call: ReadsAccount) -> SessionPage:
    """Your sessions, the one used last first."""
    return await SessionService(call).page()


@router.delete("/sessions", status_code=204, responses=problems(403))
async def end_sessions(call: LoggedIn, *, but_this: bool = False) -> Response:
    """End all your sessions, or all others; their access tokens are good no more within seconds."""
    await SessionService(call).end_all(but_this=but_this)
    ended = Response(status_code=204)
    return ended if but_this else without_cookies(ended, call.auth)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(403))
async def end_session(call: LoggedIn, session_id: SessionId) -> Response:
    """End one of your sessions."""
    await SessionService(call).end(session_id)
    return Response(status_code=204)


@router.get("/.well-known/jwks.json", response_model=KeySet, responses=problems())
async def get_key_set(call: Anybody, response: Response) -> KeySet:
    """The public keys with which others verify access tokens."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return {"keys": call.accounts.access_tokens.key_set}
