"""The operations on other people's logins."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import Anybody, LoggedIn, ReadsAccount
from fastapi_todo_kit.auth.oauth.schemas import Authorization, LinkedLoginList, ProviderList, ProviderLogin
from fastapi_todo_kit.auth.oauth.service import OAuthService
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.sessions.schemas import TokensRead
from fastapi_todo_kit.auth.sessions.transport import InCookies, tokens_response
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Logins of other providers")

Provider = Annotated[str, Path(max_length=64)]


@router.get("/providers", response_model=ProviderList, responses=problems())
async def list_providers(call: Anybody) -> ProviderList:
    """The names of the providers with which one can log in here."""
    return OAuthService(call).providers()


@router.post("/providers/{provider}/authorize", response_model=Authorization, responses=problems(429))
async def authorize(call: Anybody, provider: Provider) -> Authorization:
    """Begin a login: where to send the browser, and a secret to keep until it comes back."""
    return await OAuthService(call).authorize(provider)


@router.post("/providers/{provider}/login", response_model=TokensRead, responses=problems(*BODY, 403, 409, 429))
async def log_in_with_provider(
    call: Anybody, provider: Provider, login: JsonBody[ProviderLogin], in_cookies: InCookies
) -> Response:
    """Log in with what the browser came back with; an account is made for whoever has none."""
    tokens = await OAuthService(call).log_in(provider, login)
    return tokens_response(tokens, in_cookies=in_cookies)


@router.get("/me/logins", response_model=LinkedLoginList, responses=problems(403))
async def list_logins(call: ReadsAccount) -> LinkedLoginList:
    """The providers with which you can log in."""
    return await OAuthService(call).linked()


@router.post("/me/logins/{provider}", status_code=204, responses=problems(*BODY, 403, 409, 429))
async def link_login(call: LoggedIn, provider: Provider, login: JsonBody[ProviderLogin]) -> Response:
    """Let yourself log in with a provider, too; log in first, if that is long ago."""
    await OAuthService(call).link(provider, login)
    return Response(status_code=204)


@router.delete("/me/logins/{provider}", status_code=204, responses=problems(403, 409))
async def unlink_login(call: LoggedIn, provider: Provider) -> Response:
    """Stop logging in with a provider; one way to log in must be left. Log in first, if that is long ago."""
    await OAuthService(call).unlink(provider)
    return Response(status_code=204)
