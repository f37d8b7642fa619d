"""What can be done with the trash. Runs inside a unit of work and never commits."""

from datetime import datetime
from typing import cast

from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.tables import NEVER
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.trash.repository import ORDER, TrashRepository
from fastapi_todo_kit.trash.schemas import Purged, TrashEntry, TrashPage


class TrashService:
    """Shows and empties the trash of a space. What is in it comes back by `restore` of lists and todos."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._trash = TrashRepository(work)

    async def page(self, limit: int = 50, cursor: str | None = None) -> TrashPage:
        """Return deleted lists and todos, the last one first.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "trash", self._work.space_id)
        rows = await self._trash.page(paging.parameters)
        entries, next_cursor = paging.split(rows, lambda row: (row["deleted_at"], row["id"]))
        return {"items": cast("list[TrashEntry]", entries), "next_cursor": next_cursor}

    async def purge(self, cutoff: datetime = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything.

        Raises:
            Forbidden

        Whatever hangs from a deleted object was deleted no later, so nothing living refers to what goes.
        """
        self._work.authorise()
        todos = await self._trash.purge_todos(cutoff)
        lists = await self._trash.purge_lists(cutoff)
        for entity, rows in (("todo", todos), ("list", lists)):
            for row in rows:
                self._work.record(entity, row.id, "purged", row.version)
        return {"lists": len(lists), "todos": len(todos)}
