"""What the host hears of notes."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class NoteCreated(ChangeEvent, frozen=True, tag="note.created"):
    """Somebody wrote a note."""


class NoteExpired(ChangeEvent, frozen=True, tag="note.expired"):
    """A note was removed, because its time was over."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (NoteCreated, NoteExpired)
