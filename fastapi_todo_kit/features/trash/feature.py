"""The trash announces itself."""

from typing import Final

from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(name="trash")
