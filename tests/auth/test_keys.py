"""The keys of access tokens: every algorithm, what is published of them, and which ones are refused."""

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from fastapi_todo_kit import ConfigurationError
from fastapi_todo_kit.auth.credentials import access_tokens
from fastapi_todo_kit.auth.credentials.access_tokens import AccessTokens
from fastapi_todo_kit.settings import Auth
from tests.auth.support import SECRET, Application, auth_settings, running_application
from tests.support import TestClock

PRIVATE = {
    "RS256": rsa.generate_private_key(65_537, 2_048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def pem(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def public_pem(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.parametrize("algorithm", sorted(PRIVATE))
async def test_others_verify_a_token_with_the_published_key(accounts_sqlite_url: str, algorithm: str) -> None:
    keys = [{"algorithm": algorithm, "secret": pem(PRIVATE[algorithm])}]
    async with running_application(auth_settings(accounts_sqlite_url, secret=None, keys=keys)) as application:
        ann = await application.person()
        published = (await application.client.get("/auth/.well-known/jwks.json")).json()
        used = jwt.PyJWKSet.from_dict(published)[jwt.get_unverified_header(str(ann.access_token))["kid"]]

        claims = jwt.decode(
            str(ann.access_token), used, [algorithm], audience="todo-kit", options={"verify_exp": False}
        )

        assert claims["sub"] == await ann.user_id()
        assert {"iss", "aud", "sub", "iat", "nbf", "exp", "jti", "sid", "typ"} <= set(claims)
        assert claims["exp"] - claims["iat"] == 900
        assert "d" not in published["keys"][0]


async def test_a_secret_is_not_published(accounts_sqlite_url: str) -> None:
    async with running_application(auth_settings(accounts_sqlite_url)) as application:
        response = await application.client.get("/auth/.well-known/jwks.json")

    assert response.json() == {"keys": []}
    assert response.headers["Cache-Control"] == "public, max-age=300"


async def test_an_old_key_verifies_until_it_is_taken_away(accounts_sqlite_url: str) -> None:
    old, new = {"secret": SECRET}, {"algorithm": "ES256", "secret": pem(PRIVATE["ES256"])}
    async with running_application(auth_settings(accounts_sqlite_url, secret=None, keys=[old])) as application:
        ann = await application.person()

    for keys, status in (([new, old], 200), ([new], 401)):
        async with running_application(auth_settings(accounts_sqlite_url, secret=None, keys=keys)) as application:
            response = await application.client.get("/auth/me", headers={"Authorization": f"Bearer {ann.access_token}"})
            assert response.status_code == status


@pytest.mark.parametrize(
    ("algorithm", "secret", "complaint"),
    [
        ("ES256", pem(ec.generate_private_key(ec.SECP384R1())), "no such key"),
        ("ES256", pem(PRIVATE["RS256"]), "no such key"),
        ("RS256", pem(PRIVATE["ES256"]), "no such key"),
        ("EdDSA", pem(PRIVATE["RS256"]), "no such key"),
        ("RS256", "not a key at all", "no such key"),
        ("RS256", pem(rsa.generate_private_key(65_537, 1_024)), "2048 bits"),  # noqa: S505  (to see it refused)
        ("RS256", public_pem(PRIVATE["RS256"]), "a key that signs"),
    ],
    ids=["other-curve", "rsa-as-ec", "ec-as-rsa", "rsa-as-ed", "garbage", "short", "public-only"],
)
def test_a_key_that_cannot_be_used_is_refused_when_the_router_is_built(
    algorithm: str, secret: str, complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        AccessTokens(Auth.model_validate({"keys": [{"algorithm": algorithm, "secret": secret}]}))

    assert "PRIVATE KEY" not in str(refused.value)


def test_two_keys_with_one_name_are_refused() -> None:
    twice = [{"secret": SECRET, "id": "one"}, {"secret": SECRET[::-1], "id": "one"}]

    with pytest.raises(ConfigurationError, match="same id"):
        AccessTokens(Auth.model_validate({"keys": twice}))


async def test_a_token_is_verified_once_and_compared_with_the_clock_each_time(
    application: Application, auth_clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await application.person()
    await ann.log_in()
    verified: list[str] = []
    decode = access_tokens._jws.decode

    def watched(token: str, *rest: Any, **options: Any) -> Any:
        verified.append(token)
        return decode(token, *rest, **options)

    monkeypatch.setattr(access_tokens._jws, "decode", watched)
    for _ in range(3):
        assert (await ann.get("/api/todos")).status_code == 200
    auth_clock.advance(minutes=16)

    assert (await ann.get("/api/todos")).status_code == 401
    assert verified == [ann.access_token]
