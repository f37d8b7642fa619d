"""What happens to occurrences when their todo is open again."""

from fastapi_todo_kit.features.occurrences.repository import OccurrenceRepository
from fastapi_todo_kit.features.todos.events import TodosReopened
from fastapi_todo_kit.storage.work import Work


async def on_todos_reopened(work: Work, event: TodosReopened) -> None:
    """Forget the last occurrence of those that it had closed: that is the present one again."""
    await OccurrenceRepository(work).forget_last(event.todo_ids)
