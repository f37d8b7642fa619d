"""What can be done to make a space. Runs inside a unit of work and never commits."""

from typing import cast

from fastapi_todo_kit.features.founding.schemas import SpaceCreate, SpaceMade
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work


class SpaceFounding:
    """The verb that makes a space."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._spaces = SpaceService(work)
        self._invitations = InvitationService(work)

    @verb(Action.CREATE_SPACE)
    async def create(self, new: SpaceCreate) -> SpaceMade:
        """Make a space, which the principal owns; one of this id that is just so already is returned as it is.

        Then nobody is asked in: the first of two attempts has done that.

        Raises:
            SharingOff: users make no spaces here.
            SpaceNotFound: the space that it inherits from is none that the principal owns.
            InheritanceTooDeep: that space inherits from another one.
            AlreadyExists: the id is taken.
            LimitReached: the principal is in as many spaces as it may be.
            RoleTooHigh, MailUnavailable, RateLimited: somebody cannot be invited.
        """
        self._work.authorise()
        self._invitations.check_invited(new.invite)
        known = await self._spaces.one_like(new)
        if known is not None:
            return cast("SpaceMade", known)
        space, there = await self._spaces.make(new, Action.CREATE_SPACE)
        made = cast("SpaceMade", space)
        if new.invite:
            made["invitations"] = await self._invitations.ask_into(there, new.invite)
        return made
