"""What the host hears of reminders."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class ReminderCreated(ChangeEvent, frozen=True, tag="reminder.created"):
    """Somebody wants to be reminded of a todo."""


class ReminderUpdated(ChangeEvent, frozen=True, tag="reminder.updated"):
    """A reminder got another time, by its user or because that of its todo changed; or it was snoozed or dismissed."""


class ReminderDeleted(ChangeEvent, frozen=True, tag="reminder.deleted"):
    """A reminder was removed."""


class ReminderFired(ChangeEvent, frozen=True, tag="reminder.fired"):
    """Somebody was reminded."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    ReminderCreated,
    ReminderUpdated,
    ReminderDeleted,
    ReminderFired,
)
