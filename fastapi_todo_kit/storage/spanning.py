"""Reads in all spaces of a user, made from the statements that read in one: no repository knows the difference.

Of each space rows are looked up by the index of the page, and of a table only their keys: at first a few, and as many
as the page may hold where all of these are in it. What is shown is read for those that are left. The role in each space
comes with the rows, as in one of a team.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Executable,
    FromClause,
    Integer,
    Row,
    Select,
    Table,
    TableValuedAlias,
    Uuid,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from fastapi_todo_kit.core.access import ALL_SPACES, Access, access_in
from fastapi_todo_kit.core.errors import NotFound, SpaceNotFound, TooManySpaces
from fastapi_todo_kit.policy import Action, Entity, RolePolicy, condition, roles_of
from fastapi_todo_kit.storage.engines.connections import Connection, Parameters
from fastapi_todo_kit.storage.kit import Context
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.many import look_up_one
from fastapi_todo_kit.storage.membership import (
    MEMBERSHIP_COLUMNS,
    in_a_role_among,
    is_one_off,
    memberships,
    order_of,
    ordered_as,
    parameters_of,
    parts_of,
    role_of,
)
from fastapi_todo_kit.storage.tables import table_of
from fastapi_todo_kit.storage.work import Work

_KEPT: Final = 2_000
_MOST_NARROWED: Final = 20
_TIMES_A_FEW: Final = 6
"""How many times as many as are looked for in each space at first a page may hold."""
_spaces = table_of(Space)
_ALL: Final = memberships(_spaces.c.id.label("space_id"))
_ANY: Final = _ALL.where(in_a_role_among("roles"))
_SOME: Final = _ALL.where(_spaces.c.id.in_(bindparam("readable", expanding=True)))
_HERE: Final[ColumnElement[uuid.UUID]] = literal_column("mine.space_id", Uuid())
_WIDTH: Final = len(MEMBERSHIP_COLUMNS) + 1


class _PerSpace(FunctionElement[Any]):
    """The rows that a statement finds for each row of `mine`; `_Found` are their columns."""

    inherit_cache = True

    def __init__(self, statement: Select[Any]) -> None:
        super().__init__(statement.scalar_subquery())

    def named(self) -> TableValuedAlias:
        """Return what a FROM names."""
        return self.table_valued(column("value"), name="found")


@compiles(_PerSpace, "postgresql")
def _per_space_postgresql(element: _PerSpace, compiler: Any, **_: Any) -> str:
    return f"LATERAL ({compiler.process(_statement_of(element))})"


@compiles(_PerSpace, "sqlite")
def _per_space_sqlite(element: _PerSpace, compiler: Any, **_: Any) -> str:
    # SQLite knows no LATERAL, but what a function of a FROM is given may depend on what stands before it.
    statement = _statement_of(element)
    columns = ", ".join(f'"{one.name}"' for one in statement.selected_columns)
    return f"json_each((SELECT json_group_array(json_array({columns})) FROM ({compiler.process(statement)})))"  # noqa: S608  (names of columns, of the kit's own)


def _statement_of(element: _PerSpace) -> Any:
    (each,) = element.clauses
    return each.element


class _Found(FunctionElement[Any]):
    """A column of what was found in each space, known by its name or by its place."""

    inherit_cache = True

    def __init__(self, name: str, place: int, kind: TypeEngine[Any]) -> None:
        super().__init__(literal_column(f'found."{name}"'), literal_column(f"'$[{place}]'"))
        self.type = kind


@compiles(_Found, "postgresql")
def _found_postgresql(element: _Found, compiler: Any, **_: Any) -> str:
    name, _place = element.clauses
    return str(compiler.process(name))


@compiles(_Found, "sqlite")
def _found_sqlite(element: _Found, compiler: Any, **_: Any) -> str:
    _name, place = element.clauses
    return f"json_extract(found.value, {compiler.process(place)})"


def _in_each(statement: Select[Any]) -> Select[Any]:
    """Return a statement that is about the space of the row of `mine` that it stands beside."""

    def here(element: Any, **_: Any) -> Any:
        return _HERE if isinstance(element, BindParameter) and element.key == "space" else None

    return cast("Select[Any]", visitors.replacement_traverse(statement, {}, here))


def _mine(*, is_known: bool) -> Select[Any]:
    """Return the spaces of the principal: those that may be read, where it `is_known` which these are, or else all."""
    return _SOME if is_known else _ANY


def _across(statement: Select[Any], *, is_known: bool) -> Select[Any]:
    """Return a SELECT of what a statement finds in all spaces, each row behind its space and what the user is there."""
    table, mine = _table_of_page(statement), _mine(is_known=is_known).cte("mine")
    rows = _rows_of(statement, mine) if table is None else _rows_by_keys(statement, mine, table)
    return rows.execution_options(**statement.get_execution_options())


def _rows_of(statement: Select[Any], mine: CTE) -> Select[Any]:
    """Return a SELECT of all that a statement finds in each space, in its order."""
    here = _in_each(statement)
    marks = [one.label(f"order_{n}") for n, (one, _) in enumerate(order_of(here))]
    rows = _found_in(mine, here.add_columns(*marks), {})
    return rows.order_by(*ordered_as(statement, rows.selected_columns)).limit(_limit_of(statement))


def _rows_by_keys(statement: Select[Any], mine: CTE, table: Table) -> Select[Any]:
    """Return a SELECT of the rows of a page, of which at first only the keys are looked for.

    A few of each space; where they are all among those of the page, the space may have more for it.
    """
    here = _in_each(statement)
    keys = {f"order_{n}": one for n, (one, _) in enumerate(order_of(here))}
    in_space = {name: mine.c.space_id for name, one in keys.items() if one is table.c.space_id}
    each = here.with_only_columns(*(one.label(name) for name, one in keys.items() if name not in in_space))
    few, limit = bindparam("few", type_=Integer()), _limit_of(statement)
    begun = _found_in(mine, each.limit(few), in_space).cte("begun")
    of_page = select(begun.c.of_space).order_by(*ordered_as(statement, begun.c)).limit(limit).subquery("of_page")
    is_begun = select(of_page.c.of_space).group_by(of_page.c.of_space).having(func.count() == few)
    whole = _found_in(mine, each.limit(limit), in_space).where(mine.c.space_id.in_(is_begun))
    found = union(select(begun), whole).subquery("found_keys")
    first = select(found).order_by(*ordered_as(statement, found.c)).limit(limit).subquery("keys")
    (own_key,) = (name for name, one in keys.items() if one is table.c.id)
    is_key = and_(table.c.space_id == first.c.of_space, table.c.id == first.c[own_key])
    rows = select(*list(first.c)[:_WIDTH], *statement.selected_columns)
    return rows.select_from(look_up_one(first, table, is_key)).order_by(*ordered_as(statement, first.c))


def _found_in(mine: CTE, each: Select[Any], in_space: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    """Return a SELECT of the space, of what the user is there, and of what a statement finds in each of its spaces.

    Args:
        mine: the spaces.
        each: the statement.
        in_space: columns of the space that follow, by their names.
    """
    of_space = [mine.c.space_id.label("of_space"), *(mine.c[one.name] for one in MEMBERSHIP_COLUMNS)]
    found = {one.name: _Found(one.name, n, one.type) for n, one in enumerate(each.selected_columns)}
    columns = (one.label(name) for name, one in {**found, **in_space}.items())
    return select(*of_space, *columns).select_from(mine.join(_PerSpace(each).named(), true()))


def _limit_of(statement: Select[Any]) -> Any:
    return statement._limit_clause  # SQLAlchemy has no public name for it


def _table_of_page(statement: Select[Any]) -> Table | None:
    """Return the table whose rows a page shows, and whose keys its order ends in: these are enough at first."""
    order = order_of(statement)
    table = getattr(order[-1][0], "table", None) if order else None
    return table if isinstance(table, Table) and _limit_of(statement) is not None else None


def _summed(statement: Select[Any], *, is_known: bool) -> Select[Any]:
    """Return a SELECT of the sum, over all spaces, of what a statement counts in one."""
    count = func.sum(_in_each(statement).scalar_subquery())
    total = select(func.coalesce(count, 0)).select_from(_mine(is_known=is_known).subquery("mine"))
    return total.execution_options(**statement.get_execution_options())


_kept = {make: lru_cache(_KEPT)(make) for make in (_across, _summed)}


def work_on(context: Context, connection: Connection) -> Work:
    """Return a unit of work for a call: in its space, or in all spaces of its principal."""
    return SpanningWork(context, connection) if context.across else Work(context, connection)


class SpanningWork(Work):
    """A unit of work that reads in all spaces of its principal. It writes nothing.

    Where the policy is more than roles, and where some role may not read, it is asked about each space before anything
    is read; only then that takes a statement of its own. A space in which the principal has a role that nobody has
    described is left out: asked for by itself, it is an error.
    """

    def __init__(self, context: Context, connection: Connection) -> None:
        super().__init__(context, connection)
        is_described = self._roles.knows if isinstance(self.kit.host.policy, RolePolicy) else _is_any
        self._known = {one.space.id: one for one in context.across if is_described(one.role)}
        self._readable: Mapping[uuid.UUID, Access] | None = None

    @property
    def reach(self) -> uuid.UUID | str:
        """What a cursor of this call is good for."""
        return ALL_SPACES

    @property
    def spans(self) -> bool:
        """Whether the call reads in all spaces of its principal."""
        return True

    async def perform(self, operation: Any) -> Any:
        """Run an operation."""
        if not self._all_may_read:
            await self._ask_about_spaces()
        return await super().perform(operation)

    async def fetch(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return the rows that a statement finds in all spaces, in its order."""
        found = await self._fetch(_across, statement, parameters)
        width = len(statement.exported_columns)  # type: ignore[attr-defined]  # of a SELECT
        return parts_of(found, _WIDTH, _WIDTH + width) if found else []

    async def total(self, statement: Select[Any], parameters: Parameters) -> int:
        """Return the sum, over all spaces, of what a statement counts in one."""
        return int((await self._fetch(_summed, statement, parameters))[0][0])

    async def may_ask_about(self, action: Action) -> bool:
        """Leave out, from now on, the spaces in which the principal may not do something else; then it may."""
        if not self.is_for_all(action):
            if self._readable is None:
                await self._ask_about_spaces()
            self._keep(action)
        return True

    def authorise(self, record: Mapping[str, Any] | None = None, missing: type[NotFound] = SpaceNotFound) -> None:
        """Note that the policy is asked: about each space before it is read, and about an object here."""
        self.was_authorised = True
        if record is not None:
            self.check_read(self.context.action, record, missing)

    def may(self, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Ask the policy about an object, in its space."""
        if record is None:
            raise RuntimeError(f"{action} was asked for in no space")
        access = (self._readable or {}).get(record["space_id"])
        return access is not None and self.allows(access, action, record)

    def visible(self, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Return the condition under which a row exists for the principal, in whatever space; None where all do.

        Raises:
            TooManySpaces: the policy narrows more of them than one statement should name.
        """
        policy = self.kit.host.policy
        asked = {one.space.id: condition(policy.narrow(one, entity, rows)) for one in (self._readable or {}).values()}
        narrowed = {space_id: one for space_id, one in asked.items() if one is not None}
        if not narrowed:
            return None
        if len(narrowed) > _MOST_NARROWED:
            raise TooManySpaces(limit=_MOST_NARROWED)
        whole = rows.c.space_id.in_(asked.keys() - narrowed.keys())
        return or_(whole, *(and_(rows.c.space_id == space_id, one) for space_id, one in narrowed.items()))

    @property
    def _roles(self) -> RolePolicy:
        return roles_of(self.kit.host.policy)

    @property
    def _all_may_read(self) -> bool:
        """Whether whoever is in a space may do there what the call asks for, so that nobody has to be asked."""
        return not self.narrows and self.is_for_all(self.context.action)

    async def _ask_about_spaces(self) -> None:
        """Read in which spaces the principal is and as what, and ask the policy about each."""
        found = await self._connection.fetch(_ANY, self._mine)
        accesses = [self._access_of(row) for row in found]
        self._readable = {one.space.id: one for one in accesses}
        self._keep(self.context.action)

    def _keep(self, action: Action) -> None:
        """Leave out the spaces of which the policy does not allow something."""
        accesses = (self._readable or {}).values()
        self._readable = {one.space.id: one for one in accesses if self.allows(one, action, None)}

    def _access_of(self, row: Row[Any]) -> Access:
        *roles, space_id = row
        known = self._known.get(space_id)
        if known is not None:
            return known
        there = access_in(self.kit.settings.namespace, self.context.access, space_id)
        return replace(there, role=role_of(roles, self._roles))

    async def _fetch(self, make: Any, statement: Any, parameters: Parameters) -> Sequence[Row[Any]]:
        is_known = self._readable is not None
        spanning = (make if is_one_off(statement) else _kept[make])(statement, is_known=is_known)
        few = parameters.get("limit", 0) // _TIMES_A_FEW + 1
        return await self._connection.fetch(spanning, {**parameters, **self._mine, "few": few})

    @property
    def _mine(self) -> dict[str, Any]:
        mine = parameters_of(self.kit.settings.namespace, self.access.principal.user_id)
        readable = [] if self._readable is None else list(self._readable)
        return {**mine, "known": list(self._known), "roles": list(self._roles.roles), "readable": readable}


def _is_any(_role: str) -> bool:
    return True
