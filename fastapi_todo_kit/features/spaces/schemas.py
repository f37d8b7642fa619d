"""What the API takes and shows of spaces."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.core.fields import Color, Id, NewSpaceId, absent, name_of, name_schema

SpaceKind = TypeAliasType(
    "SpaceKind",
    Annotated[Literal["personal", "host", "team"], Field(title="SpaceKind", description="Whose a space is")],
)
SpaceName = Annotated[str, name_of(120), name_schema(120)]
Role = Annotated[str, name_of(20), name_schema(20)]


class NewSpace(BaseModel):
    """What a new space is: its maker is the owner."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: NewSpaceId | None = None
    name: SpaceName
    color: Color | None = None
    inherits_id: Id | None = None
    inherits_max_role: Role = "editor"


class SpaceUpdate(BaseModel):
    """Changes of a space: what is absent stays, null clears (RFC 7396)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    name: SpaceName = Field(default_factory=absent)
    color: Color | None = Field(default_factory=absent)
    inherits_id: None = Field(default_factory=absent, description="null takes members from no other space any more")
    inherits_max_role: Role = Field(default_factory=absent)


class SpaceRead(TypedDict):
    """A space, and the caller's role in it. `seq` counts its changes; `created_at` is null until the first write.

    `key` is that of the user or tenant that it belongs to. What follows `is_current` is of spaces that users have made:
    `list_id` names the list that it is there for, if it is for one alone; `is_unread` says whether others have changed
    something there that the caller has not seen, among the last 1,000 changes.
    """

    id: uuid.UUID
    kind: SpaceKind
    key: str | None
    role: str
    seq: int
    created_at: datetime | None
    is_current: bool
    name: str | None
    color: str | None
    inherits_id: uuid.UUID | None
    inherits_max_role: str | None
    list_id: uuid.UUID | None
    is_unread: bool
    created_by: str | None
    updated_at: datetime | None
    version: int


class SpacePage(TypedDict):
    """The spaces that the caller may work in: first the caller's own and the tenant's, then those of teams."""

    items: list[SpaceRead]
    next_cursor: str | None
