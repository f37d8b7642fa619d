"""What a request leaves for the collector of garbage: nothing, so that it need not come."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.support import make_app, running

TIMES = 20


@contextmanager
def without_collections() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def send(app: Any, user: str, method: str, path: str, body: Any) -> int:
    """Call the application as a server does; a client of tests would leave garbage of its own."""
    content = b"" if body is None else json.dumps(body).encode()
    headers = [(b"host", b"test"), (b"x-user", user.encode()), (b"content-type", b"application/json")]
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def answer(message: Any) -> None:
        statuses.append(message.get("status", 0))

    scope = {"type": "http", "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("::1", 1)}
    target = {"method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
    await app({**scope, **target, "headers": headers, "state": {}}, receive, answer)
    return statuses[0]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/todos/{id}", None),
        ("GET", "/todos", None),
        ("POST", "/todos", {"title": "one more"}),
        ("PATCH", "/todos/{id}", {"priority": 3}),
        ("GET", "/lists", None),
    ],
)
async def test_a_request_leaves_no_cycles(postgres_url: str, method: str, path: str, body: Any) -> None:
    app = make_app(TodoKitSettings(database_url=postgres_url))
    async with running(app) as api:
        target = "/api" + path.format(id=(await api.todo())["id"])
        await send(app, api.user, method, target, body)

        left, statuses = [], set()
        for _ in range(3):  # what other tests have left may end meanwhile, but not each time
            with without_collections():
                statuses |= {await send(app, api.user, method, target, body) for _ in range(TIMES)}
                left.append(gc.collect())

    assert statuses <= {200, 201}
    assert min(left) < TIMES, left
