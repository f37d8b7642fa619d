"""What access tokens do not say yet: which sessions were revoked lately, and who has moved to another zone.

It is known at once in this process, and soon enough in every other one.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple


class Move(NamedTuple):
    """When a user moved, and to which zone."""

    at: datetime
    zone: str | None


class News(NamedTuple):
    """The sessions that were revoked since a moment, each with when that was, and the users who have moved."""

    sessions: Mapping[uuid.UUID, datetime]
    moves: Mapping[uuid.UUID, Move]


Read = Callable[[datetime], Awaitable[News]]
"""Returns what is new since a moment."""

# A transaction writes the time at which it began, and may commit this much later on a clock that is this much behind.
_OVERLAP: Final = timedelta(minutes=1)


class Revocations:
    """The revocations and moves of as long as an access token lives, read again when they are older than `max_age`.

    One query serves every request that waits for it, however many sessions there are.
    """

    def __init__(self, max_age: timedelta, token_lifetime: timedelta) -> None:
        self._max_age = max_age.total_seconds()
        self._lifetime = token_lifetime + _OVERLAP
        self._sessions: dict[uuid.UUID, datetime] = {}
        self._moves: dict[uuid.UUID, Move] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, sessions: Iterable[uuid.UUID], moves: Mapping[uuid.UUID, Move], now: datetime) -> None:
        """Note what this process has revoked, and who has moved."""
        self._sessions.update(dict.fromkeys(sessions, now))
        self._moves.update(moves)

    def zone_of(self, user_id: uuid.UUID, said: str | None, *, signed_at: int) -> str | None:
        """Return the zone of a user: what the token says, unless the user has moved since it was signed."""
        move = self._moves.get(user_id)
        return said if move is None or move.at.timestamp() < signed_at else move.zone

    async def include(self, session_id: uuid.UUID, now: datetime, read: Read) -> bool:
        """Say whether a session is revoked, as of at most `max_age` ago."""
        asked = time.monotonic()
        if asked - self._read_at > self._max_age:
            await self._refresh(asked, now, read)
        return session_id in self._sessions

    async def _refresh(self, asked: float, now: datetime, read: Read) -> None:
        if self._loop is not asyncio.get_running_loop():
            self._loop, self._reading = asyncio.get_running_loop(), asyncio.Lock()
        async with self._reading:
            if asked - self._read_at <= self._max_age:
                return  # somebody has read it while this request waited
            began, is_first = time.monotonic(), self._read_at == float("-inf")
            since = now - (self._lifetime if is_first else min(self._lifetime, self._overlap(began)))
            revocations = await read(since)
            known = {one: at for one, at in self._sessions.items() if at > now - self._lifetime}
            self._sessions = known | dict(revocations.sessions)
            moves = {one: move for one, move in self._moves.items() if move.at > now - self._lifetime}
            # This process may have heard of a later move while it read.
            newer = {
                one: move for one, move in revocations.moves.items() if one not in moves or moves[one].at < move.at
            }
            self._moves = moves | newer
            self._read_at = began

    def _overlap(self, began: float) -> timedelta:
        return _OVERLAP + timedelta(seconds=began - self._read_at)
