"""Errors as RFC 9457 problem documents: their OpenAPI description, and the handlers that the kit's routes bring."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Final

from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.core.errors import InvalidInput, RequestError, TodoKitError
from fastapi_todo_kit.core.fields import absent, escape_pointer
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.request_id import request_id_of

PROBLEM_JSON: Final = "application/problem+json"
_MOST_PLACES: Final = 100
"""Errors that one answer tells: a request of a kilobyte must not get a hundred back."""


class ProblemError(BaseModel):
    """One place of a request that is wrong: a pointer into the body, or the name of a parameter."""

    model_config: ClassVar[ConfigDict] = ConfigDict(title="ProblemError")

    pointer: str = Field(default_factory=absent, description="JSON pointer (RFC 6901) into the body")
    parameter: str = Field(default_factory=absent, description="Name of a query, path or header parameter")
    code: str = Field(description="Stable name of what is wrong")
    detail: str


class Problem(BaseModel):
    """An error (RFC 9457). `code` is stable and meant for programs, `detail` for people."""

    model_config: ClassVar[ConfigDict] = ConfigDict(title="Problem", extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[ProblemError] = Field(default_factory=absent)
    limit: str | int = Field(
        default_factory=absent, description="The limit that is reached: its name, or how much it is"
    )
    maximum: int = Field(default_factory=absent, description="How much the limit of this name is")
    version: int = Field(default_factory=absent, description="The present version of the object")
    occurrence: str | None = Field(default_factory=absent, description="The occurrence that the todo is at")
    entity: str = Field(default_factory=absent, description="What kind of object has the `id` that was asked for")
    id: str = Field(default_factory=absent, description="The object that exists already")
    space_id: str = Field(default_factory=absent, description="The space in which it is by now")
    in_trash: bool = Field(default_factory=absent, description="Whether that object is in the trash")


BODY: Final = (400, 413, 415)
"""What can be wrong with a request body, besides 422."""
VERB: Final = (409, 412, 413, 428, 507)
"""What can stand in the way of changing an object that exists."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses of an operation that can fail in these ways, and in those that all share."""
    return {
        status: {"description": HTTPStatus(status).phrase} | (_PROBLEM if status != 304 else {})  # noqa: PLR2004  (it has no body)
        for status in sorted({*statuses, 401, 404, 422, 503})
    }


def found(model: Any) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI response of a create that finds, under the id that it brings, just what it asks for."""
    return {200: {"model": model, "description": "It exists already, just so: the request was made before"}}


class _ProblemContent(dict[str, Any]):
    """FastAPI describes a model as application/json and offers no other media type; this one files it correctly."""

    def setdefault(self, _media_type: str, default: Any = None) -> Any:
        return super().setdefault(PROBLEM_JSON, default)


_PROBLEM: Final = {"model": Problem, "content": _ProblemContent()}
TOO_MANY: Final[dict[int | str, dict[str, Any]]] = {429: {"description": HTTPStatus(429).phrase} | _PROBLEM}
"""The OpenAPI response of operations whose callers are limited."""


def install_handlers(scope: Scope) -> None:
    """Give this request the kit's error handlers, behind those of the host, so that a handler of the host wins.

    Leans on the private scope key through which Starlette hands its handlers to a route; a canary test guards it.
    """
    by_class, by_status = scope.get(scope_keys.HANDLERS, ({}, {}))
    of_host = {key: handler for key, handler in by_class.items() if handler not in _DEFAULTS}
    scope[scope_keys.HANDLERS] = ({**_HANDLERS, **of_host}, by_status)


def problem(request: Request, error: RequestError) -> Response:
    """Return the problem document of an error."""
    document = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id_of(request),
        **error.members,
    }
    return Response(encode(document), error.status, dict(error.headers), PROBLEM_JSON)


async def answer_problem(request: Request, error: Exception) -> Response:
    """Answer an error of the kit's with its problem document; for routes of the host's own that call the services.

    `app.add_exception_handler(RequestError, answer_problem)`. The kit's routes need no handler.
    """
    if not isinstance(error, RequestError):
        raise error  # the host's wiring is wrong: its own handler for unexpected errors tells the operator
    return problem(request, error)


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (Starlette looked the handler up by this class)
    return problem(request, InvalidInput(errors=[_place(one) for one in error.errors()[:_MOST_PLACES]]))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (the same)
    if isinstance(error.__cause__, RequestError):
        # Raised by a dependency of the kit's that hosts use on routes of their own, where they have handlers for these.
        return problem(request, error.__cause__)
    known = error.status_code in HTTPStatus._value2member_map_
    phrase = HTTPStatus(error.status_code).phrase if known else "Error"
    document = {
        "type": "about:blank",
        "title": phrase,
        "status": error.status_code,
        "code": phrase.lower().replace(" ", "_").replace("-", "_"),
        "detail": error.detail if isinstance(error.detail, str) else phrase,
        "request_id": request_id_of(request),
    }
    return Response(encode(document), error.status_code, dict(error.headers or {}), PROBLEM_JSON)


def _place(error: dict[str, Any]) -> dict[str, Any]:
    source, *path = error["loc"]
    place = {"code": error["type"], "detail": error["msg"].removeprefix("Value error, ")}
    if source == "body":
        return {"pointer": _pointer(path), **place}
    return {"parameter": str(path[0] if path else source), **place}


def _pointer(path: Sequence[str | int]) -> str:
    parts: list[str] = []
    before: str | int | None = None
    for part in path:
        # Right behind a named field, a tilde marks the tag of a union; anywhere else it is what the client wrote.
        is_tag = isinstance(before, str) and not before.startswith("~") and str(part).startswith("~")
        if not is_tag:
            parts.append(escape_pointer(str(part)))
        before = part
    return "#" + "".join(f"/{part}" for part in parts)


_Handler = Callable[[Request, Exception], Awaitable[Response]]
_DEFAULTS: Final = (http_exception_handler, request_validation_exception_handler)
_HANDLERS: Final[dict[type[Exception], _Handler]] = {
    TodoKitError: answer_problem,
    RequestValidationError: _on_validation_error,
    HTTPException: _on_http_exception,
}
