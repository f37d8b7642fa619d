"""Dependencies that say who is calling: for the routes of accounts, for those of todos, and for the host's own."""

import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache
from typing import Annotated, Any, Final, cast
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, params
from fastapi.openapi.models import HTTPBearer as HTTPBearerModel
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection
from starlette.responses import Response

from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.work import Client
from fastapi_todo_kit.core.account_errors import CrossSiteRequest, InvalidToken, LoginTooOld
from fastapi_todo_kit.core.errors import Forbidden, InsufficientScope, RequestError, Unauthenticated
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.http.request_id import request_id_of
from fastapi_todo_kit.http.strict_request import StrictRequest, raise_complaint
from fastapi_todo_kit.settings import Auth, TodoKitSettings

ACCESS_COOKIE: Final = "__Host-todo_kit_access"
REFRESH_COOKIE: Final = "__Host-todo_kit_refresh"
SUPERUSERS_ONLY: Final = "Only superusers may do this."
SESSIONS_ONLY: Final = (
    "No scope of a personal access token allows this; log in, and send the access token of the session."
)
_SAFE: Final = {"GET", "HEAD", "OPTIONS"}
_SCHEME: Final = "todo_kit_token"
_DESCRIPTION: Final = "An access token from `login`, or a personal access token"

CurrentUserDependency = Callable[[HTTPConnection], Awaitable[AuthUser]]
OptionalUserDependency = Callable[[HTTPConnection], Awaitable[AuthUser | None]]


class _Bearer(SecurityBase):
    """What the OpenAPI document says of every dependency in this file."""

    def __init__(self) -> None:
        self.model: Any = HTTPBearerModel(description=_DESCRIPTION)
        self.scheme_name: str = _SCHEME


class _OptionalUser(_Bearer):
    def __init__(self, accounts: Accounts) -> None:
        super().__init__()
        self.accounts: Accounts = accounts

    async def __call__(self, connection: HTTPConnection) -> AuthUser | None:
        try:
            return await authenticate(connection, self.accounts)
        except RequestError as error:
            raise _for_any_route(error, self.accounts.settings.auth) from error


class _CurrentUser(_OptionalUser):
    async def __call__(self, connection: HTTPConnection) -> AuthUser:
        user = await super().__call__(connection)
        if user is None:
            error = Unauthenticated()
            raise _for_any_route(error, self.accounts.settings.auth) from error
        return user


# Each dependency is made once, so that FastAPI runs it once in a request and `app.dependency_overrides` reaches it.
_optional_user = cache(_OptionalUser)
_current_user = cache(_CurrentUser)


def optional_user(settings: TodoKitSettings, host: Host | None = None) -> OptionalUserDependency:
    """Return a dependency: the `AuthUser` who calls, None where nobody has said who he is; a wrong token is 401.

    The same arguments give the same object, so that `app.dependency_overrides` reaches it.
    """
    return _optional_user(accounts_of(settings, host))


def current_user(settings: TodoKitSettings, host: Host | None = None) -> CurrentUserDependency:
    """Return a dependency: the `AuthUser` who calls, or a 401 with `WWW-Authenticate`.

    Give it the `Host` that `auth_router` has, if it has one. The same arguments give the same object.
    """
    return _current_user(accounts_of(settings, host))


def require_scope(settings: TodoKitSettings, *scopes: str, host: Host | None = None) -> CurrentUserDependency:
    """Return a dependency: the `AuthUser` who calls, if its token has these scopes; a session has all of them.

    The same arguments give the same object.
    """
    return _scoped_user(accounts_of(settings, host), scopes)


def fresh_user(settings: TodoKitSettings, max_age: timedelta, host: Host | None = None) -> CurrentUserDependency:
    """Return a dependency: the `AuthUser` who calls, if the password was typed in this session lately enough.

    The same arguments give the same object.
    """
    return _fresh_user(accounts_of(settings, host), max_age)


@cache
def _scoped_user(accounts: Accounts, scopes: tuple[str, ...]) -> CurrentUserDependency:
    async def scoped_user(user: Annotated[AuthUser, Depends(_current_user(accounts))]) -> AuthUser:
        if not user.has_scope(*scopes):
            error = InsufficientScope()
            error.headers = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{" ".join(scopes)}"'}
            raise _for_any_route(error, accounts.settings.auth) from error
        return user

    return cast("CurrentUserDependency", scoped_user)


@cache
def _fresh_user(accounts: Accounts, max_age: timedelta) -> CurrentUserDependency:
    async def fresh_user(user: Annotated[AuthUser, Depends(_current_user(accounts))]) -> AuthUser:
        if user.authenticated_at is None or accounts.host.now() - user.authenticated_at > max_age:
            error = LoginTooOld()
            challenge = f'{error.headers["WWW-Authenticate"]}, max_age="{max_age.total_seconds():.0f}"'
            error.headers = {"WWW-Authenticate": challenge}
            raise _for_any_route(error, accounts.settings.auth) from error
        return user

    return cast("CurrentUserDependency", fresh_user)


async def authenticate(connection: HTTPConnection, accounts: Accounts) -> AuthUser | None:
    """Return the user whose token a request carries, None where it carries none.

    Raises:
        InvalidToken: it carries one that is no good.
        CrossSiteRequest: it carries a cookie, and comes from a page of another site.
    """
    auth = accounts.settings.auth
    header = field_value(connection.headers, "authorization")
    if header is not None:
        token, is_personal = _token_of(header, auth)
    elif auth.cookies and ACCESS_COOKIE in connection.cookies:
        check_same_site(connection, auth)
        token, is_personal = connection.cookies[ACCESS_COOKIE], False
    else:
        return None
    if is_personal or token.startswith("tdk_"):
        return await accounts.authentication.by_personal_token(token, client_of(connection), accounts.host)
    return await accounts.authentication.by_access_token(token, accounts.host)


def _token_of(header: str, auth: Auth) -> tuple[str, bool]:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip(), False
    if scheme.lower() != "basic" or not auth.basic:
        raise InvalidToken
    try:
        _name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except ValueError:  # not base64, not ASCII, not UTF-8
        raise InvalidToken from None
    return password, True


def check_same_site(connection: HTTPConnection, auth: Auth) -> None:
    """Refuse what a page of another site does with cookies (OWASP: fetch metadata, else the origin).

    Raises:
        CrossSiteRequest: it is not known to come from a page of the application.
    """
    is_safe = connection.scope["type"] == "http" and connection.scope["method"] in _SAFE
    if not is_safe and not _is_from_here(connection, auth):
        raise CrossSiteRequest


def check_not_cross_site(connection: HTTPConnection, auth: Auth) -> None:
    """Refuse what is known to come from a page of another site; a program that is no browser says nothing about it.

    Raises:
        CrossSiteRequest: it would be logged in as somebody else without noticing.
    """
    is_of_browser = "origin" in connection.headers or "sec-fetch-site" in connection.headers
    if is_of_browser and not _is_from_here(connection, auth):
        raise CrossSiteRequest


def _is_from_here(connection: HTTPConnection, auth: Auth) -> bool:
    public = urlsplit(auth.public_url)
    trusted = {f"{public.scheme}://{public.netloc}", *auth.trusted_origins}
    headers = connection.headers
    return field_value(headers, "origin") in trusted or field_value(headers, "sec-fetch-site") == "same-origin"


def client_of(connection: HTTPConnection) -> Client:
    """Return who sent a request. Behind a proxy the server must be told to believe `X-Forwarded-For`."""
    address = connection.client.host if connection.client else ""
    agent = field_value(connection.headers, "user-agent") or ""
    return Client(address[:64], agent.encode("ascii", "replace").decode()[:255], request_id_of(connection))


def _for_any_route(error: RequestError, auth: Auth) -> HTTPException:
    """Return the error as a route of the host's shows it; the kit's routes show the problem that it was made from."""
    challenge = error.headers.get("WWW-Authenticate")
    if challenge is not None and auth.basic and error.status == Unauthenticated.status:
        error.headers = {"WWW-Authenticate": f'{challenge}, Basic realm="todo-kit", charset="UTF-8"'}
    return HTTPException(error.status, error.detail, dict(error.headers))


class Guard(_Bearer):
    """Who may use a route of accounts. Each route declares one.

    Args:
        scope: what a personal access token needs; without one a session is needed.
        superuser: whether the user must be a superuser.
    """

    def __init__(self, scope: str | None = None, *, superuser: bool = False) -> None:
        super().__init__()
        self.scope = scope
        self.superuser = superuser

    async def __call__(self, connection: StrictRequest, response: Response) -> AccountCall:
        """Return the call of a user who may."""
        connection.injected = response  # a handler may answer with one of its own, to which FastAPI adds nothing
        accounts = accounts_on(connection)
        user = await _current_user(accounts)(connection)
        if user.session_id is None:
            self._check_scope(user)
        if self.superuser and not user.is_superuser:
            raise Forbidden(SUPERUSERS_ONLY)
        raise_complaint(connection.scope)
        return AccountCall(accounts, client_of(connection), user)

    def _check_scope(self, user: AuthUser) -> None:
        if self.scope is None:
            raise InsufficientScope(SESSIONS_ONLY)
        if not user.has_scope(self.scope):
            raise InsufficientScope


async def _open_to_everybody(connection: StrictRequest, response: Response) -> AccountCall:
    connection.injected = response  # as a guard does
    raise_complaint(connection.scope)
    return AccountCall(accounts_on(connection), client_of(connection))


def guarded(guard: Guard) -> params.Depends:
    """Return the dependency that a handler's `AccountCall` is annotated with."""
    return cast("params.Depends", Depends(guard))


Anybody = Annotated[AccountCall, Depends(_open_to_everybody)]
"""The call of a route that needs no login."""
LoggedIn = Annotated[AccountCall, guarded(Guard())]
"""The call of a user in a session: what changes the account is closed to personal access tokens."""
ReadsAccount = Annotated[AccountCall, guarded(Guard("account:read"))]
"""The call of a user, by a session or a personal access token."""
Superuser = Annotated[AccountCall, guarded(Guard(superuser=True))]
"""The call of a superuser in a session."""


def is_guarded(metadata: Any) -> bool:
    """Whether a dependency says who may use a route."""
    dependency = getattr(metadata, "dependency", None)
    return isinstance(dependency, Guard) or dependency is _open_to_everybody


def attach(scope: Any, accounts: Accounts) -> None:
    """Put the accounts on a connection's scope, where the guards find them."""
    scope[scope_keys.ACCOUNTS] = accounts


def accounts_on(connection: HTTPConnection) -> Accounts:
    """Return the accounts that serve a connection."""
    accounts: Accounts = connection.scope[scope_keys.ACCOUNTS]
    return accounts
