"""The composition root of accounts: the only module that knows every feature of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi.routing import APIRoute

from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.admin.router import router as admin
from fastapi_todo_kit.auth.background.postman import Postman
from fastapi_todo_kit.auth.login.router import router as login
from fastapi_todo_kit.auth.oauth.router import router as oauth
from fastapi_todo_kit.auth.routing import AccountMount, AccountRoute
from fastapi_todo_kit.auth.sessions.router import router as sessions
from fastapi_todo_kit.auth.tokens.router import router as tokens
from fastapi_todo_kit.auth.users.router import router as users
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.http.limiting import Limiting, limiting_of
from fastapi_todo_kit.http.routing import KitRouter
from fastapi_todo_kit.http.strict_query import ParameterRules
from fastapi_todo_kit.kit import observer_of
from fastapi_todo_kit.privacy.router import router as privacy
from fastapi_todo_kit.privacy.service import resume_erasures
from fastapi_todo_kit.settings import TodoKitSettings

_FEATURES: Final = (sessions, login, users, tokens, oauth, admin, privacy)
_LOCAL: Final = {"localhost", "127.0.0.1", "::1"}


def auth_router(settings: TodoKitSettings, host: Host | None = None) -> KitRouter:
    """Return a router with accounts, for `app.include_router(auth_router(settings), prefix="/auth")`.

    Building it reads no environment and opens nothing. The router's own lifespan, which FastAPI runs with the app's,
    sends waiting mails while the app runs; without it they are sent soon after the request that queued them.

    Args:
        settings: plain values; `settings.auth` needs a `secret` or `keys`.
        host: the callables of the application: `on_account`, `mailer`, `clock`.

    Raises:
        ConfigurationError: something is missing; the message says what to write.
    """
    accounts = accounts_of(settings, host)
    _check_mail(accounts)
    postman = Postman(accounts, partial(resume_erasures, settings, host)) if settings.mail.in_background else None
    accounts.wake_postman = None if postman is None else postman.wake
    limiting = limiting_of(settings, observer_of(settings))
    most = min(settings.auth.body_bytes, settings.limits.body_bytes)
    limits = settings.limits.model_copy(update={"body_bytes": most})
    router = KitRouter(
        AccountMount(limits, ParameterRules.of(settings), observer_of(settings), accounts),
        dependencies=limiting.of_address,
        responses=limiting.responses,
        tags=list(settings.tags),
        route_class=AccountRoute,
        generate_unique_id_function=partial(_operation_id, settings.name),
        lifespan=_lifespan(accounts, postman, limiting),
    )
    router.take_routes(route for feature in _FEATURES for route in feature.routes if isinstance(route, AccountRoute))
    return router


def _check_mail(accounts: Accounts) -> None:
    settings = accounts.settings
    is_local = urlsplit(settings.auth.public_url).hostname in _LOCAL
    if accounts.host.mailer is None and settings.mail.host is None and not is_local:
        raise ConfigurationError(
            "Mails would only be printed, which is for development: set TODO_KIT_MAIL__HOST to an SMTP server, "
            "or give Host(mailer=...)"
        )


def _operation_id(name: str, route: APIRoute) -> str:
    return f"{name}_{route.name}"


def _lifespan(accounts: Accounts, postman: Postman | None, limiting: Limiting) -> Any:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        await accounts.database.warm_up()
        walking = None if postman is None else asyncio.create_task(postman.walk())
        try:
            yield
        finally:
            if walking is not None:
                walking.cancel()
                with suppress(asyncio.CancelledError):
                    await walking
            await accounts.database.close()
            await limiting.close()

    return lifespan
