"""The counts of one process, for the strategies of `limits`.

Its own storage in memory walks over every key that there is at each hit; this one does once a minute.
"""

import time
from dataclasses import dataclass

from limits.aio.storage import SlidingWindowCounterSupport, Storage

_SWEEP_SECONDS = 60


@dataclass(slots=True)
class _Counts:
    began: float
    expiry: int
    now: int = 0
    before: int = 0


class ProcessMemory(Storage, SlidingWindowCounterSupport):
    """Counts in a dictionary: of this window and of the one before, for each key."""

    STORAGE_SCHEME: list[str] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, _Counts] = {}
        self._swept = 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Nothing can fail here."""
        return ()

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a hit where the limit leaves room for it."""
        counts, left = self._current(key, expiry)
        if int(counts.before * left / expiry) + counts.now + amount > limit:
            return False
        counts.now = max(0, counts.now + amount)
        return True

    async def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return the count of the window before and the seconds that it still matters, and those of this window."""
        counts, left = self._current(key, expiry)
        return counts.before, left, counts.now, left + expiry

    async def clear_sliding_window(self, key: str, expiry: int) -> None:  # noqa: ARG002  (the library's signature)
        """Forget a key."""
        self._counts.pop(key, None)

    async def check(self) -> bool:
        """It is there."""
        return True

    async def reset(self) -> int:
        """Forget everything; return how many keys that were."""
        count = len(self._counts)
        self._counts.clear()
        return count

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Not of this strategy."""
        raise NotImplementedError

    async def get(self, key: str) -> int:
        """Not of this strategy."""
        raise NotImplementedError

    async def get_expiry(self, key: str) -> float:
        """Not of this strategy."""
        raise NotImplementedError

    async def clear(self, key: str) -> None:
        """Not of this strategy."""
        raise NotImplementedError

    def _current(self, key: str, expiry: int) -> tuple[_Counts, float]:
        """Return the counts of a key, and how many seconds of the window before still weigh."""
        now = time.monotonic()
        began = now - now % expiry
        self._sweep(now)
        counts = self._counts.setdefault(key, _Counts(began, expiry))
        if counts.began < began:
            counts.before = counts.now if counts.began + expiry >= began else 0
            counts.now, counts.began = 0, began
        return counts, began + expiry - now

    def _sweep(self, now: float) -> None:
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        self._counts = {key: one for key, one in self._counts.items() if now - one.began < 2 * one.expiry}
