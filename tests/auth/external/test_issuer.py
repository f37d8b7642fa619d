"""From where keys are fetched, and what an issuer may answer."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.auth.external.support import (
    DISCOVERY,
    ISSUER,
    JWKS,
    Answer,
    Caller,
    FakeIssuer,
    Forge,
    calling,
    make_app,
    public_jwk,
)


def redirect(_: httpx.Request) -> httpx.Response:
    return httpx.Response(302, headers={"Location": "https://issuer.example.com/elsewhere"})


def document(**members: Any) -> Answer:
    right = {"issuer": ISSUER, "jwks_uri": f"https://issuer.example.com{JWKS}"}
    return lambda _: httpx.Response(200, json={**right, **members})


def content(text: bytes, status: int = 200) -> Answer:
    return lambda _: httpx.Response(status, content=text)


def zipped(text: bytes) -> Answer:
    return lambda _: httpx.Response(200, content=gzip.compress(text), headers={"Content-Encoding": "gzip"})


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b" " * 65_536


def never(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=endless())


def published(**members: Any) -> bytes:
    return json.dumps({"keys": [public_jwk("rsa")], **members}).encode()


def raising(error: Exception) -> Answer:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (DISCOVERY, document(issuer="https://evil.example.com/")),
        (DISCOVERY, document(issuer="https://issuer.example.com")),
        (DISCOVERY, document(issuer=None)),
        (DISCOVERY, document(jwks_uri="http://issuer.example.com/keys")),
        (DISCOVERY, document(jwks_uri="file:///etc/passwd")),
        (DISCOVERY, document(jwks_uri="https://")),
        (DISCOVERY, document(jwks_uri="https://[")),
        (DISCOVERY, document(jwks_uri="/keys")),
        (DISCOVERY, document(jwks_uri=1)),
        (DISCOVERY, document(padding="x" * 262_144)),
        (DISCOVERY, redirect),
        (DISCOVERY, never),
        (DISCOVERY, content(b"<!doctype html><title>Log in</title>")),
        (DISCOVERY, content(b"[]")),
        (DISCOVERY, content(b"")),
        (DISCOVERY, content(b"{}")),
        (DISCOVERY, content(b'{"issuer": "x", "issuer": "y"}')),
        (DISCOVERY, content(b"[" * 60_000)),
        (DISCOVERY, content(b"\xff\xfe")),
        (DISCOVERY, content(b"{}", 500)),
        (DISCOVERY, content(b"", 204)),
        (DISCOVERY, raising(httpx.ReadTimeout("slow"))),
        (DISCOVERY, raising(RuntimeError("a transport with a mistake in it"))),
        (JWKS, redirect),
        (JWKS, never),
        (JWKS, content(b"<!doctype html><title>Log in</title>")),
        (JWKS, content(published(), 201)),
        (JWKS, content(published(), 404)),
        (JWKS, content(published(padding="x" * 262_144))),
        (JWKS, zipped(published())),
        (JWKS, content(published(keys=None))),
        (JWKS, content(published(keys={"rsa": public_jwk("rsa")}))),
        (JWKS, content(json.dumps([public_jwk("rsa")]).encode())),
    ],
)
async def test_an_answer_that_is_not_right_is_as_good_as_none(
    issuer: FakeIssuer, me: Caller, forge: Forge, path: str, answer: Answer
) -> None:
    issuer.answers[path] = answer

    assert await me.status(forge()) == 503
    assert set(issuer.asked) <= {DISCOVERY, JWKS}


async def test_an_issuer_that_never_finishes_is_given_up(
    issuer: FakeIssuer, me: Caller, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastapi_todo_kit.auth.external.keys.TIMEOUT", 0.05)
    issuer.gate = asyncio.Event()

    assert await me.status(forge()) == 503


async def test_keys_at_a_given_url_need_no_discovery(issuer: FakeIssuer, forge: Forge) -> None:
    async with calling(make_app(issuer, forge.clock, jwks_url=f"https://keys.example.com{JWKS}")) as me:
        assert await me.status(forge()) == 200

    assert issuer.asked == [JWKS]


async def test_an_issuer_with_a_path_is_asked_below_it(forge: Forge) -> None:
    issuer = FakeIssuer([public_jwk("rsa")], name="https://issuer.example.com/realms/todo")
    issuer.answers[f"/realms/todo{DISCOVERY}"] = document(issuer=issuer.name)
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge(iss=issuer.name)) == 200

    assert issuer.asked == [f"/realms/todo{DISCOVERY}", JWKS]


async def test_an_issuer_on_this_machine_may_be_http(forge: Forge) -> None:
    issuer = FakeIssuer([public_jwk("rsa")], name="http://localhost:8080")
    issuer.answers[DISCOVERY] = document(issuer=issuer.name, jwks_uri=f"http://127.0.0.1:8080{JWKS}")
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge(iss=issuer.name)) == 200
