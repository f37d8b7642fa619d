"""What can be done to share. Runs inside a unit of work and never commits."""

from typing import cast

from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.lists.errors import InboxStays
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.schemas import ListRead
from fastapi_todo_kit.features.sharing.errors import AlreadyShared
from fastapi_todo_kit.features.sharing.schemas import ListShare
from fastapi_todo_kit.features.spaces.schemas import NewSpace
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.ordering import key_between
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work


class ListSharing:
    """The verb that shares a list."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lists = ListMoving(work)
        self._spaces = SpaceService(work)
        self._invitations = InvitationService(work)

    @verb(Action.SHARE_LIST)
    async def share(self, list_id: Id, wanted: ListShare, versions: Versions = ANY_VERSION) -> ListRead:
        """Give a list a space of its own, which the principal owns; one that has just that is returned as it is.

        Raises:
            ListNotFound, PreconditionFailed, Forbidden, SharingOff
            AlreadyShared: it has a space of its own.
            InboxStays, StaysWithTenant, TooLargeToMove, HiddenParts: it cannot go to another space.
            SpaceNotFound, InheritanceTooDeep, AlreadyExists, LimitReached: that space cannot be made.
            RoleTooHigh, MailUnavailable, RateLimited: somebody cannot be invited.
        """
        record = await self._lists.existing(list_id, versions)
        if await self._spaces.is_there_for(list_id):
            if wanted.id not in (None, self._work.space_id):
                raise AlreadyShared
            return cast("ListRead", record)
        self._work.require(Action.DELETE_LIST, record)
        if record["is_inbox"]:
            raise InboxStays
        self._invitations.check_invited(wanted.invite)
        fields = wanted.model_dump(exclude={"invite"})
        new = NewSpace(**{**fields, "name": wanted.name or record["name"]})
        _, there = await self._spaces.make(new, Action.CREATE_LIST, list_id)
        shared = await self._lists.carry_over(record, key_between(None, None), there)
        if wanted.invite:
            shared["invitations"] = await self._invitations.ask_into(there, wanted.invite)
        return shared
