"""What goes wrong with lists."""

from fastapi_todo_kit.core.errors import Conflict, NotFound


class ListNotFound(NotFound):
    """There is no such list in this space."""


class InboxProtected(Conflict):
    """The inbox of a space can be neither deleted nor archived."""


class ListArchived(Conflict):
    """The list is archived; unarchive it before you add to it."""


class ListDeleted(Conflict):
    """The list is in the trash; restore it first."""
