"""What the API takes and shows of items."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.core.fields import IS_WHOLE, Color, Neighbour, absent

ItemKind = TypeAliasType(
    "ItemKind",
    Annotated[Literal["space", "list", "label"], Field(title="ItemKind", description="What an item is about")],
)
Seq = Annotated[int, Field(ge=0, lt=2**63, description="The number of a change of the space"), IS_WHOLE]


class ItemUpdate(Neighbour):
    """Changes of what you keep of your own: what is absent stays, null clears (RFC 7396).

    `before` and `after` name another item by its `id`. `seen_seq` is of spaces, and only grows.
    """

    is_favorite: bool = Field(default_factory=absent)
    is_hidden: bool = Field(default_factory=absent)
    color: Color | None = Field(default_factory=absent)
    seen_seq: Seq = Field(default_factory=absent)


class SpaceSeen(BaseModel):
    """How far a space was seen: up to its last change, if nothing else is said."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    seq: Seq = Field(default_factory=absent)


class ItemRead(TypedDict):
    """What you keep of your own about a space, a list or a label.

    `position` is null until it is put before or after another item. `seen_seq` is the last change of a space that you
    have seen.
    """

    id: uuid.UUID
    target_space_id: uuid.UUID
    target_kind: ItemKind
    target_id: uuid.UUID
    is_favorite: bool
    is_hidden: bool
    color: str | None
    position: str | None
    seen_seq: int
    updated_at: datetime
    version: int


class ItemPage(TypedDict):
    """A page of what you keep, by kind and position; what has no position is behind what has one."""

    items: list[ItemRead]
    next_cursor: str | None
