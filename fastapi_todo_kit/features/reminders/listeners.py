"""What happens to reminders when the times of their todo change, or it is copied."""

from fastapi_todo_kit.features.reminders.models import Reminder
from fastapi_todo_kit.features.reminders.repository import ReminderRepository
from fastapi_todo_kit.features.reminders.service import ReminderService, shifted
from fastapi_todo_kit.features.todos.events import TodoRescheduled, TodosCopied, TodosLeaving
from fastapi_todo_kit.storage.work import Work


async def on_todo_rescheduled(work: Work, event: TodoRescheduled) -> None:
    """Find out anew when everybody is to be reminded of the todo; what has a time of its own goes on with it."""
    reminders = ReminderService(work)
    for row in await ReminderRepository(work).of_todo(event.todo_id):
        moved = {} if event.shift is None else shifted(row, event.shift)
        await reminders.reschedule(row, event.record, at_once=event.shift is None, **moved)


async def on_todos_leaving(work: Work, event: TodosLeaving) -> None:
    """Let reminders remind in another space, of those who are in that; the others' end."""
    if Reminder.__tablename__ in event.tables:
        event.dropped["reminders"] = await ReminderService(work).hand_over(event.rows, event.there)


async def on_todos_copied(work: Work, event: TodosCopied) -> None:
    """Give copies the reminders that their user has of what was copied."""
    await ReminderService(work).copy(event.copies)
