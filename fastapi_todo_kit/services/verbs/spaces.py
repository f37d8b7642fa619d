"""The verbs of spaces, and of their trash."""

from fastapi_todo_kit.core.fields import Instant, PageCursor, PageLimit
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.schemas import Purged, SpacePage, SpaceRead, TrashPage
from fastapi_todo_kit.services.verbs.base import Verbs
from fastapi_todo_kit.storage.tables import NEVER


class Trash(Verbs):
    """What can be done with the trash."""

    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> TrashPage:
        """Return deleted lists and todos, the last one first."""
        return await self._run(Action.READ_TRASH, lambda work: TrashService(work).page(limit, cursor))

    async def purge(self, cutoff: Instant = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything.

        Raises:
            Forbidden

        Whatever hangs from a deleted object was deleted no later, so nothing living refers to what goes.
        """
        return await self._run(Action.PURGE_TRASH, lambda work: TrashService(work).purge(cutoff))


class Spaces(Verbs):
    """What there is to know about spaces."""

    async def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).page())

    async def current(self) -> SpaceRead:
        """Return the space of this call."""
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).current())
