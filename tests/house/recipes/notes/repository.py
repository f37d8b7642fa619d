"""SQL on notes."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from sqlalchemy import Row, Uuid, bindparam, delete, select

from fastapi_todo_kit.features.notes.models import Note
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import table_of

_notes = table_of(Note)
OF_TODO: Final[Order] = (SortKey("id", _notes.c.id),)

_OF_TODO = select(_notes).where(in_space(_notes), _notes.c.todo_id == bindparam("todo_id", type_=Uuid()))
_PAGE = _OF_TODO.order_by(_notes.c.id).limit(bindparam("limit"))
_PAGE_ON = _PAGE.where(rows_after(OF_TODO))
_ONE = select(_notes).where(in_space(_notes), _notes.c.id == row_id())
_DELETE = delete(_notes).where(in_space(_notes), _notes.c.id == row_id())


class NoteRepository(Repository):
    """Reads and writes the notes of a space."""

    table = _notes
    entity: ClassVar[Entity] = "note"

    async def page(self, todo_id: uuid.UUID, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return notes on a todo that the principal sees, as they were made."""
        statement = self.seen(_PAGE_ON if "after_0" in parameters else _PAGE)
        return await self.fetch_all(statement, todo_id=todo_id, **parameters)

    async def of_todo(self, todo_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return all notes on a todo."""
        return await self.fetch_all(_OF_TODO, todo_id=todo_id)

    async def find(self, note_id: uuid.UUID) -> Row[Any] | None:
        """Return a note, seen or not."""
        return await self.fetch_one(_ONE, row_id=note_id)

    async def remove(self, note_id: uuid.UUID) -> None:
        """Remove a note."""
        await self.run(_DELETE, row_id=note_id)
