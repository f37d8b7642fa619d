"""Notes announce themselves."""

from typing import Final

from fastapi_todo_kit.features.notes.changes import CHANGES
from fastapi_todo_kit.features.notes.examples import EXAMPLES
from fastapi_todo_kit.features.notes.jobs import Expiring
from fastapi_todo_kit.features.notes.listeners import on_todos_copied
from fastapi_todo_kit.features.notes.models import Note
from fastapi_todo_kit.features.notes.service import EXPIRING
from fastapi_todo_kit.features.todos.events import TodosCopied
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(
    name="notes",
    tables=(Note,),
    listeners={TodosCopied: (on_todos_copied,)},
    jobs={EXPIRING: Expiring},
    changes=CHANGES,
    examples=EXAMPLES,
)
