"""Who a user of the kit's accounts is, for reminders."""

import uuid
from datetime import datetime
from typing import Final

from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.auth.users.repository import UserRepository
from fastapi_todo_kit.auth.work import Client
from fastapi_todo_kit.host import Recipient

_NOBODY: Final = Client("", "", "reminders")


async def moved_since(accounts: Accounts, moment: datetime, most: int) -> list[str]:
    """Return the ids of users who have moved to another zone since a moment, the last ones first."""
    return list(map(str, await accounts.read(_NOBODY, lambda work: UserRepository(work).moved_since(moment, most))))


async def recipient_of(accounts: Accounts, user_id: str) -> Recipient | None:
    """Return a user as the account has it now, by a verified address; None for whoever is gone or disabled."""
    try:
        account_id = uuid.UUID(user_id)
    except ValueError:
        return None
    user = await accounts.read(_NOBODY, lambda work: UserRepository(work).find(account_id))
    if user is None or not user.is_active:
        return None
    return Recipient(time_zone=user.time_zone, email=user.email if user.is_verified else None)
