"""The SELECTs behind pages of todos: one prepared statement for each combination of filters and order.

Which filters a query has is told by the names of its parameters, so that a statement is built once and only bound
afterwards.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from fastapi_todo_kit.extras import ExtraFilter
from fastapi_todo_kit.lists.models import TodoList
from fastapi_todo_kit.storage.json_fields import matches
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.repository import in_space
from fastapi_todo_kit.storage.tables import NEVER, Instant, JsonText, table_of
from fastapi_todo_kit.todos.models import Todo, TodoLabel, TodoLink
from fastapi_todo_kit.todos.schemas import OPEN, TodoQuery
from fastapi_todo_kit.todos.times import DATE_LENGTH, as_wall_clock, both_readings, day_of

TODOS = table_of(Todo)
LABELS = table_of(TodoLabel)
LINKS = table_of(TodoLink)
_LISTS = table_of(TodoList)

Parameters = dict[str, Any]
Filter = str | ExtraFilter
Filters = tuple[Filter, ...]


class _JsonRows(FunctionElement[str]):
    """The arguments of all rows as a JSON array of arrays, in text, spelled as each database spells it."""

    type = Text()
    inherit_cache = True


@compiles(_JsonRows, "postgresql")
def _json_rows_postgresql(element: _JsonRows, compiler: Any, **options: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **options)}))::text"


@compiles(_JsonRows, "sqlite")
def _json_rows_sqlite(element: _JsonRows, compiler: Any, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


_label_ids = (
    select(func.aggregate_strings(cast(LABELS.c.label_id, Text), ","))
    .where(LABELS.c.space_id == TODOS.c.space_id, LABELS.c.todo_id == TODOS.c.id)
    .correlate(TODOS)
    .scalar_subquery()
)
_links = (
    select(_JsonRows(LINKS.c.source, LINKS.c.type, LINKS.c.target_id, LINKS.c.url, LINKS.c.title))
    .where(LINKS.c.space_id == TODOS.c.space_id, LINKS.c.todo_id == TODOS.c.id)
    .correlate(TODOS)
    .scalar_subquery()
)
READ_COLUMNS: Final[list[ColumnElement[Any]]] = [
    *(
        TODOS.c[name]
        for name in (
            "id",
            "list_id",
            "parent_id",
            "title",
            "description",
            "status",
            "priority",
            "start_local",
            "start_zone",
            "due_local",
            "due_zone",
            "deadline",
            "position",
            "completed_at",
            "completed_by",
            "created_at",
            "created_by",
            "updated_at",
            "version",
            "deleted_at",
        )
    ),
    type_coerce(cast(TODOS.c.extra, Text), JsonText).label("extra"),
    _label_ids.label("label_ids"),
    type_coerce(_links, JsonText).label("links"),
]

SEPARATOR: Final = "\x1e"
"""Stands between title and description in what is searched, so that no match runs from one into the other."""
LIVING: Final = TODOS.c.deleted_at.is_(None)
IS_OPEN: Final = TODOS.c.status.in_(OPEN)

_RankedPriority = Annotated[int, msgspec.Meta(ge=0, le=9)]
_SORT_KEYS: Final = {
    "position": (TODOS.c.position, str),
    "due": (TODOS.c.due_at, datetime | None),
    "start": (TODOS.c.start_at, datetime | None),
    "priority": (TODOS.c.priority, _RankedPriority),
    "title": (TODOS.c.title_key, str),
    "created_at": (TODOS.c.created_at, datetime),
    "updated_at": (TODOS.c.updated_at, datetime),
    "completed_at": (TODOS.c.completed_at, datetime | None),
}


@lru_cache(maxsize=1_024)
def order_of(sort: str) -> Order:
    """Return the order that a `sort` parameter names; it ends in the id, in the direction of what comes before."""
    keys: dict[str, SortKey] = {}
    for part in sort.split(","):
        name = part.removeprefix("-")
        column, kind = _SORT_KEYS[name]
        keys.setdefault(name, SortKey(name, column, kind, descending=part.startswith("-")))
    descending = all(key.descending for key in keys.values())
    return (*keys.values(), SortKey("id", TODOS.c.id, uuid.UUID, descending))


def moment(name: str) -> ColumnElement[datetime]:
    """Return a parameter that is compared with an instant column."""
    return bindparam(name, type_=Instant())


def _by_kind(fixed: str, floating: str, all_day: str) -> ColumnElement[datetime]:
    """Return the bound that a due value is compared with: each kind has a clock of its own."""
    return case(
        (TODOS.c.due_zone.is_not(None), moment(fixed)),
        (func.length(TODOS.c.due_local) == DATE_LENGTH, moment(all_day)),
        else_=moment(floating),
    )


# The first of two bounds is the one that an index can serve; the second is exact for each kind of value.
DUE_PASSED: Final = and_(TODOS.c.due_at < moment("latest"), TODOS.c.due_at < _by_kind("now", "now_wall", "today_wall"))
OVERDUE: Final = and_(IS_OPEN, DUE_PASSED)


def _due_from(name: str) -> ColumnElement[bool]:
    wall = f"{name}_wall"
    return and_(
        TODOS.c.due_at >= moment(f"{name}_first"),
        TODOS.c.due_at < literal(NEVER, Instant()),
        TODOS.c.due_at >= _by_kind(name, wall, wall),
    )


def _due_before(name: str) -> ColumnElement[bool]:
    wall = f"{name}_wall"
    return and_(TODOS.c.due_at < moment(f"{name}_last"), TODOS.c.due_at < _by_kind(name, wall, wall))


_today = and_(_due_from("today_start"), _due_before("today_end"))
_no_due = TODOS.c.due_local.is_(None)
_carried = select(LABELS.c.label_id).where(LABELS.c.space_id == TODOS.c.space_id, LABELS.c.todo_id == TODOS.c.id)
_linked = select(LINKS.c.todo_id).where(LINKS.c.space_id == TODOS.c.space_id, LINKS.c.todo_id == TODOS.c.id)
_archived_lists = select(_LISTS.c.id).where(in_space(_LISTS), _LISTS.c.archived_at.is_not(None))

_CONDITIONS: Final[dict[str, ColumnElement[bool]]] = {
    "list_id": TODOS.c.list_id == bindparam("list_id"),
    "anywhere": TODOS.c.list_id.not_in(_archived_lists),
    "parent_id": TODOS.c.parent_id == bindparam("parent_id"),
    "roots": TODOS.c.parent_id.is_(None),
    # Not called "status": SQLAlchemy before 2.0.45 mixes it up with the "status_1" that it makes of IS_OPEN.
    "status": TODOS.c.status.in_(bindparam("wanted_status", expanding=True)),
    "label": exists(_carried.where(LABELS.c.label_id.in_(bindparam("label", expanding=True)))),
    "label_all": (
        select(func.count())
        .select_from(
            _carried.where(LABELS.c.label_id.in_(bindparam("label_all", expanding=True))).correlate(TODOS).subquery()
        )
        .scalar_subquery()
        == bindparam("label_all_count")
    ),
    "priority_lte": TODOS.c.priority <= bindparam("priority_lte"),
    "due_gte": _due_from("due_gte"),
    "due_lt": _due_before("due_lt"),
    "overdue": OVERDUE,
    "not_overdue": ~OVERDUE,
    "today": _today,
    "not_today": ~_today,
    "no_due": _no_due,
    "some_due": ~_no_due,
    "completed_gte": and_(
        TODOS.c.completed_at >= moment("completed_gte"), TODOS.c.completed_at < literal(NEVER, Instant())
    ),
    "completed_lt": TODOS.c.completed_at < moment("completed_lt"),
    "updated_since": TODOS.c.updated_at >= moment("updated_since"),
    "q": TODOS.c.search_text.like(bindparam("q"), escape="\\"),
}
_LINK_COLUMNS: Final[Mapping[Filter, ColumnElement[str]]] = {
    "link_source": LINKS.c.source,
    "link_type": LINKS.c.type,
    "link_id": LINKS.c.target_id,
}


def filters_of(query: TodoQuery, now: datetime, zone: ZoneInfo) -> tuple[Filters, Parameters]:
    """Return the names of the filters that a query has, and the parameters that their conditions bind."""
    names: list[Filter] = []
    parameters: Parameters = {}
    for name in (
        "list_id",
        "label",
        "priority_lte",
        "completed_gte",
        "completed_lt",
        "updated_since",
        "link_source",
        "link_type",
        "link_id",
    ):
        value = getattr(query, name)
        if value is not None and value != []:
            names.append(name)
            parameters[name] = value
    if query.status:
        names.append("status")
        parameters["wanted_status"] = query.status
    if query.label_all:
        names.append("label_all")
        parameters |= {"label_all": query.label_all, "label_all_count": len(set(query.label_all))}
    if query.q is not None:
        names.append("q")
        parameters["q"] = f"%{_escaped(casefolded(query.q))}%"
    names += _place_filters(query, parameters)
    names += _due_filters(query, parameters, now, zone)
    for extra, value in query.given_extra_filters().items():
        names.append(extra)
        parameters[extra.parameter] = value
    return tuple(names), parameters


def _place_filters(query: TodoQuery, parameters: Parameters) -> list[str]:
    if query.parent is None:
        return [] if query.list_id else ["anywhere"]
    if query.parent == "none":
        return ["roots"] if query.list_id else ["roots", "anywhere"]
    parameters["parent_id"] = query.parent
    return ["parent_id"]


def _due_filters(query: TodoQuery, parameters: Parameters, now: datetime, zone: ZoneInfo) -> list[str]:
    names = []
    for name in ("due_gte", "due_lt"):
        if (bound := getattr(query, name)) is not None:
            names.append(name)
            parameters |= _due_bound(name, bound, zone)
    if query.overdue is not None:
        names.append("overdue" if query.overdue else "not_overdue")
        parameters |= overdue_parameters(now, zone)
    if query.today is not None:
        names.append("today" if query.today else "not_today")
        today, tomorrow = day_of(now, zone)
        parameters |= _due_bound("today_start", today, zone) | _due_bound("today_end", tomorrow, zone)
    if query.no_due is not None:
        names.append("no_due" if query.no_due else "some_due")
    return names


def _due_bound(name: str, bound: Any, zone: ZoneInfo) -> Parameters:
    wall, instant = both_readings(bound, zone)
    return {
        name: instant,
        f"{name}_wall": wall,
        f"{name}_first": min(wall, instant),
        f"{name}_last": max(wall, instant),
    }


def overdue_parameters(now: datetime, zone: ZoneInfo) -> Parameters:
    """Return what `OVERDUE` binds: a whole day is overdue when it has ended where the viewer is."""
    wall = as_wall_clock(now, zone)
    today = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return {"now": now, "now_wall": wall, "today_wall": today, "latest": max(now, wall)}


def casefolded(text: str) -> str:
    """Return a text as it is searched and sorted: case makes no difference, and the separator does not occur in it."""
    return text.casefold().replace(SEPARATOR, " ")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _matching(names: Filters) -> list[ColumnElement[bool]]:
    conditions = [in_space(TODOS), LIVING]
    links = [_LINK_COLUMNS[name] == bindparam(str(name)) for name in names if name in _LINK_COLUMNS]
    if links:
        conditions.append(exists(_linked.where(*links)))
    return [*conditions, *(_condition(name) for name in names if name not in _LINK_COLUMNS)]


def _condition(name: Filter) -> ColumnElement[bool]:
    return matches(TODOS.c.extra, name) if isinstance(name, ExtraFilter) else _CONDITIONS[name]


@lru_cache(maxsize=1_024)
def page_statement(names: Filters, sort: str, *, continued: bool) -> Select[Any]:
    """Return the SELECT of a page; behind its columns those of the order, `sort_0` and so on, but for the id."""
    order = order_of(sort)
    marks = [key.column.label(f"sort_{n}") for n, key in enumerate(order[:-1])]
    statement = select(*READ_COLUMNS, *marks).where(*_matching(names))
    if continued:
        statement = statement.where(rows_after(order))
    return statement.order_by(*(key.order for key in order)).limit(bindparam("limit"))


@lru_cache(maxsize=1_024)
def count_statement(names: Filters) -> Select[Any]:
    """Return the SELECT that counts what a query matches."""
    return select(func.count()).select_from(TODOS).where(*_matching(names))


def list_counts(visible: ColumnElement[bool] | None) -> Sequence[ColumnElement[int]]:
    """Return the counts of a list, correlated to it: living todos with their subtasks, whatever their status.

    `visible` is the condition under which a todo counts for this principal; None where all do.
    """
    return _COUNTS if visible is None else _counts(LIVING, visible)


def _counts(*seen: ColumnElement[bool]) -> list[ColumnElement[int]]:

    def count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        return (
            select(func.count())
            .select_from(TODOS)
            .where(TODOS.c.space_id == _LISTS.c.space_id, TODOS.c.list_id == _LISTS.c.id, *seen, *conditions)
            .correlate(_LISTS)
            .scalar_subquery()
        )

    return [
        count(IS_OPEN).label("open_count"),
        count(OVERDUE).label("overdue_count"),
        count().label("total_count"),
    ]


_COUNTS: Final = _counts(LIVING)
