"""What the API takes and shows of members."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from fastapi_todo_kit.core.fields import name_of, name_schema
from fastapi_todo_kit.features.spaces.schemas import Role

UserId = Annotated[str, name_of(255), name_schema(255)]


class MemberPut(BaseModel):
    """The role that a member has from now on, whether it was one before or not."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    role: Role


class OwnerTransfer(BaseModel):
    """The member that owns the space from now on."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    user_id: UserId


class MemberRead(TypedDict):
    """A member of a space. What is known of the person is null where the application says nothing.

    `id` is always the same for a user in a space; in paths it is the `user_id` that names a member.
    `is_inherited` is whether it is one only as a member of the space that this one takes its members from; then there
    is nothing to be changed here, and `version` is 0.
    """

    id: uuid.UUID
    user_id: str
    role: str
    is_inherited: bool
    name: str | None
    email: str | None
    avatar_url: str | None
    added_at: datetime
    added_by: str
    version: int


class MemberPage(TypedDict):
    """A page of members, by their ids."""

    items: list[MemberRead]
    next_cursor: str | None
