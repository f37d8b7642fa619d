"""Assignees announce themselves: who is to do a todo."""

from typing import Final

from fastapi_todo_kit.features.assignees.examples import EXAMPLES
from fastapi_todo_kit.features.assignees.jobs import SWEEPING, Sweeping
from fastapi_todo_kit.features.assignees.listeners import on_inheritance_ended, on_member_gone, on_todos_leaving
from fastapi_todo_kit.features.members.events import MemberGone
from fastapi_todo_kit.features.spaces.events import InheritanceEnded
from fastapi_todo_kit.features.todos.events import TodosLeaving
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(
    name="assignees",
    part_of="todos",
    listeners={
        MemberGone: (on_member_gone,),
        InheritanceEnded: (on_inheritance_ended,),
        TodosLeaving: (on_todos_leaving,),
    },
    jobs={SWEEPING: Sweeping},
    examples=EXAMPLES,
)
