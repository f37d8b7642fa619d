"""What goes wrong with labels."""

from fastapi_todo_kit.core.errors import NotFound


class LabelNotFound(NotFound):
    """There is no such label in this space."""
