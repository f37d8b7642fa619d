"""What belongs to an event loop: locks, lines, and connections that wait by it."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One for each event loop, also where several run at once, each in a thread: a test client may begin one each time.

    Args:
        make: makes one.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: dict[asyncio.AbstractEventLoop, T] = {}

    def here(self) -> T:
        """Return that of the running loop, made when it is first asked for."""
        loop = asyncio.get_running_loop()
        made = self._made.get(loop)
        if made is None:
            made = self._make()
            # What belongs to a loop holds it, so that is not left to weak references.
            self._made = {one: its for one, its in self._made.items() if not one.is_closed()} | {loop: made}
        return made
