"""Asking the callables of the host, which may be plain or async, and may use the transaction that they are asked in."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import anyio.to_thread

from fastapi_todo_kit.core.answers import is_async
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.failures import done_by_host


async def ask_host(connection: Connection, function: Callable[..., Any], *given: Any) -> Any:
    """Return what a callable of the host answers inside a transaction, which is its last argument; see `answer_of`.

    What it breaks is the host's to tell.

    Raises:
        TransactionBroken: it has ended the transaction.
    """
    # Not one of the threads that all requests share: those may all be waiting for the connection that this one has.
    limiter = anyio.CapacityLimiter(1)
    async with connection.lending() as transaction:
        with done_by_host():
            return await answer_of(function, *given, transaction, in_thread=not connection.is_sync, limiter=limiter)


async def answer_of(
    function: Callable[..., Any], *given: Any, in_thread: bool = True, limiter: anyio.CapacityLimiter | None = None
) -> Any:
    """Return what a callable of the host answers: an async one is awaited, a plain one may wait in a thread.

    So it is with all that FastAPI calls. A plain one on the event loop would keep everybody waiting.

    Args:
        function: the host's.
        given: what it is called with.
        in_thread: whether there is an event loop to be kept free. On a sync session there is none.
        limiter: whose threads; those that FastAPI's plain functions have, too, without one.
    """
    if in_thread and not is_async(function):
        answer = await anyio.to_thread.run_sync(partial(function, *given), limiter=limiter)
    else:
        answer = function(*given)
    return await answer if inspect.isawaitable(answer) else answer
