"""What the API takes and shows of lists."""

import uuid
from datetime import datetime
from typing import NotRequired, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from fastapi_todo_kit.fields import Color, Description, Id, ListName, Neighbour, ShortName, absent


class ListCreate(BaseModel):
    """A new list; the client may choose its id, a UUIDv7."""

    model_config = ConfigDict(extra="forbid")

    id: Id | None = None
    name: ListName
    description: Description = ""
    color: Color | None = None
    icon: ShortName | None = None


class ListUpdate(BaseModel):
    """Changes of a list: what is absent stays, null clears (RFC 7396)."""

    model_config = ConfigDict(extra="forbid")

    name: ListName = Field(default_factory=absent)
    description: Description = Field(default_factory=absent)
    color: Color | None = Field(default_factory=absent)
    icon: ShortName | None = Field(default_factory=absent)


class ListMove(Neighbour):
    """Where a list goes: before or after another one, exactly one of the two."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["before"]}, {"required": ["after"]}]})

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.beside is None:
            raise PydanticCustomError("one_neighbour", "Name either before or after.")
        return self


class ListRead(TypedDict):
    """A list. The counts are there when asked for; they count living todos with their subtasks."""

    id: uuid.UUID
    name: str
    description: str
    color: str | None
    icon: str | None
    position: str
    is_inbox: bool
    archived_at: datetime | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int
    open_count: NotRequired[int]
    overdue_count: NotRequired[int]
    total_count: NotRequired[int]


class ListPage(TypedDict):
    """A page of lists, in their order."""

    items: list[ListRead]
    next_cursor: str | None
