"""The space row, whose counter orders everything that happens in a space, and the change log that it numbers."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Final, NamedTuple

from sqlalchemy import BigInteger, Index, Select, Uuid, bindparam, case, insert, select, text, update
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import (
    Instant,
    Json,
    TableModel,
    id_column,
    instant_column,
    key_text,
    table_of,
)


class Space(TableModel, table=True):
    """The unit of tenancy and ordering. `kind` is personal, host or team; `key` is the user's or tenant's own id.

    What follows `created_at` is of team spaces: the namespace whose users are in it, how it looks, the space whose
    members are in it too, with `inherits_max_role` at most, and the list that it is there for, if it is for one alone.
    """

    __tablename__: ClassVar[Any] = "todokit_space"
    __table_args__: ClassVar[Any] = (
        Index(
            "ix_todokit_space_inherits",
            "inherits_id",
            postgresql_where=text("inherits_id IS NOT NULL"),
            sqlite_where=text("inherits_id IS NOT NULL"),
        ),
    )

    id: uuid.UUID = id_column(primary_key=True)
    kind: str = Field(max_length=20)
    key: str | None = Field(default=None, sa_type=key_text(255))
    seq: int = Field(sa_type=BigInteger, nullable=False)
    created_at: datetime = instant_column()
    namespace: str | None = Field(default=None, sa_type=key_text(100))
    version: int = Field(default=1, nullable=False, sa_column_kwargs={"server_default": "1"})
    name: str | None = Field(default=None, max_length=120)
    color: str | None = Field(default=None, max_length=7)
    created_by: str | None = Field(default=None, sa_type=key_text(255))
    updated_at: datetime | None = instant_column(nullable=True, default=None)
    inherits_id: uuid.UUID | None = id_column(default=None)
    inherits_max_role: str | None = Field(default=None, max_length=20)
    shared_list_id: uuid.UUID | None = id_column(default=None)
    deleted_at: datetime | None = instant_column(nullable=True, default=None)


class Change(TableModel, table=True):
    """One row of the append-only log: `seq` has no gaps in a space and follows the order of commits.

    `subject_id` is what it is about: of what belongs to a todo that, of who is in a space the space, else the thing
    itself; `list_id` is the list of a todo then, and `audience` the only user whose business it is, if there is one.
    What was logged by the version before has no subject until the worker fills it in.
    """

    __tablename__: ClassVar[Any] = "todokit_change"
    __table_args__: ClassVar[Any] = (
        Index("ix_todokit_change_subject", "space_id", "subject_id", "seq"),
        Index(
            "ix_todokit_change_unfilled",
            "space_id",
            "seq",
            postgresql_where=text("subject_id IS NULL"),
            sqlite_where=text("subject_id IS NULL"),
        ),
    )

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    seq: int = Field(sa_type=BigInteger, primary_key=True)
    entity: str = Field(max_length=20)
    entity_id: uuid.UUID = id_column()
    op: str = Field(max_length=20)
    version: int
    actor_id: str = Field(sa_type=key_text(255))
    request_id: str = Field(max_length=64)
    at: datetime = instant_column()
    diff: dict[str, Any] = Field(sa_type=Json, nullable=False)
    subject_id: uuid.UUID | None = id_column(default=None)
    list_id: uuid.UUID | None = id_column(default=None)
    audience: str | None = Field(default=None, sa_type=key_text(255))


class About(NamedTuple):
    """What the log says of a change besides what was done to what; without a subject it is about the thing itself."""

    subject_id: uuid.UUID | None = None
    list_id: uuid.UUID | None = None
    audience: str | None = None


ITSELF: Final = About()


def lock_of(space_id: uuid.UUID, n: int, *, of_team: bool = False) -> str:
    """Return the SQL that takes the lock of a space that exists, and draws `n` numbers of its log.

    Without parameters, so that it can be sent to PostgreSQL together with BEGIN; of numbers only, so that nothing else
    can come into it. Of a team only, where it is not known yet who asks: the ids of other spaces can be guessed, and
    nobody may keep their users waiting.
    """
    condition = " AND kind = 'team'" if of_team else ""
    return f"UPDATE todokit_space SET seq = seq + {n:d} WHERE id = '{space_id.int:032x}'{condition}"  # noqa: S608  (numbers only)


# Text, because SQLAlchemy compiles a statement with ON CONFLICT anew each time (0.36 ms); a text is compiled once.
CREATE_SPACE = text(
    "INSERT INTO todokit_space (id, kind, key, seq, created_at) VALUES (:id, :kind, :key, :n, :now) "
    "ON CONFLICT (id) DO UPDATE SET seq = todokit_space.seq + :n"
).bindparams(bindparam("id", type_=Uuid()), bindparam("n", type_=BigInteger()), bindparam("now", type_=Instant()))

_space = table_of(Space)
DRAW_MORE = (
    update(_space)
    .where(_space.c.id == bindparam("space"))
    .values(seq=_space.c.seq + bindparam("n", type_=BigInteger()))
    .returning(_space.c.seq)
)


def next_seq(space: str = "space") -> Select[tuple[int]]:
    """Return what finds the number of the first change of a work, which has `drawn` so many.

    Args:
        space: the parameter with its space.
    """
    return select(_space.c.seq - bindparam("drawn") + 1).where(_space.c.id == bindparam(space, type_=Uuid()))


NEXT_SEQ = next_seq()
"""The number of the first change of a work, in its own space."""
_numbers = case(
    (_space.c.id == bindparam("space", type_=Uuid()), bindparam("here", type_=BigInteger())),
    else_=bindparam("there", type_=BigInteger()),
)
DRAW_BOTH = (
    update(_space)
    .where(_space.c.id.in_([bindparam("space", type_=Uuid()), bindparam("other", type_=Uuid())]))
    .values(seq=_space.c.seq + _numbers)
    .returning(_space.c.id, _space.c.seq)
)
ID_OF_ITS_LIST = (
    select(_space.c.shared_list_id).where(_space.c.id == bindparam("space", type_=Uuid())).scalar_subquery()
)
"""The id of the list that a space is there for, where it is for one alone."""
LOCK_ANOTHER = update(_space).where(_space.c.id == bindparam("space")).values(seq=_space.c.seq + bindparam("n"))
"""Does what `lock_of` does, where the transaction has begun already."""
LOCK_ANOTHER_TEAM = LOCK_ANOTHER.where(_space.c.kind == "team")
_change = table_of(Change)
_given = {column.name: bindparam(column.name, type_=column.type) for column in _change.c if column.name != "seq"}
_numbered = select(_space.c.seq, *_given.values()).where(_space.c.id == _given["space_id"])
APPEND_LAST = insert(_change).from_select(["seq", *_given], _numbered).returning(_change.c.seq)
"""Appends the change that the last number was drawn for, and returns the number."""
APPEND = insert(_change)

IS_LOGGED = select(_change.c.seq).where(
    _change.c.space_id == bindparam("space"),
    _change.c.seq == bindparam("seq"),
    _change.c.request_id == bindparam("request"),
)
"""Says whether a request's change is in the log."""
