"""The verbs of lists.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.schemas import ListCreate, ListMove, ListPage, ListQuery, ListRead, ListUpdate
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.sharing.schemas import ListShare
from fastapi_todo_kit.features.sharing.service import ListSharing
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Lists(Verbs):
    """What can be done with lists."""

    async def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, of several spaces one after the other, with counts where asked.

        Raises:
            SpaceNotFound, InvalidCursor
            UnknownParameter: the host's model of `extra` has no such filter.
        """
        return await self._run(Action.READ_LIST, lambda work: ListService(work).page(query), spans=True)

    async def get(self, list_id: Id) -> ListRead:
        """Return a living list.

        Raises:
            ListNotFound: there is none of this id in the space.
        """
        return await self._run(Action.READ_LIST, lambda work: ListService(work).get(list_id))

    async def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end; one of this id that is just so already is returned as it is.

        Raises:
            LimitReached: the space holds as many lists as it may.
            AlreadyExists: the id is taken.
            InvalidInput: the host's model refuses `extra`.
        """
        return await self._run(Action.CREATE_LIST, lambda work: ListService(work).create(new))

    async def update(self, list_id: Id, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent.

        Raises:
            ListNotFound, PreconditionFailed
            InvalidInput: the host's model refuses `extra`.
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).update(list_id, changes, versions))

    async def delete(self, list_id: Id, versions: Versions = ANY_VERSION, move_to: Id | None = None) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list.

        Raises:
            ListNotFound, PreconditionFailed
            InboxProtected: it is the inbox.
            WrongReference: the todos would move to the list that goes.
        """
        return await self._run(Action.DELETE_LIST, lambda work: ListService(work).delete(list_id, versions, move_to))

    async def archive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again.

        Raises:
            ListNotFound, PreconditionFailed, InboxProtected
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).archive(list_id, versions))

    async def unarchive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive.

        Raises:
            ListNotFound, PreconditionFailed
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).unarchive(list_id, versions))

    async def restore(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it.

        Raises:
            ListNotFound: it is not in the trash.
            LimitReached, PreconditionFailed
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).restore(list_id, versions))

    async def duplicate(self, list_id: Id) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox.

        Raises:
            ListNotFound, LimitReached
        """
        return await self._run(Action.CREATE_LIST, lambda work: ListService(work).duplicate(list_id))

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
        return await self._run(
            Action.UPDATE_LIST,
            lambda work: ListMoving(work).move(list_id, target, versions),
            (target.space_id, Action.CREATE_LIST),
        )

    async def share(self, list_id: Id, wanted: ListShare, versions: Versions = ANY_VERSION) -> ListRead:
        """Give a list a space of its own, which the principal owns; one that has just that is returned as it is.

        Raises:
            ListNotFound, PreconditionFailed, Forbidden, SharingOff
            AlreadyShared: it has a space of its own.
            InboxStays, StaysWithTenant, TooLargeToMove, HiddenParts: it cannot go to another space.
            SpaceNotFound, InheritanceTooDeep, AlreadyExists, LimitReached: that space cannot be made.
            RoleTooHigh, MailUnavailable, RateLimited: somebody cannot be invited.
        """
        return await self._run(Action.SHARE_LIST, lambda work: ListSharing(work).share(list_id, wanted, versions))


class SyncLists(SyncVerbs[Lists]):
    """The sync twin, which raises the same errors."""

    def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, of several spaces one after the other, with counts where asked."""
        return self._drive(self._twin.page(query))

    def get(self, list_id: Id) -> ListRead:
        """Return a living list."""
        return self._drive(self._twin.get(list_id))

    def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end; one of this id that is just so already is returned as it is."""
        return self._drive(self._twin.create(new))

    def update(self, list_id: Id, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent."""
        return self._drive(self._twin.update(list_id, changes, versions))

    def delete(self, list_id: Id, versions: Versions = ANY_VERSION, move_to: Id | None = None) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list."""
        return self._drive(self._twin.delete(list_id, versions, move_to))

    def archive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again."""
        return self._drive(self._twin.archive(list_id, versions))

    def unarchive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive."""
        return self._drive(self._twin.unarchive(list_id, versions))

    def restore(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it."""
        return self._drive(self._twin.restore(list_id, versions))

    def duplicate(self, list_id: Id) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox."""
        return self._drive(self._twin.duplicate(list_id))

    def move(self, list_id: Id, target: ListMove, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list before or after another, or into another space with all that is in it."""
        return self._drive(self._twin.move(list_id, target, versions))

    def share(self, list_id: Id, wanted: ListShare, versions: Versions = ANY_VERSION) -> ListRead:
        """Give a list a space of its own, which the principal owns; one that has just that is returned as it is."""
        return self._drive(self._twin.share(list_id, wanted, versions))
