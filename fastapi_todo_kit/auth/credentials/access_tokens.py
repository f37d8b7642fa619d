"""Access tokens: JWTs (RFC 7519) in the profile of RFC 9068, signed and read with keys that rotate."""

import base64
import hashlib
import re
import uuid
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from jwt.algorithms import get_default_algorithms

from fastapi_todo_kit.core.account_errors import InvalidToken
from fastapi_todo_kit.core.encoding import decode, encode
from fastapi_todo_kit.core.errors import ConfigurationError, RequestError
from fastapi_todo_kit.http.strict_json import parse_json
from fastapi_todo_kit.settings import Auth, SigningKey

TYPE: Final = "at+jwt"
_LONGEST: Final = 4_096
_MOST_KNOWN: Final = 4_096
_LONGEST_LIFE: Final = 15 * 60
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_RSA_BITS: Final = 2_048
_jws = jwt.PyJWS()


class Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an access token says: registered claims, the session `sid`, and the state of the account.

    Moments are seconds since 1970. `zoneinfo` and `email_verified` are those of OpenID Connect.
    """

    iss: str
    aud: str
    sub: uuid.UUID
    iat: int
    nbf: int
    exp: int
    jti: str
    sid: uuid.UUID
    typ: str
    auth_time: int
    email_verified: bool
    superuser: bool
    zoneinfo: str | None = None


class _Key:
    """One of the keys, ready to use."""

    def __init__(self, key: SigningKey) -> None:
        secret = key.secret.get_secret_value()
        self.algorithm: str = key.algorithm
        self.signs: Any = None
        if key.algorithm == "HS256":
            self.signs = self.verifies = secret.encode()
            material = secret.encode()
        else:
            self.signs, self.verifies = _load(key.algorithm, secret)
            material = self._jwk_of(self.verifies)
        self.id: str = key.id or base64.urlsafe_b64encode(hashlib.sha256(material).digest()[:9]).decode()

    @property
    def public(self) -> dict[str, Any] | None:
        """The key as a JWK (RFC 7517), None where it must stay secret."""
        if self.algorithm == "HS256":
            return None
        jwk: dict[str, Any] = decode(self._jwk_of(self.verifies))
        jwk.pop("key_ops", None)  # says the same as `use`, and RFC 7517 wants one of the two
        return {**jwk, "kid": self.id, "alg": self.algorithm, "use": "sig"}

    def _jwk_of(self, public: Any) -> bytes:
        algorithm: Any = get_default_algorithms()[self.algorithm]
        return str(algorithm.to_jwk(public)).encode()


def _load(algorithm: str, pem: str) -> tuple[Any, Any]:
    try:
        if "PRIVATE KEY" in pem:
            private: Any = load_pem_private_key(pem.encode(), password=None)
            public: Any = private.public_key()
        else:
            private, public = None, load_pem_public_key(pem.encode())
        get_default_algorithms()[algorithm].prepare_key(public)
    except (ValueError, TypeError, jwt.InvalidKeyError):
        # `from None`: the original may show parts of the key.
        raise ConfigurationError(
            f"Of the keys that sign (`auth.keys`), what is given for {algorithm} is no such key in PEM"
        ) from None
    if isinstance(public, RSAPublicKey) and public.key_size < _RSA_BITS:
        raise ConfigurationError(f"Of the keys that sign (`auth.keys`), an RSA key needs at least {_RSA_BITS} bits")
    return private, public


class AccessTokens:
    """Signs and reads the access tokens of one application.

    Raises:
        ConfigurationError: there is no key, or one that cannot be used.
    """

    def __init__(self, auth: Auth) -> None:
        keys = [_Key(key) for key in auth.signing_keys]
        if not keys or keys[0].signs is None:
            raise ConfigurationError(
                "Accounts need a key that signs: set TODO_KIT_AUTH__SECRET, at least 32 bytes that nobody can guess "
                "(python -c 'import secrets; print(secrets.token_urlsafe(48))')"
            )
        self._keys = {key.id: key for key in keys}
        if len(self._keys) < len(keys):
            raise ConfigurationError("Of the keys that sign (`auth.keys`), two keys have the same id")
        self._signing = keys[0]
        self._issuer = auth.issuer or auth.public_url
        self._audience = auth.audience
        self._lifetime = int(auth.access_lifetime.total_seconds())
        # A client sends one token many times; what is refused is looked at each time.
        self._verified = lru_cache(_MOST_KNOWN)(self._verify)

    @property
    def key_set(self) -> list[dict[str, Any]]:
        """The public keys as JWKs (RFC 7517); none for HS256."""
        return [key.public for key in self._keys.values() if key.public is not None]

    def sign(self, now: datetime, **claims: Any) -> str:
        """Return a token that is good from now on; `claims` are those of `Claims` that are not the same for all."""
        issued = int(now.timestamp())
        registered = {"iss": self._issuer, "aud": self._audience, "typ": "access", "jti": uuid.uuid4().hex}
        times = {"iat": issued, "nbf": issued, "exp": issued + self._lifetime}
        payload = encode({**registered, **times, **claims})
        headers = {"kid": self._signing.id, "typ": TYPE}
        return _jws.encode(payload, self._signing.signs, self._signing.algorithm, headers)

    def read(self, token: str) -> Claims:
        """Return what a token says, whose times are still to be compared with the clock. Asks no database.

        Raises:
            InvalidToken: it is not one of ours, or not exactly as we made it.
        """
        return self._verified(token)

    def _verify(self, token: str) -> Claims:
        if len(token) > _LONGEST or not _SHAPE.fullmatch(token):
            raise InvalidToken
        header, _payload, signature = token.split(".")
        key = self._key_of(header)
        if not _is_canonical(signature):
            raise InvalidToken
        try:
            payload = _jws.decode(token, key.verifies, algorithms=[key.algorithm])
            claims = msgspec.convert(parse_json(payload, max_depth=1), Claims)
        except (jwt.PyJWTError, msgspec.ValidationError, RequestError):
            raise InvalidToken from None
        is_for_us = (claims.iss, claims.aud, claims.typ) == (self._issuer, self._audience, "access")
        if not is_for_us or not 0 <= claims.auth_time <= claims.iat <= claims.exp <= claims.iat + _LONGEST_LIFE:
            raise InvalidToken
        return claims

    def _key_of(self, header: str) -> _Key:
        """Return the key that a header names; one that says anything else than what we write is not ours."""
        try:
            said = parse_json(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)), max_depth=1)
            key = self._keys[said["kid"]]
        except (ValueError, KeyError, TypeError, RequestError):
            raise InvalidToken from None
        if said != {"alg": key.algorithm, "kid": key.id, "typ": TYPE}:
            raise InvalidToken
        return key


def _is_canonical(segment: str) -> bool:
    # The last character has bits to spare: without this, one signature has several spellings.
    try:
        raw = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError:
        return False
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == segment
