"""What happens to notes when their todo is copied."""

from fastapi_todo_kit.features.notes.service import NoteService
from fastapi_todo_kit.features.todos.events import TodosCopied
from fastapi_todo_kit.storage.work import Work


async def on_todos_copied(work: Work, event: TodosCopied) -> None:
    """Copy the notes along."""
    await NoteService(work).copy(event.copies)
