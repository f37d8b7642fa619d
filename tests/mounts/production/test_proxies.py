"""Whom a request comes from: proxies are believed if they are trusted, and nobody else is."""

from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.mounts.production.support import client_of, make_app

PROXIES = ["10.0.0.0/8", "2001:db8::/32"]
PROXY, CLIENT, STRANGER = "10.0.0.1", "203.0.113.9", "198.51.100.4"


async def seen(settings: TodoKitSettings, peer: str, *headers: tuple[str, str], trusted: Any = PROXIES) -> Any:
    async with client_of(make_app(settings, trusted_proxies=trusted), peer) as client:
        return (await client.get("/seen", headers=[*client.headers.items(), *headers])).json()


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, [CLIENT], CLIENT),
        (PROXY, [f"{STRANGER}, {CLIENT}"], CLIENT),
        (PROXY, [STRANGER, CLIENT], CLIENT),
        (PROXY, [f"{STRANGER}, {CLIENT}, 10.1.2.3"], CLIENT),
        (PROXY, [f"{CLIENT}:1234"], CLIENT),
        (PROXY, ["[2001:db9::1]:1234"], "2001:db9::1"),
        (PROXY, [f"::ffff:{CLIENT}"], CLIENT),
        (f"::ffff:{PROXY}", [CLIENT], CLIENT),
        ("2001:db8::5", [CLIENT], CLIENT),
        (PROXY, ["10.1.2.3, 10.1.2.4"], "10.1.2.3"),
        (PROXY, [f"{CLIENT}, nonsense"], PROXY),
        (PROXY, [f"{CLIENT}, nonsense, 10.1.2.3"], "10.1.2.3"),
        (PROXY, [""], PROXY),
        (PROXY, [], PROXY),
        (STRANGER, [CLIENT], STRANGER),
        (STRANGER, [f"{CLIENT}, {PROXY}"], STRANGER),
        ("not an address", [CLIENT], "not an address"),
    ],
)
async def test_the_client_is_who_the_outermost_trusted_proxy_saw(
    settings: TodoKitSettings, peer: str, forwarded: list[str], client: str
) -> None:
    answer = await seen(settings, peer, *(("X-Forwarded-For", one) for one in forwarded))

    assert answer["client"] == client


@pytest.mark.parametrize(
    ("peer", "told", "scheme"),
    [
        (PROXY, "https", "https"),
        (PROXY, "http, https", "https"),
        (PROXY, "https, http", "http"),
        (PROXY, "javascript", "http"),
        (STRANGER, "https", "http"),
    ],
)
async def test_the_scheme_is_what_the_nearest_proxy_tells(
    settings: TodoKitSettings, peer: str, told: str, scheme: str
) -> None:
    answer = await seen(settings, peer, ("X-Forwarded-Proto", told))

    assert answer["scheme"] == scheme


@pytest.mark.parametrize(("trusted", "client"), [(["unix"], CLIENT), (PROXIES, None)])
async def test_whoever_comes_by_a_unix_socket_is_trusted_if_named(
    settings: TodoKitSettings, trusted: list[str], client: str | None
) -> None:
    async with client_of(make_app(settings, trusted_proxies=trusted), client=None) as one:
        answer = await one.get("/seen", headers={"X-Forwarded-For": CLIENT})

    assert answer.json()["client"] == client


async def test_nobody_is_trusted_by_default(settings: TodoKitSettings) -> None:
    answer = await seen(settings, "127.0.0.1", ("X-Forwarded-For", CLIENT), trusted=())

    assert answer["client"] == "127.0.0.1"
