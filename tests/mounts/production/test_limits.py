"""How large and how slow a request may be."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse

from fastapi_todo_kit import TodoKitSettings
from tests.mounts.production.support import client_of, kit_of, make_app

LIMIT = 4_096
JSON = {"Content-Type": "application/json"}


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        await asyncio.sleep(0)  # as from a network: what does not wait cannot be given up
        yield part


async def never_ending(sent: bytes = b"{") -> AsyncIterator[bytes]:
    yield sent
    await asyncio.Event().wait()


def refused_with(answer: httpx2.Response, status: int, code: str) -> bool:
    """Say whether an answer is a problem after which the server hangs up."""
    is_problem = answer.headers["content-type"] == "application/problem+json"
    says_so = answer.status_code == answer.json()["status"] == status and answer.json()["code"] == code
    return is_problem and says_so and answer.headers.get("connection") == "close"


@pytest.mark.parametrize("path", ["/size", "/api/todos", "/nowhere", "/seen"])
async def test_a_body_that_announces_too_much_reaches_nobody(settings: TodoKitSettings, path: str) -> None:
    async with client_of(make_app(settings, kit_of(settings), body_bytes=LIMIT)) as client:
        answer = await client.post(path, content=b"x" * (LIMIT + 1))

    assert refused_with(answer, 413, "body_too_large")
    assert answer.json()["limit"] == LIMIT


async def test_lengths_that_nobody_can_read_are_not_believed(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, body_bytes=LIMIT)) as client:
        long = await client.post("/size", content=b"x", headers={"Content-Length": "9" * 5_000})
        odd = await client.post("/size", content=chunks(b"x" * (LIMIT + 1)), headers={"Content-Length": "0x1"})

    assert refused_with(long, 413, "body_too_large")
    assert refused_with(odd, 413, "body_too_large")


@pytest.mark.parametrize("path", ["/size", "/api/todos"])
async def test_a_body_is_counted_where_it_announces_nothing(settings: TodoKitSettings, path: str) -> None:
    body = chunks(b'"', b"x" * LIMIT)

    async with client_of(make_app(settings, kit_of(settings), body_bytes=LIMIT)) as client:
        answer = await client.post(path, content=body, headers=JSON)

    assert refused_with(answer, 413, "body_too_large")


async def test_a_body_of_the_limit_passes(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, body_bytes=LIMIT)) as client:
        at_once = await client.post("/size", content=b"x" * LIMIT)
        in_chunks = await client.post("/size", content=chunks(b"x" * (LIMIT - 1), b"x"))

    assert [(one.status_code, one.json()) for one in (at_once, in_chunks)] == [(200, LIMIT)] * 2


async def test_nothing_of_a_body_that_grew_too_large_is_stored(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, kit_of(settings), body_bytes=LIMIT)) as client:
        body = chunks(b'{"title": "Milk"}', b" " * LIMIT)
        await client.post("/api/todos", content=body, headers=JSON | {"X-User": "of-too-much"})
        stored = await client.get("/api/todos", headers={"X-User": "of-too-much"})

    assert stored.json()["items"] == []


@pytest.mark.parametrize("path", ["/size", "/api/todos"])
async def test_a_body_that_does_not_come_is_given_up(settings: TodoKitSettings, path: str) -> None:
    async with client_of(make_app(settings, kit_of(settings), body_seconds=0.05)) as client, asyncio.timeout(10):
        answer = await client.post(path, content=never_ending(), headers=JSON)

    assert refused_with(answer, 408, "body_too_slow")


async def test_the_time_of_the_application_is_not_held_against_the_client(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, body_seconds=0.2)) as client:
        answer = await client.post("/size?pause=0.15", content=chunks(b"a", b"b", b"c"))

    assert (answer.status_code, answer.json()) == (200, 3)


async def test_waiting_for_the_end_of_an_answer_has_no_limit(settings: TodoKitSettings) -> None:
    app = make_app(settings, body_seconds=0.05)

    async def ticks() -> AsyncIterator[str]:
        for _ in range(3):
            await asyncio.sleep(0.05)
            yield "tick "

    @app.post("/ticks")
    async def tick() -> StreamingResponse:
        return StreamingResponse(ticks())

    async with client_of(app) as client:
        answer = await client.post("/ticks", content=b"x")

    assert answer.text == "tick tick tick "


async def test_an_answer_that_has_begun_is_cut_off(settings: TodoKitSettings) -> None:
    app = make_app(settings, body_bytes=LIMIT)
    heard: list[str] = []

    async def echo(_: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while not heard or heard[-1] != "http.disconnect":
            heard.append((await receive())["type"])
        heard.append((await receive())["type"])
        await send({"type": "http.response.body", "body": b"as far as it came"})

    app.mount("/echo", echo)
    async with client_of(app) as client:
        answer = await client.post("/echo/", content=chunks(b"x" * LIMIT, b"x", b"y"))

    assert heard == ["http.request", "http.disconnect", "http.disconnect"]
    assert (answer.status_code, answer.text) == (200, "as far as it came")


@pytest.mark.parametrize("path", ["/size", "/stubborn/"])
async def test_a_refusal_is_the_only_answer_and_no_exception(settings: TodoKitSettings, path: str) -> None:
    async def stubborn(_scope: Any, receive: Any, send: Any) -> None:
        for _ in range(4):
            await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"as if nothing had been"})

    app = make_app(settings, body_bytes=LIMIT)
    app.mount("/stubborn", stubborn)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=True)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post(path, content=chunks(b"x" * LIMIT, b"x"))

    assert refused_with(answer, 413, "body_too_large")


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "br", "identity, gzip"])
async def test_a_compressed_body_is_refused_and_not_unpacked(settings: TodoKitSettings, encoding: str) -> None:
    bomb = gzip.compress(b" " * 10_000_000)

    async with client_of(make_app(settings, kit_of(settings))) as client:
        answer = await client.post("/api/todos", content=bomb, headers=JSON | {"Content-Encoding": encoding})
        plain = await client.post("/api/todos", json={"title": "Milk"}, headers={"Content-Encoding": "identity"})

    assert refused_with(answer, 415, "unsupported_media_type")
    assert answer.headers["accept-encoding"] == "identity"
    assert plain.status_code == 201


async def test_large_headers_are_refused(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, header_bytes=LIMIT)) as client:
        large = await client.get("/seen", headers={"X-Large": "x" * LIMIT})
        many = await client.get("/seen", headers={f"X-{number}": "x" for number in range(LIMIT // 4)})
        usual = await client.get("/seen", headers={"X-Large": "x" * (LIMIT // 2)})

    assert refused_with(large, 431, "headers_too_large")
    assert refused_with(many, 431, "headers_too_large")
    assert usual.status_code == 200


@pytest.mark.parametrize(
    ("size", "version", "hung_up"), [(100_000, "1.1", True), (100_000, "2", False), (100, "1.1", False)]
)
async def test_a_large_body_that_nobody_reads_ends_the_connection(
    settings: TodoKitSettings, size: int, version: str, hung_up: bool
) -> None:
    async with client_of(make_app(settings), http_version=version) as client:
        answers = [
            await client.post("/nowhere", content=b"x" * size),
            await client.post("/nowhere", content=chunks(b"x" * size)),
        ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (answers[0].headers.get("connection") == "close") == hung_up
    assert (answers[1].headers.get("connection") == "close") == (version == "1.1")


async def test_a_client_that_really_goes_is_told_apart(settings: TodoKitSettings) -> None:
    messages: list[Any] = [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return messages.pop(0)

    async def send(_: Any) -> None:
        pass

    scope = {"type": "http", "method": "POST", "path": "/size", "scheme": "http", "query_string": b"", "headers": []}
    with pytest.raises(ClientDisconnect):
        await make_app(settings)(scope, receive, send)
