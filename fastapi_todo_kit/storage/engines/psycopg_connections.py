"""Connections of psycopg's, for applications that have it already. Imported only where a URL names it."""

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, ClassVar, Final

from psycopg import AsyncConnection, AsyncCursor, Error
from psycopg.pq import TransactionStatus

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.driver import log_statement
from fastapi_todo_kit.storage.engines.postgres_connections import PostgresConnection
from fastapi_todo_kit.storage.failures import LostConnection

_MOST: Final = 2_000
_LAST_WORDS: Final = {"FATAL", "PANIC"}
"""How severe an error is with which a server ends a connection."""


class PsycopgConnection(PostgresConnection):
    """A connection of psycopg's."""

    engine_options: ClassVar[Mapping[str, Any]] = {
        "paramstyle": "format",  # by place, as statements are bound here
        "use_native_hstore": False,  # it would be asked for at the first connection
    }
    waits_to_close: ClassVar[bool] = True

    @classmethod
    def arguments(cls, settings: TodoKitSettings, session: Mapping[str, str], patience: float | None) -> dict[str, Any]:
        """Return what psycopg is told when it connects."""
        name = {"application_name": session["application_name"]}
        # Behind a pooler a prepared statement stays on a server that the next transaction may not get.
        named = {"prepare_threshold": None} if settings.postgres.pooler is not None else {}
        options = " ".join(f"-c {one}={_escaped(value)}" for one, value in session.items() if one not in name)
        connect = partial(_connect, patience, settings.pool.timeout)
        return {"async_creator_fn": connect, **name, **named, **({"options": options} if options else {})}

    @property
    def is_in_transaction(self) -> bool:
        """Whether the driver's connection is in a transaction."""
        return bool(self._driver.info.transaction_status != TransactionStatus.IDLE)

    @property
    def _is_closed(self) -> bool:
        return bool(self._driver.closed)

    async def _execute(self, sql: str, values: Sequence[Any] | None = None) -> str:
        with self._sending(sql):
            # Several statements at once cannot be prepared, and what has no values is not worth it.
            cursor = await self._driver.execute(sql, values, prepare=None if values else False)
        while cursor.nextset():
            pass
        return str(cursor.statusmessage)

    async def _touch_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        with self._sending(sql):
            await self._driver.cursor().executemany(sql, values)  # in one round trip where libpq has pipelines
        # What a pipeline ends with takes the clock away by which PostgreSQL ends a transaction that is left idle.
        await self._execute("SELECT 1")

    async def _fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        with self._sending(sql):
            cursor = await self._driver.cursor(row_factory=_records).execute(sql, values)
        records: Sequence[Any] = await cursor.fetchall()
        return records

    @contextmanager
    def _sending(self, sql: str) -> Iterator[None]:
        log_statement(sql)
        try:
            yield
        except Error as error:
            if self._is_closed or error.diag.severity_nonlocalized in _LAST_WORDS:
                raise LostConnection(error) from error
            raise


class _PatientConnection(AsyncConnection[Any]):
    """Waits for a server only so long; a cancelled statement is waited for, too, until the server has ended it.

    In autocommit the kit begins and ends its transactions itself; where SQLAlchemy or a callable of the host commits or
    rolls back, psycopg's own methods would end them.
    """

    patience: float | None = None

    async def wait(self, *given: Any, **options: Any) -> Any:
        """Wait for what has been sent.

        Raises:
            TimeoutError: the server has not even said that it took too long, so it is gone, and the connection with it.
        """
        if self.patience is None:
            return await super().wait(*given, **options)
        cut: list[bool] = []
        timer = asyncio.get_running_loop().call_later(self.patience, self._cut, cut.append)
        try:
            return await super().wait(*given, **options)
        except Error as error:
            if cut:
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()

    async def commit(self) -> None:
        """Commit what SQLAlchemy has begun, which is nothing in autocommit."""
        if not self.autocommit:
            await super().commit()

    async def rollback(self) -> None:
        """Take back what SQLAlchemy has begun."""
        if not self.autocommit:
            await super().rollback()

    def _cut(self, note: Callable[[bool], None]) -> None:
        """Hang up, which whoever waits hears at once."""
        if self.closed:
            return
        note(True)
        with socket.fromfd(self.fileno(), socket.AF_INET, socket.SOCK_STREAM) as line:
            line.shutdown(socket.SHUT_RDWR)


async def _connect(patience: float | None, within: float, *given: Any, **options: Any) -> _PatientConnection:
    async with asyncio.timeout(within):
        connection = await _PatientConnection.connect(*given, **options)
    connection.patience = patience
    return connection


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")


def _records(cursor: AsyncCursor[Any]) -> Callable[[Sequence[Any]], Any]:
    return _record(tuple(column.name for column in cursor.description or ()))


@lru_cache(_MOST)
def _record(names: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    """Return a tuple that knows the names of its columns, as the records of the other drivers do."""
    return type("Record", (tuple,), {"__slots__": (), "keys": lambda _self: names})
