"""What the host hears of invitations. No change holds an address or a token: every member may read the log."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class InvitationCreated(ChangeEvent, frozen=True, tag="invitation.created"):
    """Somebody was invited, or a link was made."""


class InvitationSent(ChangeEvent, frozen=True, tag="invitation.sent"):
    """A mail was asked for again, or another link was made instead of the one before."""


class InvitationRevoked(ChangeEvent, frozen=True, tag="invitation.revoked"):
    """An invitation was taken back."""


class InvitationAccepted(ChangeEvent, frozen=True, tag="invitation.accepted"):
    """Somebody accepted an invitation; whoever was no member is one now, and `member.added` says so."""


class InvitationDeclined(ChangeEvent, frozen=True, tag="invitation.declined"):
    """Whoever was invited by mail does not want to."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    InvitationCreated,
    InvitationSent,
    InvitationRevoked,
    InvitationAccepted,
    InvitationDeclined,
)
