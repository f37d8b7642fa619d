"""What pages of todos are selected from: their columns, and the condition of each filter.

That is the table of todos, or, where completed ones are asked for, that table together with the completed occurrences
of recurring todos.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    Subquery,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from fastapi_todo_kit.calendar.times import DATE_LENGTH
from fastapi_todo_kit.core.folding import MOST_WORDS
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.todos.models import OPEN, Assignee, Occurrence, Todo, TodoLabel, TodoLink
from fastapi_todo_kit.features.todos.schemas import TodoRead
from fastapi_todo_kit.storage.keyset import SortKey
from fastapi_todo_kit.storage.many import among, look_up, look_up_one, without
from fastapi_todo_kit.storage.repository import in_space
from fastapi_todo_kit.storage.tables import NEVER, NO_DAY, DayOrNever, Instant, table_of

TODOS = table_of(Todo)
LABELS = table_of(TodoLabel)
LINKS = table_of(TodoLink)
ASSIGNEES = table_of(Assignee)
OCCURRENCES = table_of(Occurrence)
_LISTS = table_of(TodoList)
_LABELS = table_of(Label)

Narrow = Callable[[FromClause], ColumnElement[bool]]
"""Returns the condition that a row must meet to exist for a principal."""

LINK_COLUMNS: Final[Mapping[Any, ColumnElement[str]]] = {
    "link_source": LINKS.c.source,
    "link_type": LINKS.c.type,
    "link_id": LINKS.c.target_id,
}
LIVING: Final = TODOS.c.deleted_at.is_(None)
_todos_of_assignee = select(ASSIGNEES.c.todo_id).where(
    in_space(ASSIGNEES), ASSIGNEES.c.user_id == bindparam("assignee")
)
_archived_lists = select(_LISTS.c.id).where(in_space(_LISTS), _LISTS.c.archived_at.is_not(None))


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


def moment(name: str) -> ColumnElement[datetime]:
    """Return a parameter that is compared with an instant column."""
    return bindparam(name, type_=Instant())


def is_open(rows: FromClause) -> ColumnElement[bool]:
    """Return the condition that a todo is open."""
    return rows.c.status.in_([literal_column(f"'{status}'") for status in OPEN])


def is_overdue(rows: FromClause) -> ColumnElement[bool]:
    """Return the condition that a todo is overdue; `overdue_parameters` says what it binds."""
    # The first of two bounds is the one that an index can serve; the second is exact for each kind of value.
    exact = _by_kind(rows, "due", "now", "now_wall", "today_wall")
    return and_(is_open(rows), rows.c.due_at < moment("latest"), rows.c.due_at < exact)


def is_completed_occurrence() -> ColumnElement[bool]:
    """Return the condition that an occurrence, joined to its todo, was completed, and not together with the todo.

    The one that a todo was completed with is not counted: the todo is.
    """
    done = OCCURRENCES.c
    # Spelled out, not bound: else PostgreSQL does not know that an index of completed ones only has them all.
    return and_(
        done.outcome == literal_column("'completed'"), or_(~done.was_last, TODOS.c.completed_at != done.ended_at)
    )


def _by_kind(rows: FromClause, value: str, fixed: str, floating: str, all_day: str) -> ColumnElement[datetime]:
    """Return the bound that a start or due is compared with: each kind has a clock of its own."""
    return case(
        (rows.c[f"{value}_zone"].is_not(None), moment(fixed)),
        (func.length(rows.c[f"{value}_local"]) == DATE_LENGTH, moment(all_day)),
        else_=moment(floating),
    )


def _from(rows: FromClause, value: str, name: str) -> ColumnElement[bool]:
    at, wall = rows.c[f"{value}_at"], f"{name}_wall"
    return and_(
        at >= moment(f"{name}_first"),
        at < literal(NEVER, Instant()),
        at >= _by_kind(rows, value, name, wall, wall),
    )


def _before(rows: FromClause, value: str, name: str) -> ColumnElement[bool]:
    at, wall = rows.c[f"{value}_at"], f"{name}_wall"
    return and_(at < moment(f"{name}_last"), at < _by_kind(rows, value, name, wall, wall))


class Rows:
    """What a page is selected from.

    Args:
        rows: it has the columns of the table of todos.
        todo_id: which todo a row is, or is an occurrence of: its labels, links and assignees are the row's.
        number: tells the rows of one todo apart; that of the todo itself is the smallest.
    """

    def __init__(self, rows: FromClause, todo_id: ColumnElement[uuid.UUID], number: ColumnElement[int]) -> None:
        self.selectable = rows
        self.todo_id = todo_id
        self.number = number
        self.assignees: ColumnElement[Any] = self._assignees().label("assignees")
        made: Mapping[str, ColumnElement[Any]] = {
            # JSON stays text until it is known that the row is shown: a page may end before it.
            "extra": cast(rows.c.extra, Text).label("extra"),
            "recurrence": cast(rows.c.recurrence, Text).label("recurrence"),
            "label_ids": self._label_ids().label("label_ids"),
            "assignees": self.assignees,
            "links": self._links().label("links"),
        }
        self.columns: list[ColumnElement[Any]] = [made[name] if name in made else rows.c[name] for name in COLUMNS]
        self.hanging: Mapping[str, ColumnElement[bool]] = self._conditions_on_what_hangs()
        self.conditions: Mapping[str, ColumnElement[bool]] = self._conditions()

    def sort_key(self, name: str, *, descending: bool) -> SortKey:
        """Return what a part of `sort` orders by."""
        return SortKey(name, self.selectable.c[_SORT_COLUMNS[name]], descending)

    def visible(self, narrow: Narrow) -> ColumnElement[bool]:
        """Return the condition that a policy shows the todo of a row: it is asked about todos and nothing else."""
        if self.selectable is TODOS:
            return narrow(TODOS)
        return among(self.todo_id, select(TODOS.c.id).where(in_space(TODOS), narrow(TODOS)))

    def linked(self, conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        """Return the condition that a todo has a link which meets all of these."""
        return among(self.todo_id, select(LINKS.c.todo_id).where(in_space(LINKS), *conditions))

    def _label_ids(self) -> Any:
        ids = select(func.aggregate_strings(cast(LABELS.c.label_id, Text), ",")).where(*self._of_todo(LABELS))
        return ids.correlate(self.selectable).scalar_subquery()

    def _assignees(self) -> Any:
        rows = _JsonRows(ASSIGNEES.c.user_id)
        return select(rows).where(*self._of_todo(ASSIGNEES)).correlate(self.selectable).scalar_subquery()

    def _links(self) -> Any:
        rows = _JsonRows(LINKS.c.source, LINKS.c.type, LINKS.c.target_id, LINKS.c.url, LINKS.c.title)
        return select(rows).where(*self._of_todo(LINKS)).correlate(self.selectable).scalar_subquery()

    def _of_todo(self, table: Table) -> tuple[ColumnElement[bool], ...]:
        return table.c.space_id == self.selectable.c.space_id, table.c.todo_id == self.todo_id

    def _conditions(self) -> dict[str, ColumnElement[bool]]:
        rows = self.selectable.c
        today = and_(_from(self.selectable, "due", "today_start"), _before(self.selectable, "due", "today_end"))
        overdue = is_overdue(self.selectable)
        return {
            "list_id": rows.list_id == bindparam("list_id"),
            "anywhere": rows.list_id.not_in(_archived_lists),
            "parent_id": rows.parent_id == bindparam("parent_id"),
            "roots": rows.parent_id.is_(None),
            # Not called "status": SQLAlchemy before 2.0.45 mixes it up with the "status_1" that it makes of `is_open`.
            "status": rows.status.in_(bindparam("wanted_status", expanding=True)),
            **self.hanging,
            "open": is_open(self.selectable),
            "priority_lte": rows.priority <= bindparam("priority_lte"),
            **{f"{value}_gte": _from(self.selectable, value, f"{value}_gte") for value in ("start", "due")},
            **{f"{value}_lt": _before(self.selectable, value, f"{value}_lt") for value in ("start", "due")},
            "deadline_gte": and_(
                rows.deadline >= bindparam("deadline_gte", type_=DayOrNever()),
                rows.deadline < literal(NO_DAY, DayOrNever()),
            ),
            "deadline_lt": rows.deadline < bindparam("deadline_lt", type_=DayOrNever()),
            "overdue": overdue,
            "not_overdue": ~overdue,
            "today": today,
            "not_today": ~today,
            "no_due": rows.due_local.is_(None),
            "some_due": ~rows.due_local.is_(None),
            "completed_gte": and_(
                rows.completed_at >= moment("completed_gte"), rows.completed_at < literal(NEVER, Instant())
            ),
            "completed_lt": rows.completed_at < moment("completed_lt"),
            "updated_since": rows.updated_at >= moment("updated_since"),
            **{f"q_{n}": rows.search_text.like(bindparam(f"q_{n}"), escape="\\") for n in range(MOST_WORDS)},
        }

    def _conditions_on_what_hangs(self) -> dict[str, ColumnElement[bool]]:
        assigned = select(ASSIGNEES.c.user_id).where(in_space(ASSIGNEES), *self._of_todo(ASSIGNEES))
        carriers = select(LABELS.c.todo_id).where(in_space(LABELS))
        named = (in_space(_LABELS), _LABELS.c.id == LABELS.c.label_id)
        of_name = carriers.where(*named, _LABELS.c.name_key.in_(bindparam("label_name", expanding=True)))
        carried = select(LABELS.c.label_id).where(in_space(LABELS), *self._of_todo(LABELS))
        of_all = carried.where(LABELS.c.label_id.in_(bindparam("label_all", expanding=True))).correlate(self.selectable)
        any_of = {
            name: LABELS.c.label_id.in_(bindparam(name, expanding=True))
            for name in ("label", "label_not", "label_seen")
        }
        count = select(func.count()).select_from(of_all.subquery()).scalar_subquery()
        return {
            "label": among(self.todo_id, carriers.where(any_of["label"])),
            "label_not": without(carried.where(any_of["label_not"])),
            "label_name": among(self.todo_id, of_name),
            "seen_label_name": among(self.todo_id, of_name.where(any_of["label_seen"])),
            "no_label": without(carried),
            "some_label": among(self.todo_id, carriers),
            "no_seen_label": without(carried.where(any_of["label_seen"])),
            "some_seen_label": among(self.todo_id, carriers.where(any_of["label_seen"])),
            "label_all": count == bindparam("label_all_count"),
            "assignee": among(self.todo_id, _todos_of_assignee),
            "no_assignee": without(assigned),
        }


FIELDS: Final = tuple(name for name in TodoRead.__annotations__ if name in TodoRead.__required_keys__)
"""What the API shows of every todo, in its order."""
COLUMNS: Final = (*(f"{name}_local" if name in {"start", "due"} else name for name in FIELDS), "start_zone", "due_zone")
"""The columns that it is made from, in the same order; the zones come last."""
_SORT_COLUMNS: Final[Mapping[str, str]] = {
    "position": "position",
    "due": "due_at",
    "start": "start_at",
    "deadline": "deadline",
    "priority": "priority",
    "title": "title_key",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "completed_at": "completed_at",
}


OF_TODO: Final = frozenset({"position", "priority", "title", "created_at"})
"""What of an order all occurrences of a todo have alike, because they have it from their todo."""
_OF_OCCURRENCE: Final = (
    "id",
    "version",
    "start_local",
    "start_zone",
    "start_at",
    "due_local",
    "due_zone",
    "due_at",
    "deadline",
)


ONLY_TODOS: Final = Rows(TODOS, TODOS.c.id, literal(0))
READ_COLUMNS: Final = ONLY_TODOS.columns
HANGING: Final = frozenset({*LINK_COLUMNS, *ONLY_TODOS.hanging})
"""The filters that go by what hangs from a todo: labels, links and assignees."""


_of_todo = and_(TODOS.c.space_id == OCCURRENCES.c.space_id, TODOS.c.id == OCCURRENCES.c.todo_id)


def _occurrences(joined: FromClause) -> Subquery:
    """Return the completed occurrences with the columns of todos: their own, and what they have of their todo."""
    done = OCCURRENCES.c
    of_occurrence: dict[str, ColumnElement[Any]] = {
        **{name: done[name] for name in _OF_OCCURRENCE},
        "occurrence": done.slot,
        "status": literal("completed", String()),
        "completed_at": done.ended_at,
        "completed_by": done.ended_by,
        "updated_at": done.ended_at,
    }
    # Each with the type of the column of todos: in a page of both, one parameter is compared with either of them.
    columns = [
        type_coerce(of_occurrence.get(column.name, column), column.type).label(column.name) for column in TODOS.c
    ]
    return (
        select(*columns, done.todo_id.label("todo_id"), TODOS.c.id.label("of_id"))
        .select_from(joined)
        .where(in_space(OCCURRENCES), is_completed_occurrence())
        .subquery("done")
    )


def _rows_of(done: FromClause, todo_id: str) -> Rows:
    return Rows(done, done.c[todo_id], done.c.version)


_done = _occurrences(look_up_one(OCCURRENCES, TODOS, _of_todo))
ONLY_OCCURRENCES: Final = _rows_of(_done, "todo_id")
OCCURRENCES_BY_TODO: Final = _rows_of(_occurrences(look_up(TODOS, OCCURRENCES, _of_todo)), "of_id")
"""The same, to be looked up for one todo after the other."""
OCCURRENCES_OF_ONE: Final = _rows_of(_occurrences(OCCURRENCES.join(TODOS, _of_todo)).alias("one"), "todo_id")
"""The same once more, to look for those of one todo."""
