"""What the host hears of lists."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


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


class ListLeft(ChangeEvent, frozen=True, tag="list.left"):
    """A list has moved to another space, and is not in this one any more."""


class ListArrived(ChangeEvent, frozen=True, tag="list.arrived"):
    """A list has come from another space, with all that is in it."""


class ListPurged(ChangeEvent, frozen=True, tag="list.purged"):
    """A list was removed for good."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    ListCreated,
    ListUpdated,
    ListArchived,
    ListUnarchived,
    ListMoved,
    ListDeleted,
    ListRestored,
    ListLeft,
    ListArrived,
    ListPurged,
)
