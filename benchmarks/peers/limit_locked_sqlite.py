"""The limit on SQLite, were it to keep what the kit keeps: writes come one after another, and know what they change.

That takes four trips to the thread of the connection: BEGIN with a lock, what is read, what is changed, COMMIT. Nothing
is logged.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.peers.bare import Row, TodoCreate, application
from benchmarks.peers.limit_sqlite import ONE, SqliteStore

LAST = "SELECT count(*), max(position) FROM todo WHERE user_id = ?"


class LockedStore(SqliteStore):
    """The statements of the limit in transactions."""

    turn: asyncio.Lock

    async def open(self) -> None:
        await super().open()
        self.turn = asyncio.Lock()

    async def create(self, user: str, data: TodoCreate) -> Row:
        async with self._lock():
            await self.writer.execute_fetchall(LAST, (user,))
            return await super().create(user, data)

    async def update(self, user: str, todo_id: str, changes: Row) -> Row | None:
        async with self._lock():
            await self.writer.execute_fetchall(ONE, (todo_id, user))
            return await super().update(user, todo_id, changes)

    @asynccontextmanager
    async def _lock(self) -> AsyncIterator[None]:
        async with self.turn:
            await self.writer.execute_fetchall("BEGIN IMMEDIATE", ())
            yield
            await self.writer.commit()


app = application(LockedStore())
