"""The verbs of trash.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Instant, PageCursor, PageLimit
from fastapi_todo_kit.features.trash.schemas import Purged, TrashPage
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.tables import NEVER


class Trash(Verbs):
    """What can be done with trash."""

    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> TrashPage:
        """Return deleted lists and todos, the last one first.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        return await self._run(Action.READ_TRASH, lambda work: TrashService(work).page(limit, cursor))

    async def purge(self, cutoff: Instant = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything.

        Whatever hangs from a deleted object was deleted no later, so nothing living refers to what goes.

        Raises:
            Forbidden
        """
        return await self._run(Action.PURGE_TRASH, lambda work: TrashService(work).purge(cutoff))


class SyncTrash(SyncVerbs[Trash]):
    """The sync twin, which raises the same errors."""

    def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> TrashPage:
        """Return deleted lists and todos, the last one first."""
        return self._drive(self._twin.page(limit, cursor))

    def purge(self, cutoff: Instant = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything."""
        return self._drive(self._twin.purge(cutoff))
