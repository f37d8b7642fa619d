"""What the API takes to share a list."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from fastapi_todo_kit.core.fields import Color, Id, NewSpaceId
from fastapi_todo_kit.features.invitations.schemas import Invited
from fastapi_todo_kit.features.spaces.schemas import Role, SpaceName


class ListShare(BaseModel):
    """The space that a list gets; without a name that of the list. The client may choose its id, a UUIDv7.

    Whoever is a member of the space `inherits_id` is one of this space too, with `inherits_max_role` at most. Others
    are asked in by `invite`, once the space is made.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: NewSpaceId | None = None
    name: SpaceName | None = None
    color: Color | None = None
    inherits_id: Id | None = None
    inherits_max_role: Role = "editor"
    invite: Invited = Field(default_factory=list)
