"""What the host hears of items, in the personal space of their user."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class ItemCreated(ChangeEvent, frozen=True, tag="item.created"):
    """A user keeps something of his own about a space, a list or a label."""


class ItemUpdated(ChangeEvent, frozen=True, tag="item.updated"):
    """What a user keeps of it is something else, or it is in another space."""


class ItemDeleted(ChangeEvent, frozen=True, tag="item.deleted"):
    """A user keeps nothing of his own about it any more."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    ItemCreated,
    ItemUpdated,
    ItemDeleted,
)
