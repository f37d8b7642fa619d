"""One call of the API: who, in which space, to do what, and how its unit of work becomes a response."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, params
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from fastapi_todo_kit.core.access import (
    ALL_SPACES,
    UTC_ZONE,
    Access,
    HostKey,
    Membership,
    Principal,
    access_in,
    access_to,
    known_accesses,
    memberships_of,
    personal_space,
    user_key,
)
from fastapi_todo_kit.core.answers import hour, scopes, zone_name
from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.core.errors import (
    ConfigurationError,
    InsufficientScope,
    MovedElsewhere,
    NotFound,
    SpaceNotFound,
    SpaceRequired,
    Unauthenticated,
)
from fastapi_todo_kit.core.fields import Id, known_zones
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.etags import etag_of, names
from fastapi_todo_kit.http.fastapi_releases import depends_until_answer
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.http.idempotency_key import fingerprint_of, idempotency_key
from fastapi_todo_kit.http.observing import identify
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.request_id import request_id_of
from fastapi_todo_kit.http.strict_request import StrictRequest, raise_complaint
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.forwards import space_of_moved
from fastapi_todo_kit.storage.idempotency import Answer, AnswerReplayed, StoredAnswers
from fastapi_todo_kit.storage.kit import Context, Into, Kit, Operation, Store
from fastapi_todo_kit.storage.sessions import BlockingStore, SessionStore
from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")
MOVABLE: Final = {"todo_id": "todo", "list_id": "list"}
"""Which parameters of a path name what may move to another space, and what that is."""
JSON_TYPE: Final = "application/json"


class SpaceQuery(BaseModel):
    """The parameter that every operation has."""

    space: Id | None = Field(None, description="The space to work in; your personal one by default")


class SpacesQuery(BaseModel):
    """The same of an operation that reads in all spaces at once, too."""

    space: Id | Literal["all"] | None = Field(
        None, description="The space to read in; your personal one by default, `all` for every one that you are in"
    )


READ_SPACE: Final = ReadQuery(SpaceQuery)
READ_SPACES: Final = ReadQuery(SpacesQuery)
"""Only for its parameters: what is `all` is no id."""


class Call(StrictRequest):
    """One request: its principal, its space, its action, its store. Handlers ask it to run their operation.

    The route makes it and says to do what, the dependencies of `bind` say who calls; where one of them fails, no
    handler runs.
    """

    access: Access
    """To the space that is the caller's where no other one is asked for."""
    _asked_for: uuid.UUID | None = None
    _asked_for_all: bool = False
    _into: Into = None
    _missing: type[NotFound] = SpaceNotFound

    def __init__(self, request: Request, action: Action, *, may_span: bool = False) -> None:
        super().__init__(request.scope, request.receive)
        self.action = action
        self._may_span = may_span
        self.kit: Kit = request.scope[scope_keys.KIT]
        self.store: Store = self.kit.store

    @staticmethod
    def is_committed_on(scope: Scope) -> bool:
        """Say whether everything that a request wrote is committed."""
        store: SessionStore | None = scope.get(scope_keys.SESSION)
        return store is None or store.is_committed

    @staticmethod
    async def undo_on(scope: Scope) -> None:
        """Roll back what a request wrote: nobody else may, and the lock of its space would be kept."""
        store: SessionStore | None = scope.get(scope_keys.SESSION)
        if store is not None:
            await store.undo()

    async def enter_as(self, principal: Principal) -> None:
        """Say who calls, and read which space was asked for.

        Raises:
            UnknownParameter, UnexpectedBody, InvalidInput: whoever may call is told what is wrong as a whole.
            SpaceRequired: what is done in one space is asked for in all.
        """
        self.access = access_to(self.kit.settings.namespace, principal)
        raise_complaint(self.scope)
        if self.query_params.get("space") == ALL_SPACES:
            if not self._may_span:
                raise SpaceRequired
            self._asked_for_all = True
        elif "space" in self.query_params:
            self._asked_for = (await READ_SPACE(self)).space

    @property
    def own_space(self) -> uuid.UUID:
        """The id of the caller's personal space, which stands for the caller where his name is nobody's business."""
        return personal_space(self.kit.settings.namespace, self.access.principal.user_id).id

    def enter(self, tenant: Membership | HostKey) -> None:
        """Work in the space of a tenant instead of the caller's own."""
        self.access = access_to(self.kit.settings.namespace, self.access.principal, tenant)

    def within(self, space_id: uuid.UUID, missing: type[NotFound] = SpaceNotFound) -> Self:
        """Work in the space that the path or the body names; what is missing says that there is none.

        Raises:
            SpaceNotFound: the query names another one.
        """
        if self._asked_for not in (None, space_id):
            raise SpaceNotFound
        self._asked_for, self._missing = space_id, missing
        return self

    def into(self, space_id: uuid.UUID | None, action: Action) -> Self:
        """Work in another space, too, if the request names one, and ask there for another action."""
        self._into = space_id, action
        return self

    def join(self, session: AsyncSession | Session) -> None:
        """Work in a session of the host instead of the kit's own engine."""
        kind = BlockingStore if isinstance(session, Session) else SessionStore
        # Not the call itself: it holds the scope, and a cycle of the two would be left to the collector of garbage.
        self.store = self.scope[scope_keys.SESSION] = kind(session, commits=self.kit.host.commit == "kit")

    async def context(self, *, anywhere: bool = False) -> Context:
        """Return what a unit of work needs to know of this call, which may lead `anywhere`.

        Raises:
            InsufficientScope: the token of the principal was not made for the action.
            SpaceNotFound: the query names another space than what is the principal's own is in.
        """
        granted = self.access.principal.scopes
        if granted is not None and self.action.scope not in granted:
            raise InsufficientScope
        entered = access = await self._with_tenants(anywhere=anywhere)
        if self.action.is_own and self._asked_for not in (None, self.own_space, access.space.id):
            raise SpaceNotFound
        if self._asked_for is not None:
            access = access_in(self.kit.settings.namespace, access, self._asked_for)
        context = Context(self.kit, access, self.action, request_id_of(self), self._missing)
        if self._asked_for_all:
            context = replace(context, across=known_accesses(self.kit.settings.namespace, access))
        identify(self.scope, access.principal.user_id, ALL_SPACES if context.across else str(access.space.id))
        return context.going_into(self._into, entered).at_home(entered)

    async def _with_tenants(self, *, anywhere: bool) -> Access:
        """Return the access to what the caller has entered, with its tenants if it may be about any of them."""
        named = (self._asked_for, None if self._into is None else self._into[0])
        is_elsewhere = any(one not in (None, self.own_space, self.access.space.id) for one in named)
        anywhere |= is_elsewhere or self._asked_for_all or self.action.is_own or self.action is Action.READ_SPACE
        principal = self.access.principal
        if self.kit.host.spaces is not None and anywhere and not principal.tenants:
            tenants = memberships_of(await answer_of(self.kit.host.spaces, principal.user))
            self.access = replace(self.access, principal=replace(principal, tenants=tenants))
        return self.access

    async def read(self, operation: Operation[T]) -> T:
        """Run an operation that changes nothing.

        Raises:
            MovedElsewhere: what the path names is in another space by now.
        """
        try:
            return await self.ask(await self.context(), operation)
        except NotFound as error:
            await self._lead_on(error)
            raise

    async def ask(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing, where this mount reads."""
        return await self.store.read(context, operation)

    async def read_page(self, operation: Operation[Mapping[str, Any]]) -> Response:
        """Run an operation that reads a page or another object without a version."""
        return Response(encode(await self.read(operation)), media_type=JSON_TYPE)

    async def read_item(self, operation: Operation[Mapping[str, Any]]) -> Response:
        """Run an operation that reads one object; 304 where the client holds this version already."""
        record = await self.read(operation)
        given = field_value(self.headers, "if-none-match")
        if given is not None and names(given, record):
            return Response(status_code=304, headers={"ETag": etag_of(record)})
        return _response(self, record, 200)

    async def write(self, operation: Operation[Any], status: int = 200) -> Response:
        """Run an operation that changes something, once for each Idempotency-Key, and answer after its commit.

        The answer is serialised before the commit: what cannot be said is not done. A create that has changed nothing
        has found what it would make, and answers 200.
        """
        key = idempotency_key(self)
        fingerprint = await fingerprint_of(self) if key else ""

        def answer(work: Work, result: Any) -> Response:
            is_found = status == 201 and not work.has_changes  # noqa: PLR2004  (Created)
            return _response(self, result, 200 if is_found else status)

        async def run(work: Work) -> Response:
            if key is None:
                return answer(work, await operation(work))
            answers = StoredAnswers(work, key, fingerprint)
            stored = await answers.find()
            if stored is not None:
                stored = await answers.check(stored, self.path_params)
                return Response(stored.body, stored.status, {**stored.headers, "Idempotency-Replayed": "true"})
            result = await operation(work)
            kept = answer(work, {**result, **dict.fromkeys(work.said_once)} if work.said_once else result)
            await answers.keep(Answer(kept.status_code, dict(kept.headers), bytes(kept.body)))
            return answer(work, result)

        try:
            return await self.commit(await self.context(), run)
        except NotFound as error:
            await self._lead_on(error)
            raise

    async def commit(self, context: Context, operation: Operation[Response]) -> Response:
        """Run an operation that changes something, and commit it."""
        return await self.store.write(context, operation)

    async def _lead_on(self, error: NotFound) -> None:
        """Say that what the path names is in another space by now, where it is.

        Raises:
            MovedElsewhere: it is, and the caller may enter that space.
        """
        entity = next((entity for name, entity in MOVABLE.items() if name in self.path_params), None)
        if entity is None or isinstance(error, SpaceNotFound):
            return
        moved = uuid.UUID(self.path_params[f"{entity}_id"])
        context = replace(await self.context(anywhere=True), action=Action.READ_SPACE, other=None)
        with suppress(NotFound):
            there = await self.ask(context, lambda work: space_of_moved(work, entity, moved))
            if there is not None:
                access = access_in(self.kit.settings.namespace, context.access, there)
                await self.ask(replace(context, access=access), lambda work: _check_seen(work, entity, moved))
                raise _moved_to(there, self) from error


def bind(kit: Kit) -> list[params.Depends]:
    """Return the dependencies of every route of a mount: they run the host's own and tell the `Call` what they found.

    The host's functions stand in FastAPI's graph, so `app.dependency_overrides` reaches them.
    """
    host = kit.host

    async def authenticate(
        call: Call,
        user: Annotated[Any, Depends(host.current_user)],
        response: Response,
    ) -> None:
        call.injected = response  # the handlers answer with one of their own, to which FastAPI adds nothing
        if user is None:  # a dependency that lets visitors in, who are nobody and not all the same
            raise Unauthenticated
        granted = None if host.scopes is None else scopes(host.scopes(user))
        at = hour("Host.reminder_hour", host.reminder_hour(user))
        zone = _zone(zone_name("Host.time_zone", host.time_zone(user)))
        principal = Principal(user_key(host.user_id(user)), zone, user, granted, at)
        await call.enter_as(principal)

    bound = [Depends(authenticate)]
    if host.session is not None:
        bound.append(Depends(_joining_session(host)))
    if host.space is not None:
        bound.append(Depends(_choosing_space(host.space)))
    return bound


def _joining_session(host: Host) -> Callable[..., Awaitable[None]]:
    # Where the host commits behind its `yield`, that must run before the response leaves and not, as usual, after it.
    depends = depends_until_answer if host.commit == "host" else Depends

    async def join(call: Call, session: Annotated[Any, depends(host.session)]) -> None:
        if not isinstance(session, AsyncSession | Session):
            raise ConfigurationError(f"Host.session must yield a Session or AsyncSession, not {type(session).__name__}")
        call.join(session)

    return join


def _choosing_space(dependency: Callable[..., Any]) -> Callable[..., Awaitable[None]]:
    async def choose(call: Call, chosen: Annotated[Any, Depends(dependency)]) -> None:
        if chosen is not None:
            call.enter(chosen)

    return choose


def _zone(name: str | None) -> ZoneInfo:
    # A user with a zone that no longer exists still gets an answer.
    return ZoneInfo(name) if name in known_zones() and name else UTC_ZONE


def _moved_to(space_id: uuid.UUID, request: Request) -> MovedElsewhere:
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "space"]
    moved = MovedElsewhere(space_id=str(space_id))
    place = f"{quote(_public_path(request))}?{urlencode([*query, ('space', space_id)])}"
    moved.headers = {"Location": place, "Cache-Control": "no-store"}  # it may come back
    return moved


async def _check_seen(work: Work, entity: str, entity_id: uuid.UUID) -> None:
    """Make sure that what has moved is not hidden from the principal where it is now.

    Raises:
        NotFound
    """
    work.authorise()
    if work.decides_by_object or work.narrows:
        await work.emit(AnswerReplayed(entity, {f"{entity}_id": entity_id}, {}))


def _response(request: Request, body: Any, status: int) -> Response:
    if body is None:
        return Response(status_code=status)
    headers = {}
    if "version" in body:
        headers["ETag"] = etag_of(body)
    if status == 201 and request.method == "POST":  # noqa: PLR2004  (Created)
        space = request.query_params.get("space")
        headers["Location"] = _location(request, body["id"]) + (f"?space={space}" if space else "")
    return Response(encode(body), status, headers, JSON_TYPE)


def _location(request: Request, created: uuid.UUID) -> str:
    collection = _public_path(request)
    if collection.endswith("/duplicate"):
        collection = collection.rsplit("/", 2)[0]
    return f"{quote(collection)}/{created}"


def _public_path(request: Request) -> str:
    path: str = request.scope["path"]
    root = request.scope.get("app_root_path", request.scope.get("root_path", "")).rstrip("/")
    # A proxy has taken it away, and the client needs it.
    return root + path if root and not path.startswith(f"{root}/") else path
