"""The routes of accounts: strict like those of todos, and each declares who may use it."""

from collections.abc import Callable
from typing import Any, get_type_hints

from fastapi import APIRouter
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from fastapi_todo_kit.auth.access import attach, is_guarded
from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.http.routing import StrictRoute, StrictRouter


class AccountRoute(StrictRoute):
    """A route of accounts. One that does not say who may use it cannot be made."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        hints = get_type_hints(endpoint, include_extras=True).values()
        if not any(is_guarded(one) for hint in hints for one in getattr(hint, "__metadata__", ())):
            raise TypeError(f"{endpoint.__name__} declares no guard; annotate its call with Anybody, LoggedIn, ...")
        super().__init__(path, endpoint, **options)


class AccountRouter(StrictRouter):
    """The router that a host includes. It hands the accounts to each request."""

    accounts: Accounts

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that matched one of its routes."""
        attach(scope, self.accounts)
        await super().handle(scope, receive, _uncached(send))


def _uncached(send: Send) -> Send:
    """Return a `send` that keeps tokens and what is known of people out of caches (RFC 6749, section 5.1)."""

    async def send_uncached(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
        await send(message)

    return send_uncached


def account_router(tag: str) -> APIRouter:
    """Return the router on which a feature of accounts declares its operations."""
    return APIRouter(tags=[tag], route_class=AccountRoute)
