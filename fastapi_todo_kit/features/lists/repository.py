"""SQL on lists."""

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Final

from sqlalchemy import ColumnElement, Row, Select, Uuid, bindparam, delete, exists, func, or_, select

from fastapi_todo_kit.core.errors import AlreadyExists
from fastapi_todo_kit.core.extra.filters import ExtraFilter
from fastapi_todo_kit.features.lists.events import CountsQuestion
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.lists.schemas import Archived, ListRead
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.json_fields import matches
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import ID_OF_ITS_LIST, About
from fastapi_todo_kit.storage.many import copying
from fastapi_todo_kit.storage.ordering import key_between, keys_behind
from fastapi_todo_kit.storage.repository import Repository, in_space, one_off, row_id
from fastapi_todo_kit.storage.tables import table_of
from fastapi_todo_kit.storage.work import Work

_lists = table_of(TodoList)
_any = _lists.alias("any_list")
_COLUMNS = [_lists.c[name] for name in ListRead.__annotations__ if name in ListRead.__required_keys__]
_of_one: Order = (SortKey("position", _lists.c.position), SortKey("id", _lists.c.id))
ORDERS: Final[Mapping[bool, Order]] = {False: _of_one, True: (SortKey("space_id", _lists.c.space_id), *_of_one)}
"""The order of a page: of one space, or of several, whose positions have nothing to do with one another."""

_living = (in_space(_lists), _lists.c.deleted_at.is_(None))
_ONE = select(*_COLUMNS).where(*_living, _lists.c.id == row_id())
_ANYWHERE = select(*_COLUMNS, _lists.c.deleted_at).where(in_space(_lists), _lists.c.id == row_id())
_INBOX = select(*_COLUMNS).where(*_living, or_(_lists.c.is_inbox, _lists.c.id == ID_OF_ITS_LIST))
_TRASHED = select(*_COLUMNS, _lists.c.delete_batch_id).where(
    in_space(_lists), _lists.c.id == row_id(), _lists.c.deleted_at.is_not(None)
)
_its_list = (
    select(_any.c.id)
    .where(_any.c.space_id == bindparam("space", type_=Uuid()), _any.c.id == ID_OF_ITS_LIST)
    .scalar_subquery()
)
_LAST = select(func.count(), func.max(_lists.c.position), _its_list).where(*_living)
_BEFORE = select(func.max(_lists.c.position)).where(*_living, _lists.c.position < bindparam("position"))
_AFTER = select(func.min(_lists.c.position)).where(*_living, _lists.c.position > bindparam("position"))
_there = bindparam("there", type_=Uuid())
_arrived: Mapping[str, ColumnElement[Any]] = {
    "space_id": _there,
    "position": bindparam("position", type_=_lists.c.position.type),
    "version": bindparam("version", type_=_lists.c.version.type),
    "updated_at": bindparam("now", type_=_lists.c.updated_at.type),
}
_is_taken = exists(select(_any.c.id).where(_any.c.space_id == _there, _any.c.id == row_id()))
_ARRIVE = copying(_lists, _arrived, _lists, *_living, _lists.c.id == row_id(), ~_is_taken)
_LEAVE = delete(_lists).where(in_space(_lists), _lists.c.id == row_id())
_IN_ORDER = select(_lists.c.id, _lists.c.position, _lists.c.version).where(*_living).order_by(_lists.c.position)


@lru_cache(maxsize=256)
def _page(archived: Archived, extras: tuple[ExtraFilter, ...], order: Order, *, continued: bool) -> Select[Any]:
    conditions = (matches(_lists.c.extra, one) for one in extras)
    statement = select(*_COLUMNS).where(*_living, *conditions).order_by(*(key.order for key in order))
    if archived != "any":
        is_archived = _lists.c.archived_at.is_not(None)
        statement = statement.where(is_archived if archived == "true" else ~is_archived)
    if continued:
        statement = statement.where(rows_after(order))
    return statement.limit(bindparam("limit"))


@lru_cache(maxsize=256)
def _counted(page: Select[Any], counts: tuple[ColumnElement[int], ...]) -> Select[Any]:
    return page.add_columns(*counts)


class ListRepository(Repository):
    """Reads and writes the lists of a space."""

    table = _lists
    entity: ClassVar[Entity] = "list"

    async def page(
        self,
        archived: Archived,
        extras: tuple[ExtraFilter, ...],
        parameters: dict[str, Any],
        question: CountsQuestion,
    ) -> list[dict[str, Any]]:
        """Return lists in their order; with `after_0` and so on in the parameters those behind that row."""
        statement = _page(archived, extras, ORDERS[self._work.spans], continued="after_0" in parameters)
        if question.is_narrowed:
            statement = one_off(statement.add_columns(*question.columns))
        elif question.columns:
            statement = _counted(statement, tuple(question.columns))
        rows = await self.fetch_all(self.seen(statement), **parameters)
        return [dict(row._mapping) for row in rows]

    async def find(self, list_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a living list."""
        return _record(await self.fetch_one(self.seen(_ONE), row_id=list_id))

    async def find_inbox(self) -> dict[str, Any] | None:
        """Return the inbox, where it has been made; in a space that is there for one list, that one."""
        return _record(await self.fetch_one(_INBOX))

    async def find_trashed(self, list_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a list of the trash, with its `delete_batch_id`."""
        return _record(await self.fetch_one(self.seen(_TRASHED), row_id=list_id))

    async def find_anywhere(self, list_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a list, living or of the trash, with its `deleted_at`."""
        return _record(await self.fetch_one(self.seen(_ANYWHERE), row_id=list_id))

    async def count_and_last_position(self) -> tuple[int, str | None, uuid.UUID | None]:
        """Return how many living lists there are, their greatest position, and the one that the space is there for."""
        row = await self.fetch_one(_LAST)
        assert row is not None  # noqa: S101  (an aggregate always has a row)
        return row[0], row[1], row[2]

    async def arrive(self, record: Mapping[str, Any], there: Work) -> None:
        """Add a list, as it becomes, to another space.

        Raises:
            AlreadyExists: its id is taken there.
        """
        place = {name: record[name] for name in ("position", "version")}
        given = {**place, "row_id": record["id"], "now": self._work.now, "there": there.space_id}
        if not await self.run(_ARRIVE, **given):
            raise AlreadyExists
        there.record(self.entity, record["id"], "arrived", record["version"], about=About(list_id=record["id"]))

    async def leave(self, list_id: uuid.UUID, version: int) -> None:
        """Remove a list that has come to another space, with all that was in it."""
        await self.run(_LEAVE, row_id=list_id)
        self.log_change({"id": list_id}, "left", version)

    async def key_beside(self, position: str, *, before: bool) -> str:
        """Return a free position directly before or after a taken one."""
        neighbour = await self.fetch_value(_BEFORE if before else _AFTER, position=position)
        return key_between(neighbour, position) if before else key_between(position, neighbour)

    async def respace(self) -> None:
        """Give every living list a short position behind all present ones, in the present order."""
        lists = [dict(row._mapping) for row in await self.fetch_all(_IN_ORDER)]
        keys = keys_behind(lists[-1]["position"])
        await self.save_all(((one, {"position": key}, {}) for one, key in zip(lists, keys, strict=False)), "moved")


def _record(row: Row[Any] | None) -> dict[str, Any] | None:
    return None if row is None else dict(row._mapping)
