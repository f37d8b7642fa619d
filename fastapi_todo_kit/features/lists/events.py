"""What lists tell the features above them, inside the transaction."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement

from fastapi_todo_kit.storage.work import Work


@dataclass(frozen=True, slots=True)
class ListTrashed:
    """A list goes to the trash; what is in it goes along as the same batch, or to another list."""

    list_id: uuid.UUID
    batch_id: uuid.UUID
    move_to: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class ListRestored:
    """A list comes back from the trash, with what went as this batch."""

    list_id: uuid.UUID
    batch_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ListDuplicated:
    """A list was copied; what is in it is copied by those who own it."""

    source_id: uuid.UUID
    copy_id: uuid.UUID


@dataclass(slots=True)
class ListLeaving:
    """A list has come to another space, and what is in it is brought there by those who own it."""

    list_id: uuid.UUID
    there: Work
    dropped: Mapping[str, Any] = field(default_factory=dict)
    """What cannot go there."""


@dataclass(slots=True)
class CountsQuestion:
    """A page of lists wants counts: each feature adds columns, correlated to the list, and their parameters."""

    now: datetime
    zone: ZoneInfo
    columns: list[ColumnElement[int]] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    is_narrowed: bool = False
    """Whether the columns are made for this principal alone, and not worth keeping a statement for."""


COUNTS: Sequence[str] = ("open_count", "overdue_count", "total_count", "completed_count")
