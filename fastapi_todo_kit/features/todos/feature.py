"""Todos announce themselves."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi_todo_kit.features.labels.events import LabelRemoved
from fastapi_todo_kit.features.lists.events import (
    CountsQuestion,
    ListDuplicated,
    ListLeaving,
    ListRestored,
    ListTrashed,
)
from fastapi_todo_kit.features.todos.changes import CHANGES
from fastapi_todo_kit.features.todos.examples import EXAMPLES
from fastapi_todo_kit.features.todos.listeners import (
    on_answer_replayed,
    on_counts_question,
    on_label_removed,
    on_list_duplicated,
    on_list_leaving,
    on_list_restored,
    on_list_trashed,
)
from fastapi_todo_kit.features.todos.models import Assignee, Occurrence, ResetSubtask, Todo, TodoLabel, TodoLink
from fastapi_todo_kit.features.todos.schemas import with_extra
from fastapi_todo_kit.host import ExtraModels
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.idempotency import AnswerReplayed


def _variants(extra: ExtraModels) -> Mapping[Any, Any]:
    return {} if extra.todo is None else with_extra(extra.todo)


FEATURE: Final = Feature(
    name="todos",
    tables=(Todo, TodoLabel, TodoLink, Assignee, Occurrence, ResetSubtask),
    listeners={
        AnswerReplayed: (on_answer_replayed,),
        ListTrashed: (on_list_trashed,),
        ListRestored: (on_list_restored,),
        ListDuplicated: (on_list_duplicated,),
        ListLeaving: (on_list_leaving,),
        LabelRemoved: (on_label_removed,),
        CountsQuestion: (on_counts_question,),
    },
    changes=CHANGES,
    variants=_variants,
    examples=EXAMPLES,
)
