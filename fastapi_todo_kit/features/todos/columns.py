"""What the columns of a todo hold for what the API takes and shows of it. Pure; no database."""

from typing import Any, Final

from fastapi_todo_kit.calendar.schemas import shown
from fastapi_todo_kit.calendar.times import columns_for, spell
from fastapi_todo_kit.features.todos.query import SEPARATOR, searchable, sortable
from fastapi_todo_kit.features.todos.records import sorted_links
from fastapi_todo_kit.features.todos.schemas import TodoCreate, TodoUpdate

_TITLE_KEY_LENGTH: Final = 80
_NOT_COLUMNS: Final = frozenset({"start", "due", "label_ids", "assignees", "links", "deleted_at"})


def plain_fields(source: TodoCreate | TodoUpdate, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a schema, as it dumps them, as the API shows them."""
    for name in ("start", "due"):
        if name in fields:
            fields[name] = spell(getattr(source, name))
    if fields.get("recurrence") is not None and source.recurrence is not None:
        fields["recurrence"] = shown(source.recurrence)
    for name in {"label_ids", "assignees"} & fields.keys():
        fields[name] = sorted(fields[name])
    if "links" in fields:
        fields["links"] = sorted_links(link.model_dump() for link in source.links)
    return fields


def columns_of(fields: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that store these fields of a record."""
    columns = {name: value for name, value in fields.items() if name not in _NOT_COLUMNS}
    for name in ("start", "due"):
        if name in fields:
            columns |= columns_for(name, fields[name])
    if "title" in fields:
        # Short enough for an index entry, whatever the script; the id decides between longer ones.
        columns["title_key"] = sortable(record["title"])[:_TITLE_KEY_LENGTH]
    if "title" in fields or "description" in fields:
        columns["search_text"] = SEPARATOR.join(map(searchable, (record["title"], record["description"])))
    return columns
