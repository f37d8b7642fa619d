"""SQL on spaces."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.repository import Repository
from fastapi_todo_kit.storage.tables import table_of

_spaces = table_of(Space)
_BY_IDS = select(_spaces.c.id, _spaces.c.seq, _spaces.c.created_at).where(
    _spaces.c.id.in_(bindparam("ids", expanding=True))
)


class SpaceRepository(Repository):
    """Reads the rows of spaces; storage writes them."""

    table = _spaces

    async def by_ids(self, ids: Sequence[uuid.UUID]) -> Sequence[Row[Any]]:
        """Return id, seq and created_at of those spaces that have a row."""
        return await self._work.fetch(_BY_IDS, {"ids": ids})
