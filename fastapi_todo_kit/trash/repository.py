"""SQL on what was deleted, lists and todos alike."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Row,
    Select,
    String,
    Subquery,
    Uuid,
    bindparam,
    delete,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from fastapi_todo_kit.lists.models import TodoList
from fastapi_todo_kit.reminders.models import Reminder
from fastapi_todo_kit.storage.idempotency import SPACES_WITH_OLD_ANSWERS
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.repository import Repository, in_space
from fastapi_todo_kit.storage.tables import Instant, table_of
from fastapi_todo_kit.todos.models import Occurrence, ResetSubtask, Todo, TodoLabel, TodoLink

_LISTS = table_of(TodoList)
_TODOS = table_of(Todo)
_SPACES = table_of(Space)


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


def _purge(table: Any) -> Any:
    return (
        delete(table)
        .where(in_space(table), table.c.deleted_at < bindparam("cutoff", type_=Instant()))
        .returning(table.c.id, table.c.version)
    )


def _expired() -> Select[Any]:
    return select(_TODOS.c.id).where(in_space(_TODOS), _TODOS.c.deleted_at < bindparam("cutoff", type_=Instant()))


def _purge_attached(table: Any) -> Delete:
    return delete(table).where(in_space(table), table.c.todo_id.in_(_expired()))


# Said outright, because a host's own SQLite engine may have foreign keys off, and with them their cascades.
_PURGE_LABELS = _purge_attached(table_of(TodoLabel))
_PURGE_LINKS = _purge_attached(table_of(TodoLink))
_OCCURRENCES = table_of(Occurrence)
_RESET = table_of(ResetSubtask)
_PURGE_OCCURRENCES = _purge_attached(_OCCURRENCES)
_of_expired = select(_OCCURRENCES.c.id).where(in_space(_OCCURRENCES), _OCCURRENCES.c.todo_id.in_(_expired()))
_PURGE_REMINDERS = _purge_attached(table_of(Reminder))
_PURGE_RESET = delete(_RESET).where(
    in_space(_RESET), or_(_RESET.c.todo_id.in_(_expired()), _RESET.c.occurrence_id.in_(_of_expired))
)
_PURGE_TODOS = _purge(_TODOS)
_PURGE_LISTS = _purge(_LISTS)


def _spaces_with_expired(table: Any) -> Select[Any]:
    return select(table.c.space_id).where(table.c.deleted_at < bindparam("cutoff", type_=Instant()))


SPACES_TO_PURGE = select(_SPACES.c.id, _SPACES.c.kind, _SPACES.c.key).where(
    _SPACES.c.id.in_(_spaces_with_expired(_TODOS).union(_spaces_with_expired(_LISTS), SPACES_WITH_OLD_ANSWERS))
)


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

    async def purge_todos(self, cutoff: datetime) -> Sequence[Row[Any]]:
        """Remove todos that were deleted before the cutoff, subtasks with their parents; return id and version."""
        await self.run(_PURGE_LABELS, cutoff=cutoff)
        await self.run(_PURGE_LINKS, cutoff=cutoff)
        await self.run(_PURGE_RESET, cutoff=cutoff)
        await self.run(_PURGE_REMINDERS, cutoff=cutoff)
        await self.run(_PURGE_OCCURRENCES, cutoff=cutoff)
        return await self.fetch_all(_PURGE_TODOS, cutoff=cutoff)

    async def purge_lists(self, cutoff: datetime) -> Sequence[Row[Any]]:
        """Remove lists that were deleted before the cutoff; return id and version."""
        return await self.fetch_all(_PURGE_LISTS, cutoff=cutoff)
