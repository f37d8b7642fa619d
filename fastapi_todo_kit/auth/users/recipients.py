"""Who a user of the kit's accounts is, for reminders."""

import uuid
from datetime import datetime
from typing import Final

from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.users.repository import UserRepository
from fastapi_todo_kit.auth.work import Client
from fastapi_todo_kit.host import Host, Recipient
from fastapi_todo_kit.settings import TodoKitSettings

_NOBODY: Final = Client("", "", "worker")


class AccountPeople:
    """The users of the kit's accounts, for what works without a request."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def recipient(self, user_id: str, tenant: str | None) -> Recipient | None:
        """Return a user as the account has it now, by a verified address; None for whoever is gone or disabled.

        So it is in a tenant: the kit's accounts are in none.
        """
        try:
            account_id = uuid.UUID(user_id)
        except ValueError:
            return None
        user = await self._accounts.read(_NOBODY, lambda work: UserRepository(work).find(account_id))
        if tenant is not None or user is None or not user.is_active:
            return None
        return Recipient(time_zone=user.time_zone, email=user.email if user.is_verified else None)

    async def moved_since(self, moment: datetime, most: int) -> list[str]:
        """Return the ids of users who have moved to another zone since a moment, the last ones first."""
        return list(
            map(str, await self._accounts.read(_NOBODY, lambda work: UserRepository(work).moved_since(moment, most)))
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._accounts.database.close()


def people_of(settings: TodoKitSettings, host: Host) -> AccountPeople:
    """Return the users of the accounts that the settings are those of."""
    return AccountPeople(accounts_of(settings, host))
