"""`completed_at` as a dependency: what a client says of the past, where the application takes it."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Query

from fastapi_todo_kit.core.errors import Forbidden
from fastapi_todo_kit.core.fields import Instant
from fastapi_todo_kit.http.call import Call

_DESCRIPTION: Final = (
    "When it was really done, of what is completed by this request; by default now. Needs the right `todo.backdate`, "
    "and an application that takes it"
)


async def read_completed_at(
    call: Call, completed_at: Annotated[Instant | None, Query(description=_DESCRIPTION)] = None
) -> datetime | None:
    """Return when something was done, as the client says it.

    Raises:
        Forbidden: the settings do not take it from clients.
    """
    if completed_at is not None and not call.kit.settings.backdating:
        raise Forbidden("This application does not let clients say when something was done; leave out completed_at.")
    return completed_at


CompletedAt = Annotated[datetime | None, Depends(read_completed_at)]
