"""Taking hold of an application from outside: who calls, what time it is, what has changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI

from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.storage.work import Work


class FrozenClock:
    """Time that passes only when a test says so. Can be a `Host.clock`.

    Args:
        now: the first moment, with a zone.
    """

    def __init__(self, now: datetime = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)) -> None:
        if now.tzinfo is None:
            raise ValueError("FrozenClock needs a moment with a zone: datetime(2026, 3, 28, 12, tzinfo=UTC)")
        self.now: datetime = now

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Let time pass, as in `advance(days=1, hours=2)`; return the new present moment."""
        self.now += timedelta(**duration)
        return self.now


@contextmanager
def frozen_clock(now: datetime | None = None) -> Iterator[FrozenClock]:
    """Stop the clock of every kit of this process, whatever its `Host.clock`; yield the clock to move it by hand."""
    clock = FrozenClock() if now is None else FrozenClock(now)
    with patch.object(Host, "now", lambda _host: clock()):
        yield clock


@contextmanager
def captured_changes() -> Iterator[list[ChangeEvent]]:
    """Yield a list to which every change is added that any kit of this process commits, in the order of commits."""
    captured: list[ChangeEvent] = []
    announce = Work.announce

    async def capture(work: Work) -> None:
        captured.extend(await work.events())
        await announce(work)

    with patch.object(Work, "announce", capture):
        yield captured


@contextmanager
def as_user(app: FastAPI, current_user: Callable[..., Any], user: Any) -> Iterator[None]:
    """Let every request of the application come from this user.

    Args:
        app: the host.
        current_user: the dependency that the host's own routes and `Host.current_user` find the user with.
        user: what that dependency returns.
    """
    with patch.dict(app.dependency_overrides, {current_user: lambda: user}):
        yield
