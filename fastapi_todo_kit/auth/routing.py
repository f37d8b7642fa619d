"""The routes of accounts: strict like those of todos, and each declares who may use it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.auth.dependencies import attach, is_guarded
from fastapi_todo_kit.http.routing import Mount, StrictRoute, annotations_of, queries_of


class AccountRoute(StrictRoute):
    """A route of accounts. One that does not say who may use it cannot be made."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        annotations = annotations_of(endpoint)
        if not any(is_guarded(one) for one in annotations):
            raise TypeError(f"{endpoint.__name__} declares no guard; annotate its call with Anybody, LoggedIn, ...")
        described = [parameter for query in queries_of(annotations) for parameter in query.parameters()]
        if described:
            options["openapi_extra"] = {"parameters": described}
        super().__init__(path, endpoint, **options)


@dataclass(frozen=True, slots=True)
class AccountMount(Mount):
    """One of accounts, which hands these to each request."""

    accounts: Accounts

    def enter(self, scope: Scope, send: Send) -> Send:
        """Hand a request what its route reads, and return the `send` to answer it with."""
        attach(scope, self.accounts)
        return Mount.enter(self, scope, _uncached(send))


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
