"""The values that configure the kit. Callables of the host live in `host.py`."""

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError
from sqlalchemy.engine import URL, make_url

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.settings.production import Production
from fastapi_todo_kit.settings.urls import with_async_driver
from fastapi_todo_kit.settings.variables import PREFIX, Sources, unknown_in, words_of, words_of_unparsable

_Url = Annotated[str, AfterValidator(with_async_driver)]


def _with_known_store(url: SecretStr) -> SecretStr:
    if not re.match(r"(memory|rediss?|valkeys?)://", url.get_secret_value()):
        # The URL is not repeated: there may be a password in it.
        raise ValueError("not a store that is known; write memory:// or redis://:password@host:6379/0")
    return url


def _address(sender: str) -> str:
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(sender)[1]):
        raise ValueError("not an address of mail; write todos@example.com, or Todos <todos@example.com>")
    return sender


class _Group(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Limits(_Group):
    """How much of each thing there may be. Past a limit the API answers 409 or 422 and names it."""

    lists_per_space: Annotated[int, Field(ge=1)] = 500
    todos_per_list: Annotated[int, Field(ge=1, le=30_000)] = 10_000
    labels_per_space: Annotated[int, Field(ge=1)] = 1_000
    labels_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 100
    links_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 50
    reminders_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 20
    subtask_depth: Annotated[int, Field(ge=0, le=20)] = 5
    bulk_items: Annotated[int, Field(ge=1, le=30_000)] = 10_000
    """Todos that one call of `todos.create_many` adds, all of them under one lock of the space."""
    body_bytes: Annotated[int, Field(ge=1_024)] = 1_048_576
    json_depth: Annotated[int, Field(ge=4, le=500)] = 32
    json_keys: Annotated[int, Field(ge=50)] = 1_000
    """Keys that all objects of a body have together. A link has up to five: raise it with `links_per_todo`."""
    json_items: Annotated[int, Field(ge=100)] = 10_000
    """Members and elements that all objects and arrays of a body have together."""
    page_bytes: Annotated[int, Field(ge=1_024)] = 2_097_152
    """About how large a page gets: it ends before it has more, whatever its `limit`, with one item at least."""


class Pool(_Group):
    """The connection pool of the kit's own engine; seconds where a time is meant.

    `wait` is how long a request waits for a free connection before it is answered 503, `timeout` how long to be
    connected, or for SQLite's lock.
    """

    size: Annotated[int, Field(ge=1)] = 10
    overflow: Annotated[int, Field(ge=0)] = 10
    wait: Annotated[float, Field(gt=0)] = 1.0
    timeout: Annotated[float, Field(gt=0)] = 5.0
    recycle: Annotated[int, Field(ge=-1)] = 1_800


class Postgres(_Group):
    """How the kit's own engine uses PostgreSQL; seconds where a time is meant, 0 is no limit.

    The limits are PostgreSQL's `statement_timeout`, `lock_timeout` and `idle_in_transaction_session_timeout`. What
    they end is answered 503. Migrations have none.
    """

    pooler: Literal["transaction"] | None = None
    """What stands before the server: PgBouncer and the like, lending a connection for each transaction."""
    schema_name: Annotated[str | None, Field(pattern=r"^[a-z_][a-z0-9_]{0,62}$")] = None
    """The schema of the kit's tables; by default the first of the `search_path`, usually `public`."""
    statement_timeout: Annotated[float, Field(ge=0)] = 10.0
    lock_timeout: Annotated[float, Field(ge=0)] = 5.0
    idle_timeout: Annotated[float, Field(ge=0)] = 30.0


SHORTEST_SECRET: Final = 32
"""Bytes that a secret for HS256 has at least (RFC 7518, section 3.2)."""


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value().encode()) < SHORTEST_SECRET:
        raise ValueError(
            f"a secret needs at least {SHORTEST_SECRET} bytes; make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`"
        )
    return secret


class SigningKey(_Group):
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


class Argon2(_Group):
    """What hashing a password costs: by default the second choice of RFC 9106, at least the first of OWASP."""

    memory_kib: Annotated[int, Field(ge=19_456)] = 65_536
    passes: Annotated[int, Field(ge=2)] = 3
    lanes: Annotated[int, Field(ge=1, le=16)] = 4


class LoginLimits(_Group):
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


class Auth(_Group):
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


class Mail(_Group):
    """The SMTP server that mails of accounts go through; without `host` they are printed, which is for development.

    `timeout` is in seconds.
    """

    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: Annotated[str, AfterValidator(_address)] = "todo-kit@localhost"
    timeout: Annotated[float, Field(gt=0)] = 10.0
    in_background: bool = True
    """Whether the application sends what is waiting; if not, call `send_mails` from a scheduler."""


_Limit = Annotated[str | None, Field(pattern=r"^[1-9]\d{0,8}/([1-9]\d{0,4} ?)?(second|minute|hour|day)s?$")]


class RateLimits(_Group):
    """How often callers may ask, each as in `100/minute` or `20/10 seconds`; nothing is limited by default.

    Needs the extra `rate-limits`, and a shared store the extra `redis`.
    """

    per_address: _Limit = None
    """Requests from one address, whoever sends them, to all routes of a mount; with IPv6 from a /64 network."""
    reads: _Limit = None
    """Requests of one principal that change nothing. Those answered 304 are not counted."""
    writes: _Limit = None
    """Requests of one principal that change something."""
    store: Annotated[SecretStr, AfterValidator(_with_known_store)] = SecretStr("memory://")
    """Where it is counted: `memory://`, each worker for itself; `redis://host:6379/0` (also `rediss`, `valkey`)."""
    when_away: Literal["allow", "refuse"] = "allow"
    """What happens to requests while the store does not answer; refused ones are answered 503."""

    @property
    def are_set(self) -> bool:
        """Whether anything is limited."""
        return any((self.per_address, self.reads, self.writes))

    @property
    def are_shared(self) -> bool:
        """Whether workers count together."""
        return not self.store.get_secret_value().startswith("memory:")


class Worker(_Group):
    """What does the work that nobody waits for, such as reminding."""

    in_app: bool = False
    """Whether the application does it beside its requests; if not, `todo-kit worker` does, or your own scheduler."""
    poll: Annotated[float, Field(gt=0, le=3_600)] = 5.0
    """Seconds between two looks for what is due."""
    at_once: Annotated[int, Field(ge=1, le=1_000)] = 20
    """How many things are done side by side, each on a connection of its own."""
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds after which something that is not done, such as telling a user, has failed."""
    metrics_port: Annotated[int | None, Field(ge=1, le=65_535)] = None
    """Where `todo-kit worker` answers Prometheus, at `/metrics`; nowhere by default. Needs the extra `metrics`."""
    metrics_address: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """The address of this machine that it listens on: this machine's own processes only, by default."""


class TodoKitSettings(BaseSettings):
    """Plain values, read from `TODO_KIT_*` in the environment or `.env`, or given as keywords.

    Frozen and hashable. Nested groups are spelled with two underscores: `TODO_KIT_LIMITS__SUBTASK_DEPTH=3`.

    Raises:
        ConfigurationError: a value is wrong; the message names each one in a line.
    """

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        # A host's own variables share the file: only those with the prefix are looked at, and then all of them.
        dotenv_filtering="match_prefix",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[_Url, Field(repr=False)] = "sqlite+aiosqlite:///./todo_kit.db"
    """SQLAlchemy URL of the kit's own database; unused where the host supplies a session."""
    read_url: Annotated[_Url | None, Field(repr=False)] = None
    """URL of a PostgreSQL replica that reads run on; unused where the host supplies a session."""
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")] = "todo_kit"
    """Prefix of every operation id; give each mount of one application its own."""
    namespace: Annotated[str, Field(max_length=100)] = ""
    """Keeps two sources of users on one database apart: it is part of every derived space id."""
    tags: tuple[str, ...] = ()
    """OpenAPI tags added to every operation, before the feature's own."""
    limits: Limits = Limits()
    pool: Pool = Pool()
    postgres: Postgres = Postgres()
    auth: Auth = Auth()
    mail: Mail = Mail()
    production: Production = Production()
    rate_limits: RateLimits = RateLimits()
    worker: Worker = Worker()
    metrics: bool = False
    """Measure operations in Prometheus's default registry; needs the extra `metrics`."""
    unknown_parameters: Literal["refuse", "ignore"] = "refuse"
    """What becomes of query parameters that neither an operation nor a dependency of the application declares."""
    passed_parameters: tuple[Annotated[str, Field(pattern=r"^[^*]+\*?$")], ...] = ()
    """Names of such parameters that are let pass, because others read them; `utm_*` is all that begin so."""
    backdating: bool = False
    """Whether the API takes `completed_at` at `complete`, from whoever may do `todo.backdate`; services always do."""
    require_if_match: bool = False
    """Answer 428 to a change of an existing object that carries no If-Match."""
    auto_migrate: bool | None = None
    """Create and upgrade the tables on first use. Only for SQLite files, where it is the default."""
    trash_retention: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(days=30)
    """How long deleted objects can be restored before `purge_trash` removes them."""
    reminder_hour: Annotated[int, Field(ge=0, le=23)] = 9
    """The hour at which whole days remind users who have said none of their own."""
    idempotency_retention: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(hours=24)
    """How long a stored answer is replayed for its Idempotency-Key."""
    write_retries: Annotated[int, Field(ge=0, le=20)] = 5
    """How often a write that the database refused to serialise is run again."""

    def __init__(self, **values: Any) -> None:
        options = values.pop("_options", {})  # of a command, by the argument that each became
        # Pydantic looks only for the variables that it knows: of a misspelt one nobody would hear.
        if unknown := unknown_in(os.environ, type(self)):
            raise ConfigurationError("; ".join(unknown))
        try:
            super().__init__(**values)
        except ValidationError as error:
            # `from None`: the original would print the offending input, which may be a password.
            raise ConfigurationError(words_of(error, _sources(values, options), type(self))) from None
        except SettingsError as error:
            raise ConfigurationError(words_of_unparsable(error, _sources(values, options))) from None
        except UnicodeDecodeError:
            raise ConfigurationError("The file .env is not UTF-8; save it as UTF-8.") from None

    @model_validator(mode="after")
    def _wants_nothing_impossible(self) -> Self:
        if self.read_url is not None and (self.is_sqlite or make_url(self.read_url).get_backend_name() == "sqlite"):
            raise ValueError("read_url is a replica of the PostgreSQL that database_url names; SQLite has none")
        if self.auto_migrate and not self.is_sqlite:
            raise ValueError(
                "auto_migrate is only for SQLite: several workers would migrate a shared database at once; "
                "run `todo-kit migrate` when you deploy"
            )
        return self

    @property
    def url(self) -> URL:
        """The parsed database URL."""
        return make_url(self.database_url)

    @property
    def is_in_memory(self) -> bool:
        """Whether the database is a SQLite in memory, which is there for one pool of connections only."""
        return self.is_sqlite and self.url.database in {None, "", ":memory:"}

    @property
    def is_sqlite(self) -> bool:
        """Whether the kit's own database is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def migrates_itself(self) -> bool:
        """Whether the tables are made on first use: by default only for SQLite."""
        return self.is_sqlite if self.auto_migrate is None else self.auto_migrate


def _sources(values: Mapping[str, Any], options: Mapping[str, str]) -> Sources:
    return Sources(values, options, str(values.get("_env_file", TodoKitSettings.model_config.get("env_file"))))
