"""What happens to todos that other features want to hear of, inside the same transaction."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class TodosCopied:
    """Todos were copied; the new id of each."""

    copies: Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class TodosReopened:
    """Closed todos are open again, each that recurs at the occurrence that it was closed with."""

    todo_ids: Sequence[uuid.UUID]


@dataclass(frozen=True, slots=True)
class TodoRescheduled:
    """Start, due or deadline of a todo changed; `record` is what the API shows of it now.

    `shift` is by how much a todo that recurs went on, in the wall clock, or back; None where somebody changed a value.
    """

    todo_id: uuid.UUID
    record: Mapping[str, Any]
    shift: timedelta | None = None
