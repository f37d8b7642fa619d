"""The values that configure the kit. Callables of the host live in `host.py`."""

import re
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from fastapi_todo_kit.errors import ConfigurationError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def _with_async_driver(url: str) -> str:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The original error would repeat the URL, and with it a password.
        raise ValueError("not a database URL; write postgresql+asyncpg://user:password@host/name") from None
    driver = _DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in _DRIVERS.values():
        # The driver is not repeated: in a URL that lacks its //, it holds the password.
        raise ValueError(f"not a supported database; begin the URL with one of {sorted(set(_DRIVERS.values()))}")
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


class _Group(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Limits(_Group):
    """How much of each thing there may be. Past a limit the API answers 409 or 422 and names it."""

    lists_per_space: Annotated[int, Field(ge=1)] = 500
    todos_per_list: Annotated[int, Field(ge=1, le=30_000)] = 10_000
    labels_per_space: Annotated[int, Field(ge=1)] = 1_000
    labels_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 100
    links_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 50
    subtask_depth: Annotated[int, Field(ge=0, le=20)] = 5
    body_bytes: Annotated[int, Field(ge=1_024)] = 1_048_576
    json_depth: Annotated[int, Field(ge=4, le=500)] = 32


class Pool(_Group):
    """The connection pool of the kit's own engine; seconds where a time is meant.

    `timeout` is how long a request waits for a connection, to be connected, or for SQLite's lock.
    """

    size: Annotated[int, Field(ge=1)] = 10
    overflow: Annotated[int, Field(ge=0)] = 10
    timeout: Annotated[float, Field(gt=0)] = 5.0
    recycle: Annotated[int, Field(ge=-1)] = 1_800


class TodoKitSettings(BaseSettings):
    """Plain values, read from `TODO_KIT_*` in the environment or `.env`, or given as keywords.

    Frozen and hashable. Nested groups are spelled with two underscores: `TODO_KIT_LIMITS__SUBTASK_DEPTH=3`.

    Raises:
        ConfigurationError: a value is wrong; the message names each one in a line.
    """

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="TODO_KIT_",
        env_nested_delimiter="__",
        env_file=".env",
        # A host's own variables share the file: only those with the prefix are looked at, and then all of them.
        dotenv_filtering="match_prefix",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_with_async_driver), Field(repr=False)] = (
        "sqlite+aiosqlite:///./todo_kit.db"
    )
    """SQLAlchemy URL of the kit's own database; unused where the host supplies a session."""
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")] = "todo_kit"
    """Prefix of every operation id; give each mount of one application its own."""
    namespace: Annotated[str, Field(max_length=100)] = ""
    """Keeps two sources of users on one database apart: it is part of every derived space id."""
    tags: tuple[str, ...] = ()
    """OpenAPI tags added to every operation, before the feature's own."""
    limits: Limits = Limits()
    pool: Pool = Pool()
    require_if_match: bool = False
    """Answer 428 to a change of an existing object that carries no If-Match."""
    auto_migrate: bool | None = None
    """Create and upgrade the tables on first use. Only for SQLite files, where it is the default."""
    trash_retention: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(days=30)
    """How long deleted objects can be restored before `purge_trash` removes them."""
    idempotency_retention: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(hours=24)
    """How long a stored answer is replayed for its Idempotency-Key."""
    write_retries: Annotated[int, Field(ge=0, le=20)] = 5
    """How often a write that the database refused to serialise is run again."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            # `from None`: the original would print the offending input, which may be a password.
            raise ConfigurationError(_readable(error)) from None
        except SettingsError as error:
            raise ConfigurationError(_unparsable(error)) from None

    @model_validator(mode="after")
    def _migrate_only_what_is_ours(self) -> Self:
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
    def is_sqlite(self) -> bool:
        """Whether the kit's own database is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def migrates_itself(self) -> bool:
        """Whether the tables are made on first use: by default only for SQLite."""
        return self.is_sqlite if self.auto_migrate is None else self.auto_migrate


def _unparsable(error: SettingsError) -> str:
    named = re.search(r'field "(\w+)"', str(error))
    variable = f"TODO_KIT_{named[1].upper()}" if named else "A variable"
    return f"{variable}: not JSON; write JSON, or one variable for each value"


def _readable(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        name = "__".join(str(part) for part in problem["loc"]).upper()
        where = f"TODO_KIT_{name}: " if name else ""
        lines.append(f"{where}{problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(lines)
