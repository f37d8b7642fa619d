"""SQL on what was deleted, lists and todos alike."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    Uuid,
    bindparam,
    delete,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.todos.models import Todo
from fastapi_todo_kit.storage.each_space import spaces_where
from fastapi_todo_kit.storage.hanging import GIVEN, ids_as_text, removals
from fastapi_todo_kit.storage.idempotency import SPACES_WITH_OLD_ANSWERS
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import About
from fastapi_todo_kit.storage.many import among
from fastapi_todo_kit.storage.pieces import in_pieces
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import Instant, table_of

_LISTS = table_of(TodoList)
_TODOS = table_of(Todo)


def _trashed(table: Any, visible: ColumnElement[bool] | None, *columns: ColumnElement[Any]) -> Select[Any]:
    statement = select(table.c.id, *columns, table.c.deleted_at, table.c.delete_batch_id, table.c.version).where(
        in_space(table), table.c.deleted_at.is_not(None)
    )
    return statement if visible is None else statement.where(visible)


_no_id = type_coerce(null(), Uuid())


def _everything(
    lists: ColumnElement[bool] | None = None, todos: ColumnElement[bool] | None = None
) -> tuple[Subquery, Order]:
    """Return what is in the trash under these conditions, and its order: what went last comes first."""
    rows = union_all(
        _trashed(
            _LISTS,
            lists,
            literal("list", String()).label("entity"),
            _LISTS.c.name.label("title"),
            _no_id.label("list_id"),
            _no_id.label("parent_id"),
        ),
        _trashed(
            _TODOS,
            todos,
            literal("todo", String()).label("entity"),
            _TODOS.c.title,
            _TODOS.c.list_id,
            _TODOS.c.parent_id,
        ),
    ).subquery("trash")
    return rows, (
        SortKey("deleted_at", rows.c.deleted_at, descending=True),
        SortKey("id", rows.c.id, descending=True),
    )


_ALL = _everything()
ORDER: Order = _ALL[1]


def _select(rows: Subquery, order: Order, *, continued: bool) -> Select[Any]:
    statement = select(rows).order_by(*(key.order for key in order))
    if continued:
        statement = statement.where(rows_after(order))
    return statement.limit(bindparam("limit"))


@cache
def _page(*, continued: bool) -> Select[Any]:
    return _select(*_ALL, continued=continued)


_before_cutoff = bindparam("cutoff", type_=Instant())
_EXPIRED_TODOS = (
    select(_TODOS.c.id)
    .where(in_space(_TODOS), _TODOS.c.deleted_at < _before_cutoff)
    .order_by(_TODOS.c.deleted_at, _TODOS.c.id)
    .limit(bindparam("limit"))
)
_EXPIRED_LIST = (
    select(_LISTS.c.id).where(in_space(_LISTS), _LISTS.c.deleted_at < _before_cutoff).order_by(_LISTS.c.id).limit(1)
)
_SOME_TODOS = select(_TODOS.c.id).where(in_space(_TODOS)).order_by(_TODOS.c.id).limit(bindparam("limit"))
_OF_LIST = select(_TODOS.c.id).where(in_space(_TODOS), _TODOS.c.list_id == row_id())


def _with_all_below() -> Select[Any]:
    """Return the given todos and all below them, the deepest first: nothing is removed before its subtasks."""
    tree = select(_TODOS.c.id).where(in_space(_TODOS), among(_TODOS.c.id, GIVEN)).cte("tree", recursive=True)
    tree = tree.union(select(_TODOS.c.id).where(in_space(_TODOS), _TODOS.c.parent_id == tree.c.id))
    found = select(_TODOS.c.id).where(in_space(_TODOS), among(_TODOS.c.id, select(tree.c.id)))
    return found.order_by(_TODOS.c.depth.desc())


_WITH_ALL_BELOW = _with_all_below()


_PURGE_TODOS = (
    delete(_TODOS)
    .where(in_space(_TODOS), among(_TODOS.c.id, GIVEN))
    .returning(_TODOS.c.id, _TODOS.c.version, _TODOS.c.list_id)
)
_PURGE_LIST = delete(_LISTS).where(in_space(_LISTS), _LISTS.c.id == row_id()).returning(_LISTS.c.id, _LISTS.c.version)


_PURGE_LISTS = delete(_LISTS).where(in_space(_LISTS)).returning(_LISTS.c.id, _LISTS.c.version)


def _spaces_with_expired(table: Any) -> Select[Any]:
    return select(table.c.space_id).where(table.c.deleted_at < _before_cutoff)


SPACES_TO_PURGE = spaces_where(
    lambda space_id: space_id.in_(
        _spaces_with_expired(_TODOS).union(_spaces_with_expired(_LISTS), SPACES_WITH_OLD_ANSWERS)
    )
)
_AT_ONCE: Final = 500
"""How many todos are removed by one statement."""


class TrashRepository(Repository):
    """Reads and empties the trash of a space."""

    table = _TODOS

    async def page(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        """Return deleted lists and todos, the last one first."""
        continued = "after_0" in parameters
        lists, todos = self._work.visible("list", _LISTS), self._work.visible("todo", _TODOS)
        is_whole = lists is None and todos is None
        page = _page(continued=continued) if is_whole else _select(*_everything(lists, todos), continued=continued)
        rows = await self.fetch_all(page, **parameters)
        return [dict(row._mapping) for row in rows]

    async def expired_todos(self, cutoff: datetime) -> list[uuid.UUID]:
        """Return some todos that were deleted before the cutoff, those that went first."""
        return [row.id for row in await self.fetch_all(_EXPIRED_TODOS, cutoff=cutoff, limit=_AT_ONCE)]

    async def some_todos(self) -> list[uuid.UUID]:
        """Return some todos, deleted or not."""
        return [row.id for row in await self.fetch_all(_SOME_TODOS, limit=_AT_ONCE)]

    async def purge_lists(self) -> int:
        """Remove all lists, which have no todos any more; return how many there were."""
        rows = await self.fetch_all(_PURGE_LISTS)
        for row in rows:
            self._work.record("list", row.id, "purged", row.version, about=About(list_id=row.id))
        return len(rows)

    async def expired_list(self, cutoff: datetime) -> uuid.UUID | None:
        """Return a list that was deleted before the cutoff."""
        found: uuid.UUID | None = await self.fetch_value(_EXPIRED_LIST, cutoff=cutoff)
        return found

    async def todos_of_list(self, list_id: uuid.UUID) -> list[uuid.UUID]:
        """Return the todos of a list, all of which are deleted."""
        return [row.id for row in await self.fetch_all(_OF_LIST, row_id=list_id)]

    async def purge_todos(self, todo_ids: Sequence[uuid.UUID]) -> int:
        """Remove todos and all below them, and what hangs from these; return how many todos there were."""
        await self._work.expect_many()
        found = await self.fetch_all(_WITH_ALL_BELOW, rows=ids_as_text(todo_ids))
        count = 0
        for piece in in_pieces((row.id for row in found), _AT_ONCE):
            given = {"rows": ids_as_text(piece)}
            for statement in removals(_TODOS):
                await self.run(statement, **given)
            for row in await self.fetch_all(_PURGE_TODOS, **given):
                self._work.record("todo", row.id, "purged", row.version, about=About(list_id=row.list_id))
                count += 1
        return count

    async def purge_list(self, list_id: uuid.UUID) -> None:
        """Remove a list that has no todos any more."""
        for row in await self.fetch_all(_PURGE_LIST, row_id=list_id):
            self._work.record("list", row.id, "purged", row.version, about=About(list_id=row.id))
