"""The router and the route class of the kit: strict JSON in, problem documents out, and the kit beside the request."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any, Final, get_type_hints

from fastapi import APIRouter
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette._exception_handler import wrap_app_handling_exceptions
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fastapi_todo_kit.errors import BodyTooLarge, MethodNotAllowed, UnsupportedMediaType
from fastapi_todo_kit.http.call import Acting, Call, Kit
from fastapi_todo_kit.http.problems import install_handlers, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.strict_json import parse_json
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import Limits

_LIMITS_KEY: Final = "todo_kit_limits"


class StrictRequest(Request):
    """A request whose body is read up to a limit, and parsed strictly."""

    _kit_body: bytes
    _kit_json: Any

    @property
    def limits(self) -> Limits:
        """The limits of the router that serves this request."""
        limits: Limits = self.scope[_LIMITS_KEY]
        return limits

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """Yield the body, again where it was read already, as FastAPI does to read a form."""
        if hasattr(self, "_kit_body"):
            yield self._kit_body
            return
        async for chunk in super().stream():
            yield chunk

    async def body(self) -> bytes:
        """Return the body.

        Raises:
            BodyTooLarge: more than `limits.body_bytes`; no more than that is read.
        """
        if not hasattr(self, "_kit_body"):
            self._kit_body = await self._read_body()
        return self._kit_body

    async def json(self) -> Any:
        """Return the parsed body; see `parse_json` for what is refused."""
        if not hasattr(self, "_kit_json"):
            self._kit_json = parse_json(await self.body(), max_depth=self.limits.json_depth)
        return self._kit_json

    async def _read_body(self) -> bytes:
        chunks, size = [], 0
        async for chunk in self.stream():
            size += len(chunk)
            if size > self.limits.body_bytes:
                raise BodyTooLarge(limit=self.limits.body_bytes)
            chunks.append(chunk)
        return b"".join(chunks)


_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request replays the first answer instead of doing it again",
    "schema": {"type": "string", "pattern": "^[!-~]([ -~]{0,253}[!-~])?$"},
}


_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that you hold; 304 when it is still the present one",
    "schema": {"type": "string"},
}


class StrictRoute(APIRoute):
    """A route that reads its body strictly before anything else of the request."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler behind the strict reading of the body.

        The body is read here and not when FastAPI asks for it, because FastAPI turns any exception of `json()` into
        a plain 400.
        """
        handler = super().get_route_handler()
        read = _reader_of(self.body_field)

        async def read_then_handle(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if read is not None and await strict.body():
                await read(strict)
            return await handler(strict)

        return read_then_handle

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request whose path matched; FastAPI would answer another method in a format of its own."""
        methods = self.methods or set()
        if scope["method"] in methods:
            await super().handle(scope, receive, send)
            return
        refuse = wrap_app_handling_exceptions(_refuse_method(methods), Request(scope, receive, send))
        await refuse(scope, receive, send)


class KitRoute(StrictRoute):
    """A route of the kit's own features, which declares its action."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.options = options
        """What the route was made with, so that a mount can make its own of it."""
        dependencies = _dependencies_of(endpoint)
        self.action: Action = _action_of(endpoint, dependencies)
        """What the policy is asked about it."""
        queries = [one for one in dependencies if isinstance(one, ReadQuery)]
        parameters = [parameter for query in queries for parameter in query.parameters()]
        if "POST" in options["methods"]:
            parameters.append(_IDEMPOTENCY_KEY)
        responses = options.get("responses") or {}
        if 304 in responses:  # noqa: PLR2004  (Not Modified)
            parameters.append(_IF_NONE_MATCH)
        if not self.action.is_read:
            responses = {**problems(403), **responses}
        described = {"openapi_extra": {"parameters": parameters}} if parameters else {}
        super().__init__(path, endpoint, **{**options, **described, "responses": responses})


class StrictRouter(APIRouter):
    """A router that a host includes. It hands its limits and its error handlers to each request that it serves."""

    limits: Limits

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that matched one of its routes."""
        if scope["type"] == "http":
            scope[_LIMITS_KEY] = self.limits
            install_handlers(scope)
        await super().handle(scope, receive, send)


class KitRouter(StrictRouter):
    """The router of the kit's own features, which hands a call to each request."""

    kit: Kit

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that matched one of its routes."""
        if scope["type"] == "http":
            call = Call(self.kit)
            call.attach(scope)
            if self.kit.host.commit == "host":
                send = _after_commit(call, send)
        await super().handle(scope, receive, send)


def _refuse_method(allowed: Collection[str]) -> ASGIApp:
    async def refuse(_scope: Scope, _receive: Receive, _send: Send) -> None:
        error = MethodNotAllowed()
        error.headers = {"Allow": ", ".join(sorted(allowed))}
        raise error

    return refuse


def _after_commit(call: Call, send: Send) -> Send:
    """Return a `send` that lets no answer leave before the host has committed what it says."""

    async def send_if_committed(message: Message) -> None:
        says_it_is_done = message["type"] == "http.response.start" and message["status"] < 400  # noqa: PLR2004  (errors)
        if says_it_is_done and not call.is_committed:
            raise RuntimeError(
                "The answer would leave before Host.session commits. Commit behind the `yield` of the dependency that "
                'is Host.session itself, or let the kit commit: Host(commit="kit").'
            )
        await send(message)

    return send_if_committed


def _action_of(endpoint: Callable[..., Any], dependencies: Sequence[Any]) -> Action:
    for dependency in dependencies:
        if isinstance(dependency, Acting):
            return dependency.action
    raise TypeError(f"{endpoint.__name__} declares no action; annotate its call with Annotated[Call, may(Action...)]")


def _dependencies_of(endpoint: Callable[..., Any]) -> list[Any]:
    hints = get_type_hints(endpoint, include_extras=True).values()
    return [one.dependency for hint in hints for one in getattr(hint, "__metadata__", ()) if hasattr(one, "dependency")]


def feature_router(tag: str) -> APIRouter:
    """Return the router on which a feature declares its operations."""
    return APIRouter(tags=[tag], route_class=KitRoute)


async def _read_json(request: StrictRequest) -> None:
    media_type = _media_type(request)
    if media_type != "application/json" and not re.fullmatch(r"application/.*\+json", media_type):
        raise UnsupportedMediaType
    await request.json()


async def _read_form(request: StrictRequest) -> None:
    if _media_type(request) != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("The request body must be a form: application/x-www-form-urlencoded.")


def _reader_of(field: Any) -> Callable[[StrictRequest], Awaitable[None]] | None:
    """Return what checks a body before FastAPI reads it; None for a route that takes none."""
    if field is None:
        return None
    return _read_form if isinstance(field.field_info, Form) else _read_json


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
