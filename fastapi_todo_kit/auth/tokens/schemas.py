"""What the API takes and shows of personal access tokens."""

import uuid
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from fastapi_todo_kit.core.fields import Instant, name_of, name_schema

Scope = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.:-]{0,63}$", examples=["todos:read", "todos:write"])]


class TokenCreate(BaseModel):
    """A new token: what it is for, what it may do, and until when."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: Annotated[str, name_of(120), name_schema(120)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20)]
    expires_at: Instant | None = None


class TokenRead(TypedDict):
    """A token as it is shown later; `hint` is its end. `used_at` is at most a minute behind."""

    id: uuid.UUID
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


class NewTokenRead(TokenRead):
    """A token as it is shown once, with the secret itself."""

    token: str


class TokenPage(TypedDict):
    """The tokens of a user, the newest first."""

    items: list[TokenRead]
