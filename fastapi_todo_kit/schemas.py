"""What the services take, under one name for hosts that call them without HTTP."""

from fastapi_todo_kit.labels.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.lists.schemas import ListCreate, ListMove, ListPage, ListQuery, ListRead, ListUpdate
from fastapi_todo_kit.reminders.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.todos.occurrences.schemas import (
    OccurrencePage,
    OccurrenceRead,
    RecurrencePreview,
    RecurrencePreviewed,
    Upcoming,
)
from fastapi_todo_kit.todos.recurrence.schemas import FriendlyRecurrence, RuleRecurrence
from fastapi_todo_kit.todos.schemas import (
    Link,
    TodoCreate,
    TodoImport,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
)
from fastapi_todo_kit.todos.times import DateValue, FixedValue, FloatingValue
from fastapi_todo_kit.trash.schemas import Purged, TrashEntry, TrashPage

__all__ = [
    "DateValue",
    "FixedValue",
    "FloatingValue",
    "FriendlyRecurrence",
    "LabelCreate",
    "LabelMerge",
    "LabelPage",
    "LabelRead",
    "LabelUpdate",
    "Link",
    "ListCreate",
    "ListMove",
    "ListPage",
    "ListQuery",
    "ListRead",
    "ListUpdate",
    "OccurrencePage",
    "OccurrenceRead",
    "Purged",
    "RecurrencePreview",
    "RecurrencePreviewed",
    "ReminderCreate",
    "ReminderPage",
    "ReminderQuery",
    "ReminderRead",
    "ReminderSnooze",
    "ReminderUpdate",
    "RuleRecurrence",
    "SpacePage",
    "SpaceRead",
    "TodoCreate",
    "TodoImport",
    "TodoMove",
    "TodoPage",
    "TodoQuery",
    "TodoRead",
    "TodoUpdate",
    "TrashEntry",
    "TrashPage",
    "Upcoming",
]
