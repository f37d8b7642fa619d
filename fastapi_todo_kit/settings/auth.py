"""Accounts of the kit's own."""

from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from fastapi_todo_kit.settings.group import Group

SHORTEST_SECRET: Final = 32
"""Bytes that a secret for HS256 has at least (RFC 7518, section 3.2)."""


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value().encode()) < SHORTEST_SECRET:
        raise ValueError(
            f"a secret needs at least {SHORTEST_SECRET} bytes; make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`"
        )
    return secret


class SigningKey(Group):
    """A key of access tokens: for HS256 a secret of at least 32 bytes, for the others a private key in PEM.

    A public key in PEM only verifies what was signed before. `id` is the `kid`; by default it is derived from the key.
    """

    algorithm: Literal["HS256", "RS256", "ES256", "EdDSA"] = "HS256"
    secret: SecretStr
    id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")] = None

    @model_validator(mode="after")
    def _is_long_enough(self) -> Self:
        if self.algorithm == "HS256":
            _long_enough(self.secret)
        return self


class Argon2(Group):
    """What hashing a password costs: by default the second choice of RFC 9106, at least the first of OWASP."""

    memory_kib: Annotated[int, Field(ge=19_456)] = 65_536
    passes: Annotated[int, Field(ge=2)] = 3
    lanes: Annotated[int, Field(ge=1, le=16)] = 4


class LoginLimits(Group):
    """How many attempts may fail within `window`, before the next ones are answered 429 unevaluated.

    `per_account_and_address` counts one account tried from one address, `per_account` one account tried from all
    addresses from which it was never logged in, `per_address` all accounts tried from one address. `mails_per_account`
    counts the mails that anybody asked to be sent to one address of mail.
    """

    window: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(minutes=15)
    per_account_and_address: Annotated[int, Field(ge=1)] = 5
    per_account: Annotated[int, Field(ge=1)] = 20
    per_address: Annotated[int, Field(ge=1)] = 100
    mails_per_account: Annotated[int, Field(ge=1)] = 5


class Auth(Group):
    """Accounts of the kit's own; needed by `auth_router`, and by `todo_router` without `Host.current_user`."""

    secret: Annotated[SecretStr, AfterValidator(_long_enough)] | None = None
    """Signs access tokens with HS256: at least 32 bytes."""
    keys: tuple[SigningKey, ...] = ()
    """Instead of `secret`, for other algorithms and for rotation: the first one signs, all of them verify."""
    issuer: str | None = None
    """The `iss` of access tokens; by default `public_url`."""
    audience: str = "todo-kit"
    """The `aud` of access tokens."""
    public_url: Annotated[str, Field(pattern=r"^https?://[!-~]+[^/]$")] = "http://localhost:8000"
    """Where people reach the application: links in mails begin with it, never with the `Host` header."""
    verify_path: Annotated[str, Field(pattern=r"\{token\}")] = "/verify-email#token={token}"
    reset_path: Annotated[str, Field(pattern=r"\{token\}")] = "/reset-password#token={token}"
    change_email_path: Annotated[str, Field(pattern=r"\{token\}")] = "/change-email#token={token}"
    """Pages of the application that a mail leads to. They send the token on; a fragment is in no server's log."""
    oauth_callback_path: Annotated[str, Field(pattern=r"\{provider\}")] = "/login/{provider}"
    """Page of the application to which a provider of logins sends people back."""
    registration: bool = True
    """Whether anybody may register; without it, superusers and `todo-kit users create` make accounts."""
    require_verified: bool = True
    """Whether an account can be used only after its address of mail was verified."""
    password_length: Annotated[int, Field(ge=8, le=64)] = 12
    """How many characters a password has at least (NIST SP 800-63B); it has at most 256."""
    argon2: Argon2 = Argon2()
    hash_threads: Annotated[int, Field(ge=1, le=64)] = 2
    """How many passwords are hashed at once."""
    access_lifetime: Annotated[timedelta, Field(gt=timedelta(0), le=timedelta(minutes=15))] = timedelta(minutes=15)
    """How long an access token is good."""
    refresh_lifetime: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(days=30)
    """How long a session lasts without being used."""
    session_lifetime: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(days=90)
    """How long a session lasts however much it is used."""
    refresh_grace: Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(minutes=1))] = timedelta(seconds=10)
    """How long a used refresh token can be used again, by a client that did not get the answer."""
    revocation_max_age: Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(minutes=1))] = timedelta(seconds=5)
    """After how long every worker knows of a revocation; 0 asks the database on each request."""
    verify_lifetime: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(hours=24)
    reset_lifetime: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(hours=1)
    """How long the link of a mail is good; `verify_lifetime` holds for changed addresses too."""
    scopes: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.:-]{0,63}$")], ...] = ()
    """Scopes of the application's own that personal access tokens may have, for `require_scope`."""
    link_by_email: bool = False
    """Whether a login at a provider enters the account of the same verified address, if the provider vouches for it."""
    basic: bool = False
    """Accept HTTP Basic with a personal access token as the password."""
    cookies: bool = False
    """Let browsers ask for their tokens in cookies."""
    trusted_origins: tuple[str, ...] = ()
    """Origins, besides that of `public_url`, whose pages may change things with cookies."""
    limits: LoginLimits = LoginLimits()
    body_bytes: Annotated[int, Field(ge=1_024)] = 16_384
    """How large the body of a request about accounts may be: many of them come from people who are not logged in."""

    @model_validator(mode="after")
    def _has_one_source_of_keys(self) -> Self:
        if self.secret is not None and self.keys:
            raise ValueError("give `secret` or `keys`, not both; the first of `keys` signs")
        return self

    @property
    def signing_keys(self) -> tuple[SigningKey, ...]:
        """The keys, the one that signs first; empty where the host has users of its own."""
        return self.keys if self.secret is None else (SigningKey(secret=self.secret),)
