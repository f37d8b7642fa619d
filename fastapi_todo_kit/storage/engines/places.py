"""How many connections there may be at once, lent in the order of asking."""

import asyncio

from sqlalchemy.exc import TimeoutError as PoolTimeout


class Places:
    """A place for each connection of an event loop: whoever comes later does not take one from those who wait.

    Not the pool's own line, which belongs to the loop in which somebody has first waited in it.

    Args:
        number: how many.
        wait: how many seconds anybody waits.
    """

    def __init__(self, number: int, wait: float) -> None:
        self._wait = wait
        self._free = asyncio.Semaphore(number)

    async def __aenter__(self) -> None:
        """Hold one.

        Raises:
            PoolTimeout: none became free in time.
        """
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError as error:
            raise PoolTimeout(f"no connection became free within {self._wait:g} s: raise pool.size") from error

    async def __aexit__(self, *_: object) -> None:
        self._free.release()
