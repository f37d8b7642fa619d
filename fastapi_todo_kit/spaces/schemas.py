"""What the API shows of spaces."""

import uuid
from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict


class SpaceRead(TypedDict):
    """A space, and the caller's role in it. `seq` counts its changes; `created_at` is null until the first write."""

    id: uuid.UUID
    kind: Literal["personal", "host", "team"]
    key: str | None
    role: str
    seq: int
    created_at: datetime | None
    is_current: bool


class SpacePage(TypedDict):
    """The spaces that the caller may work in."""

    items: list[SpaceRead]
    next_cursor: str | None
