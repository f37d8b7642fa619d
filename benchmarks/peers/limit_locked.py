"""The limit, were it to keep what the kit keeps: writes of one user come one after another, and know what they change.

That takes four round trips: BEGIN with a lock, what is read, what is changed, COMMIT. Nothing is logged.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from benchmarks.peers.bare import Row, TodoCreate, application
from benchmarks.peers.limit import CREATE, ONE, UPDATE, PostgresStore, assigned

LAST = "SELECT count(*), max(position) FROM todo WHERE list_id = (SELECT id FROM todolist WHERE user_id = $1 LIMIT 1)"


class LockedStore(PostgresStore):
    """The statements of the limit in transactions."""

    async def create(self, user: str, data: TodoCreate) -> Row:
        async with self._lock(user) as connection:
            await connection.fetchrow(LAST, user)
            row = await connection.fetchrow(CREATE, user, data.title, data.description, data.due, data.priority)
        return dict(row)

    async def update(self, user: str, todo_id: str, changes: Row) -> Row | None:
        async with self._lock(user) as connection:
            await connection.fetchrow(ONE, todo_id, user)
            row = await connection.fetchrow(UPDATE % assigned(changes), todo_id, user, *changes.values())
        return row and dict(row)

    @asynccontextmanager
    async def _lock(self, user: str) -> AsyncIterator[Any]:
        async with self.pool.acquire() as connection:
            await connection.execute(f"BEGIN; UPDATE \"user\" SET is_active = true WHERE id = '{UUID(user)}'")
            yield connection
            await connection.execute("COMMIT")


app = application(LockedStore())
