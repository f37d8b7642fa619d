"""What the services take, under one name for hosts that call them without HTTP.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.calendar.schemas import FriendlyRecurrence, RecurrenceRead, RuleRecurrence
from fastapi_todo_kit.calendar.times import DateValue, FixedValue, FloatingValue
from fastapi_todo_kit.features.founding.schemas import SpaceCreate, SpaceMade
from fastapi_todo_kit.features.invitations.schemas import (
    InvitationCreate,
    InvitationForMe,
    InvitationPage,
    InvitationPreview,
    InvitationRead,
    InvitationsForMe,
    InvitationToken,
    SpaceJoined,
)
from fastapi_todo_kit.features.items.schemas import ItemPage, ItemRead, ItemUpdate, SpaceSeen
from fastapi_todo_kit.features.labels.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.features.lists.schemas import (
    Dropped,
    ListCreate,
    ListMove,
    ListPage,
    ListQuery,
    ListRead,
    ListUpdate,
)
from fastapi_todo_kit.features.members.schemas import MemberPage, MemberPut, MemberRead, OwnerTransfer
from fastapi_todo_kit.features.occurrences.schemas import (
    ComingOccurrence,
    OccurrencePage,
    OccurrenceRead,
    RecurrencePreview,
    RecurrencePreviewed,
    Upcoming,
)
from fastapi_todo_kit.features.reminders.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.features.sharing.schemas import ListShare
from fastapi_todo_kit.features.spaces.schemas import NewSpace, SpacePage, SpaceRead, SpaceUpdate
from fastapi_todo_kit.features.todos.schemas import (
    Link,
    LinkRead,
    TodoCreate,
    TodoImport,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
)
from fastapi_todo_kit.features.trash.schemas import Purged, TrashEntry, TrashPage

# fmt: off
__all__ = [
    "ComingOccurrence", "DateValue", "Dropped", "FixedValue", "FloatingValue", "FriendlyRecurrence",
    "InvitationCreate", "InvitationForMe", "InvitationPage", "InvitationPreview", "InvitationRead",
    "InvitationToken", "InvitationsForMe", "ItemPage", "ItemRead", "ItemUpdate", "LabelCreate", "LabelMerge",
    "LabelPage", "LabelRead", "LabelUpdate", "Link", "LinkRead", "ListCreate", "ListMove", "ListPage", "ListQuery",
    "ListRead", "ListShare", "ListUpdate", "MemberPage", "MemberPut", "MemberRead", "NewSpace", "OccurrencePage",
    "OccurrenceRead", "OwnerTransfer", "Purged", "RecurrencePreview", "RecurrencePreviewed", "RecurrenceRead",
    "ReminderCreate", "ReminderPage", "ReminderQuery", "ReminderRead", "ReminderSnooze", "ReminderUpdate",
    "RuleRecurrence", "SpaceCreate", "SpaceJoined", "SpaceMade", "SpacePage", "SpaceRead", "SpaceSeen",
    "SpaceUpdate", "TodoCreate", "TodoImport", "TodoMove", "TodoPage", "TodoQuery", "TodoRead", "TodoUpdate",
    "TrashEntry", "TrashPage", "Upcoming",
]
