"""Accounts for hosts that have none: users, sessions, tokens and the mails around them. Needs the extra `auth`."""

from importlib.util import find_spec
from typing import Final

from fastapi_todo_kit.core.errors import MissingExtra

_NEEDED: Final = ("jwt", "pwdlib", "email_validator", "python_multipart", "httpx", "httpx_oauth", "aiosmtplib")

if _missing := [name for name in _NEEDED if find_spec(name) is None]:
    raise MissingExtra(
        f"Accounts need packages that are not installed ({', '.join(_missing)}): pip install 'fastapi-todo-kit[auth]'"
    )
