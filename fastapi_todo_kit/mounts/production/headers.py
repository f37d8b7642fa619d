"""The headers that tell browsers what not to do with an answer."""

from datetime import timedelta
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-site"),
)


class SecurityHeaders:
    """Adds security headers to every answer. One that the application has set itself stays as it is."""

    def __init__(self, app: ASGIApp, policy: str | None, hsts: timedelta | None) -> None:
        self._app = app
        self._plain = list(_ALWAYS)
        if policy is not None:
            self._plain.append((b"content-security-policy", policy.encode()))
        self._secure = list(self._plain)
        if hsts is not None:
            self._secure.append((b"strict-transport-security", b"max-age=%d" % hsts.total_seconds()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # RFC 6797, section 7.2: nothing of HSTS over plain HTTP.
        ours = self._secure if scope["scheme"] == "https" else self._plain

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = list(message.get("headers", ()))
                names = {name.lower() for name, _ in theirs}
                message["headers"] = theirs + [header for header in ours if header[0] not in names]
            await send(message)

        await self._app(scope, receive, send_with_headers)
