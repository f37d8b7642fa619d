"""The limit without its database: bare ASGI, hand-written routing and one encoder; no framework, no OpenAPI."""

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qs

import msgspec

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Answer = tuple[int, bytes]
Row = dict[str, Any]

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

    def changes(self) -> Row:
        """Return what was sent."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in values.items() if value is not msgspec.UNSET}


class Store(Protocol):
    """The statements of one database. A row is what the encoder writes; None is a todo that is not there."""

    first: str
    """The cursor before the first row: `created_at~id`."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def get(self, user: str, todo_id: str) -> Row | None: ...

    async def page(self, user: str, created_at: str, last_id: str, limit: int) -> list[Row]: ...

    async def create(self, user: str, data: TodoCreate) -> Row: ...

    async def update(self, user: str, todo_id: str, changes: Row) -> Row | None: ...


encode = msgspec.json.Encoder().encode
decode_create = msgspec.json.Decoder(TodoCreate).decode
decode_update = msgspec.json.Decoder(TodoUpdate).decode


def application(store: Store) -> Application:
    """Return an application on a store."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await _lifespan(store, receive, send)
        status, body = await _route(store, scope, receive)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return None

    return app


async def _lifespan(store: Store, receive: Receive, send: Send) -> None:
    await receive()
    await store.open()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await store.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _route(store: Store, scope: Scope, receive: Receive) -> Answer:
    user = next(value for name, value in scope["headers"] if name == b"x-user").decode()
    _, _, todo_id = scope["path"].removeprefix("/").partition("/")
    match scope["method"], bool(todo_id):
        case "GET", True:
            return _one(await store.get(user, todo_id))
        case "GET", False:
            return await _page(store, user, scope["query_string"].decode())
        case "POST", False:
            return 201, encode(await store.create(user, decode_create(await _body(receive))))
        case "PATCH", True:
            return _one(await store.update(user, todo_id, decode_update(await _body(receive)).changes()))
    return NOT_FOUND


def _one(row: Row | None) -> Answer:
    return (200, encode(row)) if row else NOT_FOUND


async def _page(store: Store, user: str, query: str) -> Answer:
    parameters = parse_qs(query)
    limit = int(parameters.get("limit", ["50"])[0])
    created_at, _, last_id = parameters.get("cursor", [store.first])[0].partition("~")
    rows = await store.page(user, created_at, last_id, limit)
    return 200, encode({"items": rows, "next_cursor": cursor_behind(rows, limit)})


def cursor_behind(rows: list[Row], limit: int) -> str | None:
    """Return where the next page begins; None where this one is the last."""
    return f"{_text(rows[-1]['created_at'])}~{rows[-1]['id']}" if len(rows) == limit else None


def _text(moment: datetime | str) -> str:
    return moment if isinstance(moment, str) else moment.isoformat()


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body
