"""Where the keys come from: when they are fetched, how often, and which of them verify anything."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.auth.external.support import (
    ABSENT,
    DISCOVERY,
    JWKS,
    Caller,
    FakeIssuer,
    Forge,
    StandingClock,
    calling,
    make_app,
    public_jwk,
)

pytestmark = pytest.mark.thorough


async def test_nothing_is_fetched_before_the_first_token(issuer: FakeIssuer, me: Caller, forge: Forge) -> None:
    await me(None)
    assert issuer.asked == []

    assert [await me.status(forge(sub=sub)) for sub in ("ann", "bob")] == [200, 200]
    assert issuer.asked == [DISCOVERY, JWKS]


async def test_fifty_first_requests_fetch_once(issuer: FakeIssuer, me: Caller, forge: Forge) -> None:
    issuer.gate = asyncio.Event()
    requests = [asyncio.create_task(me(forge(sub=f"auth0|{number}"))) for number in range(50)]
    await until(lambda: bool(issuer.asked))

    issuer.gate.set()
    answers = await asyncio.gather(*requests)

    assert [answer.status_code for answer in answers] == [200] * 50
    assert issuer.asked == [DISCOVERY, JWKS]


async def test_the_first_who_waits_may_go_away(issuer: FakeIssuer, me: Caller, forge: Forge) -> None:
    issuer.gate = asyncio.Event()
    first, second = (asyncio.create_task(me(forge(sub=sub))) for sub in ("ann", "bob"))
    await until(lambda: bool(issuer.asked))

    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    issuer.gate.set()

    assert (await second).status_code == 200
    assert issuer.asked == [DISCOVERY, JWKS]


async def until(is_so: Callable[[], bool]) -> None:
    """Let the others run until something is so."""
    for _ in range(1_000):
        if is_so():
            return
        await asyncio.sleep(0)
    raise AssertionError


async def test_two_calls_with_the_same_arguments_share_nothing(issuer: FakeIssuer, forge: Forge) -> None:
    for _ in range(2):
        async with calling(make_app(issuer, forge.clock)) as me:
            assert await me.status(forge()) == 200

    assert issuer.asked == [DISCOVERY, JWKS] * 2


def test_an_event_loop_for_each_request_is_no_obstacle(issuer: FakeIssuer, forge: Forge) -> None:
    app = make_app(issuer, forge.clock)

    async def status() -> int:
        async with calling(app) as me:
            return await me.status(forge())

    assert [asyncio.run(status()) for _ in range(2)] == [200, 200]
    forge.clock.advance(hours=1)
    assert asyncio.run(status()) == 200
    assert len(issuer.asked) == 4


def test_a_fetch_of_an_event_loop_that_is_gone_is_not_waited_for(issuer: FakeIssuer, forge: Forge) -> None:
    app, abandoned, issuer.gate = make_app(issuer, forge.clock), asyncio.new_event_loop(), asyncio.Event()

    async def status() -> int:
        async with calling(app) as me:
            return await me.status(forge())

    first = abandoned.create_task(status())
    abandoned.run_until_complete(until(lambda: bool(issuer.asked)))
    issuer.gate = None

    assert asyncio.run(status()) == 503
    forge.clock.advance(seconds=5)
    assert asyncio.run(status()) == 200
    first.cancel()
    abandoned.run_until_complete(asyncio.gather(first, *asyncio.all_tasks(abandoned), return_exceptions=True))
    abandoned.close()


async def test_a_new_key_is_found_at_once(issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock) -> None:
    await me(forge())
    clock.advance(minutes=1)
    issuer.keys = [public_jwk("rsa-new"), *issuer.keys]

    assert await me.status(forge("rsa-new")) == 200
    assert await me.status(forge()) == 200
    assert issuer.asked == [DISCOVERY, JWKS] * 2


async def test_a_key_that_was_taken_back_verifies_nothing_after_an_hour(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    token = forge(exp=clock.seconds + 86_400)
    assert await me.status(token) == 200
    issuer.keys = [public_jwk("rsa-new")]

    clock.advance(minutes=59)
    assert await me.status(token) == 200
    clock.advance(minutes=1)
    assert await me.status(token) == 401


async def test_a_key_that_was_taken_back_is_forgotten_with_any_fetch(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    token = forge()
    assert await me.status(token) == 200
    issuer.keys = [public_jwk("rsa-new")]
    clock.advance(minutes=1)

    assert await me.status(forge("rsa-new")) == 200
    assert await me.status(token) == 401


async def test_another_key_under_the_same_name_replaces_the_old_one(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    token = forge(exp=clock.seconds + 86_400)
    assert await me.status(token) == 200
    issuer.keys = [public_jwk("rsa-new", kid="rsa")]
    clock.advance(hours=1)

    assert await me.status(token) == 401
    assert await me.status(forge("rsa-new", {"kid": "rsa"})) == 200


async def test_a_flood_of_unknown_keys_fetches_once_a_minute(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    await me(forge())
    for _minute in range(3):
        issuer.asked.clear()
        clock.advance(minutes=1)
        tokens = [forge("ed", {"kid": uuid.uuid4().hex}) for _ in range(1_000)]

        statuses = [answer.status_code for answer in await asyncio.gather(*map(me, tokens))]

        assert statuses == [401] * 1_000
        assert issuer.asked == [DISCOVERY, JWKS]


async def test_a_flood_of_unknown_keys_onto_an_issuer_that_is_away_tries_once_a_minute(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    await me(forge())
    issuer.asked.clear()
    issuer.is_away = True
    clock.advance(minutes=1)

    for _ in range(100):
        assert await me.status(forge("ed", {"kid": uuid.uuid4().hex})) == 503

    assert issuer.asked == [DISCOVERY]


async def test_without_an_issuer_the_first_tokens_are_503(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.is_away = True
    for _ in range(100):
        answer = await me(forge())
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert issuer.asked == [DISCOVERY]
    assert [record.levelno for record in caplog.records if record.name.startswith("fastapi_todo_kit")] == [
        logging.WARNING
    ]

    issuer.is_away = False
    assert await me.status(forge()) == 503
    clock.advance(seconds=5)
    assert await me.status(forge()) == 200


async def test_an_issuer_that_goes_away_is_missed_after_a_day(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    token = forge(exp=clock.seconds + 7 * 86_400)
    assert await me.status(token) == 200
    issuer.is_away = True

    for hours in (1, 22):
        clock.advance(hours=hours)
        issuer.asked.clear()
        assert [await me.status(forge()) for _ in range(10)] == [200] * 10
        assert issuer.asked == [DISCOVERY]
    clock.advance(hours=1)
    assert await me.status(token) == 503
    issuer.is_away = False
    clock.advance(seconds=5)
    assert await me.status(token) == 200


async def test_a_clock_that_is_set_back_does_not_keep_keys(
    issuer: FakeIssuer, me: Caller, forge: Forge, clock: StandingClock
) -> None:
    await me(forge())
    clock.advance(days=-30)
    issuer.keys = []

    assert await me.status(forge()) == 401


async def test_a_token_without_a_kid_needs_a_key_that_is_the_only_one(issuer: FakeIssuer, forge: Forge) -> None:
    issuer.keys = [public_jwk("rsa", kid=ABSENT), public_jwk("p256"), public_jwk("rsa-enc", use="enc")]
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge(header={"kid": ABSENT})) == 200
        assert await me.status(forge("p256", {"kid": ABSENT})) == 200
    issuer.keys.append(public_jwk("rsa-new"))
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge(header={"kid": ABSENT})) == 401


@pytest.mark.parametrize(
    "jwk",
    [
        lambda: public_jwk("rsa", use="enc"),
        lambda: public_jwk("rsa", use=None),
        lambda: public_jwk("rsa", alg="RS512"),
        lambda: public_jwk("rsa", alg="RSA-OAEP"),
        lambda: public_jwk("rsa", alg=["RS256"]),
        lambda: public_jwk("rsa", alg=None),
        lambda: public_jwk("rsa", kty="EC"),
        lambda: public_jwk("rsa", kty=["RSA"]),
        lambda: public_jwk("rsa", kty=ABSENT),
        lambda: public_jwk("rsa", n=ABSENT),
        lambda: public_jwk("rsa", n=17),
        lambda: public_jwk("rsa", n="!"),
        lambda: public_jwk("rsa", n=""),
        lambda: public_jwk("rsa", e="AA"),
        lambda: public_jwk("rsa", d="AQAB"),
        lambda: public_jwk("rsa", kid=1),
        lambda: {"kty": "oct", "k": "c2VjcmV0", "kid": "rsa", "use": "sig"},
        lambda: {"kty": "oct", "k": "c2VjcmV0", "kid": "rsa", "alg": "RS256"},
        lambda: "rsa",
        lambda: None,
    ],
)
async def test_an_unusable_key_is_ignored(issuer: FakeIssuer, forge: Forge, jwk: Callable[[], Any]) -> None:
    issuer.keys = [jwk(), public_jwk("p256")]
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge("rsa")) == 401
        assert await me.status(forge("rsa", {"kid": ABSENT})) == 401
        assert await me.status(forge("p256")) == 200


@pytest.mark.filterwarnings("ignore:The RSA key is 1024 bits:jwt.InsecureKeyLengthWarning")
async def test_a_short_rsa_key_is_ignored(issuer: FakeIssuer, forge: Forge) -> None:
    issuer.keys = [public_jwk("short")]
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge("short")) == 401


@pytest.mark.parametrize("members", [{"x": "AA"}, {"y": ABSENT}, {"crv": "P-384"}, {"crv": "secp256k1"}, {"crv": []}])
async def test_a_damaged_ec_key_is_ignored(issuer: FakeIssuer, forge: Forge, members: dict[str, Any]) -> None:
    issuer.keys = [public_jwk("p256", **members), public_jwk("ed")]
    async with calling(make_app(issuer, forge.clock)) as me:
        assert await me.status(forge("p256")) == 401
        assert await me.status(forge("ed")) == 200
