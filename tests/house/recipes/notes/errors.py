"""What goes wrong with notes."""

from fastapi_todo_kit.core.errors import Conflict


class NoteTooLate(Conflict):
    """The note would be removed before anybody could read it."""
