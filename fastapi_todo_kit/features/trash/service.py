"""What can be done with the trash. Runs inside a unit of work and never commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.fields import Instant, PageCursor, PageLimit
from fastapi_todo_kit.features.trash.repository import ORDER, SPACES_TO_PURGE, TrashRepository
from fastapi_todo_kit.features.trash.schemas import Purged, TrashEntry, TrashPage
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.tables import NEVER
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work


class TrashService:
    """Shows and empties the trash of a space. What is in it comes back by `restore` of lists and todos."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._trash = TrashRepository(work)

    @verb(Action.READ_TRASH)
    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> TrashPage:
        """Return deleted lists and todos, the last one first.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "trash", self._work.space_id)
        rows = await self._trash.page(paging.parameters)
        entries, next_cursor = paging.split(rows, lambda row: (row["deleted_at"], row["id"]))
        return {"items": cast("list[TrashEntry]", entries), "next_cursor": next_cursor}

    @verb(Action.PURGE_TRASH)
    async def purge(self, cutoff: Instant = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything.

        Whatever hangs from a deleted object was deleted no later, so nothing living refers to what goes.

        Raises:
            Forbidden
        """
        total: Purged = {"lists": 0, "todos": 0}
        while any((purged := await self.purge_some(cutoff)).values()):
            total = {"lists": total["lists"] + purged["lists"], "todos": total["todos"] + purged["todos"]}
        return total

    async def purge_some(self, cutoff: datetime) -> Purged:
        """Remove for good some of what was deleted before the cutoff, with all that hangs from it; lists come last.

        What hangs from a deleted object is deleted, too, and was so before it. Its own moment is not asked for: the
        clock may have been ahead then.

        Raises:
            Forbidden
        """
        self._work.authorise()
        if todos := await self._trash.expired_todos(cutoff):
            return {"lists": 0, "todos": await self._trash.purge_todos(todos)}
        list_id = await self._trash.expired_list(cutoff)
        if list_id is None:
            return {"lists": 0, "todos": 0}
        todos = await self._trash.todos_of_list(list_id)
        count = await self._trash.purge_todos(todos)
        await self._trash.purge_list(list_id)
        return {"lists": 1, "todos": count}

    async def purge_some_of_all(self) -> Purged:
        """Remove for good some of what there is in the space, deleted or not; lists come last."""
        self._work.authorise()
        if todos := await self._trash.some_todos():
            return {"lists": 0, "todos": await self._trash.purge_todos(todos)}
        return {"lists": await self._trash.purge_lists(), "todos": 0}


async def spaces_to_purge(connection: Connection, **cutoffs: Any) -> Sequence[Row[Any]]:
    """Return some of the spaces behind the id `after` in which something was deleted before `cutoff`, or answered."""
    return await connection.fetch(SPACES_TO_PURGE, cutoffs)
