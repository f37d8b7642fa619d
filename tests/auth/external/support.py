"""An issuer that is not there, with real keys, and tokens of every kind of wrong."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Final

import httpx
import httpx2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from fastapi import Depends, FastAPI
from jwt.algorithms import get_default_algorithms

from fastapi_todo_kit.auth.external.dependencies import ExternalUser, jwt_user

ISSUER: Final = "https://issuer.example.com/"
AUDIENCE: Final = "https://api.example.com"
DISCOVERY: Final = "/.well-known/openid-configuration"
JWKS: Final = "/keys"
ABSENT: Final = object()
_ALGORITHMS: Final = get_default_algorithms()


@dataclass
class StandingClock:
    """Time that stands still until it is told to pass."""

    now: datetime = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())


@cache
def private_key(kind: str) -> Any:
    """Return the key of this name, made once for each process."""
    match kind.partition("-")[0]:
        case "rsa":
            return rsa.generate_private_key(65_537, 2_048)
        case "short":
            return rsa.generate_private_key(65_537, 1_024)  # noqa: S505  (to see that it is ignored)
        case "p256":
            return ec.generate_private_key(ec.SECP256R1())
        case "p384":
            return ec.generate_private_key(ec.SECP384R1())
        case "ed":
            return ed25519.Ed25519PrivateKey.generate()
    raise AssertionError(kind)


def algorithm_of(kind: str) -> str:
    return {"rsa": "RS256", "short": "RS256", "p256": "ES256", "p384": "ES384", "ed": "EdDSA"}[kind.partition("-")[0]]


def public_jwk(kind: str, **members: Any) -> dict[str, Any]:
    """Return the public half as an issuer publishes it, with the name of the key as its `kid`."""
    algorithm: Any = _ALGORITHMS[algorithm_of(kind)]
    jwk = {**algorithm.to_jwk(private_key(kind).public_key(), as_dict=True), "kid": kind, "use": "sig", **members}
    jwk.pop("key_ops", None)
    return without_absent(jwk)


def without_absent(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not ABSENT}


def encoded(text: bytes) -> str:
    return urlsafe_b64encode(text).rstrip(b"=").decode()


@dataclass(frozen=True)
class Forge:
    """Makes tokens that are right unless the arguments say otherwise."""

    clock: StandingClock
    issuer: str = ISSUER

    def claims(self, **claims: Any) -> dict[str, Any]:
        now = self.clock.seconds
        right = {"iss": self.issuer, "aud": AUDIENCE, "sub": "auth0|ann", "iat": now, "exp": now + 600}
        return without_absent({**right, **claims})

    def __call__(
        self,
        kind: str = "rsa",
        header: dict[str, Any] | bytes | None = None,
        payload: bytes | None = None,
        *,
        key: Any = None,
        algorithm: str | None = None,
        signature: bytes | None = None,
        **claims: Any,
    ) -> str:
        name = algorithm or algorithm_of(kind)
        if not isinstance(header, bytes):
            members = {"alg": name, "kid": kind, "typ": "JWT", **(header or {})}
            header = json.dumps(without_absent(members)).encode()
        signed = f"{encoded(header)}.{encoded(payload or json.dumps(self.claims(**claims)).encode())}"
        if signature is None:
            signature = _ALGORITHMS[name].sign(signed.encode(), private_key(kind) if key is None else key)
        return f"{signed}.{encoded(signature)}"


Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class FakeIssuer:
    """What stands where the issuer would be: what it publishes, whether it is away, and what it was asked."""

    keys: list[Any]
    name: str = ISSUER
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    is_away: bool = False
    gate: asyncio.Event | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.gate is not None:
            await self.gate.wait()
        if self.is_away:
            raise httpx.ConnectError("nobody there", request=request)
        if answer := self.answers.get(request.url.path):
            return answer(request)
        documents = {
            DISCOVERY: {"issuer": self.name, "jwks_uri": f"https://issuer.example.com{JWKS}"},
            JWKS: {"keys": self.keys},
        }
        document = documents.get(request.url.path)
        return httpx.Response(404) if document is None else httpx.Response(200, json=document)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)


def make_app(issuer: FakeIssuer, clock: StandingClock, **options: Any) -> FastAPI:
    """Return a host with one route of its own, /me."""
    app = FastAPI()
    user = jwt_user(
        **{"issuer": issuer.name, "audience": AUDIENCE, "clock": clock, "transport": issuer.transport, **options}
    )

    @app.get("/me")
    async def me(user: Annotated[ExternalUser, Depends(user)]) -> dict[str, Any]:
        return {"id": user.id, "zone": user.time_zone, "claims": user.claims}

    return app


@dataclass(frozen=True)
class Caller:
    """Calls /me with tokens."""

    client: httpx2.AsyncClient

    async def __call__(self, token: str | None) -> httpx2.Response:
        headers = {} if token is None else {b"Authorization": f"Bearer {token}".encode("latin-1")}
        return await self.client.get("/me", headers=headers)

    async def status(self, token: str) -> int:
        return (await self(token)).status_code


@asynccontextmanager
async def calling(app: FastAPI) -> AsyncIterator[Caller]:
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Caller(client)
