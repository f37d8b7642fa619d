"""Checks a token: its header, its claims, its signature. Knows no HTTP; where keys come from is in `keys`."""

import binascii
import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from jwt.api_jws import PyJWS
from jwt.exceptions import PyJWTError

from fastapi_todo_kit.auth.external.keys import Key, Keys, KeySet
from fastapi_todo_kit.core.errors import RequestError, TodoKitError
from fastapi_todo_kit.host import Clock
from fastapi_todo_kit.http.strict_json import parse_json

_LARGEST_TOKEN: Final = 16 * 1_024
_LONGEST_ID: Final = 255
_DEEPEST: Final = 16
_MOST_REMEMBERED: Final = 1_024
_SHAPE: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# A key, or where to get one, that the token brings along; and what changes how the rest is to be read.
_REFUSED_MEMBERS: Final = ("crit", "b64", "jwk", "jku", "x5u", "x5c")
_jws = PyJWS()
_claims_of = msgspec.json.Decoder(dict[str, Any]).decode


class TokenRefused(TodoKitError):
    """The token is not valid; the message says what is wrong with it, in the characters of RFC 6750."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a token must be. `audiences` None accepts any; `required_claims` are in `canonical` form.

    A token that `is_for_client` names no other audience and no other party that it was made for, as an ID token must
    (OpenID Connect Core 1.0, section 3.1.3.7); an access token may name several.
    """

    issuer: str
    audiences: frozenset[str] | None
    algorithms: frozenset[str]
    token_types: frozenset[str | None]
    user_id: str
    required_claims: Mapping[str, str]
    leeway: timedelta
    is_for_client: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A token that says what it should; whether the issuer said it is not checked yet."""

    text: str
    kid: str | None
    algorithm: str
    payload: bytes
    claims: Mapping[str, Any]


def canonical(value: Any) -> str:
    """Return the JSON of a value, so that true is not 1 when two of them are compared.

    Raises:
        TypeError, ValueError: it is not a JSON value.
    """
    return json.dumps(value, sort_keys=True, allow_nan=False)


def normal_type(name: str) -> str:
    """Return a `typ` without what RFC 7515 lets differ: the case, and `application/` before it."""
    return name.lower().removeprefix("application/")


def read_token(text: str, rules: Rules, now: datetime) -> Token:
    """Return a token with everything checked except its signature, which needs a key.

    Raises:
        TokenRefused: it is not a token, or not one for this application, or not at this time.
    """
    shape = _SHAPE.fullmatch(text) if len(text) <= _LARGEST_TOKEN else None
    if shape is None:
        raise TokenRefused("The token is malformed")
    header, payload = (_decoded(segment) for segment in shape.groups())
    members, claims = _parsed(header), _parsed(payload)
    kid, algorithm = _check_header(members, rules)
    check_claims(claims, rules)
    check_times(claims, now, rules.leeway)
    return Token(text, kid, algorithm, payload, claims)


def check_signature(token: Token, key: Key | None) -> None:
    """Check that the token was signed with this key.

    Raises:
        TokenRefused: it was not, or there is no key.
    """
    if key is None:
        raise TokenRefused("The token is signed with an unknown key")
    try:
        # One algorithm, which is one of those of the key: the token does not choose how it is verified.
        _jws.decode_complete(token.text, key.material, [token.algorithm])
    except PyJWTError:
        raise TokenRefused("The signature of the token is wrong") from None


def check_claims(claims: Mapping[str, Any], rules: Rules) -> None:
    """Check what a token says, except its times.

    Raises:
        TokenRefused: it is from somebody else, for somebody else, or lacks something.
    """
    if claims.get("iss") != rules.issuer:
        raise TokenRefused("The token is of another issuer")
    if rules.audiences is not None and not rules.audiences & _audiences(claims.get("aud")):
        raise TokenRefused("The token is for another audience")
    if rules.is_for_client and not _is_for_nobody_else(claims, rules.audiences or frozenset()):
        raise TokenRefused("The token is for others, too")
    if not _is_id(claims.get(rules.user_id)):
        raise TokenRefused("The token does not say whose it is")
    for name, value in rules.required_claims.items():
        if name not in claims or canonical(claims[name]) != value:
            raise TokenRefused("The token lacks a claim that is required here")


def check_times(claims: Mapping[str, Any], now: datetime, leeway: timedelta) -> None:
    """Check that a token is good now (RFC 7519, sections 4.1.4 to 4.1.6).

    Raises:
        TokenRefused: it is not any more, or not yet, or does not say until when.
    """
    seconds, tolerated = now.timestamp(), leeway.total_seconds()
    if not _is_number(claims.get("exp")):
        raise TokenRefused("The token does not say when it expires")
    if claims["exp"] <= seconds - tolerated:
        raise TokenRefused("The token has expired")
    for name in ("nbf", "iat"):
        if name in claims and not (_is_number(claims[name]) and claims[name] <= seconds + tolerated):
            raise TokenRefused("The token is not valid yet")


class Verifier:
    """Verifies tokens, and remembers those that it has verified for as long as the keys stay the same."""

    def __init__(self, rules: Rules, keys: Keys, clock: Clock) -> None:
        self._rules = rules
        self._keys = keys
        self._clock = clock
        self._verified: OrderedDict[bytes, tuple[KeySet, bytes]] = OrderedDict()

    async def claims(self, text: str) -> dict[str, Any]:
        """Return the claims of a valid token, the caller's own to change.

        Raises:
            TokenRefused: it is not valid.
            KeysUnavailable: nobody can tell, because the issuer does not answer.
        """
        # Not the token itself, which opens doors elsewhere, and is longer.
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        payload = self._recall(digest)
        if payload is None:
            payload = await self._verify(text, digest)
        claims: dict[str, Any] = _claims_of(payload)
        check_times(claims, self._clock(), self._rules.leeway)
        return claims

    def _recall(self, digest: bytes) -> bytes | None:
        keys, payload = self._verified.get(digest, (None, None))
        if keys is None or keys is not self._keys.current():
            return None
        self._verified.move_to_end(digest)
        return payload

    async def _verify(self, text: str, digest: bytes) -> bytes:
        token = read_token(text, self._rules, self._clock())
        check_signature(token, await self._keys.find(token.kid, token.algorithm))
        if (keys := self._keys.current()) is not None:
            self._verified[digest] = keys, token.payload
            self._verified.move_to_end(digest)
            if len(self._verified) > _MOST_REMEMBERED:
                self._verified.popitem(last=False)
        return token.payload


def _check_header(members: Mapping[str, Any], rules: Rules) -> tuple[str | None, str]:
    if any(name in members for name in _REFUSED_MEMBERS):
        raise TokenRefused("The header of the token has a member that is not accepted")
    algorithm, kid, kind = members.get("alg"), members.get("kid"), members.get("typ")
    if not isinstance(algorithm, str) or algorithm not in rules.algorithms:
        raise TokenRefused("The algorithm of the token is not accepted")
    if "kid" in members and not isinstance(kid, str):
        raise TokenRefused("The token is malformed")
    if "typ" in members and not isinstance(kind, str):
        raise TokenRefused("The token is malformed")
    if (None if kind is None else normal_type(kind)) not in rules.token_types:
        raise TokenRefused("The token is of another type")
    return kid, algorithm


def _decoded(segment: str) -> bytes:
    try:
        decoded = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except binascii.Error:
        raise TokenRefused("The token is malformed") from None
    # The last character may hold bits that nothing reads: two spellings of one token.
    if urlsafe_b64encode(decoded).rstrip(b"=") != segment.encode():
        raise TokenRefused("The token is malformed")
    return decoded


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        parsed = parse_json(text, max_depth=_DEEPEST)
    except RequestError:
        raise TokenRefused("The token is malformed") from None
    if not isinstance(parsed, dict):
        raise TokenRefused("The token is malformed")
    return parsed


def _audiences(claim: Any) -> frozenset[str]:
    named = [claim] if isinstance(claim, str) else claim
    is_list = isinstance(named, list) and all(isinstance(one, str) for one in named)
    return frozenset(named) if is_list else frozenset()


def _is_for_nobody_else(claims: Mapping[str, Any], clients: frozenset[str]) -> bool:
    party = claims.get("azp") if "azp" in claims else next(iter(clients), None)
    return _audiences(claims.get("aud")) <= clients and isinstance(party, str) and party in clients


def _is_id(claim: Any) -> bool:
    return isinstance(claim, str) and 0 < len(claim) <= _LONGEST_ID and not _CONTROL.search(claim)


def _is_number(claim: Any) -> bool:
    return isinstance(claim, int | float) and not isinstance(claim, bool)
