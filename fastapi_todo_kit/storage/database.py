"""The kit's own engine: made on first use, one per event loop, with retries where repeating is safe."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from sqlalchemy import QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit.core.errors import MissingExtra
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import CommitFailed, Connecting, Connection
from fastapi_todo_kit.storage.engines.per_loop import PerLoop
from fastapi_todo_kit.storage.engines.postgres import PostgresConnecting, make_postgres_engine
from fastapi_todo_kit.storage.engines.sqlite import SqliteConnecting, make_sqlite_engine
from fastapi_todo_kit.storage.failures import (
    as_kit_error,
    is_lost_connection,
    is_outdated_plan,
    is_refused_serialisation,
    left_to_host,
    reraise,
)
from fastapi_todo_kit.storage.kit import Context, Operation
from fastapi_todo_kit.storage.spanning import work_on
from fastapi_todo_kit.storage.work import Work, perform_logged

_logger = get_logger(__name__)

T = TypeVar("T")
_FIRST_PAUSE: Final = 0.01
_LONGEST_PAUSE: Final = 0.5


class Database:
    """Runs units of work on connections of the kit's own, each taken as late and given back as early as possible.

    Args:
        settings: where the database is.
        prepare: run once before the first unit of work, on the engine; creates the tables of an embedded database.
        observer: hears what is repeated, and how many connections there are.
    """

    def __init__(
        self,
        settings: TodoKitSettings,
        prepare: Callable[[AsyncEngine], Awaitable[None]] | None = None,
        observer: Observer = NOBODY,
    ) -> None:
        self._settings = settings
        self._observer = observer
        self._prepare = prepare
        self._is_prepared = prepare is None
        self._connecting: Connecting | None = None
        """The last that was made."""
        self._connectings = PerLoop(self._connect)
        self._preparing = PerLoop(asyncio.Lock)

    async def read(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing, each statement on its own; once more if the connection was stale."""
        return await self.query(lambda connection: work_on(context, connection).perform(operation))

    async def write(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation in one transaction, and again while the database refuses to serialise it."""
        result, work = await self.commit(context, operation)
        await work.announce()
        return result

    async def commit(self, context: Context, operation: Operation[T]) -> tuple[T, Work]:
        """Run an operation as `write` does, and leave it to the caller to announce its changes."""

        async def run(connection: Connection) -> tuple[T, Work]:
            work = Work(context, connection)
            return await perform_logged(work, operation), work

        return await self._transact(run)

    async def query(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function that changes nothing, as `read` does."""

        async def attempt() -> T:
            async with (await self._open()).reading() as connection:
                return await run(connection)

        return await self._run(attempt, self._is_stale)

    async def transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function in one transaction, as `write` does."""

        async def begin_and_run(connection: Connection) -> T:
            await connection.begin()
            return await run(connection)

        return await self._transact(begin_and_run)

    async def _transact(self, run: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a function that begins a transaction."""

        async def attempt() -> T:
            async with (await self._open()).writing() as connection:
                return await run(connection)

        return await self._run(attempt, self._can_repeat)

    async def open(self) -> None:
        """Make the engine, which connects when it is used.

        Raises:
            MissingExtra: the driver of the database is not installed, and will not be.
        """
        await self._open()

    async def warm_up(self) -> None:
        """Prepare the database and open a first connection; a database that is away now may be there later.

        Raises:
            MissingExtra: its driver is not installed, and will not be.
        """
        try:
            async with (await self._open()).reading():
                pass
        except MissingExtra:
            raise
        except Exception as error:
            _logger.warning("the database is not there yet: %s", as_kit_error(error))

    async def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        if self._connecting is not None:
            await self._connecting.close()
        # A database in memory is gone with its connection: whoever uses it again finds its tables made anew.
        if self._settings.is_in_memory:
            self._is_prepared = self._prepare is None

    async def _run(self, attempt: Callable[[], Awaitable[T]], may_repeat: Callable[[Exception, int], bool]) -> T:
        tries = 0
        while True:
            try:
                return await attempt()
            except Exception as error:
                if not may_repeat(error, tries):
                    reraise(left_to_host(error.cause) if isinstance(error, CommitFailed) else error)
            finally:
                self._count_connections()
            tries += 1
            self._observer.repeated()
            await asyncio.sleep(pause_before(tries))

    def _count_connections(self) -> None:
        pool = None if self._connecting is None else self._connecting.engine.pool
        if isinstance(pool, QueuePool):
            self._observer.connections(pool.checkedout(), pool.checkedin())

    def _can_repeat(self, error: Exception, tries: int) -> bool:
        if isinstance(error, CommitFailed):
            # A connection lost during COMMIT leaves the outcome unknown; only a definite refusal may be repeated.
            return self._is_refused(error.cause, tries)
        return self._is_stale(error, tries) or self._is_refused(error, tries)

    def _is_refused(self, error: Exception, tries: int) -> bool:
        return is_refused_serialisation(error) and tries < self._settings.write_retries

    def _is_stale(self, error: Exception, tries: int) -> bool:
        return tries == 0 and (is_lost_connection(error) or is_outdated_plan(error))

    async def _open(self) -> Connecting:
        """Return what lends connections, over a database that is prepared."""
        connecting = self._connectings.here()
        if not self._is_prepared:
            await self._prepare_once(connecting.engine)
        return connecting

    async def _prepare_once(self, engine: AsyncEngine) -> None:
        async with self._preparing.here():
            if self._prepare is not None and not self._is_prepared:
                await self._prepare(engine)
                self._is_prepared = True

    def _connect(self) -> Connecting:
        """Make what lends connections in the running loop."""
        if self._settings.is_sqlite:
            # Its connections run on threads of their own, and one in memory is the database: one for all loops.
            self._connecting = self._connecting or SqliteConnecting(self._settings)
        else:
            # Who changes loops is a test; nobody would close the connections of a pool before its loop is gone.
            self._connecting = PostgresConnecting(self._settings, pooled=self._connecting is None)
        return self._connecting


def make_engine(settings: TodoKitSettings) -> AsyncEngine:
    """Return an engine for the settings' database, for what is no unit of work."""
    return make_sqlite_engine(settings) if settings.is_sqlite else make_postgres_engine(settings)


def pause_before(tries: int) -> float:
    """Return how many seconds to wait before a write is run again for the nth time, with jitter."""
    return min(_FIRST_PAUSE * float(2**tries), _LONGEST_PAUSE) * random.random()  # noqa: S311  (jitter, no secret)
