"""Work for later: rows that a worker claims with a lease, tries again when it fails, and puts aside at last.

A job is written in the transaction of the change that wants it done, and is done at least once. Its key says what it
is about: a space has one job of each kind and key. It carries the namespace that it was written in, whose workers alone
do it: those of another one know neither its users nor whom to tell.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    Index,
    String,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)
from sqlmodel import Field

from fastapi_todo_kit.core.access import SpaceRef, is_of_namespace
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.tables import (
    Instant,
    JsonOrNull,
    TableModel,
    id_column,
    instant_column,
    key_text,
    new_id,
    table_of,
)
from fastapi_todo_kit.storage.work import Work

MOST_ATTEMPTS: Final = 8
"""What failed so often is parked, with its error, until somebody has it done again."""


class Job(TableModel, table=True):
    """Something to do at a moment. `run_at` is also when a lease ends; `attempts` counts those that were begun.

    `user_id` and `argument` are what its kind needs to know. Those of before there were namespaces have none, until a
    worker of theirs takes them in.
    """

    __tablename__: ClassVar[Any] = "todokit_job"
    __table_args__: ClassVar[Any] = (
        Index("uq_todokit_job_key", "space_id", "kind", "key", unique=True),
        Index(
            "ix_todokit_job_due",
            "namespace",
            "run_at",
            postgresql_where=text("parked_at IS NULL"),
            sqlite_where=text("parked_at IS NULL"),
        ),
        Index(
            "ix_todokit_job_parked",
            "namespace",
            postgresql_where=text("parked_at IS NOT NULL"),
            sqlite_where=text("parked_at IS NOT NULL"),
        ),
    )

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    id: uuid.UUID = id_column(primary_key=True)
    namespace: str | None = Field(default=None, sa_type=key_text(100))
    kind: str = Field(max_length=40)
    key: str = Field(sa_type=key_text(120))
    user_id: str | None = Field(default=None, sa_type=key_text(255))
    argument: dict[str, Any] | None = Field(default=None, sa_type=JsonOrNull)
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
_in_namespace = _jobs.c.namespace == bindparam("of_namespace", type_=String())
FORGET_JOB = delete(_jobs).where(*_this_key)
_ADD = insert(_jobs)
_due = (
    select(_jobs.c.space_id, _jobs.c.id)
    .where(_in_namespace, _jobs.c.parked_at.is_(None), _jobs.c.run_at <= bindparam("now", type_=Instant()))
    .order_by(_jobs.c.run_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
# As a CTE, because PostgreSQL may run a subquery of an UPDATE several times, and would lock more rows than the limit
# says; by the whole key, so that each row is found by the index.
_waiting = _due.cte("waiting")
_CLAIMED: Final = ("space_id", "id", "kind", "key", "due_at", "attempts", "user_id", "argument")
_until = bindparam("until", type_=Instant())
_CLAIM = (
    update(_jobs)
    .where(tuple_(_jobs.c.space_id, _jobs.c.id).in_(select(_waiting.c.space_id, _waiting.c.id)))
    .values(
        run_at=_until,
        lease_id=bindparam("lease", type_=Uuid()),
        attempts=_jobs.c.attempts + 1,
    )
    .returning(*(_jobs.c[name] for name in _CLAIMED))
)
_leased = (_jobs.c.lease_id == bindparam("lease", type_=Uuid()), _jobs.c.parked_at.is_(None))
_this = (_jobs.c.space_id == bindparam("space", type_=Uuid()), _jobs.c.id == bindparam("job", type_=Uuid()), *_leased)
_EXTEND = update(_jobs).where(*_leased, _jobs.c.run_at <= _until).values(run_at=_until)  # by the index of what is due
_FORGET = delete(_jobs).where(*_this)
_left = {
    "lease_id": None,
    "error": bindparam("words", type_=String()),
    "argument": bindparam("said", type_=_jobs.c.argument.type),
}
_POSTPONE = update(_jobs).where(*_this).values(run_at=_until, **_left)
_PARK = update(_jobs).where(*_this).values(parked_at=bindparam("now", type_=Instant()), **_left)
_REDRIVE = (
    update(_jobs)
    .where(_in_namespace, _jobs.c.parked_at.is_not(None))
    .values(parked_at=None, attempts=0, run_at=bindparam("now", type_=Instant()))
)
_IS_TO_BE_DONE = (
    select(_jobs.c.id)
    .where(_jobs.c.space_id == bindparam("space", type_=Uuid()), _jobs.c.kind == bindparam("of_kind", type_=String()))
    .where(_jobs.c.key.in_(bindparam("of_keys", expanding=True)), _jobs.c.parked_at.is_(None))
    .limit(1)
)
_spaces = table_of(Space)
_SPACE = select(_spaces.c.id, _spaces.c.kind, _spaces.c.key).where(_spaces.c.id == bindparam("space", type_=Uuid()))
_SPACES_WITHOUT = (
    select(_spaces.c.id, _spaces.c.kind, _spaces.c.key)
    .where(_spaces.c.id.in_(select(_jobs.c.space_id).where(_jobs.c.namespace.is_(None))))
    .where(_spaces.c.id > bindparam("after", type_=Uuid()))
    .order_by(_spaces.c.id)
    .limit(bindparam("most"))
)
_SPACES_AT_ONCE: Final = 200
_TAKE_IN = (
    update(_jobs)
    .where(_jobs.c.space_id == bindparam("space", type_=Uuid()), _jobs.c.namespace.is_(None))
    .values(namespace=bindparam("of_namespace", type_=String()))
)
_is_due = (_in_namespace, _jobs.c.parked_at.is_(None), _jobs.c.run_at <= bindparam("now", type_=Instant()))
_is_parked = (_in_namespace, _jobs.c.parked_at.is_not(None))
_WAITING = select(
    select(func.count()).select_from(_jobs).where(*_is_due).scalar_subquery().label("due"),
    select(func.count()).select_from(_jobs).where(*_is_parked).scalar_subquery().label("parked"),
    select(func.min(_jobs.c.due_at)).where(*_is_due).scalar_subquery().label("oldest"),
)


async def schedule(work: Work, kind: str, key: str, at: datetime, **given: Any) -> None:
    """Let something be done at a moment, instead of whenever else it was to be done; for a user, with an argument."""
    await unschedule(work, kind, key)
    await work.run(_ADD, {**_new(work, kind, key, at), **given})


async def schedule_all(work: Work, kind: str, moments: Sequence[tuple[str, datetime | None]]) -> None:
    """Let many things be done at their moments, or not at all, instead of whenever else."""
    await work.run_many(FORGET_JOB, (_named(work, kind, key) for key, _ in moments))
    await work.run_many(_ADD, (_new(work, kind, key, at) for key, at in moments if at is not None))


def _new(work: Work, kind: str, key: str, at: datetime) -> dict[str, Any]:
    namespace = work.kit.settings.namespace
    row = {"id": new_id(), "namespace": namespace, "kind": kind, "key": key, "due_at": at, "run_at": at, "attempts": 0}
    return {"space_id": work.space_id, **row}


def _named(work: Work, kind: str, key: str) -> dict[str, Any]:
    return {"space": work.space_id, "of_kind": kind, "of_key": key}


async def unschedule(work: Work, kind: str, key: str) -> None:
    """Let something not be done."""
    await work.run(FORGET_JOB, _named(work, kind, key))


async def is_to_be_done(work: Work, kind: str, keys: Sequence[str]) -> bool:
    """Say whether one of these is still to be done, and was not put aside."""
    if not keys:
        return False
    given = {"space": work.space_id, "of_kind": kind, "of_keys": list(keys)}
    return bool(await work.fetch(_IS_TO_BE_DONE, given))


@dataclass(slots=True)
class Claimed:
    """A job that somebody holds by a lease.

    Whoever does it may note in `argument` what is done already: that is kept when the rest of it fails.
    """

    space_id: uuid.UUID
    id: uuid.UUID
    kind: str
    key: str
    due_at: datetime
    attempts: int
    lease: uuid.UUID
    user_id: str | None = None
    argument: Mapping[str, Any] | None = None


async def claim(connection: Connection, namespace: str, now: datetime, until: datetime, most: int) -> list[Claimed]:
    """Return jobs of a namespace that are due, the oldest first; nobody else is given them until then."""
    lease = new_id()
    given = {"of_namespace": namespace, "now": now, "until": until, "lease": lease, "most": most}
    rows = await connection.fetch(_CLAIM, given)
    in_order = sorted(rows, key=lambda row: (row.due_at, row.id))
    return [Claimed(**row._asdict(), lease=lease) for row in in_order]


async def space_of(connection: Connection, job: Claimed) -> SpaceRef | None:
    """Return the space of a job; None where it was erased meanwhile, and the job with it."""
    rows = await connection.fetch(_SPACE, {"space": job.space_id})
    return SpaceRef(*rows[0]) if rows else None


async def take_in(connection: Connection, namespace: str) -> None:
    """Take in the jobs of a namespace that were written before jobs had one: those of spaces that are in it."""
    after = uuid.UUID(int=0)
    while rows := await connection.fetch(_SPACES_WITHOUT, {"after": after, "most": _SPACES_AT_ONCE}):
        for row in rows:
            if is_of_namespace(namespace, SpaceRef(row.id, row.kind, row.key)):
                await connection.run(_TAKE_IN, {"space": row.id, "of_namespace": namespace})
        after = rows[-1].id


async def waiting(connection: Connection, namespace: str, now: datetime) -> Mapping[str, Any]:
    """Return how many jobs of a namespace are due, how many are put aside, and since when the oldest has been due."""
    (row,) = await connection.fetch(_WAITING, {"of_namespace": namespace, "now": now})
    return row._asdict()


async def extend(connection: Connection, lease: uuid.UUID, until: datetime) -> None:
    """Hold the jobs of a lease for longer."""
    await connection.run(_EXTEND, {"lease": lease, "until": until})


async def forget(runner: Work | Connection, job: Claimed) -> bool:
    """Remove a job that is done; say whether it was still held."""
    return await runner.run(_FORGET, _held(job)) > 0


async def postpone(connection: Connection, job: Claimed, at: datetime, error: str | None = None) -> None:
    """Let a job be done at another moment, because it failed with an error or because it is not time yet."""
    await connection.run(_POSTPONE, {**_held(job), "until": at, "words": error, "said": job.argument})


async def park(connection: Connection, job: Claimed, now: datetime, error: str) -> None:
    """Put a job aside that failed too often."""
    await connection.run(_PARK, {**_held(job), "now": now, "words": error, "said": job.argument})


async def redrive(connection: Connection, namespace: str, now: datetime) -> int:
    """Let everything of a namespace that was put aside be done again; return how much that is."""
    return await connection.run(_REDRIVE, {"of_namespace": namespace, "now": now})


def _held(job: Claimed) -> dict[str, Any]:
    return {"space": job.space_id, "job": job.id, "lease": job.lease}
