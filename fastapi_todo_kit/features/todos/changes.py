"""What the host hears of todos."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class TodoCreated(ChangeEvent, frozen=True, tag="todo.created"):
    """A todo was added."""


class TodoUpdated(ChangeEvent, frozen=True, tag="todo.updated"):
    """Fields, labels, links or assignees of a todo changed."""


class TodoMoved(ChangeEvent, frozen=True, tag="todo.moved"):
    """A todo went to another list, parent or place."""


class TodoCompleted(ChangeEvent, frozen=True, tag="todo.completed"):
    """A todo was completed, by itself or with its parent.

    One that recurs went on to the next occurrence where `changes` has `occurrence`.
    """


class TodoSkipped(ChangeEvent, frozen=True, tag="todo.skipped"):
    """An occurrence of a todo was left out, and the todo went on to the next one."""


class TodoUndone(ChangeEvent, frozen=True, tag="todo.undone"):
    """What was done last with an occurrence of a todo was taken back."""


class TodoCancelled(ChangeEvent, frozen=True, tag="todo.cancelled"):
    """A todo was cancelled, by itself or with its parent."""


class TodoReopened(ChangeEvent, frozen=True, tag="todo.reopened"):
    """A closed todo is open again."""


class TodoDeleted(ChangeEvent, frozen=True, tag="todo.deleted"):
    """A todo went to the trash."""


class TodoRestored(ChangeEvent, frozen=True, tag="todo.restored"):
    """A todo came back from the trash."""


class TodoLeft(ChangeEvent, frozen=True, tag="todo.left"):
    """A todo has moved to another space, and is not in this one any more."""


class TodoArrived(ChangeEvent, frozen=True, tag="todo.arrived"):
    """A todo has come from another space, as it was there but for its place."""


class TodoPurged(ChangeEvent, frozen=True, tag="todo.purged"):
    """A todo was removed for good."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    TodoCreated,
    TodoUpdated,
    TodoMoved,
    TodoCompleted,
    TodoSkipped,
    TodoUndone,
    TodoCancelled,
    TodoReopened,
    TodoDeleted,
    TodoRestored,
    TodoLeft,
    TodoArrived,
    TodoPurged,
)
