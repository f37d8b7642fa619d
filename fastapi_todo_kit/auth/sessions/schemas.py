"""What the API takes and shows of sessions."""

import uuid
from datetime import datetime
from typing import Annotated, Any, ClassVar, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict


class RefreshBody(BaseModel):
    """The refresh token; without one, that of the cookie."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    refresh_token: Annotated[str, Field(max_length=200)] | None = None


class TokensRead(TypedDict):
    """What a login gives. The refresh token is good once: each use gives the next one. With cookies, both are there."""

    access_token: NotRequired[str]
    refresh_token: NotRequired[str]
    token_type: str
    expires_in: int


class KeySet(TypedDict):
    """The public keys of access tokens (RFC 7517); none for HS256, whose key is a secret."""

    keys: list[dict[str, Any]]


class SessionRead(TypedDict):
    """A login that lasts; `address` and `user_agent` are those of the login."""

    id: uuid.UUID
    created_at: datetime
    authenticated_at: datetime
    used_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    is_current: bool


class SessionPage(TypedDict):
    """The sessions of a user, the one used last first."""

    items: list[SessionRead]
