"""What statements run on: one small protocol, and the connection of SQLAlchemy's that fulfils it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, Protocol

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import CursorResult, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from fastapi_todo_kit.core.errors import TransactionBroken
from fastapi_todo_kit.host import Transaction
from fastapi_todo_kit.storage.pieces import PIECE

Parameters = Mapping[str, Any]
"""The values of a statement by the names of its parameters; of an INSERT or UPDATE also by those of columns."""

ONE_OFF: Final = {"todo_kit_one_off": True}
"""Execution options of a statement that is made anew for each request, so that nothing is kept for the next time."""


FORGET_PLANS: Final = "DISCARD PLANS"

Bound = tuple[Executable, Parameters]
"""A statement with its values."""


class Connection(Protocol):
    """Where a unit of work runs its statements."""

    is_sync: bool
    """Whether it keeps its thread waiting, on which there is no event loop then."""

    def lending(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend the transaction to a callable of the host, for its own statements.

        Raises:
            TransactionBroken: it has ended the transaction.
        """
        ...

    async def begin(self, first: str = "") -> int:
        """Begin the transaction, unless the host has; with a first statement, in one round trip where that can be.

        Args:
            first: SQL without parameters, which leaves nothing of a client's in it.

        Returns:
            How many rows the first statement touched.
        """
        ...

    async def fetch(
        self, statement: Executable, parameters: Parameters, after: Bound | None = None
    ) -> Sequence[Row[Any]]:
        """Return the rows of a statement.

        Args:
            statement: what returns rows.
            parameters: its values.
            after: a change of other rows that goes first, in the same round trip where the database can do that.
        """
        ...

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        ...

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows, which have the same names."""
        ...

    async def give_way(self) -> None:
        """Let whatever else waits for the event loop have it; where nothing ever waits, there is nobody."""
        ...

    async def forget_plans(self) -> None:
        """Let PostgreSQL plan anew what it runs from now on: tables may have grown since, of which it is told later."""
        ...


class Connecting(Protocol):
    """Lends connections of one database."""

    engine: AsyncEngine
    """SQLAlchemy's, for what is no unit of work: migrations."""

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection for statements that change nothing, each on its own."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection for one transaction, which `begin` begins, and commit that.

        Raises:
            CommitFailed: everything went well but the commit.
        """
        ...


class CommitFailed(Exception):
    """Marks a failure of COMMIT itself, after which the outcome may be unknown."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


class AlchemyConnection:
    """A connection of SQLAlchemy's, of an async session of the host."""

    is_sync: bool = False

    def __init__(self, connection: AsyncConnection, session: AsyncSession) -> None:
        self._connection = connection
        self.transaction: Transaction = Transaction(connection, session)

    def lending(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend the transaction to a callable of the host."""
        session, connection = self.transaction.session.sync_session, self._connection.sync_connection
        return lent(self.transaction, session, connection)

    async def begin(self, first: str = "") -> int:
        """Run the first statement; SQLAlchemy begins the transaction with it."""
        return (await self._connection.exec_driver_sql(first)).rowcount if first else 0

    async def fetch(
        self, statement: Executable, parameters: Parameters, after: Bound | None = None
    ) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        if after is not None:
            await self.run(*after)
        return await gathered(await self._connection.execute(statement, parameters), self.give_way)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        return (await self._connection.execute(statement, parameters)).rowcount

    async def run_many(self, statement: Executable, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each of the rows."""
        await self._connection.execute(statement, rows)

    async def give_way(self) -> None:
        """Let whatever else waits for the event loop have it."""
        await asyncio.sleep(0)

    async def forget_plans(self) -> None:
        """Let PostgreSQL plan anew what it runs from now on."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.exec_driver_sql(FORGET_PLANS)


async def gathered(result: CursorResult[Any], give_way: Callable[[], Awaitable[None]]) -> Sequence[Row[Any]]:
    """Return the rows of a result that the driver has read, of which making thousands takes its time."""
    rows: list[Row[Any]] = []
    while piece := result.fetchmany(PIECE):
        if rows:
            await give_way()
        rows += piece
    return rows


@asynccontextmanager
async def lent(
    transaction: Transaction, session: Session, connection: SyncConnection | None
) -> AsyncIterator[Transaction]:
    """Lend the transaction of a session of the host to a callable of it, which must not end it.

    Raises:
        TransactionBroken: it has.
    """
    on_connection = None if connection is None else connection.get_transaction()
    kept: list[Any] = [*open_transactions(session), *([] if on_connection is None else [on_connection])]
    status = _status(connection)
    yield transaction
    if not all(one.is_active for one in kept) or _status(connection) != status:
        raise TransactionBroken


def _status(connection: SyncConnection | None) -> object:
    """Return what the driver says of the transaction that its connection is in; always the same if it says nothing."""
    driver: Any = None if connection is None or connection.invalidated else connection.connection.driver_connection
    if hasattr(driver, "is_in_transaction"):  # asyncpg
        return driver.is_in_transaction()
    if hasattr(driver, "in_transaction"):  # sqlite3 and aiosqlite
        return driver.in_transaction
    return getattr(getattr(driver, "info", None), "transaction_status", None)  # psycopg, which also tells a broken one


def open_transactions(session: Session) -> set[SessionTransaction]:
    """Return the savepoints of a session that are open, and the transaction around them."""
    found = set()
    transaction = session.get_nested_transaction() or session.get_transaction()
    while transaction is not None:
        found.add(transaction)
        transaction = transaction.parent
    return found
