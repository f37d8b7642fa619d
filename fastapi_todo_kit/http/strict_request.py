"""A request whose body is read up to a limit, and parsed strictly, once it is known who sends it."""

import math
import re
from collections.abc import AsyncGenerator
from io import BytesIO
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import parse_qsl

from pydantic import BeforeValidator
from starlette.datastructures import FormData, Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Scope

from fastapi_todo_kit.core.errors import (
    BodyTooLarge,
    MalformedRequest,
    RequestError,
    UnexpectedBody,
    UnsupportedMediaType,
)
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.fastapi_releases import form_of
from fastapi_todo_kit.http.headers import announced_length, field_value
from fastapi_todo_kit.http.strict_json import parse_json
from fastapi_todo_kit.settings import Limits

T = TypeVar("T")
_MOST_FIELDS: Final = 100
_LEAST_TEXT: Final = 65_536
_WITH_BODY: Final = {"POST", "PUT", "PATCH"}
_ANNOUNCING: Final = frozenset({b"content-length", b"transfer-encoding"})
_NOTHING: Final = {b"", b"null"}
_EMPTY_OBJECT: Final = re.compile(rb"\{\s*+\}")
_CHARSET: Final = re.compile(r"""(?:^|;)\s*charset\s*=\s*"?([^\s";]*)""", re.IGNORECASE)
_CHARSETS: Final = {"utf-8", "utf8", "us-ascii"}
_JSON: Final = re.compile(r"application/(json|.*\+json)")


def complain(scope: Scope, error: RequestError) -> None:
    """Note what is wrong with a request as a whole: it is said once it is known who calls. The first one counts."""
    scope.setdefault(scope_keys.COMPLAINT, error)


def raise_complaint(scope: Scope) -> None:
    """Raise what is wrong with a request as a whole, if something is."""
    if scope_keys.COMPLAINT in scope:
        raise scope[scope_keys.COMPLAINT]


def compressed() -> UnsupportedMediaType:
    """Return the refusal of a compressed body, which says what is taken instead (RFC 9110, section 15.5.16)."""
    error = UnsupportedMediaType("The request body must not be compressed.")
    error.headers = {"Accept-Encoding": "identity"}
    return error


def is_compressed(headers: Headers) -> bool:
    """Say whether a body is said to be encoded in some way."""
    return (field_value(headers, "content-encoding") or "identity").lower() != "identity"


def set_limits(scope: Scope, limits: Limits) -> None:
    """Put the limits of a router on the scope of a request that it serves."""
    scope[scope_keys.LIMITS] = limits


class StrictRequest(Request):
    """A request whose body is read up to a limit, and parsed strictly."""

    _kit_body: bytes
    _kit_json: Any
    _kit_form: FormData
    injected: Response | None = None
    """The response on which dependencies set cookies and headers, where one of the kit's has noted it."""

    @property
    def limits(self) -> Limits:
        """The limits of the router that serves this request."""
        limits: Limits = self.scope[scope_keys.LIMITS]
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
        """Return the parsed body, or what parses it where nobody has yet: FastAPI asks before it knows who calls."""
        return getattr(self, "_kit_json", UnparsedBody(self))

    @property
    def may_have_body(self) -> bool:
        """Whether there can be a body: a GET or a DELETE says so in a header."""
        return self.scope["method"] in _WITH_BODY or not _ANNOUNCING.isdisjoint(
            [name for name, _ in self.scope["headers"]]
        )

    async def expect_no_body(self) -> None:
        """Complain about a body that says something: what is not understood must not be ignored.

        Many clients send `{}` or `null`, and most of them a Content-Type, where they have nothing to say.
        """
        said = (await self.body()).strip()
        if said not in _NOTHING and not _EMPTY_OBJECT.fullmatch(said):
            complain(self.scope, UnexpectedBody())
        self._kit_body = b""  # which makes it the same request as the one that says nothing in another way

    def parse(self) -> Any:
        """Return the parsed body, which was read before; see `parse_json` for what is refused.

        Raises:
            UnsupportedMediaType: it says that it is something else than JSON, or compressed.
        """
        if not _JSON.fullmatch(self._media_type()):
            raise UnsupportedMediaType
        limits = self.limits
        self._kit_json = parse_json(
            self._kit_body,
            max_depth=limits.json_depth,
            max_keys=limits.json_keys,
            max_items=limits.json_items,
            max_text=max(limits.body_bytes // 2, _LEAST_TEXT),
        )
        return self._kit_json

    @property
    def parsed(self) -> Any:
        """The parsed body, None where it was not parsed."""
        return getattr(self, "_kit_json", None)

    async def read_form(self) -> None:
        """Read a body that is a form, so that FastAPI finds it read.

        Raises:
            UnsupportedMediaType: it says that it is something else, or compressed.
            MalformedRequest: it has more fields than any form of the kit, or is not UTF-8.
        """
        body, media_type = await self.body(), self._media_type()
        if body and media_type != "application/x-www-form-urlencoded":
            raise UnsupportedMediaType("The request body must be a form: application/x-www-form-urlencoded.")
        try:
            fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        except ValueError:
            raise MalformedRequest(f"The body is no form of at most {_MOST_FIELDS} fields in UTF-8.") from None
        self._kit_form = form_of(fields)

    async def form(self, **_limits: Any) -> FormData:  # type: ignore[override]  # FastAPI awaits it, and nothing more
        """Return the form; what Starlette parses it with takes 0.25 s for 16 KiB of separators.

        A dependency of the host finds an empty one where the operation takes none, as it does with a body of JSON.
        """
        return getattr(self, "_kit_form", None) or FormData()

    def complete(self, answer: Response) -> Response:
        """Return an answer with the cookies and headers that dependencies have set, as FastAPI does for its own."""
        if self.injected is not None and self.injected.raw_headers:
            # Those are there where FastAPI has made the answer of what a handler returned.
            answer.raw_headers.extend([one for one in self.injected.raw_headers if one not in answer.raw_headers])
        return answer

    def _media_type(self) -> str:
        """Return what the body is said to be, without parameters.

        Raises:
            UnsupportedMediaType: it says that it is compressed, or no UTF-8.
        """
        if is_compressed(self.headers):
            raise compressed()
        kind, _, parameters = (field_value(self.headers, "content-type") or "").partition(";")
        said = _CHARSET.search(parameters)
        if said is not None and said[1].lower() not in _CHARSETS:
            raise UnsupportedMediaType("The request body must be UTF-8.")
        return kind.strip().lower()

    async def _read_body(self) -> bytes:
        if self.limits.body_bytes < announced_length(self.headers) < math.inf:
            raise BodyTooLarge(limit=self.limits.body_bytes)  # before a client that asks is told to go on
        read = BytesIO()  # gives away what it holds without a copy of it
        try:
            async for chunk in self.stream():
                if read.tell() + len(chunk) > self.limits.body_bytes:
                    raise BodyTooLarge(limit=self.limits.body_bytes)
                read.write(chunk)
        except ClientDisconnect:
            # Nobody hears this, and it is no failure of ours.
            raise MalformedRequest("The client left before its request had arrived.") from None
        return read.getvalue()


class UnparsedBody:
    """A body that was read, and is parsed when FastAPI has come to it: behind the dependencies that say who calls."""

    def __init__(self, request: StrictRequest) -> None:
        self._request = request

    def parse(self) -> Any:
        """Return the parsed body; see `StrictRequest.parse`."""
        return self._request.parse()


def _parsed(body: Any) -> Any:
    if isinstance(body, bytes):  # FastAPI asks for no JSON where the client says that it sends something else
        raise UnsupportedMediaType
    return body.parse() if isinstance(body, UnparsedBody) else body


JsonBody = Annotated[T, BeforeValidator(_parsed)]
"""The body of an operation, as in `JsonBody[TodoCreate]`: all operations of the kit take theirs so."""
