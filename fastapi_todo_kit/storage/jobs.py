"""Work for later: rows that a worker claims with a lease, tries again when it fails, and puts aside at last.

A job is written in the transaction of the change that wants it done, and is done at least once. Its key says what it
is about: a space has one job of each kind and key.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Index, String, Uuid, bindparam, delete, insert, select, text, tuple_, update
from sqlmodel import Field

from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.tables import Instant, TableModel, id_column, instant_column, key_text, new_id, table_of
from fastapi_todo_kit.storage.work import Work

MOST_ATTEMPTS: Final = 8
"""What failed so often is parked, with its error, until somebody has it done again."""


class Job(TableModel, table=True):
    """Something to do at a moment. `run_at` is also when a lease ends; `attempts` counts those that were begun."""

    __tablename__: ClassVar[Any] = "todokit_job"
    __table_args__: ClassVar[Any] = (
        Index("uq_todokit_job_key", "space_id", "kind", "key", unique=True),
        Index(
            "ix_todokit_job_due",
            "run_at",
            postgresql_where=text("parked_at IS NULL"),
            sqlite_where=text("parked_at IS NULL"),
        ),
    )

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    id: uuid.UUID = id_column(primary_key=True)
    kind: str = Field(max_length=40)
    key: str = Field(sa_type=key_text(120))
    due_at: datetime = instant_column()
    run_at: datetime = instant_column()
    attempts: int
    lease_id: uuid.UUID | None = id_column(default=None)
    error: str | None = Field(default=None, max_length=500)
    parked_at: datetime | None = instant_column(nullable=True, default=None)


_jobs = table_of(Job)
_this_key = (
    _jobs.c.space_id == bindparam("space", type_=Uuid()),
    _jobs.c.kind == bindparam("of_kind", type_=String()),
    _jobs.c.key == bindparam("of_key", type_=String()),
)
FORGET_JOB = delete(_jobs).where(*_this_key)
_ADD = insert(_jobs)
_due = (
    select(_jobs.c.space_id, _jobs.c.id)
    .where(_jobs.c.parked_at.is_(None), _jobs.c.run_at <= bindparam("now", type_=Instant()))
    .order_by(_jobs.c.run_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
# As a CTE, because PostgreSQL may run a subquery of an UPDATE several times, and would lock more rows than the limit
# says; by the whole key, so that each row is found by the index.
_waiting = _due.cte("waiting")
_until = bindparam("until", type_=Instant())
_CLAIM = (
    update(_jobs)
    .where(tuple_(_jobs.c.space_id, _jobs.c.id).in_(select(_waiting.c.space_id, _waiting.c.id)))
    .values(
        run_at=_until,
        lease_id=bindparam("lease", type_=Uuid()),
        attempts=_jobs.c.attempts + 1,
    )
    .returning(_jobs.c.space_id, _jobs.c.id, _jobs.c.kind, _jobs.c.key, _jobs.c.due_at, _jobs.c.attempts)
)
_leased = (_jobs.c.lease_id == bindparam("lease", type_=Uuid()), _jobs.c.parked_at.is_(None))
_this = (_jobs.c.space_id == bindparam("space", type_=Uuid()), _jobs.c.id == bindparam("job", type_=Uuid()), *_leased)
_EXTEND = update(_jobs).where(*_leased, _jobs.c.run_at <= _until).values(run_at=_until)  # by the index of what is due
_FORGET = delete(_jobs).where(*_this)
_POSTPONE = update(_jobs).where(*_this).values(run_at=_until, lease_id=None, error=bindparam("words", type_=String()))
_PARK = (
    update(_jobs)
    .where(*_this)
    .values(parked_at=bindparam("now", type_=Instant()), lease_id=None, error=bindparam("words", type_=String()))
)
_REDRIVE = (
    update(_jobs)
    .where(_jobs.c.parked_at.is_not(None))
    .values(parked_at=None, attempts=0, run_at=bindparam("now", type_=Instant()))
)


async def schedule(work: Work, kind: str, key: str, at: datetime) -> None:
    """Let something be done at a moment, instead of whenever else it was to be done."""
    await unschedule(work, kind, key)
    row = {"id": new_id(), "kind": kind, "key": key, "due_at": at, "run_at": at, "attempts": 0}
    await work.run(_ADD, {"space_id": work.space_id, **row})


async def unschedule(work: Work, kind: str, key: str) -> None:
    """Let something not be done."""
    await work.run(FORGET_JOB, {"space": work.space_id, "of_kind": kind, "of_key": key})


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that somebody holds by a lease."""

    space_id: uuid.UUID
    id: uuid.UUID
    kind: str
    key: str
    attempts: int
    lease: uuid.UUID


async def claim(connection: Connection, now: datetime, until: datetime, most: int) -> list[Claimed]:
    """Return jobs that are due, the oldest first; nobody else is given them until then."""
    lease = new_id()
    rows = await connection.fetch(_CLAIM, {"now": now, "until": until, "lease": lease, "most": most})
    in_order = sorted(rows, key=lambda row: (row.due_at, row.id))
    return [Claimed(row.space_id, row.id, row.kind, row.key, row.attempts, lease) for row in in_order]


async def extend(connection: Connection, lease: uuid.UUID, until: datetime) -> None:
    """Hold the jobs of a lease for longer."""
    await connection.run(_EXTEND, {"lease": lease, "until": until})


async def forget(runner: Work | Connection, job: Claimed) -> bool:
    """Remove a job that is done; say whether it was still held."""
    return await runner.run(_FORGET, _held(job)) > 0


async def postpone(connection: Connection, job: Claimed, at: datetime, error: str | None = None) -> None:
    """Let a job be done at another moment, because it failed with an error or because it is not time yet."""
    await connection.run(_POSTPONE, {**_held(job), "until": at, "words": error})


async def park(connection: Connection, job: Claimed, now: datetime, error: str) -> None:
    """Put a job aside that failed too often."""
    await connection.run(_PARK, {**_held(job), "now": now, "words": error})


async def redrive(connection: Connection, now: datetime) -> int:
    """Let everything that was put aside be done again; return how much that is."""
    return await connection.run(_REDRIVE, {"now": now})


def _held(job: Claimed) -> dict[str, Any]:
    return {"space": job.space_id, "job": job.id, "lease": job.lease}
