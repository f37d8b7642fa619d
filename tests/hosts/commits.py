"""Sees when a host commits, and lets its commits fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Witness:
    """An application that notes in `seen` each commit of an engine, and each message of an answer."""

    def __init__(self, app: ASGIApp, engine: Engine | None = None) -> None:
        self.app = app
        self.seen: list[str] = []
        if engine is not None:
            self.watch(engine)

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "commit", self._note_commit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            if scope["type"] == "http":
                self.seen.append(message["type"])
            await send(message)

        await self.app(scope, receive, noting)

    def _note_commit(self, _connection: Any) -> None:
        self.seen.append("commit")


@contextmanager
def failing_commits() -> Iterator[None]:
    """Let each commit fail by a listener of the host's."""

    def refuse(session: Session) -> None:
        if not session.in_nested_transaction():  # the end of a savepoint is told as a commit, too
            raise ConnectionResetError

    event.listen(Session, "before_commit", refuse)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", refuse)


@contextmanager
def losing_commits() -> Iterator[None]:
    """Let the database go away just before each commit."""

    def refuse(_dialect: object, _connection: object) -> None:
        raise ConnectionResetError

    with patch.object(DefaultDialect, "do_commit", refuse):
        yield
