"""What goes wrong with members."""

from fastapi_todo_kit.core.errors import Conflict, Forbidden, InvalidInput, NotFound


class MemberNotFound(NotFound):
    """There is no such member in this space."""


class PersonNotFound(NotFound):
    """Nobody is known by this id."""


class MembersAreTheHosts(Conflict):
    """Who is in this space is said elsewhere: it is a user's own, or one of the application's."""


class LastOwner(Conflict):
    """Somebody has to own the space: make another member its owner first, or delete it."""


class NotOneself(Conflict):
    """Your own membership is changed by leaving, or by somebody else."""


class InvitationNeeded(Forbidden):
    """Nobody is added here without being asked: invite them."""


class NotAMember(InvalidInput):
    """Whoever is to do something here has to be a member; `errors` says who is none."""
