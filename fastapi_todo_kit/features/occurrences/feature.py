"""Occurrences announce themselves: closing and opening todos, and what comes of that for those that recur."""

from typing import Final

from fastapi_todo_kit.features.occurrences.examples import EXAMPLES
from fastapi_todo_kit.features.occurrences.listeners import on_todos_reopened
from fastapi_todo_kit.features.todos.events import TodosReopened
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(
    name="occurrences", part_of="todos", listeners={TodosReopened: (on_todos_reopened,)}, examples=EXAMPLES
)
