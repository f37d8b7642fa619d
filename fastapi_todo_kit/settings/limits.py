"""How much of each thing there may be."""

from typing import Annotated

from pydantic import Field

from fastapi_todo_kit.settings.group import Group


class Limits(Group):
    """How much of each thing there may be. Past a limit the API answers 409 or 422 and names it."""

    lists_per_space: Annotated[int, Field(ge=1)] = 500
    todos_per_list: Annotated[int, Field(ge=1, le=30_000)] = 10_000
    labels_per_space: Annotated[int, Field(ge=1)] = 1_000
    labels_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 100
    links_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 50
    assignees_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 20
    reminders_per_todo: Annotated[int, Field(ge=1, le=1_000)] = 20
    todos_per_move: Annotated[int, Field(ge=1, le=2_000)] = 2_000
    """Todos that go to another space at once, with their list or below one of them, under the locks of both."""
    items_per_user: Annotated[int, Field(ge=1, le=10_000)] = 2_000
    """Spaces, lists and labels about which a user keeps something of his own."""
    subtask_depth: Annotated[int, Field(ge=0, le=20)] = 5
    bulk_items: Annotated[int, Field(ge=1, le=30_000)] = 10_000
    """Todos that one call of `todos.create_many` adds, all of them under one lock of the space."""
    body_bytes: Annotated[int, Field(ge=1_024)] = 1_048_576
    json_depth: Annotated[int, Field(ge=4, le=500)] = 32
    json_keys: Annotated[int, Field(ge=50)] = 1_000
    """Keys that all objects of a body have together. A link has up to five: raise it with `links_per_todo`."""
    json_items: Annotated[int, Field(ge=100)] = 10_000
    """Members and elements that all objects and arrays of a body have together."""
    page_bytes: Annotated[int, Field(ge=1_024)] = 2_097_152
    """About how large a page gets: it ends before it has more, whatever its `limit`, with one item at least."""
