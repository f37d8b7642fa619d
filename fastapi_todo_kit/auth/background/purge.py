"""Removing what has expired and what nobody can need any more."""

from datetime import timedelta
from typing import Final

from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.auth.attempts import PURGE_ATTEMPTS
from fastapi_todo_kit.auth.mail.repository import PURGE_MAILS, PURGE_TICKETS
from fastapi_todo_kit.auth.sessions.repository import PURGE_REVOCATIONS, PURGE_SESSIONS
from fastapi_todo_kit.auth.work import AccountWork, Client

_MARGIN: Final = timedelta(hours=1)
_GIVEN_UP: Final = timedelta(days=30)


async def purge_expired(accounts: Accounts) -> None:
    """Remove what has expired. Several processes may do this at once."""

    async def purge(work: AccountWork) -> None:
        now = work.now
        await work.run(PURGE_SESSIONS, {"now": now})
        await work.run(PURGE_TICKETS, {"now": now})
        await work.run(PURGE_MAILS, {"before": now - _GIVEN_UP})
        await work.run(PURGE_ATTEMPTS, {"now": now, "expired": now - work.auth.limits.window})
        await work.run(PURGE_REVOCATIONS, {"before": now - work.auth.access_lifetime - _MARGIN})

    await accounts.write(Client("", "", "purge"), purge)
