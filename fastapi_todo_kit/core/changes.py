"""A change as the host hears of it: one frozen class for each kind, made from a row of the change log.

A class never loses a field or changes its meaning; where that must happen, `schema_version` grows.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec


class ChangeEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """One row of the change log. `msgspec.json.encode` writes it with its `type`, such as `todo.completed`.

    `seq` numbers the changes of a space without gaps; `version` is the object's, as in its ETag; `changes` maps each
    field that changed to its old and new value, as JSON shows them, and is empty where the kind says it all.
    """

    schema_version: ClassVar[int] = 1

    space_id: uuid.UUID
    seq: int
    entity_id: uuid.UUID
    version: int
    actor_id: str
    request_id: str
    at: datetime
    changes: Mapping[str, tuple[Any, Any]]
