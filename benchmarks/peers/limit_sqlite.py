"""The limit on SQLite: bare ASGI, aiosqlite and hand-written SQL, as durable as the kit's engine.

One connection reads and one writes, each with a thread: more would only wait for one another. SQLite runs in the
process of the application, so that its time is part of the application's.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiosqlite
import msgspec
from sqlalchemy import make_url

from benchmarks.peers import DATABASE_URL
from benchmarks.peers.bare import Row, TodoCreate, application

NAMES = (
    "id, list_id, parent_id, title, description, status, priority, start, due, deadline, position, links, extra, "
    "completed_at, completed_by, created_at, created_by, updated_at, version, deleted_at"
)
FIELDS = [*NAMES.split(", "), "label_ids"]
JSON_FIELDS = ("links", "extra", "label_ids")
COLUMNS = f"{NAMES}, (SELECT json_group_array(label_id) FROM todo_label WHERE todo_id = todo.id)"
ONE = f"SELECT {COLUMNS} FROM todo WHERE id = ? AND user_id = ? AND deleted_at IS NULL"
PAGE = f"""
    SELECT {COLUMNS} FROM todo WHERE user_id = ? AND deleted_at IS NULL AND (created_at, id) > (?, ?)
    ORDER BY created_at, id LIMIT ?
"""
CREATE = f"""
    INSERT INTO todo (id, user_id, created_by, title, description, due, priority, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS}
"""
UPDATE = f"""
    UPDATE todo SET %s, version = version + 1, updated_at = ?
    WHERE id = ? AND user_id = ? AND deleted_at IS NULL RETURNING {COLUMNS}
"""
PRAGMAS = ("busy_timeout=5000", "foreign_keys=ON", "synchronous=FULL")  # that of the WAL is kept in the file


class SqliteStore:
    """The statements, each a transaction of its own."""

    first = "~"
    reader: aiosqlite.Connection
    writer: aiosqlite.Connection

    async def open(self) -> None:
        self.reader, self.writer = await _connect(), await _connect()

    async def close(self) -> None:
        await self.reader.close()
        await self.writer.close()

    async def get(self, user: str, todo_id: str) -> Row | None:
        return _first(await self.reader.execute_fetchall(ONE, (todo_id, user)))

    async def page(self, user: str, created_at: str, last_id: str, limit: int) -> list[Row]:
        return [_as_dict(row) for row in await self.reader.execute_fetchall(PAGE, (user, created_at, last_id, limit))]

    async def create(self, user: str, data: TodoCreate) -> Row:
        due = data.due and data.due.isoformat()
        values = (str(uuid4()), user, user, data.title, data.description, due, data.priority, now := _now(), now)
        created = _first(await self.writer.execute_fetchall(CREATE, values))
        assert created is not None  # noqa: S101 - an INSERT with RETURNING has a row
        return created

    async def update(self, user: str, todo_id: str, changes: Row) -> Row | None:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        values = (*changes.values(), _now(), todo_id, user)
        return _first(await self.writer.execute_fetchall(UPDATE % assignments, values))


async def _connect() -> aiosqlite.Connection:
    connection = await aiosqlite.connect(make_url(DATABASE_URL).database or "", isolation_level=None)
    for pragma in PRAGMAS:
        await connection.execute(f"PRAGMA {pragma}")
    return connection


def _first(rows: Any) -> Row | None:
    return _as_dict(rows[0]) if rows else None


def _as_dict(row: Any) -> Row:
    """JSON stays as SQLite sent it."""
    fields = dict(zip(FIELDS, row, strict=True))
    return fields | {name: msgspec.Raw(fields[name].encode()) for name in JSON_FIELDS}


def _now() -> str:
    return datetime.now(UTC).isoformat()


app = application(SqliteStore())
