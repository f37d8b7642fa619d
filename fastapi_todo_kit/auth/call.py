"""One request to the routes of accounts, or to a route of the host's that asks who is calling."""

from datetime import timedelta
from typing import Final, TypeVar

from fastapi_todo_kit.auth.accounts import AccountOperation, Accounts
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.work import Client
from fastapi_todo_kit.core.account_errors import LoginTooOld
from fastapi_todo_kit.core.errors import Unauthenticated
from fastapi_todo_kit.settings import Auth

T = TypeVar("T")
FRESH: Final = timedelta(minutes=10)
"""How long after a login what is most sensitive can be done without another one."""


class AccountCall:
    """Who calls, from where, on which accounts. Services are made from it and run units of work on it.

    A service runs several: a password is hashed between two transactions and not inside of one, which would keep a
    connection for as long as that takes.
    """

    def __init__(self, accounts: Accounts, client: Client, user: AuthUser | None = None) -> None:
        self.accounts = accounts
        self.client = client
        self._user = user

    @property
    def user(self) -> AuthUser:
        """The user who calls.

        Raises:
            Unauthenticated: the route is open to everybody, and nobody has said who he is.
        """
        if self._user is None:
            raise Unauthenticated
        return self._user

    def check_fresh(self) -> None:
        """Make sure that whoever calls has logged in a short while ago, for what gives or takes a way in.

        Raises:
            LoginTooOld
        """
        began = self.user.authenticated_at
        if began is None or self.accounts.host.now() - began > FRESH:
            raise LoginTooOld

    @property
    def auth(self) -> Auth:
        """The settings of accounts."""
        return self.accounts.settings.auth

    async def read(self, operation: AccountOperation[T]) -> T:
        """Run an operation that changes nothing."""
        return await self.accounts.read(self.client, operation)

    async def write(self, operation: AccountOperation[T]) -> T:
        """Run an operation in one transaction."""
        return await self.accounts.write(self.client, operation)
