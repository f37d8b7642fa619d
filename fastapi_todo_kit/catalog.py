"""Every feature, in the order in which its routes are matched: what is asked for most comes first."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.features.assignees.feature import FEATURE as ASSIGNEES
from fastapi_todo_kit.features.founding.feature import FEATURE as FOUNDING
from fastapi_todo_kit.features.invitations.feature import FEATURE as INVITATIONS
from fastapi_todo_kit.features.items.feature import FEATURE as ITEMS
from fastapi_todo_kit.features.labels.feature import FEATURE as LABELS
from fastapi_todo_kit.features.lists.feature import FEATURE as LISTS
from fastapi_todo_kit.features.members.feature import FEATURE as MEMBERS
from fastapi_todo_kit.features.occurrences.feature import FEATURE as OCCURRENCES
from fastapi_todo_kit.features.reminders.feature import FEATURE as REMINDERS
from fastapi_todo_kit.features.sharing.feature import FEATURE as SHARING
from fastapi_todo_kit.features.spaces.feature import FEATURE as SPACES
from fastapi_todo_kit.features.todos.feature import FEATURE as TODOS
from fastapi_todo_kit.features.trash.feature import FEATURE as TRASH
from fastapi_todo_kit.storage.feature import Feature

FEATURES: Final[Sequence[Feature]] = (
    TODOS,
    OCCURRENCES,
    LISTS,
    REMINDERS,
    LABELS,
    TRASH,
    SPACES,
    FOUNDING,
    MEMBERS,
    INVITATIONS,
    ASSIGNEES,
    SHARING,
    ITEMS,
)
