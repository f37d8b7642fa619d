"""SQL on the occurrences that are done with, and on the subtasks that they reset."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, String, Uuid, bindparam, delete, select

from fastapi_todo_kit.calendar.times import columns_for, spelled
from fastapi_todo_kit.features.todos.models import ResetSubtask
from fastapi_todo_kit.features.todos.rows import OCCURRENCES, TODOS
from fastapi_todo_kit.storage.keyset import Order, SortKey
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import table_of

_RESET = table_of(ResetSubtask)
ORDER: Final[Order] = (SortKey("version", OCCURRENCES.c.version, descending=True),)

_of_todo = (in_space(OCCURRENCES), OCCURRENCES.c.todo_id == row_id())
_of_series = (*_of_todo, OCCURRENCES.c.series_id == bindparam("series_id", type_=Uuid()))
_of_slot = OCCURRENCES.c.slot == bindparam("slot", type_=String())
_PAGE = select(OCCURRENCES).where(*_of_todo).order_by(OCCURRENCES.c.version.desc()).limit(bindparam("limit"))
_NEXT_PAGE = _PAGE.where(OCCURRENCES.c.version < bindparam("after_0"))
_LAST = select(OCCURRENCES).where(*_of_series).order_by(OCCURRENCES.c.version.desc()).limit(1)
_WITH_SLOT = select(OCCURRENCES.c.id).where(*_of_todo, _of_slot).limit(1)
_WITH_VERSION = (
    select(OCCURRENCES.c.id).where(*_of_todo, OCCURRENCES.c.version.in_(bindparam("versions", expanding=True))).limit(1)
)
_of_occurrence = (in_space(_RESET), _RESET.c.occurrence_id == row_id())
_WHAT_WAS_RESET = select(_RESET).where(*_of_occurrence)
_FORGET_RESET = delete(_RESET).where(*_of_occurrence)
_FORGET = delete(OCCURRENCES).where(in_space(OCCURRENCES), OCCURRENCES.c.id == row_id())
_slot_of_todo = (
    select(TODOS.c.occurrence)
    .where(TODOS.c.space_id == OCCURRENCES.c.space_id, TODOS.c.id == OCCURRENCES.c.todo_id)
    .scalar_subquery()
)
_FORGET_LAST = delete(OCCURRENCES).where(
    in_space(OCCURRENCES),
    OCCURRENCES.c.todo_id.in_(bindparam("todo_ids", expanding=True)),
    OCCURRENCES.c.was_last,
    OCCURRENCES.c.slot == _slot_of_todo,
)


class OccurrenceRepository(Repository):
    """Reads and writes the occurrences of the todos of a space."""

    table = OCCURRENCES

    async def page(self, todo_id: uuid.UUID, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return occurrences of a todo, the last one first."""
        statement = _NEXT_PAGE if "after_0" in parameters else _PAGE
        return await self.fetch_all(statement, row_id=todo_id, **parameters)

    async def keep(self, occurrence_id: uuid.UUID, record: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Keep an occurrence that is done with, with the values that its todo has."""
        row = {
            "id": occurrence_id,
            "todo_id": record["id"],
            "slot": record["occurrence"],
            "version": record["version"],
            "status": record["status"],
            "deadline": record["deadline"],
            **columns_for("start", record["start"]),
            **columns_for("due", record["due"]),
        }
        await self.insert_into(OCCURRENCES, [{**row, **values}])

    async def has_slot(self, todo_id: uuid.UUID, slot: str) -> bool:
        """Say whether an occurrence of this slot is done with."""
        return await self.fetch_value(_WITH_SLOT, row_id=todo_id, slot=slot) is not None

    async def has_version(self, todo_id: uuid.UUID, versions: frozenset[int]) -> bool:
        """Say whether an occurrence was done with when its todo had one of these versions."""
        # What no integer column holds is no version; the database would not take it as a parameter.
        possible = [one for one in versions if one < 2**31]
        return await self.fetch_value(_WITH_VERSION, row_id=todo_id, versions=possible) is not None

    async def last(self, todo_id: uuid.UUID, series_id: uuid.UUID) -> Row[Any] | None:
        """Return what was done with last in a series."""
        return await self.fetch_one(_LAST, row_id=todo_id, series_id=series_id)

    async def forget(self, occurrence_id: uuid.UUID) -> None:
        """Remove an occurrence, and what is known of the subtasks that it reset."""
        await self.run(_FORGET_RESET, row_id=occurrence_id)
        await self.run(_FORGET, row_id=occurrence_id)

    async def forget_last(self, todo_ids: Sequence[uuid.UUID]) -> None:
        """Remove the occurrences that todos were closed with, for they are open again. Such a one resets nothing."""
        if todo_ids:
            await self.run(_FORGET_LAST, todo_ids=todo_ids)

    async def keep_reset(self, occurrence_id: uuid.UUID, subtasks: Iterable[Mapping[str, Any]]) -> None:
        """Keep what subtasks were like before an occurrence reset them."""
        await self.insert_into(_RESET, ({"occurrence_id": occurrence_id, **subtask} for subtask in subtasks))

    async def what_was_reset(self, occurrence_id: uuid.UUID) -> dict[uuid.UUID, Row[Any]]:
        """Return what subtasks were like before an occurrence reset them."""
        return {row.todo_id: row for row in await self.fetch_all(_WHAT_WAS_RESET, row_id=occurrence_id)}


def values_of(row: Row[Any]) -> dict[str, Any]:
    """Return the values, as the API shows them, that a todo had at an occurrence."""
    return {
        "start": spelled(row.start_local, row.start_zone),
        "due": spelled(row.due_local, row.due_zone),
        "deadline": row.deadline,
        "occurrence": row.slot,
    }


def occurrence_of(row: Row[Any]) -> dict[str, Any]:
    """Return what the API shows of an occurrence."""
    shown = {name: getattr(row, name) for name in ("id", "todo_id", "outcome", "ended_at", "ended_by")}
    return {**shown, **values_of(row)}
