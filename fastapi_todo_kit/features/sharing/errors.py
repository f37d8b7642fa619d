"""What goes wrong with sharing."""

from fastapi_todo_kit.core.errors import Conflict


class AlreadyShared(Conflict):
    """The list has a space of its own already: ask people into that one."""
