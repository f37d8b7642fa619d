"""What the API takes and shows of lists."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NotRequired, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from fastapi_todo_kit.core.extra.field import (
    ExtraQuery,
    typed_create,
    typed_page,
    typed_query,
    typed_read,
    typed_update,
)
from fastapi_todo_kit.core.fields import (
    NOT_BOTH_SIDES,
    Color,
    Description,
    Extra,
    Id,
    Neighbour,
    ShortName,
    ZoneName,
    absent,
    name_of,
    name_schema,
)
from fastapi_todo_kit.features.invitations.schemas import InvitationRead

ListName = Annotated[str, name_of(120), name_schema(120)]


Archived = Literal["false", "true", "any"]


class ListCreate(BaseModel):
    """A new list; the client may choose its id, a UUIDv7."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: Id | None = None
    name: ListName
    description: Description = ""
    color: Color | None = None
    icon: ShortName | None = None
    extra: Extra = Field(default={})


class ListUpdate(BaseModel):
    """Changes of a list: what is absent stays, null clears (RFC 7396)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    name: ListName = Field(default_factory=absent)
    description: Description = Field(default_factory=absent)
    color: Color | None = Field(default_factory=absent)
    icon: ShortName | None = Field(default_factory=absent)
    extra: Extra = Field(default_factory=absent)


class ListMove(Neighbour):
    """Where a list goes: before or after another one, or to another space, where it is the last without a neighbour."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra={"minProperties": 1, **NOT_BOTH_SIDES})

    space_id: Id = Field(default_factory=absent)

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.beside is None and "space_id" not in self.model_fields_set:
            raise PydanticCustomError("one_neighbour", "Name either before or after, or another space.")
        return self


class Dropped(TypedDict):
    """What did not go along to another space: labels by name, users by id, and how many links and reminders."""

    labels: list[str]
    assignees: list[str]
    links: int
    reminders: int


class ListRead(TypedDict):
    """A list. The counts are there when asked for; they count living todos with their subtasks.

    Completed are the completed todos and the completed occurrences of those that recur. `dropped` is there once the
    list has moved to another space, and `invitations` once it is shared with those whom these are for.
    """

    id: uuid.UUID
    space_id: uuid.UUID
    name: str
    description: str
    color: str | None
    icon: str | None
    position: str
    is_inbox: bool
    archived_at: datetime | None
    extra: dict[str, Any]
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int
    open_count: NotRequired[int]
    overdue_count: NotRequired[int]
    total_count: NotRequired[int]
    completed_count: NotRequired[int]
    dropped: NotRequired[Dropped]
    invitations: NotRequired[list[InvitationRead]]


class ListPage(TypedDict):
    """A page of lists, in their order."""

    items: list[ListRead]
    next_cursor: str | None


class ListQuery(ExtraQuery):
    """Which lists, in their order."""

    limit: Annotated[
        int, Field(ge=1, le=200, description="How many items a page holds at most; fewer where they are large")
    ] = 50
    cursor: Annotated[str | None, Field(max_length=4_096, description="`next_cursor` of the page before")] = None
    archived: Annotated[Archived, Field(description="Whether archived lists are shown")] = "false"
    counts: Annotated[bool, Field(description="Add open_count, overdue_count, total_count, completed_count")] = False
    tz: Annotated[ZoneName | None, Field(description="The zone that overdue is meant in; yours by default")] = None


@cache
def with_extra(extra: type[BaseModel]) -> Mapping[Any, Any]:
    """Return what stands for the schemas of lists where the host has a model for `extra`."""
    read = typed_read(ListRead, extra)
    return {
        ListCreate: typed_create(ListCreate, extra),
        ListUpdate: typed_update(ListUpdate, extra),
        ListQuery: typed_query(ListQuery, extra),
        ListRead: read,
        ListPage: typed_page(ListPage, read, extra),
    }
