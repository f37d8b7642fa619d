"""Spaces announce themselves."""

from typing import Final

from fastapi_todo_kit.features.spaces.changes import CHANGES
from fastapi_todo_kit.features.spaces.examples import EXAMPLES
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(name="spaces", changes=CHANGES, examples=EXAMPLES)
