"""Sharing announces itself."""

from typing import Final

from fastapi_todo_kit.features.sharing.examples import EXAMPLES
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(name="sharing", part_of="lists", examples=EXAMPLES)
