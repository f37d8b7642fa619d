"""What the API takes and shows of labels."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from fastapi_todo_kit.core.fields import Color, Id, absent, name_of, name_schema

LabelName = Annotated[str, name_of(60), name_schema(60)]


class LabelCreate(BaseModel):
    """A new label; the client may choose its id, a UUIDv7."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: Id | None = None
    name: LabelName
    color: Color | None = None


class LabelUpdate(BaseModel):
    """Changes of a label: what is absent stays, null clears (RFC 7396)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    name: LabelName = Field(default_factory=absent)
    color: Color | None = Field(default_factory=absent)


class LabelMerge(BaseModel):
    """The label that remains."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    into: Id


class LabelRead(TypedDict):
    """A label."""

    id: uuid.UUID
    space_id: uuid.UUID
    name: str
    color: str | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int


class LabelPage(TypedDict):
    """A page of labels, by name."""

    items: list[LabelRead]
    next_cursor: str | None
