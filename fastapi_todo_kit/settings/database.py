"""The kit's own engine."""

from typing import Annotated, Literal

from pydantic import Field

from fastapi_todo_kit.settings.group import Group


class Pool(Group):
    """The connection pool of the kit's own engine; seconds where a time is meant.

    `wait` is how long a request waits for a free connection before it is answered 503, `timeout` how long to be
    connected, or for SQLite's lock.
    """

    size: Annotated[int, Field(ge=1)] = 10
    overflow: Annotated[int, Field(ge=0)] = 10
    wait: Annotated[float, Field(gt=0)] = 1.0
    timeout: Annotated[float, Field(gt=0)] = 5.0
    recycle: Annotated[int, Field(ge=-1)] = 1_800


class Postgres(Group):
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
