"""A kit of its own in memory: an application that needs no file, no migration and no lifespan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fastapi import FastAPI

from fastapi_todo_kit.host import Host
from fastapi_todo_kit.mounts.todos import todo_router
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.testing.control import FrozenClock


class MemoryKit:
    """An application with the kit at its root, on a database that is gone with it.

    Args:
        host: what to try; its user is replaced by `user`, its clock by `clock`.
        settings: values of `TodoKitSettings`, such as `limits`.
    """

    def __init__(self, host: Host, **settings: Any) -> None:
        self.user: Any = "ann"
        """Who calls: what `Host.current_user` returns."""
        self.clock: FrozenClock = FrozenClock()
        self.app: FastAPI = FastAPI()
        host = replace(host, current_user=self._current_user, clock=self.clock)
        self.app.include_router(todo_router(TodoKitSettings(database_url="sqlite://", **settings), host))

    async def _current_user(self) -> Any:
        return self.user

    @contextmanager
    def as_user(self, user: Any) -> Iterator[None]:
        """Let requests come from another user."""
        before, self.user = self.user, user
        try:
            yield
        finally:
            self.user = before


def memory_kit(host: Host | None = None, **settings: Any) -> MemoryKit:
    """Return a kit in memory. Give its `app` to any test client, with or without a `with`."""
    return MemoryKit(host or Host(), **settings)
