"""Counting what callers do, by the strategies of `limits`: in this process, or in a store that workers share."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Literal

from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from fastapi_todo_kit.core.errors import LimiterUnavailable, MissingExtra, RateLimited
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.core.observing.observer import Observer
from fastapi_todo_kit.http.rate_limits.memory import ProcessMemory
from fastapi_todo_kit.settings import RateLimits

_logger = get_logger(__name__)

Group = Literal["address", "reads", "writes"]
"""What is counted together."""
_PATIENCE: Final = 1.0
"""Seconds that a request waits for the store; with less, a worker that is busy itself would take it for away."""
_CONNECTIONS: Final = 50
_REST: Final = 1.0
"""Seconds for which a store that did not answer is not asked again, so that not every request waits for it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one request took of a limit, and what is left of it."""

    group: Group
    item: RateLimitItem
    caller: str
    remaining: int
    reset: int
    """Seconds until more is left."""

    @property
    def policy(self) -> str:
        """The item of a `RateLimit-Policy` header (draft-ietf-httpapi-ratelimit-headers-10)."""
        return f'"{self.group}";q={self.item.amount};w={self.item.get_expiry()}'

    @property
    def state(self) -> str:
        """The item of a `RateLimit` header."""
        return f'"{self.group}";r={self.remaining};t={self.reset}'


class Limiter:
    """The limits of one mount."""

    def __init__(self, settings: RateLimits, mount: str, observer: Observer) -> None:
        self._mount = mount
        self._observer = observer
        self._refuses = settings.when_away == "refuse"
        limits: Mapping[Group, str | None] = {
            "address": settings.per_address,
            "reads": settings.reads,
            "writes": settings.writes,
        }
        self._items = {group: parse(limit) for group, limit in limits.items() if limit is not None}
        self._store, self._pool = _store_at(settings.store.get_secret_value())
        self._strategy = SlidingWindowCounterRateLimiter(self._store)
        self._away_until = 0.0

    async def take(self, group: Group, caller: str) -> Taken | None:
        """Count a request of a caller; None where nothing limits it, or nobody knows.

        Raises:
            RateLimited: there was too much of it.
            LimiterUnavailable: the store does not answer, and the settings say to refuse then.
        """
        item = self._items.get(group)
        if item is None:
            return None
        name = (self._mount, group, caller)
        try:
            self._check_store()
            is_allowed = await self._strategy.hit(item, *name)
            left = await self._strategy.get_window_stats(item, *name)
        except StorageError as error:
            self._rest(error)
            if self._refuses:
                raise LimiterUnavailable from error
            return None
        reset = max(1, math.ceil(left.reset_time - time.time()))
        taken = Taken(group, item, caller, left.remaining if is_allowed else 0, reset)
        if is_allowed:
            return taken
        self._observer.limited(group)
        refusal = RateLimited(f"No more than {item}; wait {reset} seconds.", limit=str(item))
        refusal.headers = {"Retry-After": str(reset), "RateLimit-Policy": taken.policy, "RateLimit": taken.state}
        raise refusal

    async def give_back(self, taken: Taken) -> None:
        """Take back what a request took that cost next to nothing."""
        try:
            self._check_store()
            await self._strategy.hit(taken.item, self._mount, taken.group, taken.caller, cost=-1)
        except StorageError as error:
            self._rest(error)

    async def is_reachable(self) -> bool:
        """Say whether the store answers."""
        try:
            return await self._store.check()
        except StorageError:
            return False

    async def close(self) -> None:
        """Close the connections to the store."""
        if self._pool is not None:
            await self._pool.disconnect()

    def _check_store(self) -> None:
        if time.monotonic() < self._away_until:
            raise StorageError(ConnectionError("it did not answer a moment ago"))

    def _rest(self, error: StorageError) -> None:
        if time.monotonic() >= self._away_until:
            self._away_until = time.monotonic() + _REST
            _logger.warning("the store of the rate limits does not answer: %r", error.storage_error)


def _store_at(url: str) -> tuple[Storage, Any]:
    """Return a store, and the connections that it has."""
    if url.startswith("memory:"):
        return ProcessMemory(), None
    try:
        # Not imported above: it needs another extra.
        redis = import_module("redis.asyncio")
    except ModuleNotFoundError:
        raise MissingExtra("The store of rate limits needs: pip install 'fastapi-todo-kit[redis]'") from None
    url = url.replace("valkey", "redis", 1)  # it speaks Redis's protocol
    # One that waits: redis-py's own refuses where many requests come at once.
    pool = redis.BlockingConnectionPool.from_url(
        url, max_connections=_CONNECTIONS, timeout=_PATIENCE, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
    )
    return RedisStorage(f"async+{url}", implementation="redispy", wrap_exceptions=True, connection_pool=pool), pool
