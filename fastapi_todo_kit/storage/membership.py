"""Members of team spaces, whose roles come with the rows: the first SELECT of a unit of work brings the role along.

Nothing of it is kept between two units of work, so whoever was removed is gone with the next statement.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    FromClause,
    Index,
    Join,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.engine import result_tuple
from sqlalchemy.sql import operators
from sqlmodel import Field

from fastapi_todo_kit.policy import RolePolicy
from fastapi_todo_kit.storage.engines.connections import ONE_OFF
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.many import look_up_one
from fastapi_todo_kit.storage.tables import TableModel, id_column, instant_column, key_text, table_of

_MOST: Final = 2_000


class Member(TableModel, table=True):
    """A user in a team space. `since_seq` is the number of the first change of the space that happened with it in."""

    __tablename__: ClassVar[Any] = "todokit_member"
    __table_args__: ClassVar[Any] = (Index("ix_todokit_member_user", "user_id", "space_id"),)

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    user_id: str = Field(sa_type=key_text(255), primary_key=True)
    role: str = Field(max_length=20)
    version: int
    added_at: datetime = instant_column()
    added_by: str = Field(sa_type=key_text(255))
    since_seq: int = Field(sa_type=BigInteger, nullable=False)


_spaces = table_of(Space)
_members = table_of(Member)
_parents = _spaces.alias("parents")
_own = _members.alias("own")
_inherited = _members.alias("inherited")
_me = bindparam("member_id", type_=_members.c.user_id.type)
MEMBERSHIP_COLUMNS: Final = (
    _own.c.role.label("own_role"),
    _inherited.c.role.label("inherited_role"),
    _spaces.c.inherits_max_role.label("most_inherited"),
)
"""What a user is in a space: by a row of its own, by one in the space above it, and what that gives at most."""
_WIDTH: Final = len(MEMBERSHIP_COLUMNS)


def _of_me(spaces: FromClause) -> Join:
    """Return spaces with the rows of the user in them, and in the spaces above them."""
    return (
        spaces.outerjoin(_own, and_(_own.c.space_id == _spaces.c.id, _own.c.user_id == _me))
        .outerjoin(_parents, and_(_parents.c.id == _spaces.c.inherits_id, _parents.c.deleted_at.is_(None)))
        .outerjoin(_inherited, and_(_inherited.c.space_id == _parents.c.id, _inherited.c.user_id == _me))
    )


_with_me: Final = _of_me(_spaces)
_is_here: Final = (
    _spaces.c.namespace == bindparam("member_in", type_=_spaces.c.namespace.type),
    or_(_spaces.c.deleted_at.is_(None), bindparam("member_of_trashed", type_=Boolean())),
    or_(_own.c.role.is_not(None), _inherited.c.role.is_not(None)),
)


def parameters_of(namespace: str, user_id: str, *, in_trash: bool = False) -> dict[str, Any]:
    """Return what the statements below bind besides what they bind anyway; `member_of` is the space, if it is one.

    Args:
        namespace: whose users these are.
        user_id: who is asked about.
        in_trash: whether spaces in the trash are found, too.
    """
    return {"member_in": namespace, "member_id": user_id, "member_of_trashed": in_trash}


def _joined(rows: FromClause | None = None, width: int = 0) -> Select[Any]:
    """Return a SELECT of what the user is in the space, beside the first columns of each of these rows.

    There is nothing where it is nobody there.
    """
    shown = [] if rows is None else [rows.c[n] for n in range(width)]
    return (
        select(*MEMBERSHIP_COLUMNS, *shown)
        .select_from(_with_me if rows is None else _with_me.outerjoin(rows, true()))
        .where(_spaces.c.id == bindparam("member_of", type_=Uuid()), *_is_here)
    )


MEMBERSHIP: Final = _joined()
"""Returns what the user is in the space: one row, or none."""


def memberships(*columns: ColumnElement[Any]) -> Select[Any]:
    """Return a SELECT of the spaces that are `known` to be the user's, and of all team spaces that it is in.

    Of each there is what it is there, which is None for those that are known, and columns of the space.
    """
    known, heirs = _spaces.alias("known"), _spaces.alias("heirs")
    is_known: BindParameter[Any] = bindparam("known", expanding=True)
    of_heirs = select(heirs.c.id).join_from(heirs, _members, _members.c.space_id == heirs.c.inherits_id)
    mine = union(
        select(known.c.id).where(known.c.id.in_(is_known)),
        select(_members.c.space_id).where(_members.c.user_id == _me),
        of_heirs.where(_members.c.user_id == _me),
    ).subquery("mine")
    return (
        select(*MEMBERSHIP_COLUMNS, *columns)
        .select_from(_of_me(look_up_one(mine, _spaces, _spaces.c.id == mine.c.id)))
        .where(or_(_spaces.c.id.in_(is_known), and_(*_is_here)))
    )


def in_a_role_among(roles: str) -> ColumnElement[bool]:
    """Return the condition that what a user is in a team space is one of some roles; of others nothing is known here.

    Args:
        roles: the name of the parameter.
    """
    described: BindParameter[Any] = bindparam(roles, expanding=True)
    found, most = func.coalesce(_own.c.role, _inherited.c.role), _spaces.c.inherits_max_role
    is_capped_by_it = or_(_own.c.role.is_not(None), most.is_(None), most.in_(described))
    return or_(found.is_(None), and_(found.in_(described), is_capped_by_it))


SPACES: Final = memberships(_spaces.c.id)
"""Returns the spaces that are `known` to be the user's, and all team spaces that it is in."""


def order_of(statement: Select[Any]) -> Sequence[tuple[ColumnElement[Any], bool]]:
    """Return what a statement orders by: each column, and whether it descends."""
    clauses = statement._order_by_clauses  # SQLAlchemy has no public name for it
    return [(getattr(one, "element", one), getattr(one, "modifier", None) is operators.desc_op) for one in clauses]


def ordered_as(statement: Select[Any], columns: Any) -> list[ColumnElement[Any]]:
    """Return what to order by as a statement does, of columns that are called `order_0` and so on."""
    named = [(columns[f"order_{n}"], descends) for n, (_, descends) in enumerate(order_of(statement))]
    return [one.desc() if descends else one for one, descends in named]


def _joined_to(statement: Select[Any]) -> Select[Any]:
    marked = [column.label(f"order_{n}") for n, (column, _) in enumerate(order_of(statement))]
    found = statement.add_columns(literal(1).label("is_row"), *marked).subquery("found")
    joined = _joined(found, len(statement.exported_columns) + 1)
    return joined.order_by(*ordered_as(statement, found.c)).execution_options(**statement.get_execution_options())


_kept = lru_cache(_MOST)(_joined_to)


_row_maker = lru_cache(_MOST)(result_tuple)


def is_one_off(statement: Select[Any]) -> bool:
    """Say whether a statement was made for one call, so that nothing is kept of it."""
    return ONE_OFF.items() <= statement.get_execution_options().items()


def with_membership(statement: Select[Any]) -> Select[Any]:
    """Return a statement that finds the same rows in the same order, each behind what the user is in the space.

    For a member there is one row at least: where the statement finds nothing, all of it is None. For others none.
    """
    return _joined_to(statement) if is_one_off(statement) else _kept(statement)


def role_of(row: Sequence[Any], roles: RolePolicy) -> str:
    """Return the role that a row of these statements tells: a member's own, or that in the space above it."""
    own, inherited, most = row[:_WIDTH]
    role: str = roles.at_most(inherited, most) if own is None else own
    return role


def rows_of(statement: Select[Any], found: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return the rows that a statement finds, of what `with_membership` has found for a member."""
    end = _WIDTH + len(statement.exported_columns)
    if found[0][end] is None:
        return []  # the row is that of a member, beside nothing
    return parts_of(found, _WIDTH, end)


def parts_of(found: Sequence[Row[Any]], start: int, end: int) -> Sequence[Row[Any]]:
    """Return rows with the columns of other ones from one place to another."""
    make = _row_maker(found[0]._fields[start:end])
    return [make(row[start:end]) for row in found]
