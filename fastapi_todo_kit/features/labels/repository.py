"""SQL on labels."""

import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Final

from sqlalchemy import Select, bindparam, delete, func, select

from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.features.labels.schemas import LabelRead
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.keyset import Order, SortKey, across_spaces, rows_after
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import table_of

_labels = table_of(Label)
_COLUMNS = [_labels.c[name] for name in LabelRead.__annotations__]
_of_one: Order = (SortKey("name", _labels.c.name_key), SortKey("id", _labels.c.id))
ORDERS: Final[Mapping[bool, Order]] = {False: _of_one, True: across_spaces(_of_one, _labels.c.space_id)}
"""The order of a page: of one space, or of several."""

_ONE = select(*_COLUMNS).where(in_space(_labels), _labels.c.id == row_id())
_BY_KEY = select(_labels.c.id).where(in_space(_labels), _labels.c.name_key == bindparam("name_key"))
_COUNT = select(func.count()).select_from(_labels).where(in_space(_labels))
_KNOWN = select(_labels.c.id).where(in_space(_labels), _labels.c.id.in_(bindparam("ids", expanding=True)))
_SEVERAL = select(*_COLUMNS).where(in_space(_labels), _labels.c.id.in_(bindparam("ids", expanding=True)))
_IDS = select(_labels.c.id).where(in_space(_labels))
_DELETE = delete(_labels).where(in_space(_labels), _labels.c.id == row_id())


@cache
def _page(order: Order, *, continued: bool) -> Select[Any]:
    statement = select(*_COLUMNS, _labels.c.name_key).where(in_space(_labels))
    if continued:
        statement = statement.where(rows_after(order))
    return statement.order_by(*(key.order for key in order)).limit(bindparam("limit"))


class LabelRepository(Repository):
    """Reads and writes the labels of a space."""

    table = _labels
    entity: ClassVar[Entity] = "label"

    async def page(self, parameters: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
        """Return labels by name, each with its folded name."""
        page = _page(ORDERS[self._work.spans], continued="after_0" in parameters)
        rows = [dict(row._mapping) for row in await self.fetch_all(self.seen(page), **parameters)]
        return [(row, row.pop("name_key")) for row in rows]

    async def find(self, label_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a label."""
        row = await self.fetch_one(self.seen(_ONE), row_id=label_id)
        return None if row is None else dict(row._mapping)

    async def id_of(self, name_key: str) -> uuid.UUID | None:
        """Return the id of the label with this folded name."""
        label_id: uuid.UUID | None = await self.fetch_value(_BY_KEY, name_key=name_key)
        return label_id

    async def count(self) -> int:
        """Return how many labels the space has."""
        return int(await self.fetch_value(_COUNT))

    async def known(self, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
        """Return those of the ids that are labels of the space."""
        return {row.id for row in await self.fetch_all(self.seen(_KNOWN), ids=ids)}

    async def several(self, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
        """Return the labels of these ids."""
        return [dict(row._mapping) for row in await self.fetch_all(self.seen(_SEVERAL), ids=ids)]

    async def visible_ids(self) -> frozenset[uuid.UUID] | None:
        """Return the ids of the labels that the principal sees; None, without asking the database, where all are."""
        if self._work.visible(self.entity, self.table) is None:
            return None
        return frozenset(row.id for row in await self.fetch_all(self.seen(_IDS)))

    async def delete(self, label_id: uuid.UUID) -> None:
        """Remove a label; nothing may carry it any more."""
        await self.run(_DELETE, row_id=label_id)
