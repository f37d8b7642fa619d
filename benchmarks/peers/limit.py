"""The limit: bare ASGI, asyncpg, hand-written SQL and one encoder; the least that these four routes can cost.

No framework, no ORM, no change log, no OpenAPI. It works on the tables of the hand-written application.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import asyncpg
import msgspec

from benchmarks.peers import DATABASE_URL, POOL_SIZE

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = tuple[int, bytes]

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
FIRST = "-infinity~00000000-0000-0000-0000-000000000000"
NOT_FOUND: Answer = (404, b'{"detail":"Not found"}')


class TodoCreate(msgspec.Struct, forbid_unknown_fields=True):
    """What a client sends to create a todo."""

    title: str
    description: str | None = None
    due: datetime | None = None
    priority: int = 0


class TodoUpdate(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a client sends to change a todo; absent is unchanged."""

    title: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    due: datetime | msgspec.UnsetType | None = msgspec.UNSET
    priority: int | msgspec.UnsetType = msgspec.UNSET


encode = msgspec.json.Encoder().encode
decode_create = msgspec.json.Decoder(TodoCreate).decode
decode_update = msgspec.json.Decoder(TodoUpdate).decode
pool: "asyncpg.Pool[asyncpg.Record]"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or run the lifespan."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    status, body = await _route(scope, receive)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return None


async def _route(scope: Scope, receive: Receive) -> Answer:
    user = next(value for name, value in scope["headers"] if name == b"x-user").decode()
    _, _, todo_id = scope["path"].removeprefix("/").partition("/")
    match scope["method"], bool(todo_id):
        case "GET", True:
            return await _get(user, todo_id)
        case "GET", False:
            return await _page(user, scope["query_string"].decode())
        case "POST", False:
            return await _create(user, await _body(receive))
        case "PATCH", True:
            return await _update(user, todo_id, await _body(receive))
    return NOT_FOUND


async def _get(user: str, todo_id: str) -> Answer:
    row = await pool.fetchrow(ONE, todo_id, user)
    return (200, encode(dict(row))) if row else NOT_FOUND


async def _page(user: str, query: str) -> Answer:
    parameters = parse_qs(query)
    limit = int(parameters.get("limit", ["50"])[0])
    created_at, _, last_id = parameters.get("cursor", [FIRST])[0].partition("~")
    rows = await pool.fetch(PAGE, user, created_at, last_id, limit)
    cursor = f"{rows[-1]['created_at'].isoformat()}~{rows[-1]['id']}" if len(rows) == limit else None
    return 200, encode({"items": [dict(row) for row in rows], "next_cursor": cursor})


async def _create(user: str, body: bytes) -> Answer:
    data = decode_create(body)
    row = await pool.fetchrow(CREATE, user, data.title, data.description, data.due, data.priority)
    assert row is not None  # noqa: S101 - an INSERT with RETURNING has a row
    return 201, encode(dict(row))


async def _update(user: str, todo_id: str, body: bytes) -> Answer:
    data = decode_update(body)
    changed = {name: value for name in data.__struct_fields__ if (value := getattr(data, name)) is not msgspec.UNSET}
    assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(changed, start=3))
    row = await pool.fetchrow(UPDATE % assignments, todo_id, user, *changed.values())
    return (200, encode(dict(row))) if row else NOT_FOUND


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body


async def _lifespan(receive: Receive, send: Send) -> None:
    global pool  # noqa: PLW0603 - the one piece of state, made when the event loop runs
    await receive()
    dsn = DATABASE_URL.replace("+asyncpg", "")
    pool = await asyncpg.create_pool(dsn, min_size=POOL_SIZE, max_size=POOL_SIZE, init=_set_codecs, reset=_keep)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await pool.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _set_codecs(connection: Any) -> None:
    """Ids stay text and JSON stays as PostgreSQL sent it: neither is parsed to be written again."""
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str)
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=msgspec.Raw)


async def _keep(_: Any) -> None:
    """Spare the round trip that resets a released connection: no statement here leaves anything behind."""
