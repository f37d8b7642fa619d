"""What may be said of the past of a todo. Pure; no web, no database."""

from datetime import datetime
from typing import Final

from fastapi_todo_kit.core.errors import InvalidInput

_FUTURE: Final = "This lies in the future; only what has happened can be said."
_NO_ZONE: Final = "Write a datetime with a zone: nobody knows which one is meant."
_BEFORE: Final = "This was before the todo was created."


def check_past(place: dict[str, str], moment: datetime, now: datetime, created_at: datetime | None = None) -> None:
    """Make sure that a moment has come, and that the todo was there by then.

    Args:
        place: where the request says it, as errors show that: its `pointer` or `parameter`.
        moment: when something is said to have happened.
        now: the present.
        created_at: when the todo was created; None where it is that which is said.

    Raises:
        InvalidInput
    """
    if moment.tzinfo is None:
        raise InvalidInput(errors=[{**place, "code": "datetime_parsing", "detail": _NO_ZONE}])
    if moment > now:
        raise InvalidInput(errors=[{**place, "code": "in_the_future", "detail": _FUTURE}])
    if created_at is not None and moment < created_at:
        raise InvalidInput(errors=[{**place, "code": "before_creation", "detail": _BEFORE}])
