"""Todos as they are read: rows become what the API shows, and what only the kit knows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from fastapi_todo_kit.calendar.progress import Progress
from fastapi_todo_kit.calendar.times import spelled
from fastapi_todo_kit.core.encoding import decode, encode, read_object
from fastapi_todo_kit.features.todos.query import Filters, finds_occurrences, own_keys
from fastapi_todo_kit.features.todos.rows import COLUMNS, FIELDS, READ_COLUMNS

_START_ZONE, _DUE_ZONE = COLUMNS.index("start_zone"), COLUMNS.index("due_zone")
_DESCRIPTION, _EXTRA = COLUMNS.index("description"), COLUMNS.index("extra")
_LINKS, _ASSIGNEES = COLUMNS.index("links"), COLUMNS.index("assignees")
_LINK_FIELDS = ("source", "type", "id", "url", "title")
_LIGHT: Final = 1_000
_NO_ROWS: Final = "[]"  # what SQLite says for them
PLACED_FIELDS: Final = (
    "id",
    "list_id",
    "parent_id",
    "position",
    "status",
    "completed_at",
    "completed_by",
    "version",
    "deleted_at",
)
"""What there is in the record of a todo that is only moved, closed, opened or restored along with others."""


@dataclass(frozen=True, slots=True)
class StoredTodo:
    """A todo as the API shows it, and what only the kit knows of it.

    Of one that is touched along with others `record` has `PLACED_FIELDS` only.
    """

    record: dict[str, Any]
    depth: int
    closed_batch_id: uuid.UUID | None
    delete_batch_id: uuid.UUID | None
    progress: Progress | None
    """Where the series of a recurring todo is."""

    @property
    def id(self) -> uuid.UUID:
        """The todo's id."""
        todo_id: uuid.UUID = self.record["id"]
        return todo_id


@dataclass(frozen=True, slots=True)
class ListEnd:
    """A list that something is about to be added to: how full it is, and the greatest position in it."""

    list_id: uuid.UUID
    archived_at: datetime | None
    count: int
    last: str | None


def records_of_page(names: Filters, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Return what the API shows of the rows of a page."""
    records = [record_of(row) for row in rows]
    if finds_occurrences(names):
        for record, row in zip(records, rows, strict=True):
            if row.occurrence_of is not None:
                record["occurrence_of"] = row.occurrence_of
    return records


def place_of(names: Filters, row: Row[Any]) -> Sequence[Any]:
    """Return the values of the order's columns of a row of a page."""
    if finds_occurrences(names):
        return row[len(READ_COLUMNS) : -1]
    return (*row[len(READ_COLUMNS) :], *(row._mapping[name] for name in own_keys(names)))


def record_of(row: Sequence[Any]) -> dict[str, Any]:
    """Return what the API shows of a row that begins with `READ_COLUMNS`."""
    record = dict(zip(FIELDS, row, strict=False))  # by place, which takes half the time of names
    ids, links, rule, extra = record["label_ids"], record["links"], record["recurrence"], record["extra"]
    if record["start"] is not None:
        record["start"] = spelled(record["start"], row[_START_ZONE])
    if record["due"] is not None:
        record["due"] = spelled(record["due"], row[_DUE_ZONE])
    record["label_ids"] = sorted(map(uuid.UUID, ids.split(","))) if ids else []
    record["assignees"] = assignees_of(record["assignees"])
    record["links"] = (
        sorted_links(dict(zip(_LINK_FIELDS, link, strict=True)) for link in decode(links)) if links else []
    )
    record["recurrence"] = None if rule is None else decode(rule)
    record["extra"] = {} if extra == "{}" else read_object(extra)
    return record


def weights_of(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return about how many bytes of JSON each of the rows makes, which begin with `READ_COLUMNS`: its long texts."""
    # Most are light, and the exact number costs more than the rest of the page.
    return [weight if (weight := sum(map(len, _long_texts(row)))) < _LIGHT else _exact_weight(row) for row in rows]


def _exact_weight(row: Sequence[Any]) -> int:
    description, *written = _long_texts(row)
    return len(encode(description)) + sum(len(text.encode()) for text in written)


def _long_texts(row: Sequence[Any]) -> tuple[str, str, str, str]:
    return row[_DESCRIPTION], row[_EXTRA], row[_LINKS] or "", row[_ASSIGNEES] or ""


def assignees_of(rows: str | None) -> list[str]:
    """Return the ids in a column of assignees, in the order in which a todo shows them."""
    return sorted(user_id for (user_id,) in decode(rows)) if rows and rows != _NO_ROWS else []


def sorted_links(links: Any) -> list[dict[str, Any]]:
    """Return links in the order in which a todo shows them."""
    return sorted(links, key=lambda link: (link["source"], link["type"], link["id"]))


def placed(row: Row[Any]) -> StoredTodo:
    """Return a todo of a row that begins with `PLACED_FIELDS`."""
    return stored_as(dict(zip(PLACED_FIELDS, row, strict=False)), row)


def stored_as(record: dict[str, Any], row: Row[Any]) -> StoredTodo:
    """Return a todo with its record, and what else is in its row."""
    return StoredTodo(record, row.depth, row.closed_batch_id, row.delete_batch_id, row.progress)
