"""Labels announce themselves."""

from typing import Final

from fastapi_todo_kit.features.labels.changes import CHANGES
from fastapi_todo_kit.features.labels.examples import EXAMPLES
from fastapi_todo_kit.features.labels.listeners import on_answer_replayed
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.idempotency import AnswerReplayed

FEATURE: Final = Feature(
    name="labels",
    tables=(Label,),
    listeners={AnswerReplayed: (on_answer_replayed,)},
    changes=CHANGES,
    examples=EXAMPLES,
)
