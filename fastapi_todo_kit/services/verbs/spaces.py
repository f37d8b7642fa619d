"""The verbs of spaces.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.features.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs


class Spaces(Verbs):
    """What can be done with spaces."""

    async def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one.

        Raises:
            SpaceNotFound: the policy does not show the space of this call.
        """
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).page())

    async def current(self) -> SpaceRead:
        """Return the space of this call.

        Raises:
            SpaceNotFound: the policy does not show it.
        """
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).current())


class SyncSpaces(SyncVerbs[Spaces]):
    """The sync twin, which raises the same errors."""

    def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        return self._drive(self._twin.page())

    def current(self) -> SpaceRead:
        """Return the space of this call."""
        return self._drive(self._twin.current())
