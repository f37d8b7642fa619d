"""What the listeners of a host's session leave of a transaction, looked at where nobody has a turn any more."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.errors import TransactionBroken
from fastapi_todo_kit.storage.work import Work

_TURNS: Final = ("before_commit", "before_flush", "after_flush", "after_flush_postexec")


def is_listened_to(given: AsyncSession | Session) -> bool:
    """Whether functions of the host are called by a commit of its session."""
    session: Any = given.sync_session if isinstance(given, AsyncSession) else given
    return any(getattr(session.dispatch, name) for name in _TURNS)


class CommitWatch:
    """Looks, when everybody who listens to the host's session had his turn, whether what was written is still there.

    PostgreSQL makes a ROLLBACK of a COMMIT where a statement had failed and somebody hid its error, and neither its
    drivers nor SQLAlchemy tell; a listener may also have rolled back by a statement.

    Args:
        connection: the session's.
        last: returns what was written last.
    """

    def __init__(self, connection: AsyncConnection | SyncConnection, last: Callable[[], Work | None]) -> None:
        sync: Any = connection.sync_connection if isinstance(connection, AsyncConnection) else connection
        self._connection: SyncConnection = sync
        self._last = last
        event.listen(self._connection, "commit", self._look)

    def end(self) -> None:
        """Look no more: the connection may be the host's own, and go on."""
        event.remove(self._connection, "commit", self._look)

    def _look(self, connection: SyncConnection) -> None:
        work = self._last()
        if work is not None and work.has_changes and connection.execute(*work.logged).first() is None:
            raise TransactionBroken
