"""The SELECTs behind pages of todos: one prepared statement for each combination of filters and order.

Which filters a query has is told by the names of its parameters, so that a statement is built once and only bound
afterwards.
"""

import operator
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, reduce
from itertools import takewhile
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from fastapi_todo_kit.calendar.times import as_wall_clock, both_readings, day_of, instant_of
from fastapi_todo_kit.core.extra.filters import ExtraFilter
from fastapi_todo_kit.core.folding import folded, plain_text, words_of
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.rows import (
    HANGING,
    LINK_COLUMNS,
    LIVING,
    OCCURRENCES,
    OCCURRENCES_BY_TODO,
    OCCURRENCES_OF_ONE,
    OF_TODO,
    ONLY_OCCURRENCES,
    ONLY_TODOS,
    TODOS,
    Narrow,
    Rows,
    is_completed_occurrence,
    is_open,
    is_overdue,
)
from fastapi_todo_kit.features.todos.schemas import NOBODY, TodoQuery
from fastapi_todo_kit.storage.json_fields import matches
from fastapi_todo_kit.storage.keyset import Order, SortKey, across_spaces, rows_after, rows_from
from fastapi_todo_kit.storage.many import among, look_up
from fastapi_todo_kit.storage.repository import in_space
from fastapi_todo_kit.storage.tables import table_of

_LISTS = table_of(TodoList)

Parameters = dict[str, Any]
Filter = str | ExtraFilter
Filters = tuple[Filter, ...]

SEPARATOR: Final = "\x1e"
"""Stands between title and description in what is searched, so that no match runs from one into the other."""
_GREATEST: Final = 2**31 - 1
_ALIKE: Final = OF_TODO | {"todo_id"}
"""What of an order all occurrences of a todo have alike."""
_OCCURRENCES: Final = "occurrences"
"""Among the names of filters: completed occurrences are looked for too."""
SEVERAL_SPACES: Final = "several_spaces"
"""Among the names of filters: todos are looked for in several spaces, where ids may be equal."""
_NO_CONDITIONS: Final = {_OCCURRENCES, SEVERAL_SPACES}


@lru_cache(maxsize=1_024)
def order_of(sort: str, names: Filters = (), rows: Rows = ONLY_TODOS) -> Order:
    """Return the order that a `sort` parameter names; it ends in the id, in the direction of what comes before.

    Where these filters find completed occurrences, it ends in the id of the todo and the number of the row: so what
    occurrences have of their todo is ordered as an index of todos is.
    """
    keys: dict[str, SortKey] = {}
    for part in sort.split(","):
        name = part.removeprefix("-")
        keys.setdefault(name, rows.sort_key(name, descending=part.startswith("-")))
    descending = all(key.descending for key in keys.values())
    order: Order = (*keys.values(), SortKey("todo_id", rows.todo_id, descending))
    if finds_occurrences(names):
        order = (*order, SortKey("number", rows.number, descending))
    return across_spaces(order, rows.selectable.c.space_id) if SEVERAL_SPACES in names else order


def finds_occurrences(names: Filters) -> bool:
    """Say whether a query with these filters finds completed occurrences, too."""
    return _OCCURRENCES in names


def own_keys(names: Filters) -> Sequence[str]:
    """Return what an order of todos ends in, by its names in the API."""
    return ("id", "space_id") if SEVERAL_SPACES in names else ("id",)


_PLAIN: Final = (
    "list_id",
    "label",
    "label_not",
    "priority_lte",
    "deadline_gte",
    "deadline_lt",
    "link_source",
    "link_type",
    "link_id",
)
"""Filters that are what they are called, and have one parameter."""
_PAGING: Final = frozenset({"sort", "cursor", "limit", "count", "tz"})
"""Parameters that filter nothing by themselves."""


def filters_of(query: TodoQuery, now: datetime, zone: ZoneInfo) -> tuple[Filters, Parameters]:
    """Return the names of the filters that a query has, and the parameters that their conditions bind."""
    if query.model_fields_set <= _PAGING:
        return tuple(_place_filters(query, {})), {}
    names: list[Filter] = []
    parameters: Parameters = {}
    for name in _PLAIN:
        value = getattr(query, name)
        if value is not None and value != []:
            names.append(name)
            parameters[name] = value
    if {*query.status} == {*OPEN}:
        names.append("open")
    elif query.status:
        names.append("status")
        parameters["wanted_status"] = query.status
    if _asks_for_completed(query):
        names.append(_OCCURRENCES)
    names += _place_filters(query, parameters)
    names += _label_filters(query, parameters)
    names += _assignee_filters(query, parameters)
    names += _word_filters(query, parameters)
    names += _moment_filters(query, parameters, zone)
    names += _due_filters(query, parameters, now, zone)
    for extra, value in query.given_extra_filters().items():
        names.append(extra)
        parameters[extra.parameter] = value
    return tuple(names), parameters


def _label_filters(query: TodoQuery, parameters: Parameters) -> list[str]:
    names = []
    if query.label_all:
        names.append("label_all")
        parameters |= {"label_all": query.label_all, "label_all_count": len(set(query.label_all))}
    if query.label_name:
        names.append("label_name")
        parameters["label_name"] = [folded(name) for name in query.label_name]
    if query.no_label is not None:
        names.append("no_label" if query.no_label else "some_label")
    return names


def _assignee_filters(query: TodoQuery, parameters: Parameters) -> list[str]:
    if query.assignee is None:
        return []
    if query.assignee == NOBODY:
        return ["no_assignee"]
    parameters["assignee"] = query.assignee
    return ["assignee"]


def _word_filters(query: TodoQuery, parameters: Parameters) -> list[str]:
    wanted = {f"q_{n}": f"%{_escaped(word)}%" for n, word in enumerate(words_of(query.q or ""))}
    parameters |= wanted
    return list(wanted)


def _moment_filters(query: TodoQuery, parameters: Parameters, zone: ZoneInfo) -> list[str]:
    bounds = {name: getattr(query, name) for name in ("completed_gte", "completed_lt", "updated_since")}
    given = {name: instant_of(bound, zone) for name, bound in bounds.items() if bound is not None}
    parameters |= given
    return list(given)


def _asks_for_completed(query: TodoQuery) -> bool:
    if query.status:
        return "completed" in query.status
    return query.completed_gte is not None or query.completed_lt is not None


def _place_filters(query: TodoQuery, parameters: Parameters) -> list[str]:
    if query.parent is None:
        return [] if query.list_id else ["anywhere"]
    if query.parent == "none":
        return ["roots"] if query.list_id else ["roots", "anywhere"]
    parameters["parent_id"] = query.parent
    return ["parent_id"]


def _due_filters(query: TodoQuery, parameters: Parameters, now: datetime, zone: ZoneInfo) -> list[str]:
    names = []
    for name in ("start_gte", "start_lt", "due_gte", "due_lt"):
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


def searchable(text: str) -> str:
    """Return a text as it is searched: without case and accents, and the separator does not occur in it."""
    return plain_text(text).replace(SEPARATOR, " ")


def sortable(text: str) -> str:
    """Return a text as it is sorted: without case, but with accents."""
    return folded(text).replace(SEPARATOR, " ")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _matching(rows: Rows, names: Filters, narrow: Narrow | None) -> list[ColumnElement[bool]]:
    conditions = [in_space(rows.selectable), rows.selectable.c.deleted_at.is_(None)]
    links = [LINK_COLUMNS[name] == bindparam(str(name)) for name in names if name in LINK_COLUMNS]
    if links:
        conditions.append(rows.linked(links))
    for name in names:
        if isinstance(name, ExtraFilter):
            conditions.append(matches(rows.selectable.c.extra, name))
        elif name not in _NO_CONDITIONS and name not in LINK_COLUMNS:
            conditions.append(rows.conditions[name])
    return conditions if narrow is None else [*conditions, rows.visible(narrow)]


def page_statement(names: Filters, sort: str, *, continued: bool, narrow: Narrow | None = None) -> Select[Any]:
    """Return the SELECT of a page; behind its columns those of the order, `sort_0` and so on, but for its `own_keys`.

    Where completed occurrences are looked for, all columns of the order are there, and behind them `occurrence_of`.
    `narrow` returns the condition that a row must meet to exist for a principal, where not all do.
    """
    return _page(names, sort, continued) if narrow is None else _make_page(names, sort, continued, narrow)


def _make_page(names: Filters, sort: str, continued: bool, narrow: Narrow | None = None) -> Select[Any]:
    order, matching = order_of(sort, names), _matching(ONLY_TODOS, names, narrow)
    if not finds_occurrences(names):
        sorted_by = order[: len(order) - len(own_keys(names))]
        return _part(ONLY_TODOS, order, matching, _marks(sorted_by), continued=continued)
    # Each part comes from an index in the order of the page, and no more of it than the page holds.
    marks = [*_marks(order), cast(null(), Uuid()).label("occurrence_of")]
    todos = _part(ONLY_TODOS, order, matching, marks, continued=continued)
    occurrences = _occurrences(names, sort, continued, narrow)
    merged = union_all(*(select(part.subquery()) for part in (todos, occurrences))).subquery("merged")
    ordered = (replace(key, column=merged.c[f"sort_{n}"]).order for n, key in enumerate(order))
    return select(merged).order_by(*ordered).limit(bindparam("limit"))


def _marks(order: Order) -> list[ColumnElement[Any]]:
    return [key.column.label(f"sort_{n}") for n, key in enumerate(order)]


def _part(
    rows: Rows,
    order: Order,
    matching: Sequence[ColumnElement[bool]],
    marks: Sequence[ColumnElement[Any]],
    *,
    continued: bool,
) -> Select[Any]:
    statement = select(*rows.columns, *marks).where(*matching)
    if continued:
        statement = statement.where(rows_after(order))
    return statement.order_by(*(key.order for key in order)).limit(bindparam("limit"))


def _occurrences(names: Filters, sort: str, continued: bool, narrow: Narrow | None) -> Select[Any]:
    is_by_todo = order_of(sort)[0].name in OF_TODO
    rows = OCCURRENCES_BY_TODO if is_by_todo else ONLY_OCCURRENCES
    order = order_of(sort, names, rows)
    marks = [*_marks(order), rows.todo_id.label("occurrence_of")]
    if not is_by_todo:
        return _part(rows, order, _matching(rows, names, narrow), marks, continued=continued)
    alike = tuple(takewhile(lambda key: key.name in _ALIKE, order))
    # What hangs from a todo is asked for once, and not for each of its occurrences.
    hanging = tuple(name for name in names if name in HANGING)
    others = tuple(name for name in names if name not in HANGING)
    living = [*_matching(rows, hanging, narrow), rows.selectable.c.has_occurrences]
    begun = [rows_from(alike)] if continued else []
    first = _first_of_todo(others, sort, continued)
    return _part(rows, order, [*living, *begun, among(rows.number, first)], marks, continued=False)


def _first_of_todo(names: Filters, sort: str, continued: bool) -> Select[Any]:
    """Return the numbers of the first occurrences of one todo of `OCCURRENCES_BY_TODO`, as many as a page holds.

    They are looked for in one todo after the other, in the order of the page. Joined with all todos, all occurrences of
    the space would have to be sorted.
    """
    one, order = OCCURRENCES_OF_ONE, order_of(sort, names, OCCURRENCES_OF_ONE)
    differing = tuple(key for key in order if key.name not in _ALIKE)
    of_todo = one.todo_id == OCCURRENCES_BY_TODO.todo_id
    first = select(one.number).where(*_matching(one, names, None), of_todo).correlate(OCCURRENCES_BY_TODO.selectable)
    if continued:
        first = first.where(rows_after(order))
    if continued and len(differing) == 1:
        first = first.where(_number_after(order))
    return first.order_by(*(key.order for key in differing)).limit(bindparam("limit"))


def _number_after(order: Order) -> ColumnElement[bool]:
    """Return a condition by which an index begins behind the cursor in the todo that it is in."""
    todo_id, number = [bindparam(f"after_{n}", type_=key.column.type) for n, key in enumerate(order)][-2:]
    key = order[-1]
    is_there = OCCURRENCES_BY_TODO.todo_id == todo_id
    bound = case((is_there, number), else_=literal(_GREATEST if key.descending else 0))
    return key.column < bound if key.descending else key.column > bound


def count_statement(names: Filters, narrow: Narrow | None = None) -> Select[Any]:
    """Return the SELECT that counts what a query matches."""
    return _count(names) if narrow is None else _make_count(names, narrow)


def _make_count(names: Filters, narrow: Narrow | None = None) -> Select[Any]:
    counted = [ONLY_TODOS, ONLY_OCCURRENCES] if finds_occurrences(names) else [ONLY_TODOS]
    counts = [
        select(func.count()).select_from(rows.selectable).where(*_matching(rows, names, narrow)).scalar_subquery()
        for rows in counted
    ]
    return select(reduce(operator.add, counts))


_page = lru_cache(maxsize=1_024)(_make_page)
_count = lru_cache(maxsize=1_024)(_make_count)


def list_counts(visible: ColumnElement[bool] | None) -> Sequence[ColumnElement[int]]:
    """Return the counts of a list, correlated to it: living todos with their subtasks, whatever their status.

    `visible` is the condition under which a todo counts for this principal; None where all do.
    """
    return _COUNTS if visible is None else _counts(LIVING, visible)


def _counts(*seen: ColumnElement[bool]) -> list[ColumnElement[int]]:
    in_list = (TODOS.c.space_id == _LISTS.c.space_id, TODOS.c.list_id == _LISTS.c.id, *seen)

    def count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        todos = select(func.count()).select_from(TODOS).where(*in_list, *conditions)
        return todos.correlate(_LISTS).scalar_subquery()

    of_todo = and_(TODOS.c.space_id == OCCURRENCES.c.space_id, TODOS.c.id == OCCURRENCES.c.todo_id)
    occurrences = (
        select(func.count())
        .select_from(look_up(TODOS, OCCURRENCES, of_todo))
        .where(*in_list, is_completed_occurrence())
        .correlate(_LISTS)
        .scalar_subquery()
    )
    return [
        count(is_open(TODOS)).label("open_count"),
        count(is_overdue(TODOS)).label("overdue_count"),
        count().label("total_count"),
        (count(TODOS.c.status == "completed") + occurrences).label("completed_count"),
    ]


_COUNTS: Final = _counts(LIVING)
