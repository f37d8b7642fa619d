"""When a worker does a chore, and when it has done it last."""

import random
import time
from datetime import datetime, timedelta

from fastapi_todo_kit.storage.feature import Chore
from fastapi_todo_kit.storage.kit import Kit


class Rota:
    """One chore in one event loop."""

    def __init__(self, chore: Chore) -> None:
        self.chore = chore
        self._next = 0.0
        self._done_at: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether it is to be done now."""
        return time.monotonic() >= self._next

    async def do(self, kit: Kit) -> None:
        """Do it; where that fails it is done at its next time, and for all that lies between."""
        seconds = (self.chore.every or timedelta()).total_seconds()
        self._next = time.monotonic() + seconds * random.uniform(0.9, 1.1)  # noqa: S311  (jitter)
        now = kit.host.now()
        await self.chore.run(kit, self._done_at)
        self._done_at = now
