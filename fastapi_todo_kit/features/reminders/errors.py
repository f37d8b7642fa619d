"""What goes wrong with reminders."""

from fastapi_todo_kit.core.errors import Conflict, NotFound


class ReminderNotFound(NotFound):
    """You have no such reminder of this todo."""


class RemindersUnavailable(Conflict):
    """There are no reminders in shared spaces here: the application does not say who still belongs to them."""
