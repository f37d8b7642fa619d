"""The values that configure the kit, a file a group. Callables of the host live in `host.py`."""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError
from sqlalchemy.engine import URL, make_url

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.settings.auth import Argon2, Auth, LoginLimits, SigningKey
from fastapi_todo_kit.settings.database import Pool, Postgres
from fastapi_todo_kit.settings.limits import Limits
from fastapi_todo_kit.settings.mail import Mail
from fastapi_todo_kit.settings.production import Production
from fastapi_todo_kit.settings.rate_limits import RateLimits
from fastapi_todo_kit.settings.sharing import Sharing
from fastapi_todo_kit.settings.urls import with_async_driver
from fastapi_todo_kit.settings.variables import PREFIX, Sources, unknown_in, words_of, words_of_unparsable
from fastapi_todo_kit.settings.worker import Worker

__all__ = [
    "Argon2",
    "Auth",
    "Limits",
    "LoginLimits",
    "Mail",
    "Pool",
    "Postgres",
    "Production",
    "RateLimits",
    "Sharing",
    "SigningKey",
    "TodoKitSettings",
    "Worker",
]

_Url = Annotated[str, AfterValidator(with_async_driver)]


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
    sharing: Sharing = Sharing()
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
