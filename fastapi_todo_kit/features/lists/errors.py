"""What goes wrong with lists."""

from fastapi_todo_kit.core.errors import Conflict, Forbidden, NotFound


class ListNotFound(NotFound):
    """There is no such list in this space."""


class InboxStays(Conflict):
    """The inbox of a space can be neither shared nor moved to another space; its todos can."""


class SpaceHoldsOneList(Conflict):
    """This space is there for one list, and holds no other."""


class StaysWithTenant(Conflict):
    """What belongs to a tenant of the application stays there, and nothing from elsewhere is moved there."""


class TooLargeToMove(Conflict):
    """So many todos cannot go to another space at once; `limit` says how many can."""


class HiddenParts(Forbidden):
    """There is something in it that you do not see, and that would be yours in another space."""


class InboxProtected(Conflict):
    """The inbox of a space can be neither deleted nor archived."""


class ListArchived(Conflict):
    """The list is archived; unarchive it before you add to it."""


class ListDeleted(Conflict):
    """The list is in the trash; restore it first."""
