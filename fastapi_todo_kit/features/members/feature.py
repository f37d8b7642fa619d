"""Members announce themselves."""

from typing import Final

from fastapi_todo_kit.features.members.changes import CHANGES
from fastapi_todo_kit.features.members.examples import EXAMPLES
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(name="members", part_of="spaces", changes=CHANGES, examples=EXAMPLES)
