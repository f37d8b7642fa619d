"""The operations on passwords."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import Anybody, LoggedIn
from fastapi_todo_kit.auth.login.schemas import Login, LoginForm, PasswordChange, PasswordReset
from fastapi_todo_kit.auth.login.service import LoginService
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.sessions.schemas import TokensRead
from fastapi_todo_kit.auth.sessions.transport import InCookies, tokens_response
from fastapi_todo_kit.auth.users.schemas import Accepted, EmailBody, EmailChange
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Accounts")


@router.post("/login", response_model=TokensRead, responses=problems(*BODY, 403, 429))
async def log_in(call: Anybody, login: JsonBody[Login], in_cookies: InCookies) -> Response:
    """Log in with address and password."""
    tokens = await LoginService(call).log_in(login)
    return tokens_response(tokens, in_cookies=in_cookies)


@router.post("/token", response_model=TokensRead, responses=problems(*BODY, 403, 429))
async def log_in_with_form(call: Anybody, form: Annotated[LoginForm, Form()], in_cookies: InCookies) -> Response:
    """Log in with the password form of OAuth 2."""
    tokens = await LoginService(call).log_in(Login(email=form.username, password=form.password))
    return tokens_response(tokens, in_cookies=in_cookies)


@router.post("/password", status_code=204, responses=problems(*BODY, 403, 429))
async def change_password(call: LoggedIn, change: JsonBody[PasswordChange]) -> Response:
    """Change your password; every other session of yours ends."""
    await LoginService(call).change(change)
    return Response(status_code=204)


@router.post("/forgot", status_code=202, response_model=Accepted, responses=problems(*BODY, 429))
async def request_reset(call: Anybody, body: JsonBody[EmailBody]) -> Accepted:
    """Send a mail with a link that sets a new password; the answer is the same without such an account."""
    return await LoginService(call).ask_to_reset(body.email)


@router.post("/reset", status_code=204, responses=problems(*BODY))
async def reset_password(call: Anybody, reset: JsonBody[PasswordReset]) -> Response:
    """Set a new password, with the token of the link in the mail; all sessions and personal access tokens end."""
    await LoginService(call).reset(reset)
    return Response(status_code=204)


@router.post("/email", status_code=202, response_model=Accepted, responses=problems(*BODY, 403, 429))
async def change_email(call: LoggedIn, change: JsonBody[EmailChange]) -> Accepted:
    """Change your address: it takes effect when the mail to the new one is confirmed, and the old one is told."""
    return await LoginService(call).change_email(change)
