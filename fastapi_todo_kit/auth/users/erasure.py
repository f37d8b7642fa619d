"""What of an account is erased and exported; `privacy` does the same for todos, and calls this."""

from datetime import timedelta
from typing import Any, Final

import anyio
from sqlalchemy import Row, Uuid, bindparam, delete, func, literal_column, or_, select, update

from fastapi_todo_kit.auth.accounts import accounts_of
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.models import OAuthAccount, PersonalToken, Session, Ticket, User, WaitingMail
from fastapi_todo_kit.auth.sessions.service import end_sessions
from fastapi_todo_kit.auth.users.repository import UserRepository, parsed_id
from fastapi_todo_kit.auth.work import AccountWork, Client
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.tables import Instant, table_of

RESUMED_AFTER: Final = timedelta(minutes=5)
"""How long an erasure is left to the process that has begun it."""
_NOBODY: Final = Client("", "", "erase")
_HIDDEN: Final = {"hashed_password", "digest"}
_users, _mails = table_of(User), table_of(WaitingMail)
_TABLES = [_users, *(table_of(model) for model in (Session, PersonalToken, OAuthAccount, Ticket)), _mails]
_ID = bindparam("of_user", type_=Uuid())

_DUE = (
    select(_users.c.id)
    .where(_users.c.erase_at <= bindparam("now", type_=Instant()))
    .order_by(_users.c.erase_at)
    .limit(literal_column("10"))
)
_CLAIM = update(_users).where(_users.c.id == _ID).values(erase_at=bindparam("until", type_=Instant()))
_DELETE = delete(_users).where(_users.c.id == _ID)
# Wider than a key is, whatever the database takes for lower case; the keys are compared afterwards.
_MAILS = select(_mails.c.id, _mails.c.email, _mails.c.user_id).where(
    or_(_mails.c.user_id == _ID, func.lower(_mails.c.email) == func.lower(bindparam("address")))
)
_DELETE_MAIL = delete(_mails).where(_mails.c.id == bindparam("mail", type_=Uuid()))
_OF_USER: Final = {
    table.name: select(*(column for column in table.c if column.name not in _HIDDEN)).where(
        (table.c.id if table is _users else table.c.user_id) == _ID
    )
    for table in _TABLES
}


async def begin_erasure(work: AccountWork, user: Row[Any]) -> None:
    """Disable an account whose row is locked, and write down that it is to be erased, whoever lives to do it."""
    await UserRepository(work).update(user, is_active=False, erase_at=work.now + RESUMED_AFTER)
    await end_sessions(work, user.id)


async def claim_erasures(settings: TodoKitSettings, host: Host | None) -> list[str]:
    """Return the ids of accounts whose erasure was begun and not finished, which nobody else is given for a while."""
    accounts = accounts_of(settings, host)
    if not await accounts.read(_NOBODY, lambda work: work.fetch(_DUE, {"now": work.now})):
        return []
    return await accounts.write(_NOBODY, _claim)


async def close_account(settings: TodoKitSettings, host: Host | None, user_id: str) -> None:
    """Disable an account for good, and return when no worker lets it write any more."""
    accounts = accounts_of(settings, host)
    if await accounts.write(_NOBODY, lambda work: _close(work, user_id)):
        await anyio.sleep(settings.auth.revocation_max_age.total_seconds())


async def address_of(settings: TodoKitSettings, host: Host | None, user_id: str) -> str | None:
    """Return the address of an account, whether it was verified or not."""
    account_id = parsed_id(user_id)
    if account_id is None:
        return None
    user = await accounts_of(settings, host).read(_NOBODY, lambda work: UserRepository(work).find(account_id))
    return None if user is None else str(user.email)


async def delete_account(settings: TodoKitSettings, host: Host | None, user_id: str) -> int:
    """Remove an account with its sessions, tokens, logins and mails; return how many there were, one or none.

    What is left are digests of its address in the count of attempts, until they expire.
    """
    return await accounts_of(settings, host).write(_NOBODY, lambda work: _delete(work, user_id))


async def export_account(settings: TodoKitSettings, host: Host | None, user_id: str) -> list[Any]:
    """Return the rows of an account, without secrets."""
    return await accounts_of(settings, host).read(_NOBODY, lambda work: _export(work, user_id))


async def _close(work: AccountWork, user_id: str) -> bool:
    user = await _locked(work, user_id)
    if user is None:
        return False
    await begin_erasure(work, user)
    return True


async def _claim(work: AccountWork) -> list[str]:
    rows = await work.fetch(_DUE.with_for_update(skip_locked=True), {"now": work.now})
    until = work.now + RESUMED_AFTER
    await work.run_many(_CLAIM, [{"of_user": row.id, "until": until} for row in rows])
    return [str(row.id) for row in rows]


async def _delete(work: AccountWork, user_id: str) -> int:
    user = await _locked(work, user_id)
    if user is None:
        return 0
    work.changed_users.add(user.id)
    await end_sessions(work, user.id)
    mails = await work.fetch(_MAILS, {"of_user": user.id, "address": user.email})
    own = [one for one in mails if one.user_id == user.id or email_key(one.email) == user.email_key]
    await work.run_many(_DELETE_MAIL, [{"mail": one.id} for one in own])
    return await work.run(_DELETE, {"of_user": user.id})


async def _locked(work: AccountWork, user_id: str) -> Any:
    identity = parsed_id(user_id)
    return None if identity is None else await UserRepository(work).lock(identity)


async def _export(work: AccountWork, user_id: str) -> list[Any]:
    identity = parsed_id(user_id)
    if identity is None:
        return []
    return [
        {"table": str(name), "row": row._asdict()}
        for name, statement in _OF_USER.items()
        for row in await work.fetch(statement, {"of_user": identity})
    ]
