"""What goes wrong with what recurs."""

from fastapi_todo_kit.core.errors import Conflict


class TodoDoesNotRecur(Conflict):
    """The todo does not recur; give it a recurrence first."""


class WrongOccurrence(Conflict):
    """The todo is not at this occurrence, and no such one was completed; `occurrence` says where it is."""


class NothingToUndo(Conflict):
    """No occurrence was completed or skipped since the recurrence was last changed."""
