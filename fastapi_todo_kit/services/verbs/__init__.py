"""The services of all features.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.services.verbs.invitations import Invitations, SyncInvitations
from fastapi_todo_kit.services.verbs.labels import Labels, SyncLabels
from fastapi_todo_kit.services.verbs.lists import Lists, SyncLists
from fastapi_todo_kit.services.verbs.reminders import Reminders, SyncReminders
from fastapi_todo_kit.services.verbs.spaces import Spaces, SyncSpaces
from fastapi_todo_kit.services.verbs.todos import SyncTodos, Todos
from fastapi_todo_kit.services.verbs.trash import SyncTrash, Trash

__all__ = [
    "Invitations",
    "Labels",
    "Lists",
    "Reminders",
    "Spaces",
    "SyncTodoServices",
    "TodoServices",
    "Todos",
    "Trash",
]


class TodoServices:
    """The services of one user in one space, inside a transaction of the host."""

    def __init__(self, caller: Caller) -> None:
        self.todos: Todos = Todos(caller)
        self.lists: Lists = Lists(caller)
        self.reminders: Reminders = Reminders(caller)
        self.labels: Labels = Labels(caller)
        self.trash: Trash = Trash(caller)
        self.spaces: Spaces = Spaces(caller)
        self.invitations: Invitations = Invitations(caller)


class SyncTodoServices:
    """The same, for a host on a sync session."""

    def __init__(self, twin: TodoServices) -> None:
        self.twin: TodoServices = twin
        self.todos: SyncTodos = SyncTodos(twin.todos)
        self.lists: SyncLists = SyncLists(twin.lists)
        self.reminders: SyncReminders = SyncReminders(twin.reminders)
        self.labels: SyncLabels = SyncLabels(twin.labels)
        self.trash: SyncTrash = SyncTrash(twin.trash)
        self.spaces: SyncSpaces = SyncSpaces(twin.spaces)
        self.invitations: SyncInvitations = SyncInvitations(twin.invitations)
