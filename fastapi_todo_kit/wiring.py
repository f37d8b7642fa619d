"""Which feature hears of what happens in another one: the only place where events meet those who listen."""

from typing import Final

from fastapi_todo_kit.labels.events import LabelRemoved
from fastapi_todo_kit.lists.events import CountsWanted, ListDuplicated, ListRestored, ListTrashed
from fastapi_todo_kit.reminders.listeners import on_todo_rescheduled
from fastapi_todo_kit.storage.work import Events
from fastapi_todo_kit.todos.events import TodoRescheduled
from fastapi_todo_kit.todos.listeners import (
    on_counts_wanted,
    on_label_removed,
    on_list_duplicated,
    on_list_restored,
    on_list_trashed,
)

EVENTS: Final = Events(
    {
        ListTrashed: (on_list_trashed,),
        ListRestored: (on_list_restored,),
        ListDuplicated: (on_list_duplicated,),
        LabelRemoved: (on_label_removed,),
        CountsWanted: (on_counts_wanted,),
        TodoRescheduled: (on_todo_rescheduled,),
    }
)
