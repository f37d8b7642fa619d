"""Providers of logins, on the clients of httpx-oauth."""

import asyncio
import base64
import copy
import hashlib
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, Final, get_args

import httpx
from httpx_oauth.exceptions import HTTPXOAuthError
from httpx_oauth.oauth2 import BaseOAuth2, OAuth2ClientAuthMethod

from fastapi_todo_kit.auth.external.flight import Flight
from fastapi_todo_kit.auth.external.keys import (
    ASYMMETRIC,
    PAUSE_WITHOUT_KEYS,
    Issuer,
    KeysUnavailable,
    PublishedKeys,
    is_trustworthy,
)
from fastapi_todo_kit.auth.external.outgoing import TIMEOUT, bounded
from fastapi_todo_kit.auth.external.verifier import Rules, TokenRefused, Verifier, canonical
from fastapi_todo_kit.core.account_errors import LoginFailed, ProviderUnavailable
from fastapi_todo_kit.core.errors import ConfigurationError, RequestError
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Clock, Identity, utc_now

_logger = get_logger(__name__)

_AUTH_METHODS: Final = get_args(OAuth2ClientAuthMethod)
_SERVER_ERROR: Final = 500
_PATIENCE: Final = 2 * TIMEOUT
"""Seconds for a token and a profile, which may be several answers."""
_LEEWAY: Final = timedelta(seconds=30)
_FAILURES: Final = (HTTPXOAuthError, httpx.HTTPError, KeysUnavailable, OSError)
"""What comes of a provider that is away, or that answers with an error."""


class OAuthLogin:
    """A provider that speaks OAuth 2 and has a profile: GitHub, Facebook, Discord and the like.

    Args:
        client: a client of httpx-oauth, such as `GitHubOAuth2(client_id, client_secret)`.
        name: what it is called in paths; by default what the client is called.
        vouches_for_email: whether the client gives only addresses that the provider has verified. Only then can it
            make accounts, or enter those of the same address. Look before you say so: `GitHubOAuth2` itself gives
            the primary address, verified or not.
    """

    def __init__(self, client: BaseOAuth2[Any], *, name: str | None = None, vouches_for_email: bool = False) -> None:
        self._client = _bounded(client)
        self._name = name or client.name
        self._vouches = vouches_for_email

    @property
    def name(self) -> str:
        """What it is called in paths."""
        return self._name

    async def authorization_url(self, redirect_uri: str, *, state: str, nonce: str, verifier: str) -> str:  # noqa: ARG002  (the protocol's)
        """Return where to send the browser."""
        return await self._client.get_authorization_url(
            redirect_uri, state, code_challenge=challenge_of(verifier), code_challenge_method="S256"
        )

    async def identity(self, redirect_uri: str, *, code: str, nonce: str, verifier: str) -> Identity:  # noqa: ARG002  (the same)
        """Return who has logged in."""
        try:
            async with asyncio.timeout(_PATIENCE):
                token = await self._client.get_access_token(code, redirect_uri, verifier)
                subject, email = await self._client.get_id_email(token["access_token"])
        except RequestError:
            raise
        except Exception as error:  # whatever a client makes of an answer, which may be anything
            raise _as_kit_error(self._name, error) from error
        return Identity(subject, email, email is not None and self._vouches)


class OpenIDLogin:
    """A provider that speaks OpenID Connect: Google, Microsoft, Apple, Keycloak, Auth0 and most others.

    Nothing is fetched before the first login.

    Args:
        name: what it is called in paths.
        client_id: what the provider calls this application.
        client_secret: what the provider has given it.
        issuer: the `iss` of its tokens, under which its discovery document is.
        scopes: what is asked for.
        clock: where the time comes from.
        transport: what requests for keys go through, for proxies and tests.

    Raises:
        ConfigurationError: the issuer is not an https URL.
    """

    def __init__(
        self,
        name: str,
        *,
        client_id: str,
        client_secret: str,
        issuer: str,
        scopes: tuple[str, ...] = ("openid", "email", "profile"),
        clock: Clock = utc_now,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if not is_trustworthy(issuer):
            raise ConfigurationError(f"OpenIDLogin(issuer=...) must be an https URL, not {issuer!r}")
        self._name = name
        self._client_id = client_id
        self._client_secret = client_secret
        self._issuer = issuer
        self._scopes = list(scopes)
        self._clock = clock
        algorithms = frozenset(ASYMMETRIC)
        self._published = Issuer(name=issuer, jwks_url=None, algorithms=algorithms, transport=transport)
        self._keys = PublishedKeys(self._published, clock)
        self._flight = Flight(self._discover, clock)
        self._client: BaseOAuth2[Any] | None = None

    @property
    def name(self) -> str:
        """What it is called in paths."""
        return self._name

    async def authorization_url(self, redirect_uri: str, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send the browser."""
        client = await self._discovered()
        more: Any = {"nonce": nonce}
        return await client.get_authorization_url(
            redirect_uri,
            state,
            code_challenge=challenge_of(verifier),
            code_challenge_method="S256",
            extras_params=more,
        )

    async def identity(self, redirect_uri: str, *, code: str, nonce: str, verifier: str) -> Identity:
        """Return who has logged in, as the signed ID token says."""
        client = await self._discovered()
        try:
            async with asyncio.timeout(TIMEOUT):
                token = await client.get_access_token(code, redirect_uri, verifier)
            claims = await self._verifier(nonce).claims(str(token["id_token"]))
        except Exception as error:  # the same
            raise _as_kit_error(self._name, error) from error
        email, name = claims.get("email"), claims.get("name")
        return Identity(
            subject=claims["sub"],
            email=email if isinstance(email, str) else None,
            email_verified=claims.get("email_verified") is True,
            name=name if isinstance(name, str) else "",
        )

    def _verifier(self, nonce: str) -> Verifier:
        rules = Rules(
            issuer=self._issuer,
            audiences=frozenset({self._client_id}),
            is_for_client=True,
            algorithms=frozenset(ASYMMETRIC),
            token_types=frozenset({None, "jwt"}),
            user_id="sub",
            required_claims={"nonce": canonical(nonce)},
            leeway=_LEEWAY,
        )
        return Verifier(rules, self._keys, self._clock)

    async def _discovered(self) -> BaseOAuth2[Any]:
        if self._client is None:
            await self._flight.run(PAUSE_WITHOUT_KEYS)
        if self._client is None:
            raise ProviderUnavailable
        return self._client

    async def _discover(self) -> None:
        try:
            self._client = self._made(await self._published.discover())
        except Exception as error:  # whatever fails at a foreign server or on the way to it
            _logger.warning("The provider %s cannot be asked: %s: %s", self._name, type(error).__name__, error)

    def _made(self, document: dict[str, Any]) -> BaseOAuth2[Any]:
        authorize, token = document["authorization_endpoint"], document["token_endpoint"]
        if not is_trustworthy(authorize) or not is_trustworthy(token):
            raise ValueError("the discovery document names no https URLs")
        # OpenID Connect Discovery 1.0, section 3: without a list, it is HTTP Basic.
        offered = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method: Any = next(method for method in offered if method in _AUTH_METHODS)
        client: BaseOAuth2[Any] = BaseOAuth2(
            self._client_id,
            self._client_secret,
            authorize,
            token,
            name=self._name,
            base_scopes=self._scopes,
            token_endpoint_auth_method=method,
        )
        return _bounded(client)


def _bounded(client: BaseOAuth2[Any]) -> BaseOAuth2[Any]:
    """Return a client of httpx-oauth whose answers are bounded, where it opens what it asks with as all do but few."""
    clone, opened = copy.copy(client), client.get_httpx_client

    def get_httpx_client() -> AbstractAsyncContextManager[httpx.AsyncClient]:
        return bounded(opened())

    clone.get_httpx_client = get_httpx_client  # type: ignore[method-assign]  # a copy of our own; the host's may be of any class
    return clone


def challenge_of(verifier: str) -> str:
    """Return the code challenge of a PKCE verifier (RFC 7636, section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _as_kit_error(name: str, error: Exception) -> Exception:
    """Return what an error of a client means to whoever logs in: a 503 where the provider is away, else their own."""
    if isinstance(error, _FAILURES):
        response = getattr(error, "response", None)
        is_away = response is None or response.status_code >= _SERVER_ERROR
        return ProviderUnavailable() if is_away else LoginFailed()
    if not isinstance(error, TokenRefused):
        # Without its words, which may repeat what was answered.
        _logger.warning("What the provider %s answered is not understood: %s", name, type(error).__name__)
    return LoginFailed()
