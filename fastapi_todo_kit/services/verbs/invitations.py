"""The verbs of invitations.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.invitations.answering import InvitationAnswers
from fastapi_todo_kit.features.invitations.schemas import (
    InvitationCreate,
    InvitationPage,
    InvitationPreview,
    InvitationRead,
    InvitationsForMe,
    InvitationToken,
    SpaceJoined,
)
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Invitations(Verbs):
    """What can be done with invitations."""

    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationPage:
        """Return the invitations of the space, in the order in which they were made, for whoever may invite.

        Raises:
            SpaceNotFound, MembersAreTheHosts, Forbidden, InvalidCursor
        """
        return await self._run(Action.READ_INVITATION, lambda work: InvitationService(work).page(limit, cursor))

    async def invite(self, new: InvitationCreate) -> InvitationRead:
        """Invite somebody by mail, or make a link, whose token is in the answer and nowhere else.

        Raises:
            SharingOff: nobody is invited here.
            SpaceNotFound, MembersAreTheHosts
            RoleTooHigh: the role may do what the principal's may not.
            MailUnavailable: nobody is invited by mail here.
            AlreadyExists: somebody has invited this address.
            LimitReached: as many invitations are open as may be.
            RateLimited: the principal has had as many mails sent today as it may.
        """
        return await self._run(Action.INVITE_MEMBER, lambda work: InvitationService(work).invite(new))

    async def revoke(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Take an invitation back.

        Raises:
            SpaceNotFound, MembersAreTheHosts, InvitationNotFound, PreconditionFailed
        """
        return await self._run(
            Action.INVITE_MEMBER, lambda work: InvitationService(work).revoke(invitation_id, versions)
        )

    async def resend(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> InvitationRead:
        """Send the mail again, or make another link, for which the principal stands; the one before is good no more.

        Raises:
            SpaceNotFound, MembersAreTheHosts, PreconditionFailed, MailUnavailable, LimitReached, RateLimited
            InvitationNotFound: there is none, or it was accepted by as many as may.
            RoleTooHigh: the role may do what the principal's may not.
        """
        return await self._run(
            Action.INVITE_MEMBER, lambda work: InvitationService(work).resend(invitation_id, versions)
        )

    async def mine(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationsForMe:
        """Return the invitations of the principal's verified address that can be accepted now.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        return await self._run(Action.READ_INVITATION, lambda work: InvitationAnswers(work).mine(limit, cursor))

    async def preview(self, answer: InvitationToken) -> InvitationPreview:
        """Return what an invitation is to, and by whom.

        Raises:
            InvitationNotFound: it is good no more, or never was.
            RateLimited: the principal has tried too many that are not.
        """
        return await self._run(Action.READ_INVITATION, lambda work: InvitationAnswers(work).preview(answer))

    async def accept(self, answer: InvitationToken) -> SpaceJoined:
        """Become a member of a space. Whoever is one already stays what it is, or becomes more by a mail.

        Raises:
            SharingOff: nobody is invited here.
            InvitationNotFound: it is good no more, or never was.
            OtherAddress: it is for another address.
            LimitReached: the space has as many members as it may, or the principal is in as many spaces as it may be.
            RateLimited: the principal has tried too many that are not good.
        """
        return await self._run(Action.ANSWER_INVITATION, lambda work: InvitationAnswers(work).accept(answer))

    async def decline(self, answer: InvitationToken) -> None:
        """Let an invitation by mail be good no more; a link stays good for others.

        Raises:
            InvitationNotFound, OtherAddress, RateLimited
        """
        return await self._run(Action.ANSWER_INVITATION, lambda work: InvitationAnswers(work).decline(answer))


class SyncInvitations(SyncVerbs[Invitations]):
    """The sync twin, which raises the same errors."""

    def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationPage:
        """Return the invitations of the space, in the order in which they were made, for whoever may invite."""
        return self._drive(self._twin.page(limit, cursor))

    def invite(self, new: InvitationCreate) -> InvitationRead:
        """Invite somebody by mail, or make a link, whose token is in the answer and nowhere else."""
        return self._drive(self._twin.invite(new))

    def revoke(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Take an invitation back."""
        return self._drive(self._twin.revoke(invitation_id, versions))

    def resend(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> InvitationRead:
        """Send the mail again, or make another link, for which the principal stands; the one before is good no more."""
        return self._drive(self._twin.resend(invitation_id, versions))

    def mine(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationsForMe:
        """Return the invitations of the principal's verified address that can be accepted now."""
        return self._drive(self._twin.mine(limit, cursor))

    def preview(self, answer: InvitationToken) -> InvitationPreview:
        """Return what an invitation is to, and by whom."""
        return self._drive(self._twin.preview(answer))

    def accept(self, answer: InvitationToken) -> SpaceJoined:
        """Become a member of a space. Whoever is one already stays what it is, or becomes more by a mail."""
        return self._drive(self._twin.accept(answer))

    def decline(self, answer: InvitationToken) -> None:
        """Let an invitation by mail be good no more; a link stays good for others."""
        return self._drive(self._twin.decline(answer))
