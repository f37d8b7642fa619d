"""Lists announce themselves."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi_todo_kit.features.lists.changes import CHANGES
from fastapi_todo_kit.features.lists.examples import EXAMPLES
from fastapi_todo_kit.features.lists.listeners import on_answer_replayed
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.lists.schemas import with_extra
from fastapi_todo_kit.host import ExtraModels
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.idempotency import AnswerReplayed


def _variants(extra: ExtraModels) -> Mapping[Any, Any]:
    return {} if extra.list is None else with_extra(extra.list)


FEATURE: Final = Feature(
    name="lists",
    tables=(TodoList,),
    listeners={AnswerReplayed: (on_answer_replayed,)},
    changes=CHANGES,
    variants=_variants,
    examples=EXAMPLES,
)
