"""What the API takes and shows of invitations."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.core.addresses import Address
from fastapi_todo_kit.core.fields import IS_WHOLE, text_of
from fastapi_todo_kit.features.invitations.tokens import LONGEST
from fastapi_todo_kit.features.spaces.schemas import Role

InvitationKind = TypeAliasType(
    "InvitationKind",
    Annotated[Literal["email", "link"], Field(title="InvitationKind", description="Whom an invitation is for")],
)
Words = Annotated[str, text_of(500), WithJsonSchema({"type": "string", "maxLength": 500, "pattern": r"^[^\x00]*$"})]


class InvitationCreate(BaseModel):
    """An invitation: with `email` by a mail to that address, without one a link for up to `max_uses` people.

    `message` is shown to them as plain text.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    role: Role
    email: Address | None = None
    max_uses: Annotated[int, Field(ge=1, le=100), IS_WHOLE] = 1
    expires_in_days: Annotated[int, Field(ge=1, le=30), IS_WHOLE] = 7
    message: Words | None = None

    @model_validator(mode="after")
    def _is_for_one_address(self) -> Self:
        if self.email is not None and self.max_uses != 1:
            raise PydanticCustomError("max_uses_of_email", "An invitation by mail can be accepted once.")
        return self


Invited = Annotated[list[InvitationCreate], Field(max_length=20)]


class InvitationToken(BaseModel):
    """What names an invitation: the token of a link, or that of an item of `GET /invitations`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    token: Annotated[str, Field(max_length=LONGEST)]


class InvitationRead(TypedDict):
    """An invitation, as those see it who may invite.

    `token` is there only in the answer that makes a link: it is stored nowhere, and not told twice. `is_open` is
    whether it can be accepted now; it cannot if whoever stands for it (`created_by`) may not invite that role any more.
    """

    id: uuid.UUID
    kind: InvitationKind
    role: str
    email: str | None
    message: str | None
    max_uses: int
    uses: int
    is_open: bool
    expires_at: datetime
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int
    token: str | None


class InvitationPage(TypedDict):
    """A page of invitations, in the order in which they were made."""

    items: list[InvitationRead]
    next_cursor: str | None


class InvitationPreview(TypedDict):
    """An invitation, as those see it who are invited. `member_role` is what the caller is in the space already."""

    id: uuid.UUID
    space_id: uuid.UUID
    space_name: str | None
    space_color: str | None
    role: str
    member_role: str | None
    message: str | None
    invited_by: str
    invited_by_name: str | None
    expires_at: datetime


class InvitationForMe(InvitationPreview):
    """An invitation of the caller's verified address. `token` is what it is accepted with, and no secret."""

    token: str


class InvitationsForMe(TypedDict):
    """A page of invitations of the caller's verified address, in the order in which they were made."""

    items: list[InvitationForMe]
    next_cursor: str | None


class SpaceJoined(TypedDict):
    """The space that the caller is a member of now, and as what; `is_new` is whether it was none before."""

    id: uuid.UUID
    name: str | None
    color: str | None
    role: str
    is_new: bool
