"""What goes wrong with items."""

from fastapi_todo_kit.core.errors import NotFound


class ItemNotFound(NotFound):
    """You keep no such item."""
