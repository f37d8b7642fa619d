"""The limit on PostgreSQL: bare ASGI, asyncpg and hand-written SQL; the least that these four routes can cost.

No framework, no ORM, no change log, no OpenAPI. It works on the tables of the hand-written application.
"""

from typing import Any

import asyncpg
import msgspec

from benchmarks.peers import DATABASE_URL, POOL_SIZE
from benchmarks.peers.bare import Row, TodoCreate, application

COLUMNS = """
    id, list_id, parent_id, title, description, status, priority, start, due, deadline, position, links,
    extra, completed_at, completed_by, created_at, created_by, updated_at, version, deleted_at,
    ARRAY(SELECT label_id FROM todolabellink WHERE todo_id = todo.id) AS label_ids
"""
ONE = f"SELECT {COLUMNS} FROM todo WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL"
PAGE = f"""
    SELECT {COLUMNS} FROM todo
    WHERE user_id = $1 AND deleted_at IS NULL AND (created_at, id) > ($2::text::timestamptz, $3)
    ORDER BY created_at, id LIMIT $4
"""
CREATE = f"""
    INSERT INTO todo (id, user_id, created_by, title, description, due, priority,
        status, position, links, extra, created_at, updated_at, version)
    VALUES (gen_random_uuid(), $1, $1, $2, $3, $4, $5, 'open', 0, '[]', '{{}}', now(), now(), 1)
    RETURNING {COLUMNS}
"""
UPDATE = f"""
    UPDATE todo SET %s, version = version + 1, updated_at = now()
    WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL RETURNING {COLUMNS}
"""


class PostgresStore:
    """The statements, each prepared once by its connection and a transaction of its own."""

    first = "-infinity~00000000-0000-0000-0000-000000000000"
    pool: "asyncpg.Pool[asyncpg.Record]"

    async def open(self) -> None:
        dsn = DATABASE_URL.replace("+asyncpg", "")
        self.pool = await asyncpg.create_pool(
            dsn,
            min_size=POOL_SIZE,
            max_size=POOL_SIZE,
            max_inactive_connection_lifetime=0,  # others are measured in the meantime
            init=_set_codecs,
            reset=_keep,
        )

    async def close(self) -> None:
        await self.pool.close()

    async def get(self, user: str, todo_id: str) -> Row | None:
        row = await self.pool.fetchrow(ONE, todo_id, user)
        return row and dict(row)

    async def page(self, user: str, created_at: str, last_id: str, limit: int) -> list[Row]:
        return [dict(row) for row in await self.pool.fetch(PAGE, user, created_at, last_id, limit)]

    async def create(self, user: str, data: TodoCreate) -> Row:
        row = await self.pool.fetchrow(CREATE, user, data.title, data.description, data.due, data.priority)
        return dict(row)

    async def update(self, user: str, todo_id: str, changes: Row) -> Row | None:
        row = await self.pool.fetchrow(UPDATE % assigned(changes), todo_id, user, *changes.values())
        return row and dict(row)


def assigned(changes: Row) -> str:
    """Return the columns that are set, in the order of the values behind the first two."""
    return ", ".join(f"{name} = ${number}" for number, name in enumerate(changes, start=3))


async def _set_codecs(connection: Any) -> None:
    """Ids stay text and JSON stays as PostgreSQL sent it: neither is parsed to be written again."""
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str)
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=msgspec.Raw)


async def _keep(_: Any) -> None:
    """Spare the round trip that resets a released connection: no statement here leaves anything behind."""


app = application(PostgresStore())
