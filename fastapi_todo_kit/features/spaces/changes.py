"""What the host hears of spaces."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class SpaceCreated(ChangeEvent, frozen=True, tag="space.created"):
    """Somebody made a space, and is its owner."""


class SpaceUpdated(ChangeEvent, frozen=True, tag="space.updated"):
    """Fields of a space changed."""


class SpaceDeleted(ChangeEvent, frozen=True, tag="space.deleted"):
    """A space went to the trash, with everything in it."""


class SpaceRestored(ChangeEvent, frozen=True, tag="space.restored"):
    """A space came back from the trash."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    SpaceCreated,
    SpaceUpdated,
    SpaceDeleted,
    SpaceRestored,
)
