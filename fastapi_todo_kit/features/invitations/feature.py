"""Invitations announce themselves."""

from typing import Final

from fastapi_todo_kit.features.invitations.changes import CHANGES
from fastapi_todo_kit.features.invitations.examples import EXAMPLES
from fastapi_todo_kit.features.invitations.jobs import Mailing
from fastapi_todo_kit.features.invitations.listeners import on_member_gone
from fastapi_todo_kit.features.invitations.models import Invitation, InvitationCount, InvitationUse
from fastapi_todo_kit.features.invitations.service import MAILING
from fastapi_todo_kit.features.members.events import MemberGone
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(
    name="invitations",
    is_on=lambda settings: settings.sharing.invitations,
    tables=(Invitation, InvitationUse, InvitationCount),
    listeners={MemberGone: (on_member_gone,)},
    jobs={MAILING: Mailing},
    changes=CHANGES,
    examples=EXAMPLES,
)
