"""What must be there for the kit to work, looked at at most once a second, however many ask."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi_todo_kit.core.errors import RequestError
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.storage.failures import as_kit_error

_logger = get_logger(__name__)

Check = Callable[[], Awaitable[str]]
"""Says in a word how something is: `ok`, or what it is instead. What it raises means that it cannot be reached."""
OK: Final = "ok"
AWAY: Final = "unavailable"
NO_OBSTACLES: Final = {OK, "newer", "read_only", "unversioned"}
"""What is said of something that lets requests be answered, if not all of them."""
_SECONDS_KEPT: Final = 1.0
_LONGEST_SECONDS: Final = 2.0


class Readiness:
    """What the checks of a mount said last."""

    def __init__(self) -> None:
        self._looking = asyncio.Lock()
        self._said: dict[str, str] = {}
        self._until = 0.0

    async def look(self, checks: Mapping[str, Check]) -> Mapping[str, str]:
        """Return what each check says, or said less than a second ago; those of each request have its own session."""
        async with self._looking:
            if time.monotonic() >= self._until:
                # One after the other: they may share a session.
                self._said = {name: await _said_by(name, check) for name, check in checks.items()}
                self._until = time.monotonic() + _SECONDS_KEPT
            return self._said


async def _said_by(name: str, check: Check) -> str:
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            return await check()
    except Exception as error:
        known = as_kit_error(error)
        _logger.warning("not ready: %s: %s", name, known if isinstance(known, RequestError) else type(error).__name__)
        return AWAY
