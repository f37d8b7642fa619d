"""What goes wrong with invitations."""

from fastapi_todo_kit.core.errors import Conflict, Forbidden, NotFound


class InvitationNotFound(NotFound):
    """There is no such invitation, or it is good no more: ask for another one."""


class OtherAddress(Forbidden):
    """This invitation is for another address: log in with the account whose verified address it went to."""


class MailUnavailable(Conflict):
    """Nobody is invited by mail here: make a link, and send that."""
