"""The dependency that finds the user of an external issuer's access token."""

from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import httpx
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt.algorithms import HMACAlgorithm
from jwt.exceptions import InvalidKeyError
from starlette.requests import HTTPConnection

from fastapi_todo_kit.auth.external.keys import (
    ASYMMETRIC,
    PAUSE_WITHOUT_KEYS,
    SYMMETRIC,
    Issuer,
    Keys,
    KeysUnavailable,
    PublishedKeys,
    SharedSecret,
    is_trustworthy,
)
from fastapi_todo_kit.auth.external.verifier import Rules, TokenRefused, Verifier, canonical, normal_type
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.host import Clock, utc_now
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.settings.auth import SHORTEST_SECRET

_TYPES: Final = (None, "JWT", "at+jwt")
_RETRY_AFTER: Final = str(int(PAUSE_WITHOUT_KEYS.total_seconds()))


class _Bearer(HTTPBearer):
    """FastAPI's own, which would take the first of several lines."""

    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        scheme, _, token = (field_value(request.headers, "authorization") or "").partition(" ")
        is_bearer = scheme.lower() == "bearer" and token
        return HTTPAuthorizationCredentials(scheme=scheme, credentials=token) if is_bearer else None


_bearer = _Bearer(auto_error=False, bearerFormat="JWT", scheme_name="HTTPBearer")


@dataclass(frozen=True, slots=True)
class ExternalUser:
    """A user of an external issuer. `time_zone` is an IANA name where the token has one, `claims` all that it says."""

    id: str
    time_zone: str | None
    # They name people: not in logs that print a user.
    claims: Mapping[str, Any] = field(repr=False, hash=False)


def jwt_user(
    *,
    issuer: str,
    audience: str | Collection[str] | None,
    jwks_url: str | None = None,
    algorithms: Collection[str] = ASYMMETRIC,
    secret: str | None = None,
    leeway: timedelta = timedelta(seconds=30),
    user_id: str = "sub",
    time_zone: str | None = "zoneinfo",
    required_claims: Mapping[str, Any] | None = None,
    token_types: Collection[str | None] = _TYPES,
    clock: Clock = utc_now,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Callable[..., Coroutine[Any, Any, ExternalUser]]:
    """Return a dependency that answers with the user of a bearer token, for `Host.current_user` and your own routes.

    Make it once and use it everywhere: it holds the issuer's keys, which it fetches when the first token comes.

    Args:
        issuer: The `iss` of the tokens, to the letter; its discovery document names the keys.
        audience: The `aud` of the tokens, or several of which one must be in the token. None accepts the tokens that
            the issuer makes for any application: safe only where `required_claims` tells them apart.
        jwks_url: Where the keys are, for an issuer without a discovery document.
        algorithms: The algorithms that are accepted.
        secret: Instead of keys, a secret of at least 32 bytes that the issuer shares; only HS256 is accepted then.
        leeway: By how much the clock of the issuer may differ.
        user_id: The claim that is the id of the user.
        time_zone: The claim that is the IANA zone of the user.
        required_claims: Claims that must be there, with exactly these JSON values.
        token_types: The `typ` values of the header that are accepted; None stands for a header without one.
        clock: Where the time comes from.
        transport: What requests to the issuer go through, for proxies and tests.

    Raises:
        ConfigurationError: an argument that cannot be right.
    """
    rules = Rules(
        issuer=_checked_issuer(issuer),
        audiences=_checked_audiences(audience),
        algorithms=_checked_algorithms(algorithms) if secret is None else frozenset({SYMMETRIC}),
        token_types=frozenset(None if name is None else normal_type(name) for name in token_types),
        user_id=user_id,
        required_claims=_checked_claims(required_claims or {}),
        leeway=_checked_leeway(leeway),
    )
    keys = _keys(rules, _checked_url(jwks_url), secret, clock, transport)
    return _dependency(Verifier(rules, keys, clock), user_id, time_zone)


def _dependency(
    verifier: Verifier, user_id: str, time_zone: str | None
) -> Callable[..., Coroutine[Any, Any, ExternalUser]]:
    async def external_user(
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> ExternalUser:
        """Return the user of the bearer token: 401 where there is none, 503 where nobody can tell."""
        if credentials is None:
            raise HTTPException(401, "Log in first", {"WWW-Authenticate": "Bearer"})
        try:
            claims = await verifier.claims(credentials.credentials)
        except TokenRefused as refused:
            challenge = f'Bearer error="invalid_token", error_description="{refused.detail}"'
            raise HTTPException(401, refused.detail, {"WWW-Authenticate": challenge}) from None
        except KeysUnavailable as away:
            raise HTTPException(503, away.detail, {"Retry-After": _RETRY_AFTER}) from None
        zone = claims.get(time_zone) if time_zone else None
        return ExternalUser(claims[user_id], zone if isinstance(zone, str) and zone else None, claims)

    return external_user


def _keys(
    rules: Rules, jwks_url: str | None, secret: str | None, clock: Clock, transport: httpx.AsyncBaseTransport | None
) -> Keys:
    if secret is None:
        issuer = Issuer(name=rules.issuer, jwks_url=jwks_url, algorithms=rules.algorithms, transport=transport)
        return PublishedKeys(issuer, clock)
    if jwks_url is not None:
        raise ConfigurationError("jwt_user needs a `secret` or a `jwks_url`, not both")
    return SharedSecret(_checked_secret(secret))


def _checked_issuer(issuer: str) -> str:
    parts = urlsplit(issuer) if is_trustworthy(issuer) else None
    if parts is None or parts.query or parts.fragment:
        raise ConfigurationError(
            f"jwt_user(issuer=...) must be an https URL without a query, as in the `iss` of the tokens, not {issuer!r}"
        )
    return issuer


def _checked_url(jwks_url: str | None) -> str | None:
    if jwks_url is not None and not is_trustworthy(jwks_url):
        raise ConfigurationError(f"jwt_user(jwks_url=...) must be an https URL, not {jwks_url!r}")
    return jwks_url


def _checked_audiences(audience: str | Collection[str] | None) -> frozenset[str] | None:
    if audience is None:
        return None
    audiences = frozenset({audience} if isinstance(audience, str) else audience)
    if not audiences or "" in audiences:
        raise ConfigurationError(
            "jwt_user(audience=...) is empty; say None where the tokens have no `aud`, and use `required_claims` then"
        )
    return audiences


def _checked_algorithms(algorithms: Collection[str]) -> frozenset[str]:
    if isinstance(algorithms, str) or not algorithms or not set(algorithms) <= set(ASYMMETRIC):
        raise ConfigurationError(
            f"jwt_user(algorithms=...) must be some of {', '.join(ASYMMETRIC)}, not {algorithms!r}; "
            "for HS256 give the `secret`"
        )
    return frozenset(algorithms)


def _checked_secret(secret: str) -> bytes:
    try:
        # Refuses public keys: whoever knows one would be able to sign.
        prepared = HMACAlgorithm(HMACAlgorithm.SHA256).prepare_key(secret)
    except InvalidKeyError as error:
        raise ConfigurationError(f"jwt_user(secret=...) cannot be used: {error}") from None
    if len(prepared) < SHORTEST_SECRET:
        raise ConfigurationError(f"jwt_user(secret=...) needs at least {SHORTEST_SECRET} bytes")
    return prepared


def _checked_claims(required: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {name: canonical(value) for name, value in required.items()}
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"jwt_user(required_claims=...) must hold JSON values: {error}") from None


def _checked_leeway(leeway: timedelta) -> timedelta:
    if leeway < timedelta(0):
        raise ConfigurationError("jwt_user(leeway=...) must not be negative")
    return leeway
