"""Whose an account is, as far as anybody knows. Every door that an address is typed at asks here, and nowhere else."""

from enum import Enum, auto
from typing import Any

from sqlalchemy import Row

from fastapi_todo_kit.settings import Auth


class Standing(Enum):
    """What is known of who has an account; whether it is disabled is another matter."""

    OWNED = auto()
    """Its user has shown that the address is his."""
    MADE = auto()
    """A superuser has made it. Nobody has a password of it; it waits for who reads the mail."""
    USED = auto()
    """Somebody has registered it, and uses it without a proof, for this application asks for none."""
    REGISTERED = auto()
    """Somebody has registered the address, who may be anybody and can do nothing yet."""


def standing_of(user: Row[Any], auth: Auth) -> Standing:
    """Return whose an account is: by what was shown, and never by what rights it has."""
    if user.is_verified:
        return Standing.OWNED
    if user.hashed_password is None:
        return Standing.MADE
    return Standing.REGISTERED if auth.require_verified else Standing.USED


def gives_way(user: Row[Any], auth: Auth) -> bool:
    """Whether an account goes to who shows that the address is his, or who vouches for him.

    One that a superuser has disabled stays as it is.
    """
    return user.is_active and standing_of(user, auth) is Standing.REGISTERED
