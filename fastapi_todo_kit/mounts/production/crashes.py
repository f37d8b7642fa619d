"""The answer to a request at which the application failed.

Starlette gives it outside of all middleware: it would have no request id, and no header by which a browser lets the
page read it.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fastapi_todo_kit.core.errors import InternalError
from fastapi_todo_kit.http.problems import problem


class Crashes:
    """Answers 500 as a problem document, and raises on, so that servers and monitors hear of the exception.

    Where the application has a handler for it, or shows tracebacks, that answers as before.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        application = scope.get("app")  # read now: what is mounted in it puts itself there
        has_begun = False

        async def note_and_send(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, note_and_send)
        except Exception:
            if not has_begun and not _answers_itself(application):
                await problem(Request(scope), InternalError())(scope, receive, send)
            raise


def _answers_itself(application: object) -> bool:
    handlers = getattr(application, "exception_handlers", {})
    return getattr(application, "debug", False) or Exception in handlers or 500 in handlers  # noqa: PLR2004  (as Starlette looks)
