import time
from collections import defaultdict, deque

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RateLimit:
    """So many requests a minute for each token, counted in this process."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self._app = app
        self._per_minute = per_minute
        self._seen: dict[bytes, deque[float]] = defaultdict(deque)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_over(dict(scope["headers"]).get(b"authorization", b"")):
            error = {"code": "too_many_requests", "message": "Slow down."}
            refusal = JSONResponse({"success": False, "error": error}, 429, {"Retry-After": "60"})
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_over(self, token: bytes) -> bool:
        now, seen = time.monotonic(), self._seen[token]
        while seen and seen[0] < now - 60:
            seen.popleft()
        seen.append(now)
        return len(seen) > self._per_minute
