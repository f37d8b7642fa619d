"""SQL on copies of todos. They are made inside the database: what is in ten thousand todos need not come here."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    String,
    Table,
    Text,
    Uuid,
    bindparam,
    false,
    literal,
    null,
    select,
)
from sqlalchemy.types import TypeEngine

from fastapi_todo_kit.calendar.times import spelled
from fastapi_todo_kit.features.todos.records import StoredTodo
from fastapi_todo_kit.features.todos.repository import OF_LIST, TREE
from fastapi_todo_kit.features.todos.rows import ASSIGNEES, LABELS, LINKS, TODOS
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.many import copying, given_rows, look_up_each, rows_as_text
from fastapi_todo_kit.storage.repository import Repository, in_space
from fastapi_todo_kit.storage.tables import NEVER, Instant, Json

AT_ONCE: Final = 500
"""How many copies one statement makes."""
_GIVEN_COLUMNS: Final[Mapping[str, TypeEngine[Any]]] = {
    "source_id": Uuid(),
    "id": Uuid(),
    "parent_id": Uuid(),
    "position": Text(),
    "occurrence": Text(),
    "progress": Json(),
}
_GIVEN = given_rows("copies", _GIVEN_COLUMNS)
_now = bindparam("now", type_=Instant())
_NEW: Final[Mapping[str, ColumnElement[Any]]] = {
    **{name: _GIVEN.c[name] for name in _GIVEN_COLUMNS if name != "source_id"},
    "list_id": bindparam("list_id", type_=Uuid()),
    "status": literal("needs_action", String()),
    "completed_at": literal(NEVER, Instant()),
    "has_occurrences": false(),
    "version": literal(1),
    "created_at": _now,
    "updated_at": _now,
    "created_by": bindparam("actor", type_=String()),
    **{name: null() for name in ("completed_by", "closed_batch_id", "deleted_at", "delete_batch_id")},
}
"""What a copy does not have from its source."""


def _copying(table: Table, new: Mapping[str, ColumnElement[Any]], source: ColumnElement[uuid.UUID]) -> Insert:
    return copying(table, new, look_up_each(_GIVEN, "source_id", table, source, in_space(table)))


_COPY_TODOS = _copying(TODOS, _NEW, TODOS.c.id)
_COPY_LABELS = _copying(LABELS, {"todo_id": _GIVEN.c.id}, LABELS.c.todo_id)
_COPY_LINKS = _copying(LINKS, {"todo_id": _GIVEN.c.id}, LINKS.c.todo_id)
# With the number of the change by which somebody was assigned to the source: whoever is to be taken off that since then
# is taken off the copy, too.
_COPY_ASSIGNEES = _copying(ASSIGNEES, {"todo_id": _GIVEN.c.id}, ASSIGNEES.c.todo_id)

_columns = ("id", "parent_id", "depth", "position", "recurrence", "deadline")
_times = ("start_local", "start_zone", "due_local", "due_zone")
_SOURCES = select(*(TODOS.c[name] for name in (*_columns, *_times))).order_by(TODOS.c.position)
_IN_LIST = _SOURCES.where(*OF_LIST)
_BELOW = _SOURCES.where(*TREE)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known here of a todo that is copied; `schedule` are the fields that its series begins with."""

    id: uuid.UUID
    parent_id: uuid.UUID | None
    depth: int
    position: str
    schedule: Mapping[str, Any]


class CopyRepository(Repository):
    """Finds the todos of a space that are copied, and copies them."""

    table = TODOS
    entity: ClassVar[Entity] = "todo"

    async def below(self, todo: StoredTodo) -> list[Source]:
        """Return a todo, and its living descendants that the principal sees, each with all that is above it."""
        rows = await self.fetch_all(self.seen(_BELOW), row_id=todo.id)
        return [_source(todo), *_connected(await self._sources(rows), {todo.id})]

    async def in_list(self, list_id: uuid.UUID) -> list[Source]:
        """Return the living todos of a list that the principal sees, each with all that is above it."""
        return _connected(await self._sources(await self.fetch_all(self.seen(_IN_LIST), row_id=list_id)), {None})

    async def make(self, copies: Sequence[Mapping[str, Any]], list_id: uuid.UUID) -> None:
        """Add at most `AT_ONCE` copies to a list, whose parents are there or among them; they are open.

        Args:
            copies: `source_id`, and the `id`, `parent_id`, `position`, `occurrence` and `progress` of the copy.
            list_id: which list.
        """
        await self._work.expect_many()
        given = {"copies": rows_as_text(copies)}
        actor = self._work.access.principal.user_id
        await self.run(_COPY_TODOS, **given, list_id=list_id, now=self._work.now, actor=actor)
        await self.run(_COPY_LABELS, **given)
        await self.run(_COPY_LINKS, **given)
        await self.run(_COPY_ASSIGNEES, **given)
        for copy in copies:
            self.log_change({**copy, "list_id": list_id}, "created", 1)

    async def _sources(self, rows: Sequence[Row[Any]]) -> list[Source]:
        return [_source_of(row) async for piece in self._work.pieces(rows) for row in piece]


def _source(todo: StoredTodo) -> Source:
    record = todo.record
    return Source(record["id"], record["parent_id"], todo.depth, record["position"], record)


def _source_of(row: Row[Any]) -> Source:
    schedule = {
        "start": spelled(row.start_local, row.start_zone),
        "due": spelled(row.due_local, row.due_zone),
        "deadline": row.deadline,
        "recurrence": row.recurrence,
    }
    return Source(row.id, row.parent_id, row.depth, row.position, schedule)


def _connected(sources: Sequence[Source], roots: set[uuid.UUID | None]) -> list[Source]:
    """Return the todos whose ancestors, up to one of the roots, are all among them."""
    reached = set(roots)
    for one in sorted(sources, key=lambda one: one.depth):
        if one.parent_id in reached:
            reached.add(one.id)
    return [one for one in sources if one.id in reached]
