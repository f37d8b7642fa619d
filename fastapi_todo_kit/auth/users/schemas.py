"""What the API takes and shows of users."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from fastapi_todo_kit.auth.credentials.emails import Email
from fastapi_todo_kit.core.fields import ZoneName, absent, name_of, text_of

Password = Annotated[str, text_of(1_024), Field(max_length=1_024, json_schema_extra={"format": "password"})]
PersonName = Annotated[str, Field(max_length=120), name_of(120)]
MailedToken = Annotated[str, Field(max_length=200)]


class _Body(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class Register(_Body):
    """A new account."""

    email: Email
    password: Password
    name: PersonName | None = None
    time_zone: ZoneName | None = None


class EmailBody(_Body):
    """The address that a mail is to be sent to."""

    email: Email


class TicketBody(_Body):
    """The token of the link in a mail."""

    token: MailedToken


class UserUpdate(_Body):
    """Changes of your own account: what is absent stays, null clears (RFC 7396)."""

    name: PersonName | None = Field(default_factory=absent)
    time_zone: ZoneName | None = Field(default_factory=absent)


class EmailChange(_Body):
    """Your new address, and your password if you have one."""

    email: Email
    password: Password | None = None


class UserRead(TypedDict):
    """An account."""

    id: uuid.UUID
    email: str
    name: str
    time_zone: str | None
    has_password: bool
    is_active: bool
    is_verified: bool
    is_superuser: bool
    created_at: datetime
    updated_at: datetime
    version: int


class Accepted(TypedDict):
    """What is answered whether there is such an account or not."""

    detail: str
