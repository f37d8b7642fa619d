"""SQL on todos that go to another space, with all that hangs from them: by their ids, and never by the space alone.

The statistics of PostgreSQL know nothing of a space that is new. Joined by the space, 10,000 rows took minutes; by
their ids, seconds.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.types import TypeEngine

from fastapi_todo_kit.core.errors import AlreadyExists
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.features.todos.records import StoredTodo, placed
from fastapi_todo_kit.features.todos.repository import PLACED, WHOLE_TREE, TodoRepository
from fastapi_todo_kit.features.todos.rows import LABELS, LINKS, TODOS
from fastapi_todo_kit.storage.hanging import GIVEN, holding
from fastapi_todo_kit.storage.log import About
from fastapi_todo_kit.storage.many import among, copying, given_rows, look_up, look_up_each, rows_as_text
from fastapi_todo_kit.storage.repository import in_space, row_id
from fastapi_todo_kit.storage.tables import Instant, metadata, table_of
from fastapi_todo_kit.storage.work import Work

_GIVEN_COLUMNS: Final[Mapping[str, TypeEngine[Any]]] = {
    "id": Uuid(),
    "parent_id": Uuid(),
    "position": Text(),
    "depth": Integer(),
}
_PLACED = given_rows("placed", _GIVEN_COLUMNS)
_there = bindparam("there", type_=Uuid())
_arrived: Final = {
    "space_id": _there,
    "list_id": bindparam("list_id", type_=Uuid()),
    **{name: _PLACED.c[name] for name in ("parent_id", "position", "depth")},
    "version": TODOS.c.version + 1,
    "updated_at": bindparam("now", type_=Instant()),
}
_taken = TODOS.alias("taken")
_is_taken = exists().where(_taken.c.space_id == _there, _taken.c.id == _PLACED.c.id)
_ARRIVE = copying(TODOS, _arrived, look_up_each(_PLACED, "id", TODOS, TODOS.c.id, in_space(TODOS)), ~_is_taken)
_LEAVE = delete(TODOS).where(in_space(TODOS), among(TODOS.c.id, GIVEN))

_labels = table_of(Label)
_labels_there = _labels.alias("labels_there")
_carried = select(LABELS.c.label_id).where(in_space(LABELS), among(LABELS.c.todo_id, GIVEN))
_count_there = select(func.count()).where(_labels_there.c.space_id == _there).scalar_subquery()
_known_there = select(_labels_there.c.id).where(
    _labels_there.c.space_id == _there, _labels_there.c.name_key == _labels.c.name_key
)
_LABELS_OF = (
    select(_labels, _known_there.scalar_subquery().label("there_id"), _count_there.label("count_there"))
    .where(in_space(_labels), _labels.c.id.in_(_carried))
    .order_by(_labels.c.name_key)
)
_BECOMES = given_rows("labels", {"id": Uuid(), "there_id": Uuid()})
_of_both = (in_space(LABELS), LABELS.c.label_id == _BECOMES.c.id, among(LABELS.c.todo_id, GIVEN))
_PUT_LABELS = insert(LABELS).from_select(
    ["space_id", "todo_id", "label_id"],
    select(_there, LABELS.c.todo_id, _BECOMES.c.there_id).select_from(look_up(_BECOMES, LABELS, and_(*_of_both))),
)
_link = (LINKS.c.source, LINKS.c.type, LINKS.c.target_id)
_LINKS_OF = select(*_link).distinct().where(in_space(LINKS), among(LINKS.c.todo_id, GIVEN))
_FORGET_LINK = delete(LINKS).where(
    in_space(LINKS), among(LINKS.c.todo_id, GIVEN), *(column == bindparam(f"of_{column.name}") for column in _link)
)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Todos that go to another space, living and of the trash, those above others first.

    `tables` names those in which something hangs from them.
    """

    todos: Sequence[StoredTodo]
    tables: Collection[str]

    @property
    def ids(self) -> list[uuid.UUID]:
        """Which they are."""
        return [todo.id for todo in self.todos]


_WHOLE_LIST: Final = select(TODOS.c.id).where(in_space(TODOS), TODOS.c.list_id == row_id())


@cache
def _found_with(ids: Select[Any] | CompoundSelect[Any]) -> Select[Any]:
    """Return what finds todos of these ids, and in which tables something hangs from them."""
    found = PLACED.where(in_space(TODOS), among(TODOS.c.id, ids)).order_by(TODOS.c.depth)
    return found.add_columns(*holding(TODOS, ids))


class CrossingRepository(TodoRepository):
    """Takes todos out of their space, and puts them into another one."""

    async def with_all_below(self, todo_id: uuid.UUID) -> Crossing:
        """Return a todo and all below it."""
        return await self._crossing(_found_with(WHOLE_TREE), todo_id)

    async def all_of_list(self, list_id: uuid.UUID) -> Crossing:
        """Return the todos of a list."""
        return await self._crossing(_found_with(_WHOLE_LIST), list_id)

    async def _crossing(self, statement: Select[Any], row_id: uuid.UUID) -> Crossing:
        rows = await self.fetch_all(statement, row_id=row_id)
        holding = rows[0]._mapping if rows else {}
        tables = {name for name in metadata.tables if holding.get(name)}
        return Crossing([placed(row) async for piece in self._work.pieces(rows) for row in piece], tables)

    async def labels_of(self, rows: str, there: Work) -> Sequence[dict[str, Any]]:
        """Return the labels of todos, each with the one of its name in the other space."""
        return [dict(row._mapping) for row in await self.fetch_all(_LABELS_OF, rows=rows, there=there.space_id)]

    async def arrive(self, todos: Sequence[StoredTodo], list_id: uuid.UUID, there: Work) -> None:
        """Add todos to a list of another space, at the places that their records say.

        Raises:
            AlreadyExists: an id is taken there.
        """
        placed = [
            {**{name: todo.record[name] for name in ("id", "parent_id", "position")}, "depth": todo.depth}
            for todo in todos
        ]
        given = {"placed": rows_as_text(placed), "there": there.space_id, "list_id": list_id, "now": self._work.now}
        if await self.run(_ARRIVE, **given) < len(todos):
            raise AlreadyExists

    async def put_labels_there(self, rows: str, becomes: Mapping[uuid.UUID, uuid.UUID], there: Work) -> None:
        """Put labels of another space on todos that are there, instead of those that they carry here."""
        labels = rows_as_text({"id": one, "there_id": other} for one, other in becomes.items())
        await self.run(_PUT_LABELS, rows=rows, labels=labels, there=there.space_id)

    async def leave(self, todos: Sequence[StoredTodo], rows: str, there: Work, list_id: uuid.UUID) -> None:
        """Remove todos that have come to a list of another space, and log it in both."""
        await self.run(_LEAVE, rows=rows)
        for todo in todos:
            version = todo.record["version"] + 1
            self.log_change(todo.record, "left", version)
            there.record(self.entity, todo.id, "arrived", version, about=About(list_id=list_id))

    async def links_of(self, rows: str) -> Sequence[tuple[str, str, str]]:
        """Return what todos are linked to, each once."""
        return [tuple(row) for row in await self.fetch_all(_LINKS_OF, rows=rows)]

    async def forget_link(self, rows: str, link: tuple[str, str, str]) -> int:
        """Take a link off todos; return off how many."""
        return await self.run(_FORGET_LINK, rows=rows, of_source=link[0], of_type=link[1], of_target_id=link[2])
