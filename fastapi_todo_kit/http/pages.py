"""The parameters that operations share: the page, and ids in a path."""

import uuid
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from fastapi_todo_kit.core.errors import NotFound, SpaceNotFound
from fastapi_todo_kit.core.fields import canonical_uuid

Limit = Annotated[
    int, Query(ge=1, le=200, description="How many items a page holds at most; fewer where they are large")
]
Cursor = Annotated[
    str | None,
    Query(max_length=4_096, description="`next_cursor` of the page before; null there means the end"),
]


def path_id(missing: type[NotFound]) -> Callable[[Any], uuid.UUID]:
    """Return the validator of an id in a path: what is no id names nothing, so it is 404 and not 422."""

    def parse(value: Any) -> uuid.UUID:
        try:
            return canonical_uuid(value)
        except PydanticCustomError:
            raise missing from None

    return parse


SpaceId = Annotated[uuid.UUID, BeforeValidator(path_id(SpaceNotFound))]
"""The id of a space in a path."""
