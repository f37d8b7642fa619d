"""Clients for foreign servers, whose answers are bounded before anything reads them: in bytes, and in time."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

import httpx

from fastapi_todo_kit.core.errors import TodoKitError

TIMEOUT: Final = 5.0
"""Seconds that one answer may take, and each piece of it."""
LARGEST: Final = 256 * 1_024
"""Bytes that an answer may have: several times the largest key set, token or profile that was seen."""


class FetchRefused(TodoKitError):
    """What a foreign server answered is not what it should be."""


class _Bounded(httpx.AsyncByteStream):
    """The body of an answer, which ends with an error where it goes on for too long."""

    def __init__(self, stream: httpx.AsyncByteStream, url: httpx.URL) -> None:
        self._stream = stream
        self._url = url

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for piece in self._stream:
            read += len(piece)
            _check_length(read, self._url)
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _ask_uncompressed(request: httpx.Request) -> None:
    # So that the size is known before it is in memory.
    request.headers["Accept-Encoding"] = "identity"


async def _bound(response: httpx.Response) -> None:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchRefused(f"{response.url.copy_with(query=None)} answered compressed.")
    if response.is_stream_consumed:  # a transport of the host's made it at once
        _check_length(len(response.content), response.url)
    elif isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Bounded(response.stream, response.url)


def _check_length(length: int, url: httpx.URL) -> None:
    if length > LARGEST:
        raise FetchRefused(f"{url.copy_with(query=None)} answered more than {LARGEST} bytes.")


@asynccontextmanager
async def bounded(opened: AbstractAsyncContextManager[httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client, none of whose answers has more than `LARGEST` bytes.

    Args:
        opened: a client that nobody else uses, however it was made: with proxies, for example.

    Raises:
        FetchRefused: an answer is larger, or compressed; from whatever reads it.
    """
    async with opened as client:
        hooks = client.event_hooks
        if _bound not in hooks["response"]:
            request = [*hooks["request"], _ask_uncompressed]
            client.event_hooks = {"request": request, "response": [_bound, *hooks["response"]]}
        yield client


def bounded_client(transport: httpx.AsyncBaseTransport | None = None) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """Return a client of the kit's own for one fetch or two: a kept one would belong to one event loop."""
    return bounded(httpx.AsyncClient(transport=transport, timeout=TIMEOUT))
