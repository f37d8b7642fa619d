"""What happens to todos that other features want to hear of, inside the same transaction."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi_todo_kit.features.lists.schemas import Dropped
from fastapi_todo_kit.storage.work import Work


@dataclass(frozen=True, slots=True)
class TodosCopied:
    """Todos were copied; the new id of each."""

    copies: Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class TodosLeaving:
    """Todos go to another space, and all that hangs from them goes along.

    Whoever keeps something of them that cannot go there takes it off before, and notes it in `dropped`. `rows` names
    the todos for what `storage/hanging.py` makes, and `tables` those in which something hangs from them.
    """

    there: Work
    rows: str
    tables: Collection[str]
    dropped: Dropped


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
