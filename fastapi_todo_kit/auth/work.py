"""One unit of work on accounts: a connection, who asked for it, and what happened that the host hears of.

Accounts have no space and no change log; what two requests must not do at once is kept apart by locks on rows.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Executable, Row

from fastapi_todo_kit.account_events import AccountEvent
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.settings import Auth, TodoKitSettings
from fastapi_todo_kit.storage.asking import answer_of, ask_host
from fastapi_todo_kit.storage.engines.connections import Connection, Parameters

_logger = get_logger(__name__)

E = TypeVar("E", bound=AccountEvent)


@dataclass(frozen=True, slots=True)
class Client:
    """Who sent a request: the address of the network, the browser or program, and the id of the request."""

    address: str
    user_agent: str
    request_id: str


class AccountWork:
    """What one request does to accounts."""

    def __init__(self, settings: TodoKitSettings, host: Host, client: Client, connection: Connection) -> None:
        self.settings = settings
        self.client = client
        self.now: datetime = host.now()
        self.revoked_sessions: list[uuid.UUID] = []
        """Sessions that end with this work; their access tokens are good no more."""
        self.changed_users: set[uuid.UUID] = set()
        """Users of whom a personal access token ended, or who changed so that theirs say something else."""
        self.moved_users: dict[uuid.UUID, str | None] = {}
        """The zones of users who have moved to another one."""
        self.has_mail = False
        """Whether a mail waits to be sent after this work."""
        self._host = host
        self._connection = connection
        self._events: list[AccountEvent] = []

    @property
    def auth(self) -> Auth:
        """The settings of accounts."""
        return self.settings.auth

    async def fetch(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        return await self._connection.fetch(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        return await self._connection.run(statement, parameters)

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows, which have the same names."""
        if rows:
            await self._connection.run_many(statement, rows)

    def record(self, kind: type[E], user_id: uuid.UUID | None, **fields: Any) -> None:
        """Note something that the host hears of."""
        who = None if user_id is None else str(user_id)
        client = self.client
        event = kind(at=self.now, user_id=who, address=client.address, request_id=client.request_id, **fields)
        self._events.append(event)

    async def ask_host(self) -> None:
        """Tell the host what is about to be committed; it may refuse by raising."""
        before_commit = self._host.on_account.before_commit
        if before_commit is None or not self._events:
            return
        await ask_host(self._connection, before_commit, self._events)

    async def announce(self) -> None:
        """Tell the host what is committed now. It is too late for an error to change anything."""
        after_commit = self._host.on_account.after_commit
        if after_commit is None or not self._events:
            return
        try:
            await answer_of(after_commit, self._events)
        except Exception:
            _logger.exception("Host.on_account.after_commit failed; what it was told of is committed")


class AccountRepository:
    """The base of repositories of accounts: statements in, plain rows out."""

    def __init__(self, work: AccountWork) -> None:
        self._work = work

    async def fetch_all(self, statement: Executable, **parameters: Any) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        return await self._work.fetch(statement, parameters)

    async def fetch_one(self, statement: Executable, **parameters: Any) -> Row[Any] | None:
        """Return the first row of a statement, or None."""
        rows = await self._work.fetch(statement, parameters)
        return rows[0] if rows else None

    async def run(self, statement: Executable, **parameters: Any) -> int:
        """Run a statement that returns no rows; return how many it touched."""
        return await self._work.run(statement, parameters)

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each row."""
        await self._work.run_many(statement, rows)
