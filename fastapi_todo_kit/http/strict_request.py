"""A request whose body is read up to a limit, and parsed strictly."""

import re
from collections.abc import AsyncGenerator
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import Scope

from fastapi_todo_kit.errors import BodyTooLarge, MalformedRequest, UnsupportedMediaType
from fastapi_todo_kit.http.strict_json import parse_json
from fastapi_todo_kit.settings import Limits

_LIMITS_KEY: Final = "todo_kit_limits"
_JSON: Final = re.compile(r"application/(json|.*\+json)")


def set_limits(scope: Scope, limits: Limits) -> None:
    """Put the limits of a router on the scope of a request that it serves."""
    scope[_LIMITS_KEY] = limits


class StrictRequest(Request):
    """A request whose body is read up to a limit, and parsed strictly."""

    _kit_body: bytes
    _kit_json: Any

    @property
    def limits(self) -> Limits:
        """The limits of the router that serves this request."""
        limits: Limits = self.scope[_LIMITS_KEY]
        return limits

    @property
    def media_type(self) -> str:
        """What the body is said to be, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

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

    async def read_json(self) -> None:
        """Read a body that is JSON, so that FastAPI finds it read.

        Raises:
            UnsupportedMediaType: it says that it is something else.
        """
        if not await self.body():
            return
        if not _JSON.fullmatch(self.media_type):
            raise UnsupportedMediaType
        await self.json()

    async def read_form(self) -> None:
        """Read a body that is a form, so that FastAPI finds it read.

        Raises:
            UnsupportedMediaType: it says that it is something else.
        """
        if await self.body() and self.media_type != "application/x-www-form-urlencoded":
            raise UnsupportedMediaType("The request body must be a form: application/x-www-form-urlencoded.")

    async def _read_body(self) -> bytes:
        chunks, size = [], 0
        try:
            async for chunk in self.stream():
                size += len(chunk)
                if size > self.limits.body_bytes:
                    raise BodyTooLarge(limit=self.limits.body_bytes)
                chunks.append(chunk)
        except ClientDisconnect:
            # Nobody hears this, and it is no failure of ours.
            raise MalformedRequest("The client left before its request had arrived.") from None
        return b"".join(chunks)
