"""A token that is not exactly one of ours is refused, everywhere alike, at once, and without asking the database."""

import base64
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from statistics import median
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from fastapi_todo_kit.auth.credentials.random_tokens import new_personal_token
from tests.auth.bad_access_tokens import BAD, PAYLOAD, good, sealed, segment
from tests.auth.outside import add_host_route
from tests.auth.support import Application, auth_settings, running_application
from tests.storage.test_statements import recorded
from tests.support import TestClock

PATHS = ("/api/todos", "/auth/me", "/host")
TRIES = 3
# The client in the same process is part of it, and takes most of it.
MOST_SECONDS = 0.005


class StandingClock(TestClock):
    """Time that does not pass at all, however many requests ask for it."""

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
async def target(accounts_sqlite_url: str) -> AsyncIterator[Application]:
    """An application that all bad tokens are sent to; it asks the database nothing, so one database is enough."""
    async with running_application(auth_settings(accounts_sqlite_url), clock=StandingClock()) as application:
        add_host_route(application)
        yield application


async def refused(application: Application, header: bytes) -> list[float]:
    """Send a header everywhere, make sure that it is refused, and return how much of the CPU that took."""
    seconds = []
    for path in PATHS * TRIES:
        began = time.thread_time()
        response = await application.client.get(path, headers={b"Authorization": header})
        seconds.append(time.thread_time() - began)
        assert response.status_code == 401, (path, response.text)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    return seconds


async def test_the_token_that_all_others_differ_from_is_believed(target: Application) -> None:
    for path in ("/api/todos", "/host"):
        response = await target.client.get(path, headers={"Authorization": f"Bearer {good()}"})
        assert response.status_code == 200, response.text


@pytest.mark.parametrize("header", BAD.values(), ids=BAD)
async def test_a_bad_token_is_refused_at_once_and_without_a_query(target: Application, header: bytes) -> None:
    with recorded() as statements:
        # A machine that does other things too is slow now and then: one quiet round of three is enough.
        rounds = [median(await refused(target, header))]
        while len(rounds) < 3 and min(rounds) >= MOST_SECONDS:
            rounds.append(median(await refused(target, header)))

    assert statements == []
    assert min(rounds) < MOST_SECONDS


@pytest.mark.parametrize("kind", ["refresh", "verify", "reset"])
async def test_a_token_for_something_else_is_no_access_token(target: Application, kind: str) -> None:
    ann = await target.register()
    token = await ann.mailed_token()
    if kind != "verify":
        await ann.verify()
        await ann.post("/auth/forgot", {"email": ann.email})
        token = await ann.mailed_token()
    if kind == "refresh":
        await ann.log_in()
        token = str(ann.refresh_token)

    with recorded() as statements:
        await refused(target, f"Bearer {token}".encode())

    assert statements == []


async def test_a_personal_token_that_nobody_made_is_refused(application: Application) -> None:
    add_host_route(application)

    await refused(application, f"Bearer {new_personal_token()}".encode())


async def test_a_bad_token_is_not_rescued_by_a_good_cookie(accounts_sqlite_url: str) -> None:
    settings = auth_settings(accounts_sqlite_url, cookies=True)
    async with running_application(settings, clock=StandingClock()) as application:
        headers = {"Authorization": "Bearer x", "Cookie": f"__Host-todo_kit_access={good()}"}
        refused_one = await application.client.get("/api/todos", headers=headers)
        del headers["Authorization"]
        control = await application.client.get("/api/todos", headers=headers)

    assert (refused_one.status_code, control.status_code) == (401, 200)


BAD_BASIC = {
    "nothing": b"Basic",
    "no base64": b"Basic !!!!",
    "not padded": b"Basic YW5uOmE",
    "not ASCII": "Basic é".encode(),
    "not UTF-8": b"Basic " + base64.b64encode(b"ann:\xff\xfe"),
    "no colon": b"Basic " + base64.b64encode(b"ann"),
    "an empty password": b"Basic " + base64.b64encode(b"ann:"),
    "a password": b"Basic " + base64.b64encode(b"ann:correct horse battery"),
    "an access token": b"Basic " + base64.b64encode(f"ann:{good()}".encode()),
    "the token as the name": b"Basic " + base64.b64encode(f"{new_personal_token()}:".encode()),
    "100 kB": b"Basic " + base64.b64encode(b"a" * 100_000),
}


@pytest.fixture(scope="module")
async def basic_target(accounts_sqlite_url: str) -> AsyncIterator[Application]:
    """An application that takes HTTP Basic."""
    async with running_application(auth_settings(accounts_sqlite_url, basic=True)) as application:
        add_host_route(application)
        yield application


@pytest.mark.parametrize("header", BAD_BASIC.values(), ids=BAD_BASIC)
async def test_bad_basic_is_refused_like_a_bad_token(basic_target: Application, header: bytes) -> None:
    with recorded() as statements:
        await refused(basic_target, header)

    assert statements == []


KEYS: dict[str, Callable[[], Any]] = {
    "RS256": lambda: rsa.generate_private_key(65_537, 2_048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


@pytest.mark.parametrize("algorithm", KEYS)
async def test_a_public_key_is_not_taken_for_a_secret(accounts_sqlite_url: str, algorithm: str) -> None:
    private = KEYS[algorithm]()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    key = {"algorithm": algorithm, "secret": pem, "id": "one"}
    settings = auth_settings(accounts_sqlite_url, secret=None, keys=(key,))
    public = private.public_key()
    spelled = [public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)]
    spelled += [spelled[0].strip(), public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)]

    async with running_application(settings, clock=StandingClock()) as application:
        add_host_route(application)
        tokens = application.accounts.access_tokens
        own = tokens.sign(application.host.clock(), **_of_a_session())
        control = await application.client.get("/host", headers={"Authorization": f"Bearer {own}"})
        for said in ("HS256", "HS512", algorithm, "none"):
            for secret in spelled:
                header = segment({"alg": said, "kid": "one", "typ": "at+jwt"})
                forged = sealed(header, segment(PAYLOAD), secret, "sha512" if said == "HS512" else "sha256")
                await refused(application, f"Bearer {forged}".encode())

    assert control.status_code == 200


def _of_a_session() -> dict[str, object]:
    names = ("sub", "sid", "auth_time", "email_verified", "superuser")
    return {name: PAYLOAD[name] for name in names}


async def test_a_key_that_rotated_out_signs_no_more(accounts_sqlite_url: str) -> None:
    old = {"secret": "an old secret of more than thirty-two bytes", "id": "old"}
    new = {"secret": "a new secret of more than thirty-two bytes", "id": "new"}
    header, payload = segment({"alg": "HS256", "kid": "old", "typ": "at+jwt"}), segment(PAYLOAD)
    token = sealed(header, payload, old["secret"].encode())

    answers = []
    for keys in ((new, old), (new,)):
        settings = auth_settings(accounts_sqlite_url, secret=None, keys=keys)
        async with running_application(settings, clock=StandingClock()) as application:
            response = await application.client.get("/api/todos", headers={"Authorization": f"Bearer {token}"})
            answers.append(response.status_code)

    assert answers == [200, 401]
