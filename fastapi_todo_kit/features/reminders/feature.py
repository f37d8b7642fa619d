"""Reminders announce themselves."""

from datetime import timedelta
from typing import Final

from fastapi_todo_kit.features.reminders.changes import CHANGES
from fastapi_todo_kit.features.reminders.examples import EXAMPLES
from fastapi_todo_kit.features.reminders.jobs import Reminding
from fastapi_todo_kit.features.reminders.listeners import on_todo_rescheduled, on_todos_copied, on_todos_leaving
from fastapi_todo_kit.features.reminders.models import Reminder
from fastapi_todo_kit.features.reminders.refreshing import Moving, follow, refresh_all
from fastapi_todo_kit.features.reminders.zones import REMINDING, REZONING
from fastapi_todo_kit.features.todos.events import TodoRescheduled, TodosCopied, TodosLeaving
from fastapi_todo_kit.storage.feature import Chore, Feature

FEATURE: Final = Feature(
    name="reminders",
    tables=(Reminder,),
    listeners={
        TodoRescheduled: (on_todo_rescheduled,),
        TodosCopied: (on_todos_copied,),
        TodosLeaving: (on_todos_leaving,),
    },
    jobs={REMINDING: Reminding, REZONING: Moving},
    chores=(
        Chore("following users who have moved", follow),
        Chore("refreshing reminders", refresh_all, every=timedelta(days=1)),
    ),
    changes=CHANGES,
    examples=EXAMPLES,
)
