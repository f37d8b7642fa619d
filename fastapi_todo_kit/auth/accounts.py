"""What all mounts with the same settings share in a process, and the units of work on accounts that run on it."""

from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Final, TypeVar

from fastapi_todo_kit.auth.authentication.service import Authentication
from fastapi_todo_kit.auth.credentials.access_tokens import AccessTokens
from fastapi_todo_kit.auth.credentials.passwords import Passwords
from fastapi_todo_kit.auth.work import AccountWork, Client
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.migrations.branch import ACCOUNTS
from fastapi_todo_kit.migrations.runner import upgrade_engine
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection

T = TypeVar("T")
_NO_HOST: Final = Host()
AccountOperation = Callable[[AccountWork], Awaitable[T]]


class Accounts:
    """The accounts of one application, as one host's callables see them.

    They are on the kit's own engine, also where the host supplies a session: a failed login must be counted although
    the request fails, and the host's transaction would take that back.
    """

    def __init__(self, state: "ProcessState", host: Host) -> None:
        self.settings: TodoKitSettings = state.settings
        self.host: Host = host
        self.database: Database = state.database
        self.access_tokens: AccessTokens = state.access_tokens
        self.passwords: Passwords = state.passwords
        self.authentication: Authentication = state.authentication
        self.wake_postman: Callable[[], None] | None = None
        """Called when a mail waits to be sent; set by the router, where it has the background for it."""

    async def read(self, client: Client, operation: AccountOperation[T]) -> T:
        """Run an operation that changes nothing."""

        async def run(connection: Connection) -> T:
            return await operation(AccountWork(self.settings, self.host, client, connection))

        return await self.database.query(run)

    async def write(self, client: Client, operation: AccountOperation[T]) -> T:
        """Run an operation in one transaction, and tell the host and this process what came of it."""

        async def run(connection: Connection) -> tuple[T, AccountWork]:
            work = AccountWork(self.settings, self.host, client, connection)
            result = await operation(work)
            await work.ask_host()
            return result, work

        result, work = await self.database.transact(run)
        self.authentication.forget(work.revoked_sessions, work.changed_users, work.moved_users, work.now)
        await work.announce()
        if work.has_mail and self.wake_postman is not None:
            self.wake_postman()
        return result


class ProcessState:
    """What does not differ between the hosts of equal settings."""

    def __init__(self, settings: TodoKitSettings) -> None:
        self.settings: TodoKitSettings = settings
        prepare = partial(upgrade_engine, branch=ACCOUNTS) if settings.migrates_itself else None
        self.database: Database = Database(settings, prepare=prepare)
        self.access_tokens: AccessTokens = AccessTokens(settings.auth)
        self.passwords: Passwords = Passwords(settings.auth)
        self.authentication: Authentication = Authentication(settings, self.database, self.access_tokens)
        self.of_hosts: dict[int, Accounts] = {}


_state_of = cache(ProcessState)


def accounts_of(settings: TodoKitSettings, host: Host | None = None) -> Accounts:
    """Return the accounts of an application: the same object for equal settings and the same host.

    Raises:
        ConfigurationError: there is no key to sign tokens with.
    """
    state, host = _state_of(settings), host or _NO_HOST
    # By identity: the callables of a host need not be hashable. The accounts keep the host, and with it its id.
    if id(host) not in state.of_hosts:
        state.of_hosts[id(host)] = Accounts(state, host)
    return state.of_hosts[id(host)]
