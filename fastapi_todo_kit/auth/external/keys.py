"""The public keys of an issuer: where they are, which of them verify anything, and how long they are believed."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from jwt.api_jwk import PyJWK
from jwt.exceptions import PyJWTError

from fastapi_todo_kit.auth.external.flight import Flight
from fastapi_todo_kit.auth.external.outgoing import TIMEOUT, FetchRefused, bounded_client
from fastapi_todo_kit.core.errors import TodoKitError
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Clock
from fastapi_todo_kit.http.strict_json import parse_json

FRESH: Final = timedelta(hours=1)
"""How long fetched keys are used without asking again."""
USABLE: Final = timedelta(days=1)
"""How long they are used while the issuer does not answer."""
PAUSE: Final = timedelta(minutes=1)
"""How long after a fetch the next one may begin, whatever asks for it."""
PAUSE_WITHOUT_KEYS: Final = timedelta(seconds=5)
"""The same while there are no keys at all, so that a short outage heals."""

_ALGORITHMS_OF: Final[Mapping[tuple[Any, Any], Collection[str]]] = {
    ("RSA", None): ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    ("EC", "P-256"): ("ES256",),
    ("EC", "P-384"): ("ES384",),
    ("EC", "P-521"): ("ES512",),
    ("OKP", "Ed25519"): ("EdDSA",),
}
ASYMMETRIC: Final = tuple(name for names in _ALGORITHMS_OF.values() for name in names)
"""Every algorithm of a key pair that is known here (RFC 7518, RFC 8037)."""
SYMMETRIC: Final = "HS256"
"""The algorithm of a shared secret."""

_PUBLIC: Final = ("kty", "crv", "n", "e", "x", "y")
_SHORTEST_RSA: Final = 2_048
_DEEPEST: Final = 16
_LOCAL: Final = ("localhost", "127.0.0.1")
_logger = get_logger(__name__)


class KeysUnavailable(TodoKitError):
    """The keys of the identity provider cannot be had; try again."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, or the shared secret, and the algorithms that it may verify."""

    id: str | None
    algorithms: frozenset[str]
    material: Any


@dataclass(frozen=True, slots=True, eq=False)
class KeySet:
    """What an issuer published at one moment, without what verifies nothing. Equal only to itself."""

    keys: tuple[Key, ...]

    def knows(self, kid: str | None) -> bool:
        """Return whether there is no reason to ask the issuer for this key."""
        return kid is None or any(key.id == kid for key in self.keys)

    def find(self, kid: str | None, algorithm: str) -> Key | None:
        """Return the key that a token names; where it names none, the only one of its algorithm."""
        fitting = [key for key in self.keys if algorithm in key.algorithms and kid in (None, key.id)]
        if kid is None and len(fitting) > 1:
            return None
        return next(iter(fitting), None)


class Keys(Protocol):
    """Where a verifier finds the key of a token."""

    def current(self) -> KeySet | None:
        """Return the keys while they are fresh. Asks nobody."""
        ...

    async def find(self, kid: str | None, algorithm: str) -> Key | None:
        """Return the key of this id and algorithm, None where the issuer has no such key.

        Raises:
            KeysUnavailable: the issuer does not answer, and what is known of its keys does not help.
        """
        ...


class SharedSecret:
    """A secret that the issuer and the application share: no keys are fetched, and only HS256 is accepted."""

    def __init__(self, secret: bytes) -> None:
        self._keys = KeySet((Key(None, frozenset({SYMMETRIC}), secret),))

    def current(self) -> KeySet:
        """Return the secret as the only key."""
        return self._keys

    async def find(self, kid: str | None, algorithm: str) -> Key | None:  # noqa: ARG002  (some issuers name it)
        """Return the secret, whatever it is called."""
        return self._keys.find(None, algorithm)


class PublishedKeys:
    """The keys that an issuer publishes, fetched when the first token asks for them, and once for all who wait."""

    def __init__(self, issuer: "Issuer", clock: Clock) -> None:
        self._issuer = issuer
        self._keys: KeySet | None = None
        self._fetched_at: datetime | None = None
        self._failed = False
        self._flight = Flight(self._fetch, clock)

    def current(self) -> KeySet | None:
        """Return the keys while they are fresh. Asks nobody."""
        return self._keys if self._flight.is_within(FRESH, self._fetched_at) else None

    async def find(self, kid: str | None, algorithm: str) -> Key | None:
        """Return the key, after asking the issuer again where the keys are old or lack this one.

        Raises:
            KeysUnavailable: the issuer does not answer, and what is known of its keys does not help.
        """
        keys = self.current()
        if keys is None or not keys.knows(kid):
            await self._refresh()
        if self._keys is None or (self._failed and not self._keys.knows(kid)):
            raise KeysUnavailable
        return self._keys.find(kid, algorithm)

    async def _refresh(self) -> None:
        if not self._flight.is_within(USABLE, self._fetched_at):
            self._keys = None
        await self._flight.run(PAUSE if self._keys else PAUSE_WITHOUT_KEYS)

    async def _fetch(self) -> None:
        began = self._flight.tried_at
        try:
            self._keys, self._fetched_at, self._failed = await self._issuer.fetch(), began, False
        except Exception as error:  # whatever fails at a foreign server or on the way to it, old keys go on
            self._failed = True
            _logger.warning("The keys of %s cannot be had: %s: %s", self._issuer.name, type(error).__name__, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """An issuer on the network: the discovery document (OpenID Connect Discovery 1.0) and the key set (RFC 7517)."""

    name: str
    jwks_url: str | None
    algorithms: frozenset[str]
    transport: httpx.AsyncBaseTransport | None

    async def fetch(self) -> KeySet:
        """Return the keys that are published now; any exception means that there are none to be had."""
        async with bounded_client(self.transport) as client:
            url = self.jwks_url or await self._keys_url(client)
            document = await _get_object(client, url)
        if not isinstance(published := document.get("keys"), list):
            raise FetchRefused("The key set has no list of keys.")
        keys = [key for jwk in published if (key := usable_key(jwk, self.algorithms))]
        return KeySet(tuple(keys))

    async def discover(self) -> dict[str, Any]:
        """Return the discovery document; any exception means that there is none to be had."""
        async with bounded_client(self.transport) as client:
            return await self._document(client)

    async def _document(self, client: httpx.AsyncClient) -> dict[str, Any]:
        url = f"{self.name.removesuffix('/')}/.well-known/openid-configuration"
        document = await _get_object(client, url)
        if document.get("issuer") != self.name:
            raise FetchRefused(f"The discovery document is of another issuer: {document.get('issuer')!r:.200}.")
        return document

    async def _keys_url(self, client: httpx.AsyncClient) -> str:
        document = await self._document(client)
        if not isinstance(found := document.get("jwks_uri"), str) or not is_trustworthy(found):
            raise FetchRefused(f"The discovery document names no https URL of keys: {found!r:.200}.")
        return found


def is_trustworthy(url: str) -> bool:
    """Return whether nobody between here and there can change what this URL answers: https, or this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL))


def usable_key(jwk: Any, allowed: frozenset[str]) -> Key | None:
    """Return the key of a JWK (RFC 7517), or None where it verifies nothing with any of the allowed algorithms."""
    if not isinstance(jwk, dict) or not _is_for_verifying(jwk):
        return None
    try:
        algorithms = allowed.intersection(_ALGORITHMS_OF.get((jwk.get("kty"), jwk.get("crv")), ()))
        if "alg" in jwk:
            algorithms &= {jwk["alg"]}
        if not algorithms:
            return None
        public = {name: jwk[name] for name in _PUBLIC if name in jwk}
        material = PyJWK(public, algorithm=min(algorithms)).key
    except (PyJWTError, UnsupportedAlgorithm, TypeError, ValueError):
        return None
    if jwk["kty"] == "RSA" and material.key_size < _SHORTEST_RSA:
        return None
    return Key(jwk.get("kid"), algorithms, material)


def _is_for_verifying(jwk: dict[str, Any]) -> bool:
    # A private key that is published is everybody's.
    return jwk.get("use", "sig") == "sig" and "d" not in jwk and isinstance(jwk.get("kid"), str | None)


async def _get_object(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    # The client's timeout is for each piece; this one stops a server that sends a byte a second.
    async with asyncio.timeout(TIMEOUT):
        response = await client.get(url, headers={"Accept": "application/json"}, follow_redirects=False)
    if response.status_code != httpx.codes.OK:
        raise FetchRefused(f"{url} answered {response.status_code}.")
    if not isinstance(document := parse_json(response.content, max_depth=_DEEPEST), dict):
        raise FetchRefused(f"{url} is not a JSON object.")
    return document
