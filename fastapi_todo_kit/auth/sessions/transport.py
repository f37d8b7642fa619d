"""How tokens travel: in the answer, or in cookies that no script of a page can read."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import (
    ACCESS_COOKIE,
    REFRESH_COOKIE,
    accounts_on,
    check_not_cross_site,
    check_same_site,
)
from fastapi_todo_kit.auth.sessions.service import Tokens
from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.core.errors import InvalidInput
from fastapi_todo_kit.http.call import JSON_TYPE
from fastapi_todo_kit.settings import Auth


async def read_in_cookies(
    connection: HTTPConnection,
    *,
    in_cookies: Annotated[
        bool, Query(description="Answer with cookies instead of tokens, for pages in a browser; if `cookies` is on")
    ] = False,
) -> bool:
    """Return whether a login is to be answered with cookies.

    Raises:
        InvalidInput: cookies are off.
        CrossSiteRequest: a page of another site wants somebody to be logged in as somebody else.
    """
    auth = accounts_on(connection).settings.auth
    if in_cookies and not auth.cookies:
        place = {"parameter": "in_cookies", "code": "cookies_off", "detail": "This application uses no cookies."}
        raise InvalidInput(errors=[place])
    if in_cookies:
        check_not_cross_site(connection, auth)
    return in_cookies


InCookies = Annotated[bool, Depends(read_in_cookies)]


def tokens_response(tokens: Tokens, *, in_cookies: bool) -> Response:
    """Return the answer to a login."""
    body: dict[str, Any] = {"token_type": "bearer", "expires_in": int(tokens.access_lifetime.total_seconds())}
    if not in_cookies:
        body |= {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
        return Response(encode(body), media_type=JSON_TYPE)
    response = Response(encode({**body, "token_type": "cookie"}), media_type=JSON_TYPE)
    _set(response, ACCESS_COOKIE, tokens.access_token, tokens.access_lifetime)
    _set(response, REFRESH_COOKIE, tokens.refresh_token, tokens.refresh_lifetime)
    return response


def without_cookies(response: Response, auth: Auth) -> Response:
    """Return an answer that makes the browser forget its tokens."""
    if auth.cookies:
        for name in (ACCESS_COOKIE, REFRESH_COOKIE):
            _set(response, name, "", timedelta(0))
    return response


def refresh_cookie(request: Request, auth: Auth) -> str | None:
    """Return the refresh token of a cookie, None where there is none.

    Raises:
        CrossSiteRequest: a page of another site sends it.
    """
    token = request.cookies.get(REFRESH_COOKIE) if auth.cookies else None
    if token is not None:
        check_same_site(request, auth)
    return token


def _set(response: Response, name: str, value: str, lifetime: timedelta) -> None:
    # `__Host-` in the name: the browser takes it from this host only, over TLS, for all of it.
    response.set_cookie(
        name, value, max_age=int(lifetime.total_seconds()), path="/", secure=True, httponly=True, samesite="lax"
    )
