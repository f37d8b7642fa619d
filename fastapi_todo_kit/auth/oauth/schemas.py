"""What the API takes and shows of other people's logins."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict


class ProviderLogin(BaseModel):
    """What the browser came back with, and the secret that the client has kept meanwhile."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=4_096)]
    state: Annotated[str, Field(max_length=200)]
    secret: Annotated[str, Field(max_length=200)]


class ProviderList(TypedDict):
    """The names of the providers with which one can log in."""

    items: list[str]


class Authorization(TypedDict):
    """Where to send the browser, and the secret to keep until it comes back, in `sessionStorage` for example."""

    authorization_url: str
    secret: str


class LinkedLogin(TypedDict):
    """A provider's account with which you can log in."""

    provider: str
    email: str
    created_at: datetime


class LinkedLoginList(TypedDict):
    """The providers' accounts with which you can log in."""

    items: list[LinkedLogin]
