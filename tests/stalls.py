"""A watcher of the event loop: how long a single step of it keeps everybody else waiting.

A step is what runs between two awaits that really wait. While it runs no other request is served, so what one client
may ask for must be done in steps that are short. What is measured is the CPU time of the loop's thread, not the time of
the clock on the wall: other processes and the threads of the drivers take that away, and a busy machine would fail for
nothing. The collector of garbage is off meanwhile, because it looks at all that other tests have left.

`STRICT` is what the kit promises on an idle machine of today. Machines that run tests differ by a factor of three, so
the bar is four times that, which still catches whatever is out by an order of magnitude; `hatch run soak`, and
`KIT_TEST_STALLS=strict` for any test, hold the kit to its word.
"""

import asyncio
import gc
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import quote

from starlette.types import ASGIApp

STRICT: Final = 0.05
"""Seconds of CPU that a step may take."""
_IS_STRICT: Final = os.environ.get("KIT_TEST_STALLS") == "strict" or os.environ.get("KIT_TEST_SURVIVAL") == "full"
BAR: Final = STRICT if _IS_STRICT else 4 * STRICT
"""The same, with what slow machines need."""


@dataclass
class Steps:
    """The steps of the loop while it was watched, by the CPU time that they took, in seconds."""

    taken: list[float] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """What the longest step took."""
        return max(self.taken, default=0.0)

    @property
    def total(self) -> float:
        """What all steps took together."""
        return sum(self.taken)


@contextmanager
def watched_loop() -> Iterator[Steps]:
    """Measure every step of the running loop. Leans on `asyncio.Handle._run`, through which each of them goes."""
    steps, run = Steps(), asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        steps.taken.append(time.thread_time() - began)

    gc.disable()
    try:
        with patch.object(asyncio.Handle, "_run", measured):
            yield steps
    finally:
        gc.enable()


@contextmanager
def no_stall(what: str, bar: float = BAR) -> Iterator[Steps]:
    """Fail where a step takes longer than the bar; nothing but the kit's work may run meanwhile.

    A step that is too long is no proof when the machine itself was slow for a moment: call what is measured again.
    """
    with watched_loop() as steps:
        yield steps
    assert steps.longest <= bar, f"{what}: a step of {steps.longest * 1_000:.0f} ms, at most {bar * 1_000:.0f}"


@dataclass
class Answer:
    """What an application answered."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks)

    def json(self) -> Any:
        """Return what the body says."""
        return json.loads(self.body)


_PIECE: Final = 65_536


async def call(
    app: ASGIApp, method: str, target: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Call an application as a server does, the body in pieces; a client of tests would work in the same loop."""
    path, _, query = target.partition("?")
    sent = {"host": "test", "content-length": str(len(body)), **(headers or {})}
    answer, read = Answer(), 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        await asyncio.sleep(0)
        piece, read = body[read : read + _PIECE], read + _PIECE
        return {"type": "http.request", "body": piece, "more_body": read < len(body)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            answer.chunks.append(message.get("body", b""))

    scope = {
        "type": "http", "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("127.0.0.1", 1),
        "method": method, "path": path, "raw_path": quote(path).encode(), "query_string": query.encode(),
        "root_path": "", "state": {},
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    await asyncio.create_task(app(scope, receive, send))  # type: ignore[arg-type]  # a coroutine, though typed as any awaitable
    return answer
