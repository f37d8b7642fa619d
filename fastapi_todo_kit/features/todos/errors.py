"""What goes wrong with todos."""

from fastapi_todo_kit.core.errors import Conflict, NotFound


class TodoNotFound(NotFound):
    """There is no such todo in this space."""


class LinkTargetNotFound(NotFound):
    """There is no such object to link to, or to list the todos of."""


class TodoClosed(Conflict):
    """The todo is completed or cancelled; reopen it first."""


class MoveImpossible(Conflict):
    """The todo cannot go there: that would make a cycle or nest too deeply."""
