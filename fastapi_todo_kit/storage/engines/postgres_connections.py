"""What a connection to PostgreSQL does, whichever driver it is of."""

import asyncio
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit.core.errors import TransactionBroken
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import FORGET_PLANS
from fastapi_todo_kit.storage.engines.driver import DriverConnection
from fastapi_todo_kit.storage.engines.plans import Plans, Sql, joined

_ROLLBACK_SECONDS: Final = 5


class PostgresConnection(DriverConnection):
    """A connection to PostgreSQL.

    Args:
        engine: what it was lent from.
        lent: the connection.
        plans: the statements that were compiled.
        begin: what begins a transaction.
    """

    engine_options: ClassVar[Mapping[str, Any]] = {}
    """Those of SQLAlchemy's `create_engine` that the driver needs."""
    waits_to_close: ClassVar[bool] = False
    """Whether a connection that is too old can only be closed in a greenlet, as SQLAlchemy does that."""

    def __init__(self, engine: AsyncEngine, lent: PoolProxiedConnection, plans: Plans, begin: str) -> None:
        super().__init__(engine, lent, plans)
        self._begin = begin

    @classmethod
    @abstractmethod
    def arguments(cls, settings: TodoKitSettings, session: Mapping[str, str], patience: float | None) -> dict[str, Any]:
        """Return what the driver is told when it connects.

        Args:
            settings: how long that may take, and whether a pooler stands before the server.
            session: parameters of each session.
            patience: how many seconds the driver waits for the end of a statement.
        """

    async def begin(self, first: str = "") -> int:
        """Begin a transaction, in one message with a first statement without parameters."""
        return _touched(await self._execute(f"{self._begin}; {first}" if first else self._begin))

    async def forget_plans(self) -> None:
        """Let it plan anew what it runs from now on."""
        await self._execute(FORGET_PLANS)

    async def commit(self) -> None:
        """Commit the transaction.

        Raises:
            TransactionBroken: PostgreSQL rolled back, because a statement had failed and somebody hid its error.
        """
        if await self._execute("COMMIT") != "COMMIT":
            raise TransactionBroken

    async def recover(self) -> None:
        """Give the connection back after an error or a cancellation, without a transaction; or replace it."""
        if not self._is_closed and self.is_in_transaction:
            with suppress(Exception):
                async with asyncio.timeout(_ROLLBACK_SECONDS):
                    await self._execute("ROLLBACK")
        if self._is_closed or self.is_in_transaction:
            await self.discard()
        else:
            await self.close()

    async def _rows(self, one: Sql, before: Sql | None = None) -> Sequence[Any]:
        return await self._fetch(*(one if before is None else joined(before, one)))

    async def _touch(self, one: Sql) -> int:
        return _touched(await self._execute(*one))

    @property
    @abstractmethod
    def _is_closed(self) -> bool:
        """Whether the driver has given the connection up."""

    @abstractmethod
    async def _execute(self, sql: str, values: Sequence[Any] | None = None) -> str:
        """Run a statement with its values, or several without any; return what PostgreSQL says of the last one."""

    @abstractmethod
    async def _fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        """Return the rows of a statement."""


def _touched(tag: str) -> int:
    """Return how many rows `UPDATE 1` says; `BEGIN` has touched nothing."""
    count = tag.rpartition(" ")[2]
    return int(count) if count.isdecimal() else 0
