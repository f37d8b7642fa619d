"""Changes as the host hears of them, one class for each kind.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.features.invitations.changes import (
    InvitationAccepted,
    InvitationCreated,
    InvitationDeclined,
    InvitationRevoked,
    InvitationSent,
)
from fastapi_todo_kit.features.items.changes import ItemCreated, ItemDeleted, ItemUpdated
from fastapi_todo_kit.features.labels.changes import LabelCreated, LabelDeleted, LabelUpdated
from fastapi_todo_kit.features.lists.changes import (
    ListArchived,
    ListArrived,
    ListCreated,
    ListDeleted,
    ListLeft,
    ListMoved,
    ListPurged,
    ListRestored,
    ListUnarchived,
    ListUpdated,
)
from fastapi_todo_kit.features.members.changes import MemberAdded, MemberChanged, MemberLeft, MemberRemoved
from fastapi_todo_kit.features.reminders.changes import ReminderCreated, ReminderDeleted, ReminderFired, ReminderUpdated
from fastapi_todo_kit.features.spaces.changes import SpaceCreated, SpaceDeleted, SpaceRestored, SpaceUpdated
from fastapi_todo_kit.features.todos.changes import (
    TodoArrived,
    TodoCancelled,
    TodoCompleted,
    TodoCreated,
    TodoDeleted,
    TodoLeft,
    TodoMoved,
    TodoPurged,
    TodoReopened,
    TodoRestored,
    TodoSkipped,
    TodoUndone,
    TodoUpdated,
)
from fastapi_todo_kit.kit import event_of

# fmt: off
__all__ = [
    "ChangeEvent", "InvitationAccepted", "InvitationCreated", "InvitationDeclined", "InvitationRevoked",
    "InvitationSent", "ItemCreated", "ItemDeleted", "ItemUpdated", "LabelCreated", "LabelDeleted", "LabelUpdated",
    "ListArchived", "ListArrived", "ListCreated", "ListDeleted", "ListLeft", "ListMoved", "ListPurged",
    "ListRestored", "ListUnarchived", "ListUpdated", "MemberAdded", "MemberChanged", "MemberLeft", "MemberRemoved",
    "ReminderCreated", "ReminderDeleted", "ReminderFired", "ReminderUpdated", "SpaceCreated", "SpaceDeleted",
    "SpaceRestored", "SpaceUpdated", "TodoArrived", "TodoCancelled", "TodoCompleted", "TodoCreated", "TodoDeleted",
    "TodoLeft", "TodoMoved", "TodoPurged", "TodoReopened", "TodoRestored", "TodoSkipped", "TodoUndone",
    "TodoUpdated", "event_of",
]
