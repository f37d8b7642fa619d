"""Founding announces itself."""

from typing import Final

from fastapi_todo_kit.features.founding.examples import EXAMPLES
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(name="founding", part_of="spaces", examples=EXAMPLES)
