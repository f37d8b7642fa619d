"""Lists that go to another space, with all that is in them."""

import uuid
from typing import Any, cast

from fastapi_todo_kit.core.errors import WrongReference
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.lists.errors import InboxStays, StaysWithTenant
from fastapi_todo_kit.features.lists.events import ListLeaving
from fastapi_todo_kit.features.lists.schemas import ListMove, ListRead
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.forwards import lead_on
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work


class ListMoving(ListService):
    """The verb that moves a list, within the space of a unit of work or out of it."""

    @verb(Action.UPDATE_LIST, into=Action.CREATE_LIST)
    async def move(self, list_id: Id, target: ListMove, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list before or after another, or into another space with all that is in it.

        Raises:
            ListNotFound: either of the two.
            WrongReference: both are the same list.
            PreconditionFailed
            SpaceNotFound: the other space is none of the principal's.
            InboxStays, StaysWithTenant, TooLargeToMove, HiddenParts: it cannot go to another space.
            LimitReached, SpaceHoldsOneList: there is no room for it there.
            AlreadyExists: an id is taken there.
        """
        there = self._work.there
        if there is None:
            return await self.place(list_id, target, versions)
        record = await self._existing(list_id, versions)
        self._work.require(Action.DELETE_LIST, record)
        position = await ListMoving(there)._landing(list_id, target)
        return await self.carry_over(record, position, there)

    async def existing(self, list_id: uuid.UUID, versions: Versions) -> dict[str, Any]:
        """Return a living list that the principal may do this to.

        Raises:
            ListNotFound, Forbidden, PreconditionFailed
        """
        return await self._existing(list_id, versions)

    async def carry_over(self, record: dict[str, Any], position: str, there: Work) -> ListRead:
        """Bring a list to a position of another space, with all that is in it.

        Raises:
            InboxStays, StaysWithTenant, TooLargeToMove, HiddenParts, AlreadyExists
        """
        check_crossing(self._work, there)
        if record["is_inbox"]:
            raise InboxStays
        moved = {
            **record,
            "space_id": there.space_id,
            "position": position,
            "version": record["version"] + 1,
            "updated_at": self._work.now,
        }
        there.authorise(moved)
        await self._lists.arrive(moved, there)
        event = ListLeaving(record["id"], there)
        await self._work.emit(event)
        await self._lists.leave(record["id"], moved["version"])
        await lead_on(self._work, there.space_id, [(record["id"], moved["version"])])
        await SpaceService(self._work).give_up_list(record["id"])
        return cast("ListRead", {**moved, "dropped": event.dropped})

    async def _landing(self, list_id: uuid.UUID, target: ListMove) -> str:
        """Return the position at which a list of another space comes to stand in this one."""
        end = await self._end()
        if target.beside is None:
            return end
        if target.beside == list_id:
            raise WrongReference("A list cannot move beside itself.")
        return await self._beside(target)


def check_crossing(work: Work, there: Work) -> None:
    """Make sure that something may go from one space to another.

    Raises:
        StaysWithTenant: one of the two is a tenant's.
    """
    kinds = {one.access.space.kind for one in (work, there)}
    if "host" in kinds and not work.kit.settings.sharing.across_tenants:
        raise StaysWithTenant
