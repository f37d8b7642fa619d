"""The router and the route class of the kit: strict JSON in, problem documents out, and the kit beside the request."""

from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final, get_type_hints

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette._exception_handler import wrap_app_handling_exceptions
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.core.errors import MethodNotAllowed
from fastapi_todo_kit.core.observing.observer import Observer
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.call import MOVABLE, READ_SPACE, READ_SPACES, Call
from fastapi_todo_kit.http.observing import Outcome, note, watch
from fastapi_todo_kit.http.preconditions import IF_MATCH_PARAMETER, read_if_match
from fastapi_todo_kit.http.problems import install_handlers, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.read_your_writes import SEQ_PARAMETER, ReplicatedCall
from fastapi_todo_kit.http.request_id import request_id_of
from fastapi_todo_kit.http.strict_query import KnownParameters, ParameterRules, set_rules
from fastapi_todo_kit.http.strict_request import StrictRequest, complain, set_limits
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import Limits
from fastapi_todo_kit.storage.kit import Kit

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]
"""What runs around the life of an application, which is its argument."""

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


@dataclass(frozen=True, slots=True)
class Mount:
    """What the routes of one mount of a router have in common."""

    limits: Limits
    parameter_rules: ParameterRules
    observer: Observer

    def enter(self, scope: Scope, send: Send) -> Send:
        """Hand a request what its route reads, and return the `send` to answer it with."""
        set_limits(scope, self.limits)
        set_rules(scope, self.parameter_rules)
        install_handlers(scope)
        watch(scope, self.observer)
        return send


@dataclass(frozen=True, slots=True)
class KitMount(Mount):
    """One of the kit's own features, which hands the kit to each request."""

    kit: Kit

    def enter(self, scope: Scope, send: Send) -> Send:
        """Hand a request what its route reads, and return the `send` to answer it with."""
        scope[scope_keys.KIT] = self.kit
        send = _after_commit(scope, send) if self.kit.host.commit == "host" else send
        return Mount.enter(self, scope, send)  # `super()` does not know a class that slots have made anew


class StrictRoute(APIRoute):
    """A route that reads its body up to a limit, and parses it strictly once it is known who calls.

    Each mount has a class of its own: where FastAPI copies routes into the application, until 0.137, it keeps that.
    """

    mount: ClassVar[Mount]
    """What its mount hands to requests; a feature's own route, which serves none, has none."""
    siblings: ClassVar[Sequence[BaseRoute]] = ()
    """The routes of its mount, of which others may know the same path, as they are without the prefixes of the host."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.options: dict[str, Any] = {
            name: value for name, value in options.items() if name != "dependency_overrides_provider"
        }
        """What the route was made with, so that a mount can make its own of it."""
        super().__init__(path, endpoint, **options)

    queries: ClassVar[Sequence[ReadQuery[Any]]] = ()
    """What all its operations read from the query besides what they declare."""

    def call_of(self, request: Request) -> StrictRequest:
        """Return the request as FastAPI and the handler get it."""
        return StrictRequest(request.scope, request.receive)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler behind the reading of the body, up to its limit.

        It is read here, because FastAPI turns any exception of reading into a plain 400, and before the dependencies,
        which may hold a connection that a slow client must not hold. It is parsed behind them: see `JsonBody`.
        """
        handler = super().get_route_handler()
        known = KnownParameters(self, self.queries)
        has_body, is_form = self.body_field is not None, isinstance(getattr(self.body_field, "field_info", None), Form)

        async def read_then_handle(request: Request) -> Response:
            call = self.call_of(request)
            note(call.scope, request_id_of(call), self.name)
            if call.scope["query_string"] and (complaint := known.complaint(call)):
                complain(call.scope, complaint)
            if has_body:
                await (call.read_form() if is_form else call.body())
            elif call.may_have_body:
                await call.expect_no_body()
            try:
                return call.complete(await handler(call))
            except RequestValidationError as error:
                error.body = call.parsed  # for a handler of the host that shows it
                raise

        return read_then_handle

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request whose path matched; FastAPI would answer another method in a format of its own."""
        methods = self.methods or set()
        send = self.mount.enter(scope, send)
        with Outcome(scope, self.name, send) as outcome:
            if scope["method"] in methods:
                await super().handle(scope, receive, outcome.send)
                return
            refuse = _refuse_method(self._methods_of(scope))
            await wrap_app_handling_exceptions(refuse, Request(scope, receive, outcome.send))(
                scope, receive, outcome.send
            )

    def _methods_of(self, scope: Scope) -> set[str]:
        """Return the methods of all routes for the path of a request (RFC 9110, section 10.2.1)."""
        routes = [one for one in self.siblings if isinstance(one, Route)]
        own = next(one for one in routes if one.endpoint is self.endpoint)
        path = own.path_format.format(**scope["path_params"])
        return {method for one in routes if one.path_regex.match(path) for method in one.methods or ()}


class KitRoute(StrictRoute):
    """A route of the kit's own features, which declares its action."""

    queries: ClassVar[Sequence[ReadQuery[Any]]] = (READ_SPACE,)
    parameters_of_reads: ClassVar[Sequence[dict[str, Any]]] = ()
    kind_of_call: ClassVar[type[Call]] = Call

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        annotations = annotations_of(endpoint)
        self.action: Action = _action_of(endpoint, annotations)
        """What the policy is asked about it."""
        self.may_span: bool = ALL_SPACES in annotations
        """Whether it may be asked for in all spaces at once."""
        queries = (*queries_of(annotations), READ_SPACES if self.may_span else READ_SPACE)
        parameters = [parameter for query in queries for parameter in query.parameters()]
        if not self.action.is_read:
            parameters.append(_IDEMPOTENCY_KEY)
        if any(getattr(one, "dependency", None) is read_if_match for one in annotations):
            parameters.append(IF_MATCH_PARAMETER)
        responses = options.get("responses") or {}
        if 304 in responses:  # noqa: PLR2004  (Not Modified)
            parameters.append(_IF_NONE_MATCH)
        if self.action.is_read:
            parameters.extend(self.parameters_of_reads)
        else:
            responses = {**problems(403), **responses}
        if any(f"{{{name}}}" in path for name in MOVABLE):
            responses = {**problems(308), **responses}
        described = {"openapi_extra": {"parameters": parameters}, "responses": responses}
        super().__init__(path, endpoint, **{**options, **described})

    def call_of(self, request: Request) -> Call:
        """Return the call that the request is."""
        return self.kind_of_call(request, self.action, may_span=self.may_span)


class ReplicatedRoute(KitRoute):
    """A route of a mount that reads from a replica."""

    parameters_of_reads: ClassVar[Sequence[dict[str, Any]]] = (SEQ_PARAMETER,)
    kind_of_call: ClassVar[type[Call]] = ReplicatedCall


class KitRouter(APIRouter):
    """A router that a host includes.

    Args:
        mount: what its routes have in common.
        route_class: what they are; the router makes a class of its own of it.
        lifespan: what runs around the life of the application.
        options: further arguments of `APIRouter`.
    """

    def __init__(self, mount: Mount, route_class: type[StrictRoute], lifespan: Lifespan, **options: Any) -> None:
        own_class: type[StrictRoute] = type(route_class.__name__, (route_class,), {"mount": mount})
        super().__init__(lifespan=self._behind_built_routes(lifespan), route_class=own_class, **options)
        own_class.siblings = self.routes
        self.mounted = mount
        self._first_words: set[str] = set()
        self._own_routes = 0

    def take_routes(self, routes: Iterable[StrictRoute]) -> None:
        """Take in routes that features declare.

        Not by `include_router`: at each request, FastAPI matches an included router's routes twice, and those of a
        router within it four times.
        """
        for route in routes:
            self._first_words.add(route.path.split("/")[1])
            self.add_api_route(route.path, route.endpoint, **route.options)
        self._own_routes = len(self.routes)

    def _behind_built_routes(self, lifespan: Lifespan) -> Lifespan:
        """Return a lifespan that begins with having FastAPI make the routes that it makes when it first looks for one.

        The first request would wait for it, and with it all others: up to half a second.
        """

        @asynccontextmanager
        async def built(app: Any) -> AsyncIterator[None]:
            ours = {
                "type": "http",
                "method": "GET",
                "path": f"/{min(self._first_words)}",
                "root_path": "",
                "headers": [],
            }
            for route in app.routes:
                route.matches(ours)
            async with lifespan(app):
                yield

        return built

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether a request is for one of its routes.

        FastAPI tries them one after another, 4 µs each. That is spared where the path has the first word of none, as
        paths of todos have none of accounts, which are mounted before them; unless a host has added routes of its own.
        """
        is_ours_alone = len(self.routes) == self._own_routes
        if is_ours_alone and self._first_words.isdisjoint(scope["path"].split("/")):
            return Match.NONE, {}
        return super().matches(scope)


def _refuse_method(allowed: Collection[str]) -> ASGIApp:
    async def refuse(_scope: Scope, _receive: Receive, _send: Send) -> None:
        error = MethodNotAllowed()
        error.headers = {"Allow": ", ".join(sorted(allowed))}
        raise error

    return refuse


def _after_commit(scope: Scope, send: Send) -> Send:
    """Return a `send` that lets no answer leave before the host has committed what it says."""

    async def send_if_committed(message: Message) -> None:
        says_it_is_done = message["type"] == "http.response.start" and message["status"] < 300  # noqa: PLR2004  (the others say that nothing is)
        if says_it_is_done and not Call.is_committed_on(scope):
            await Call.undo_on(scope)
            raise RuntimeError(
                "The answer would leave before Host.session commits. Commit behind the `yield` of the dependency that "
                'is Host.session itself, or let the kit commit: Host(commit="kit").'
            )
        await send(message)

    return send_if_committed


def _action_of(endpoint: Callable[..., Any], annotations: Sequence[Any]) -> Action:
    for annotation in annotations:
        if isinstance(annotation, Action):
            return annotation
    raise TypeError(f"{endpoint.__name__} declares no action; annotate its call with Annotated[Call, Action...]")


def annotations_of(endpoint: Callable[..., Any]) -> list[Any]:
    """Return what the annotations of a handler hold besides types."""
    hints = get_type_hints(endpoint, include_extras=True).values()
    return [annotation for hint in hints for annotation in getattr(hint, "__metadata__", ())]


def queries_of(annotations: Iterable[Any]) -> list[ReadQuery[Any]]:
    """Return the models that a handler reads from the query."""
    dependencies = [getattr(one, "dependency", None) for one in annotations]
    return [one for one in dependencies if isinstance(one, ReadQuery)]


def feature_router(tag: str) -> APIRouter:
    """Return the router on which a feature declares its operations."""
    return APIRouter(tags=[tag], route_class=KitRoute)
