"""What the host hears of labels."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class LabelCreated(ChangeEvent, frozen=True, tag="label.created"):
    """A label was added."""


class LabelUpdated(ChangeEvent, frozen=True, tag="label.updated"):
    """A label was renamed or recoloured."""


class LabelDeleted(ChangeEvent, frozen=True, tag="label.deleted"):
    """A label was removed, or merged into another one."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    LabelCreated,
    LabelUpdated,
    LabelDeleted,
)
