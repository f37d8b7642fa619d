"""What can be done to share. Runs inside a unit of work and never commits."""

from collections.abc import Sequence
from typing import cast

from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.invitations.schemas import InvitationCreate, InvitationRead
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.lists.errors import InboxStays
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.schemas import ListRead
from fastapi_todo_kit.features.sharing.errors import AlreadyShared
from fastapi_todo_kit.features.sharing.schemas import ListShare
from fastapi_todo_kit.features.spaces.schemas import SpaceCreate
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action, roles_of
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
        self._check_roles(wanted.invite)
        fields = wanted.model_dump(exclude={"invite"})
        new = SpaceCreate(**{**fields, "name": wanted.name or record["name"]})
        there = await self._spaces.make_for_list(new, list_id, Action.CREATE_LIST)
        shared = await self._lists.carry_over(record, key_between(None, None), there)
        if wanted.invite:
            shared["invitations"] = await self._invite(wanted.invite, there)
        return shared

    def _check_roles(self, invited: Sequence[InvitationCreate]) -> None:
        for n, one in enumerate(invited):
            roles_of(self._work.kit.host.policy).check_known(one.role, f"invite/{n}/role")

    async def _invite(self, invited: Sequence[InvitationCreate], there: Work) -> list[InvitationRead]:
        """Ask people into the space of the list; the tokens of links are told once, and in no stored answer."""
        self._work.said_once.add("invitations")
        inviting = InvitationService(self._work.also_in(there.access, Action.INVITE_MEMBER))
        return [await inviting.invite(one) for one in invited]
