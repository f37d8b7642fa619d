"""What the API takes and shows of notes."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from fastapi_todo_kit.core.fields import Id, Instant, name_of, name_schema

NoteText = Annotated[str, name_of(1_000), name_schema(1_000)]


class NoteCreate(BaseModel):
    """A new note; the client may choose its id, a UUIDv7. It is removed at `until`, where that is said."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: Id | None = None
    text: NoteText
    until: Instant | None = None


class NoteRead(TypedDict):
    """A note."""

    id: uuid.UUID
    todo_id: uuid.UUID
    text: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int


class NotePage(TypedDict):
    """A page of notes, as they were made."""

    items: list[NoteRead]
    next_cursor: str | None
