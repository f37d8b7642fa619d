"""Who a user of the kit's accounts is: for reminders, and for those who share a space."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.users.repository import UserRepository, parsed_id
from fastapi_todo_kit.auth.work import Client
from fastapi_todo_kit.core.people import Person
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
        user = None if tenant is not None else await self._active(user_id)
        if user is None:
            return None
        return Recipient(time_zone=user.time_zone, email=user.email if user.is_verified else None)

    async def by_ids(self, ids: Collection[str]) -> Mapping[str, Person]:
        """Return what others see of users: the name, and the address if it was verified; nobody who is disabled."""
        known = {parsed: one for one in ids if (parsed := parsed_id(one)) is not None}
        users = await self._accounts.read(_NOBODY, lambda work: UserRepository(work).find_all(list(known)))
        return {
            known[user.id]: Person(name=user.name or None, email=user.email if user.is_verified else None)
            for user in users
            if user.is_active
        }

    async def email_of(self, user_id: str) -> str | None:
        """Return the verified address of a user; None for whoever is gone or disabled."""
        user = await self._active(user_id)
        return user.email if user is not None and user.is_verified else None

    async def _active(self, user_id: str) -> Row[Any] | None:
        account_id = parsed_id(user_id)
        if account_id is None:
            return None
        user = await self._accounts.read(_NOBODY, lambda work: UserRepository(work).find(account_id))
        return user if user is not None and user.is_active else None

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
