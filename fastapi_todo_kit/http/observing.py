"""What is observed of each request: the context of its log lines, the attributes of its span, and how it ended."""

import logging
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self

from starlette.requests import ClientDisconnect
from starlette.types import Message, Scope, Send

from fastapi_todo_kit.core.observing.logs import begin_request, get_logger, identify_request
from fastapi_todo_kit.core.observing.observer import Observer
from fastapi_todo_kit.http import scope_keys

try:
    from opentelemetry.trace import get_current_span
except ModuleNotFoundError:  # FastAPI brings it from 0.164 on
    get_current_span = None  # type: ignore[assignment]  # there are no spans then

_operations: Final = get_logger("fastapi_todo_kit.operations")
_switch: Final = logging.getLogger("fastapi_todo_kit.operations")
_CRASHED: Final = 500

Finish = Callable[[Message], Awaitable[None]]


def watch(scope: Scope, observer: Observer) -> None:
    """Say who hears how a request ends."""
    scope[scope_keys.OBSERVER] = observer


def on_answer(scope: Scope, finish: Finish) -> None:
    """Call a function with the message that begins the answer, before that leaves."""
    scope[scope_keys.FINISH] = finish


def note(scope: Scope, request_id: str, operation: str) -> None:
    """Say which request this is, and what it wants."""
    begin_request(request_id, operation)
    if get_current_span is not None:
        # That of the request; below it, FastAPI opens spans of its own.
        scope[scope_keys.SPAN] = span = get_current_span()
        span.set_attributes({"todo_kit.request_id": request_id, "todo_kit.operation": operation})


def identify(scope: Scope, principal: str, space: str) -> None:
    """Say who calls, and in which space."""
    identify_request(principal, space)
    if get_current_span is not None:
        scope[scope_keys.SPAN].set_attributes({"user.id": principal, "todo_kit.space": space})


class Outcome:
    """Notes the status that leaves, and how long it took, and tells the observer and the log at the end."""

    def __init__(self, scope: Scope, operation: str, send: Send) -> None:
        self._scope = scope
        self._observer: Observer = scope[scope_keys.OBSERVER]
        self._operation = operation
        self._send = send
        self._status = _CRASHED
        self._is_whole = True

    def __enter__(self) -> Self:
        self._began = time.perf_counter()
        return self

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            finish: Finish | None = self._scope.get(scope_keys.FINISH)
            if finish is not None:
                await finish(message)
        await self._send(message)
        self._is_whole = not message.get("more_body", False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = time.perf_counter() - self._began
        if not self._is_whole and isinstance(error, Exception) and not isinstance(error, ClientDisconnect):
            # The status has left; that there is no end to what followed is all that the server can tell the client.
            self._status = _CRASHED
            _operations.warning("the answer broke off: %r", error.__cause__ or error)
        self._observer.operation(self._operation, self._status, seconds)
        if _switch.isEnabledFor(logging.INFO):
            _operations.info("operation ended", status=self._status, milliseconds=round(seconds * 1_000, 2))
