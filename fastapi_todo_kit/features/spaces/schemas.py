"""What the API shows of spaces."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

SpaceKind = TypeAliasType(
    "SpaceKind",
    Annotated[Literal["personal", "host", "team"], Field(title="SpaceKind", description="Whose a space is")],
)


class SpaceRead(TypedDict):
    """A space, and the caller's role in it. `seq` counts its changes; `created_at` is null until the first write."""

    id: uuid.UUID
    kind: SpaceKind
    key: str | None
    role: str
    seq: int
    created_at: datetime | None
    is_current: bool


class SpacePage(TypedDict):
    """The spaces that the caller may work in."""

    items: list[SpaceRead]
    next_cursor: str | None
