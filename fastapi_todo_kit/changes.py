"""Changes as the host hears of them: one frozen class for each kind, made from the rows of the change log.

A class never loses a field or changes its meaning; where that must happen, `schema_version` grows.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec


class ChangeEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """One row of the change log. `msgspec.json.encode` writes it with its `type`, such as `todo.completed`.

    `seq` numbers the changes of a space without gaps; `version` is the object's, as in its ETag; `changes` maps each
    field that changed to its old and new value, as JSON shows them, and is empty where the kind says it all.
    """

    schema_version: ClassVar[int] = 1

    space_id: uuid.UUID
    seq: int
    entity_id: uuid.UUID
    version: int
    actor_id: str
    request_id: str
    at: datetime
    changes: Mapping[str, tuple[Any, Any]]


class ListCreated(ChangeEvent, frozen=True, tag="list.created"):
    """A list was added."""


class ListUpdated(ChangeEvent, frozen=True, tag="list.updated"):
    """Fields of a list changed."""


class ListArchived(ChangeEvent, frozen=True, tag="list.archived"):
    """A list was put away."""


class ListUnarchived(ChangeEvent, frozen=True, tag="list.unarchived"):
    """A list was taken out of the archive."""


class ListMoved(ChangeEvent, frozen=True, tag="list.moved"):
    """A list got another place in the order."""


class ListDeleted(ChangeEvent, frozen=True, tag="list.deleted"):
    """A list went to the trash."""


class ListRestored(ChangeEvent, frozen=True, tag="list.restored"):
    """A list came back from the trash."""


class ListPurged(ChangeEvent, frozen=True, tag="list.purged"):
    """A list was removed for good."""


class TodoCreated(ChangeEvent, frozen=True, tag="todo.created"):
    """A todo was added."""


class TodoUpdated(ChangeEvent, frozen=True, tag="todo.updated"):
    """Fields, labels or links of a todo changed."""


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


class TodoPurged(ChangeEvent, frozen=True, tag="todo.purged"):
    """A todo was removed for good."""


class LabelCreated(ChangeEvent, frozen=True, tag="label.created"):
    """A label was added."""


class LabelUpdated(ChangeEvent, frozen=True, tag="label.updated"):
    """A label was renamed or recoloured."""


class LabelDeleted(ChangeEvent, frozen=True, tag="label.deleted"):
    """A label was removed, or merged into another one."""


class ReminderCreated(ChangeEvent, frozen=True, tag="reminder.created"):
    """Somebody wants to be reminded of a todo."""


class ReminderUpdated(ChangeEvent, frozen=True, tag="reminder.updated"):
    """A reminder got another time, by its user or because that of its todo changed; or it was snoozed or dismissed."""


class ReminderDeleted(ChangeEvent, frozen=True, tag="reminder.deleted"):
    """A reminder was removed."""


class ReminderFired(ChangeEvent, frozen=True, tag="reminder.fired"):
    """Somebody was reminded."""


_BY_TYPE: Final[Mapping[str, type[ChangeEvent]]] = {
    str(kind.__struct_config__.tag): kind for kind in ChangeEvent.__subclasses__()
}


def event_of(row: Mapping[str, Any]) -> ChangeEvent:
    """Return the event of a row of the change log; a plain `ChangeEvent` for a kind that this version does not know."""
    kind = _BY_TYPE.get(f"{row['entity']}.{row['op']}", ChangeEvent)
    return kind(
        space_id=row["space_id"],
        seq=row["seq"],
        entity_id=row["entity_id"],
        version=row["version"],
        actor_id=row["actor_id"],
        request_id=row["request_id"],
        at=row["at"],
        changes={name: (old, new) for name, (old, new) in row["diff"].items()},
    )
