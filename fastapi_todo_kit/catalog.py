"""Which feature hears of what happens in another one: the only place where events meet those who listen."""

from typing import Final

from fastapi_todo_kit.features.labels import listeners as labels
from fastapi_todo_kit.features.labels.events import LabelRemoved
from fastapi_todo_kit.features.lists import listeners as lists
from fastapi_todo_kit.features.lists.events import CountsWanted, ListDuplicated, ListRestored, ListTrashed
from fastapi_todo_kit.features.reminders.listeners import on_todo_rescheduled, on_todos_copied
from fastapi_todo_kit.features.todos import listeners as todos
from fastapi_todo_kit.features.todos.events import TodoRescheduled, TodosCopied
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.kit import Events

EVENTS: Final = Events(
    {
        AnswerReplayed: (lists.on_answer_replayed, labels.on_answer_replayed, todos.on_answer_replayed),
        ListTrashed: (todos.on_list_trashed,),
        ListRestored: (todos.on_list_restored,),
        ListDuplicated: (todos.on_list_duplicated,),
        LabelRemoved: (todos.on_label_removed,),
        CountsWanted: (todos.on_counts_wanted,),
        TodoRescheduled: (on_todo_rescheduled,),
        TodosCopied: (on_todos_copied,),
    }
)
