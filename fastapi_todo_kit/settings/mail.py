"""Mails of accounts."""

import re
from email.utils import parseaddr
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from fastapi_todo_kit.settings.group import Group


def _address(sender: str) -> str:
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(sender)[1]):
        raise ValueError("not an address of mail; write todos@example.com, or Todos <todos@example.com>")
    return sender


class Mail(Group):
    """The SMTP server that mails of accounts go through; without `host` they are printed, which is for development.

    `timeout` is in seconds.
    """

    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: Annotated[str, AfterValidator(_address)] = "todo-kit@localhost"
    timeout: Annotated[float, Field(gt=0)] = 10.0
    in_background: bool = True
    """Whether the application sends what is waiting; if not, call `send_mails` from a scheduler."""
