"""What the API takes to make a space, and shows of it."""

from typing import NotRequired

from pydantic import Field

from fastapi_todo_kit.features.invitations.schemas import InvitationRead, Invited
from fastapi_todo_kit.features.spaces.schemas import NewSpace, SpaceRead


class SpaceCreate(NewSpace):
    """A new space, of which its maker is the owner; the client may choose its id, a UUIDv7.

    Whoever is a member of the space `inherits_id` is one of this space too, with `inherits_max_role` at most. Others
    are asked in by `invite`, once the space is made.
    """

    invite: Invited = Field(default_factory=list)


class SpaceMade(SpaceRead):
    """The space, and `invitations` for those who are asked in: the tokens of links are in this answer alone."""

    invitations: NotRequired[list[InvitationRead]]
