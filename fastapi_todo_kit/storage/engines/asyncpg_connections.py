"""Connections of asyncpg's, the fastest driver of PostgreSQL."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, cast

from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.driver import log_statement
from fastapi_todo_kit.storage.engines.postgres_connections import PostgresConnection
from fastapi_todo_kit.storage.failures import LostConnection

# A prepared statement with a name stays on a server that the next transaction may not get.
_NAMELESS: Final = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    "prepared_statement_name_func": lambda: "",
}


class AsyncpgConnection(PostgresConnection):
    """A connection of asyncpg's."""

    @classmethod
    def arguments(cls, settings: TodoKitSettings, session: Mapping[str, str], patience: float | None) -> dict[str, Any]:
        """Return what asyncpg is told when it connects."""
        return {
            "timeout": settings.pool.timeout,
            "command_timeout": patience,
            "server_settings": dict(session),
            **(_NAMELESS if settings.postgres.pooler is not None else {}),
        }

    @property
    def is_in_transaction(self) -> bool:
        """Whether the driver's connection is in a transaction."""
        return bool(self._driver.is_in_transaction())

    @property
    def _is_closed(self) -> bool:
        return bool(self._driver.is_closed())

    async def _execute(self, sql: str, values: Sequence[Any] | None = None) -> str:
        return str(await self._send(self._driver.execute, sql, *(values or ())))

    async def _touch_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        await self._send(self._driver.executemany, sql, values)  # in one round trip

    async def _fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        return cast("Sequence[Any]", await self._send(self._driver.fetch, sql, *values))

    async def _send(self, method: Callable[..., Awaitable[Any]], sql: str, *values: Any) -> Any:
        log_statement(sql)
        try:
            return await method(sql, *values)
        except TimeoutError:
            self._driver.terminate()  # the server has not even said that it took too long: it is gone
            raise
        except Exception as error:
            if self._is_closed:
                raise LostConnection(error) from error
            raise
