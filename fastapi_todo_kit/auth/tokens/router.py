"""The operations on personal access tokens."""

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import LoggedIn, ReadsAccount
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.tokens.schemas import NewTokenRead, TokenCreate, TokenPage
from fastapi_todo_kit.auth.tokens.service import TokenService
from fastapi_todo_kit.core.account_errors import TokenNotFound
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Personal access tokens")

TokenId = Annotated[uuid.UUID, BeforeValidator(path_id(TokenNotFound))]


@router.get("/tokens", response_model=TokenPage, responses=problems(403))
async def list_tokens(call: ReadsAccount) -> TokenPage:
    """Your personal access tokens, the newest first, without their secrets."""
    return await TokenService(call).page()


@router.post("/tokens", status_code=201, response_model=NewTokenRead, responses=problems(*BODY, 403, 409))
async def create_token(call: LoggedIn, new: JsonBody[TokenCreate]) -> NewTokenRead:
    """Make a personal access token, shown in this answer and never again; log in first, if that is long ago."""
    return await TokenService(call).create(new)


@router.delete("/tokens/{token_id}", status_code=204, responses=problems(403))
async def delete_token(call: LoggedIn, token_id: TokenId) -> Response:
    """Revoke a personal access token."""
    await TokenService(call).delete(token_id)
    return Response(status_code=204)
