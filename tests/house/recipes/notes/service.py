"""What can be done with notes. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Mapping
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.notes.errors import NoteTooLate
from fastapi_todo_kit.features.notes.repository import OF_TODO, NoteRepository
from fastapi_todo_kit.features.notes.schemas import NoteCreate, NotePage, NoteRead
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.jobs import schedule
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work

EXPIRING: Final = "note"
"""The kind of the jobs that remove notes."""


class NoteService:
    """The verbs of notes, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._notes = NoteRepository(work)

    @verb(Action.READ_NOTE)
    async def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> NotePage:
        """Return the notes on a todo, as they were made.

        Raises:
            TodoNotFound, InvalidCursor
        """
        await TodoService(self._work).get(todo_id)
        paging = Paging(OF_TODO, limit, cursor, "notes", self._work.space_id, todo_id)
        rows = await self._notes.page(todo_id, paging.parameters)
        shown, next_cursor = paging.split(rows, lambda row: (row.id,))
        return {"items": list(map(_shown, shown)), "next_cursor": next_cursor}

    @verb(Action.CREATE_NOTE)
    async def create(self, todo_id: Id, new: NoteCreate) -> NoteRead:
        """Write a note on a todo; one of this id that is just so already is returned as it is.

        Raises:
            TodoNotFound, AlreadyExists
            NoteTooLate: its time is over already.
        """
        await TodoService(self._work).get(todo_id)
        known = None if new.id is None else await self._notes.find(new.id)
        if known is not None:
            check_found("note", known._mapping, {"todo_id": todo_id, "text": new.text})
            return _shown(known)
        if new.until is not None and new.until <= self._work.now:
            raise NoteTooLate
        note = self._new(todo_id, new.text, new.id)
        self._work.authorise(note)
        await self._notes.add(note)
        if new.until is not None:
            await schedule(self._work, EXPIRING, str(note["id"]), new.until)
        return cast("NoteRead", note)

    async def copy(self, copies: Mapping[uuid.UUID, uuid.UUID]) -> None:
        """Give copies of todos the notes of what was copied."""
        for source_id, copy_id in copies.items():
            rows = await self._notes.of_todo(source_id)
            await self._notes.add_all([self._new(copy_id, row.text, None) for row in rows])

    async def expire(self, note_id: uuid.UUID) -> None:
        """Remove a note whose time is over."""
        self._work.authorise()
        note = await self._notes.find(note_id)
        if note is not None:
            await self._notes.remove(note_id)
            self._work.record("note", note_id, "expired", note.version + 1)

    def _new(self, todo_id: uuid.UUID, text: str, note_id: uuid.UUID | None) -> dict[str, Any]:
        now = self._work.now
        stamp = {"created_at": now, "created_by": self._work.access.principal.user_id, "updated_at": now, "version": 1}
        return {"id": note_id or new_id(), "todo_id": todo_id, "text": text, **stamp}


def _shown(row: Row[Any]) -> NoteRead:
    return cast("NoteRead", {name: row._mapping[name] for name in NoteRead.__annotations__})
