"""What happens to reminders when the times of their todo change."""

from fastapi_todo_kit.reminders.repository import ReminderRepository
from fastapi_todo_kit.reminders.service import ReminderService, shifted
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.todos.events import TodoRescheduled


async def on_todo_rescheduled(work: Work, event: TodoRescheduled) -> None:
    """Find out anew when everybody is to be reminded of the todo; what has a time of its own goes on with it."""
    reminders = ReminderService(work)
    for row in await ReminderRepository(work).of_todo(event.todo_id):
        await reminders.reschedule(row, event.record, **(shifted(row, event.shift) if event.shift else {}))
