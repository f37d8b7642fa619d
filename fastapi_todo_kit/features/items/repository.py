"""SQL on items."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Uuid, and_, bindparam, delete, exists, func, not_, or_, select

from fastapi_todo_kit.core.access import Access, known_spaces
from fastapi_todo_kit.features.items.schemas import ItemRead
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.spaces.models import UserItem
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.membership import SPACES, parameters_of
from fastapi_todo_kit.storage.ordering import key_between, keys_behind
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import table_of

BEHIND_ALL: Final = "~"
"""Sorts behind every position."""
_items = table_of(UserItem)
_lists = table_of(TodoList)
_labels = table_of(Label)
_spaces = table_of(Space)
_COLUMNS = [_items.c[name] for name in ItemRead.__annotations__]
ORDER: Final[Order] = (
    SortKey("target_kind", _items.c.target_kind),
    SortKey("position", func.coalesce(_items.c.position, BEHIND_ALL)),
    SortKey("target_space_id", _items.c.target_space_id),
    SortKey("target_id", _items.c.target_id),
)
_mine = SPACES.subquery("mine")
_of_list = and_(_lists.c.space_id == _items.c.target_space_id, _lists.c.id == _items.c.target_id)
_of_label = and_(_labels.c.space_id == _items.c.target_space_id, _labels.c.id == _items.c.target_id)
_is_there = and_(
    _items.c.target_space_id.in_(select(_mine.c.id)),
    or_(
        _items.c.target_kind == "space",
        and_(_items.c.target_kind == "list", exists().where(_of_list, _lists.c.deleted_at.is_(None))),
        and_(_items.c.target_kind == "label", exists().where(_of_label)),
    ),
)
_visible = (
    select(*_COLUMNS)
    .where(in_space(_items), _is_there)
    .order_by(*(key.order for key in ORDER))
    .limit(bindparam("limit"))
)
_PAGE: Final = {False: _visible, True: _visible.where(rows_after(ORDER))}
# What is in the trash, or in a space that the user has left, may come back.
_is_nowhere = or_(
    not_(exists().where(_spaces.c.id == _items.c.target_space_id)),
    and_(_items.c.target_kind == "list", not_(exists().where(_of_list))),
    and_(_items.c.target_kind == "label", not_(exists().where(_of_label))),
)
_is_known = _items.c.target_space_id.in_(bindparam("known", expanding=True))
_GONE = select(*_COLUMNS).where(in_space(_items), _is_nowhere, or_(_items.c.target_kind != "space", not_(_is_known)))
_named = (_items.c.target_kind == bindparam("kind"), _items.c.target_id == bindparam("target", type_=Uuid()))
_FIND_ANYWHERE = select(*_COLUMNS).where(in_space(_items), *_named)
_FIND = _FIND_ANYWHERE.where(_items.c.target_space_id == bindparam("target_space", type_=Uuid()))
_ONE = select(*_COLUMNS).where(in_space(_items), _items.c.id == row_id())
_COUNT = select(func.count()).select_from(_items).where(in_space(_items))
_LAST = select(func.max(_items.c.position)).where(in_space(_items))
_BEFORE = _LAST.where(_items.c.position < bindparam("position"))
_AFTER = select(func.min(_items.c.position)).where(in_space(_items), _items.c.position > bindparam("position"))
_IN_ORDER = (
    select(_items.c.id, _items.c.position, _items.c.version)
    .where(in_space(_items), _items.c.position.is_not(None))
    .order_by(_items.c.position, _items.c.id)
)
_DELETE = delete(_items).where(in_space(_items), _items.c.id == row_id())


class ItemRepository(Repository):
    """Reads and writes the items of a user, in the user's personal space."""

    table = _items
    entity = "item"

    async def page(self, entered: Access, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return items of what there is in spaces that the user may enter, `entered` being one of them."""
        return await self.fetch_all(_PAGE["after_0" in parameters], **self._spaces_of(entered), **parameters)

    async def gone(self, entered: Access) -> list[dict[str, Any]]:
        """Return items of what is gone for good, and was moved elsewhere."""
        known = known_spaces(self._work.kit.settings.namespace, entered)
        return [row._asdict() for row in await self.fetch_all(_GONE, known=known)]

    async def find(self, space_id: uuid.UUID, kind: str, target_id: uuid.UUID) -> dict[str, Any] | None:
        """Return the item of something."""
        row = await self.fetch_one(_FIND, target_space=space_id, kind=kind, target=target_id)
        return None if row is None else row._asdict()

    async def of_list(self, list_id: uuid.UUID) -> Mapping[uuid.UUID, dict[str, Any]]:
        """Return the items of lists of an id, by their spaces."""
        rows = await self.fetch_all(_FIND_ANYWHERE, kind="list", target=list_id)
        return {row.target_space_id: row._asdict() for row in rows}

    async def by_id(self, item_id: uuid.UUID) -> dict[str, Any] | None:
        """Return an item."""
        row = await self.fetch_one(_ONE, row_id=item_id)
        return None if row is None else row._asdict()

    async def count(self) -> int:
        """Return how many items there are, of whatever."""
        return int(await self.fetch_value(_COUNT))

    async def end(self) -> str:
        """Return a position behind all others."""
        return key_between(await self.fetch_value(_LAST), None)

    async def key_beside(self, position: str, *, before: bool) -> str:
        """Return a free position directly before or after a taken one."""
        neighbour = await self.fetch_value(_BEFORE if before else _AFTER, position=position)
        return key_between(neighbour, position) if before else key_between(position, neighbour)

    async def respace(self) -> None:
        """Give every item that has a position a short one, in the present order."""
        items = [row._asdict() for row in await self.fetch_all(_IN_ORDER)]
        keys = keys_behind(items[-1]["position"])
        await self.save_all(((one, {"position": key}, {}) for one, key in zip(items, keys, strict=False)), "updated")

    async def bring(self, record: Mapping[str, Any], space_id: uuid.UUID) -> None:
        """Say that what an item is about is in another space."""
        diff, version = {"target_space_id": [record["target_space_id"], space_id]}, record["version"] + 1
        stamp = {"version": version, "updated_at": self._work.now}
        await self.update(record["id"], {"target_space_id": space_id, **stamp})
        self._work.record(self.entity, record["id"], "updated", version, diff)

    async def remove(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Remove items."""
        here = self._work.space_id
        await self._work.run_many(_DELETE, ({"space": here, "row_id": record["id"]} for record in records))
        for record in records:
            self._work.record(self.entity, record["id"], "deleted", record["version"] + 1)

    def _spaces_of(self, entered: Access) -> dict[str, Any]:
        namespace = self._work.kit.settings.namespace
        known = known_spaces(namespace, entered)
        return {**parameters_of(namespace, entered.principal.user_id), "known": known}
