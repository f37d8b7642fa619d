"""A notifier for tests: it keeps what it is given."""

import uuid

from fastapi_todo_kit.host import Notification


class MemoryNotifier:
    """Keeps notifications. Give it to `Host(notifier=...)`, and call `run_due` in the test."""

    def __init__(self) -> None:
        self.notifications: list[Notification] = []

    async def notify(self, notification: Notification) -> None:
        """Keep a notification."""
        self.notifications.append(notification)

    def of_todo(self, todo_id: uuid.UUID | str) -> list[Notification]:
        """Return what users were told of a todo, the oldest first."""
        return [one for one in self.notifications if str(one.todo_id) == str(todo_id)]
