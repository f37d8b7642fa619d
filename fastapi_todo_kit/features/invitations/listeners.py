"""What becomes of invitations when somebody is removed, inside the same transaction."""

from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.members.events import MemberGone
from fastapi_todo_kit.storage.work import Work


async def on_member_gone(work: Work, event: MemberGone) -> None:
    """Let whoever was removed not come back by what is open now; who has left may, by what it has not used."""
    if event.is_removed:
        await InvitationService(work).close_for(event.user_id)
