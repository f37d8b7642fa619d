"""Whether who was let in a moment ago still is, asked inside of the transaction that changes something.

A request is authenticated before its transaction, by a token that another worker may have revoked since, and a provider
or a hash may take seconds between. What a revoked session asked for must not come after what ended it.
"""

from typing import Any

from sqlalchemy import Executable, Row

from fastapi_todo_kit.auth.authentication.repository import FIND_SESSION, FIND_USER, LOCK_USER
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import InvalidToken


async def lock_caller(work: AccountWork, caller: AuthUser) -> Row[Any]:
    """Return the user who calls, whom nobody else changes meanwhile.

    Raises:
        InvalidToken: the session has ended, or the account was disabled or erased.
    """
    return await _present(work, caller, LOCK_USER)


async def find_caller(work: AccountWork, caller: AuthUser) -> Row[Any]:
    """Return the user who calls, for a change of something else.

    Raises:
        InvalidToken: as for `lock_caller`.
    """
    return await _present(work, caller, FIND_USER)


async def _present(work: AccountWork, caller: AuthUser, statement: Executable) -> Row[Any]:
    users = await work.fetch(statement, {"of_user": caller.user_id})
    # A statement of its own, behind the lock: one that waits for a lock sees other tables as they were before.
    sessions = await work.fetch(FIND_SESSION, {"of_user": caller.user_id, "session": caller.session_id})
    if not users or not sessions or not users[0].is_active:
        raise InvalidToken
    return users[0]
