"""Spaces announce themselves."""

from typing import Final

from fastapi_todo_kit.features.spaces.changes import CHANGES
from fastapi_todo_kit.features.spaces.examples import EXAMPLES
from fastapi_todo_kit.features.spaces.listeners import on_answer_replayed
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.idempotency import AnswerReplayed

FEATURE: Final = Feature(
    name="spaces", listeners={AnswerReplayed: (on_answer_replayed,)}, changes=CHANGES, examples=EXAMPLES
)
