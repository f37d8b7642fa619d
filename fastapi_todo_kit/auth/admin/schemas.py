"""What the API takes and shows of other people's accounts."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from fastapi_todo_kit.auth.credentials.emails import Email
from fastapi_todo_kit.auth.users.schemas import PersonName, UserRead
from fastapi_todo_kit.core.fields import ZoneName, absent, text_of


class UserCreate(BaseModel):
    """An account for somebody, who chooses the password by the link of a mail."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    email: Email
    name: PersonName | None = None
    time_zone: ZoneName | None = None
    is_superuser: bool = False


class AccountUpdate(BaseModel):
    """Changes of somebody's account. Whoever is disabled, or gets or loses rights, is logged out everywhere."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    is_active: bool = Field(default_factory=absent)
    is_verified: bool = Field(default_factory=absent)
    is_superuser: bool = Field(default_factory=absent)
    name: PersonName | None = Field(default_factory=absent)


class UserQuery(BaseModel):
    """Which users, in the order in which they came."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    email: Annotated[str, text_of(320), Field(max_length=320, description="The whole address")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str | None, Field(max_length=4_096)] = None


class UserPage(TypedDict):
    """A page of users."""

    items: list[UserRead]
    next_cursor: str | None
