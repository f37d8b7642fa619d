"""How large a request may be, how long its body may take, and that it is not compressed.

Nothing is held back: what the application reads of a body passes through and is counted.
"""

import asyncio
import math
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fastapi_todo_kit.core.errors import BodyTooLarge, BodyTooSlow, HeadersTooLarge, RequestError
from fastapi_todo_kit.http.headers import announced_length
from fastapi_todo_kit.http.problems import problem
from fastapi_todo_kit.http.strict_request import compressed, is_compressed
from fastapi_todo_kit.settings.production import Production

_HANG_UP: Final = (b"connection", b"close")
_WORTH_READING: Final = 65_536
"""Bytes of a body that nobody has asked for, up to which reading on is cheaper than another connection."""


class RequestLimits:
    """Refuses requests with a problem document: 431 for their headers; 413, 408 and 415 for their bodies."""

    def __init__(self, app: ASGIApp, limits: Production) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it for what its headers say."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = announced_length(headers)
        exchange = _Exchange(scope, receive, send, self._limits, length)
        error = self._error_in(headers, length)
        if error is not None:
            await exchange.refuse(error)
            return
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except ClientDisconnect:
            if not exchange.is_cut:
                raise

    def _error_in(self, headers: Headers, length: float) -> RequestError | None:
        if sum(len(name) + len(value) for name, value in headers.raw) > self._limits.header_bytes:
            return HeadersTooLarge(limit=self._limits.header_bytes)
        if self._limits.body_bytes < length < math.inf:
            return BodyTooLarge(limit=self._limits.body_bytes)
        if is_compressed(headers):
            return compressed()
        return None


class _Exchange:
    """A request whose body is counted while the application reads it.

    Where it is too much, the client is answered at once, and the application hears that the client has gone.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, limits: Production, length: float) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._limits = limits
        self._unread, self._read = length, 0
        self._seconds_left = limits.body_seconds
        self._is_read = self._has_begun = self._is_refused = False
        self.is_cut = False
        """Whether the application was told that the client has gone."""

    async def receive(self) -> Message:
        """Return what the client sends next."""
        if self.is_cut:
            return {"type": "http.disconnect"}
        if self._is_read:
            return await self._receive()
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self._seconds_left):
                message = await self._receive()
        except TimeoutError:
            return await self._cut(BodyTooSlow())
        self._seconds_left -= clock() - began  # what the application does in between is not the client's fault
        self._count(message)
        if self._read > self._limits.body_bytes:
            return await self._cut(BodyTooLarge(limit=self._limits.body_bytes))
        return message

    async def send(self, message: Message) -> None:
        """Send what the application answers, unless the client has its answer.

        Where the application has not read the body, the server would: all of it, for the sake of the next request.
        """
        if self._is_refused:
            return
        if message["type"] == "http.response.start":
            self._has_begun = True
            if self._unread > _WORTH_READING:
                self._hang_up_after(message)
        await self._send(message)

    async def refuse(self, error: RequestError) -> None:
        """Answer with a problem document."""
        self._is_refused = True

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._hang_up_after(message)
            await self._send(message)

        await problem(Request(self._scope), error)(self._scope, self._receive, send_last)

    def _count(self, message: Message) -> None:
        size = len(message.get("body", b""))
        self._read += size
        self._unread -= size
        if not message.get("more_body", False):
            self._is_read, self._unread = True, 0

    async def _cut(self, error: RequestError) -> Message:
        self.is_cut = True
        if not self._has_begun:
            await self.refuse(error)
        return {"type": "http.disconnect"}

    def _hang_up_after(self, message: Message) -> None:
        if self._scope.get("http_version", "1.1").startswith("1"):  # later versions end a stream, not the connection
            message["headers"] = [*message.get("headers", ()), _HANG_UP]
