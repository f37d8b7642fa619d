"""The trash announces itself."""

from datetime import timedelta
from typing import Final

from fastapi_todo_kit.features.trash.purging import purge
from fastapi_todo_kit.storage.feature import Chore, Feature

FEATURE: Final = Feature(name="trash", chores=(Chore("removing what has expired", purge, every=timedelta(hours=1)),))
