"""What makes a token good, and everything that makes it bad."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.security import HTTPAuthorizationCredentials

from fastapi_todo_kit.auth.external import verifier
from fastapi_todo_kit.auth.external.dependencies import jwt_user
from fastapi_todo_kit.auth.external.keys import Key
from tests.auth.external.bad_tokens import FORGERIES, NOT_TOKENS, WRONG_CLAIMS, Make
from tests.auth.external.support import (
    ABSENT,
    AUDIENCE,
    ISSUER,
    Caller,
    FakeIssuer,
    Forge,
    StandingClock,
    calling,
    make_app,
)


async def assert_refused(me: Caller, token: str) -> None:
    refused = await me(token)

    assert refused.status_code == 401, refused.text
    challenge = refused.headers["www-authenticate"]
    assert challenge.startswith('Bearer error="invalid_token", error_description="')
    assert refused.json()["detail"] in challenge


@pytest.fixture
async def warm(me: Caller, issuer: FakeIssuer, forge: Forge) -> Caller:
    """A client of a host that has fetched the keys."""
    assert await me.status(forge()) == 200
    issuer.asked.clear()
    return me


@pytest.mark.parametrize("make", [*NOT_TOKENS.values(), *FORGERIES.values()], ids=[*NOT_TOKENS, *FORGERIES])
async def test_a_bad_token_is_401_and_asks_nobody(warm: Caller, issuer: FakeIssuer, forge: Forge, make: Make) -> None:
    await assert_refused(warm, make(forge))

    assert issuer.asked == []


@pytest.mark.parametrize("wrong", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
async def test_a_wrong_claim_is_401_and_asks_nobody(
    warm: Caller, issuer: FakeIssuer, forge: Forge, wrong: Callable[[int], dict[str, Any]]
) -> None:
    await assert_refused(warm, forge(**wrong(forge.clock.seconds)))

    assert issuer.asked == []


UNUSABLE = {**NOT_TOKENS, **{name: make for name, make in FORGERIES.items() if name.startswith(("n", "N", "HS256"))}}


@pytest.mark.parametrize("make", UNUSABLE.values(), ids=UNUSABLE)
async def test_what_is_no_token_does_not_even_fetch_the_first_keys(
    me: Caller, issuer: FakeIssuer, forge: Forge, make: Make
) -> None:
    await assert_refused(me, make(forge))

    assert issuer.asked == []


async def test_noise_is_401(warm: Caller, issuer: FakeIssuer, forge: Forge) -> None:
    noise, token = random.Random(7), forge()
    for _ in range(300):
        at = noise.randrange(len(token))
        broken = token[:at] + noise.choice("Aa0-_.=+ \x7f") + token[at + 1 :]
        if broken != token:
            await assert_refused(warm, broken)

    assert set(issuer.asked) <= {"/.well-known/openid-configuration", "/keys"}
    assert len(issuer.asked) <= 2


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YW5uOng=", "x"])
async def test_without_a_token_the_challenge_is_bare(me: Caller, header: str) -> None:
    refused = await me.client.get("/me", headers={"Authorization": header})

    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("kind", ["rsa", "p256", "p384", "ed"])
async def test_a_token_of_every_kind_of_key_is_accepted(me: Caller, forge: Forge, kind: str) -> None:
    answer = await me(forge(kind, sub="auth0|ann", zoneinfo="Europe/Berlin", scope="todos"))

    assert answer.status_code == 200, answer.text
    assert (answer.json()["id"], answer.json()["zone"]) == ("auth0|ann", "Europe/Berlin")
    assert answer.json()["claims"]["scope"] == "todos"


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256", "PS384", "PS512"])
async def test_a_key_without_an_algorithm_verifies_all_of_its_kind(me: Caller, forge: Forge, algorithm: str) -> None:
    assert await me.status(forge("rsa", algorithm=algorithm)) == 200


@pytest.mark.parametrize("typ", [ABSENT, "JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/JWT"])
async def test_the_usual_types_are_accepted(me: Caller, forge: Forge, typ: Any) -> None:
    assert await me.status(forge(header={"typ": typ})) == 200


@pytest.mark.parametrize(
    "right",
    [
        lambda _: {"aud": ["https://issuer.example.com/userinfo", AUDIENCE]},
        lambda now: {"exp": now - 29},
        lambda now: {"exp": now + 0.5},
        lambda now: {"nbf": now + 30, "iat": now + 30.0},
        lambda _: {"iat": ABSENT},
        lambda _: {"sub": "x" * 255},
        lambda _: {"sub": "änn \U0001f600"},
        lambda _: {"zoneinfo": 1},
    ],
)
async def test_what_a_token_may_say(me: Caller, forge: Forge, right: Callable[[int], dict[str, Any]]) -> None:
    assert await me.status(forge(**right(forge.clock.seconds))) == 200


@pytest.mark.parametrize(
    ("required", "claims", "status"),
    [
        ({"token_use": "access"}, {"token_use": "access"}, 200),
        ({"token_use": "access"}, {"token_use": "id"}, 401),
        ({"token_use": "access"}, {}, 401),
        ({"email_verified": True}, {"email_verified": True}, 200),
        ({"email_verified": True}, {"email_verified": 1}, 401),
        ({"email_verified": True}, {"email_verified": "true"}, 401),
        ({"tenant": None}, {}, 401),
        ({"roles": ("a", "b")}, {"roles": ["a", "b"]}, 200),
        ({"org": {"id": 1, "name": "x"}}, {"org": {"name": "x", "id": 1}}, 200),
    ],
)
async def test_required_claims_are_equal_to_the_letter(
    issuer: FakeIssuer, forge: Forge, required: dict[str, Any], claims: dict[str, Any], status: int
) -> None:
    async with calling(make_app(issuer, forge.clock, required_claims=required)) as me:
        assert await me.status(forge(**claims)) == status


async def test_only_the_algorithms_that_were_asked_for_are_accepted(issuer: FakeIssuer, forge: Forge) -> None:
    async with calling(make_app(issuer, forge.clock, algorithms=["ES256"])) as me:
        assert [await me.status(forge(kind)) for kind in ("p256", "rsa", "p384")] == [200, 401, 401]


async def test_only_the_types_that_were_asked_for_are_accepted(issuer: FakeIssuer, forge: Forge) -> None:
    async with calling(make_app(issuer, forge.clock, token_types=["application/AT+jwt"])) as me:
        types = ["at+jwt", "JWT", ABSENT]
        assert [await me.status(forge(header={"typ": typ})) for typ in types] == [200, 401, 401]


async def test_other_claims_can_be_the_id_and_the_zone(issuer: FakeIssuer, forge: Forge) -> None:
    async with calling(make_app(issuer, forge.clock, user_id="oid", time_zone="tz")) as me:
        answer = (await me(forge(oid="ann", tz="UTC", sub=ABSENT))).json()
        assert (answer["id"], answer["zone"]) == ("ann", "UTC")
        await assert_refused(me, forge())


async def test_a_zone_can_be_left_out(issuer: FakeIssuer, forge: Forge) -> None:
    async with calling(make_app(issuer, forge.clock, time_zone=None)) as me:
        assert (await me(forge(zoneinfo="Europe/Berlin"))).json()["zone"] is None


async def test_a_token_that_was_good_expires(me: Caller, forge: Forge, clock: StandingClock) -> None:
    token = forge()
    assert await me.status(token) == 200

    clock.advance(minutes=11)

    await assert_refused(me, token)


async def test_what_a_host_does_to_the_claims_stays_there(issuer: FakeIssuer, forge: Forge) -> None:
    user = jwt_user(issuer=ISSUER, audience=AUDIENCE, clock=forge.clock, transport=issuer.transport)
    credentials = HTTPAuthorizationCredentials(scheme="Bearer", credentials=forge(roles=["reader"]))

    (await user(credentials)).claims["roles"].append("admin")

    assert (await user(credentials)).claims["roles"] == ["reader"]


async def test_a_user_does_not_print_what_is_known_of_him(issuer: FakeIssuer, forge: Forge) -> None:
    user = jwt_user(issuer=ISSUER, audience=AUDIENCE, clock=forge.clock, transport=issuer.transport)
    credentials = HTTPAuthorizationCredentials(scheme="Bearer", credentials=forge(email="ann@example.com"))

    assert repr(await user(credentials)) == "ExternalUser(id='auth0|ann', time_zone=None)"


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signature was checked."""
    checked: list[str] = []
    real = verifier.check_signature

    def recording(token: verifier.Token, key: Key | None) -> None:
        checked.append(token.text)
        real(token, key)

    monkeypatch.setattr(verifier, "check_signature", recording)
    return checked


async def test_a_token_is_verified_once(me: Caller, forge: Forge, verified: list[str]) -> None:
    ann, bob = forge(), forge(sub="auth0|bob")

    ids = [(await me(token)).json()["id"] for token in (ann, bob, ann, bob, ann)]

    assert ids == ["auth0|ann", "auth0|bob", "auth0|ann", "auth0|bob", "auth0|ann"]
    assert verified == [ann, bob]


async def test_the_least_recent_of_many_tokens_is_forgotten(
    me: Caller, forge: Forge, verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, "_MOST_REMEMBERED", 2)
    ann, bob, eve = (forge(sub=sub) for sub in ("ann", "bob", "eve"))

    for token in (ann, bob, ann, eve, ann, bob):
        assert await me.status(token) == 200

    assert verified == [ann, bob, eve, bob]
