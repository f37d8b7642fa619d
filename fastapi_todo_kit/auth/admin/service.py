"""What superusers can do."""

import uuid
from typing import Any, TypeVar

from sqlalchemy import Row

from fastapi_todo_kit.account_events import Registered
from fastapi_todo_kit.auth.access import SUPERUSERS_ONLY
from fastapi_todo_kit.auth.accounts import AccountOperation
from fastapi_todo_kit.auth.admin.schemas import AccountUpdate, UserCreate, UserPage, UserQuery
from fastapi_todo_kit.auth.authentication.caller import find_caller
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.mail.repository import MailRepository
from fastapi_todo_kit.auth.mail.texts import INVITE
from fastapi_todo_kit.auth.sessions.service import end_sessions
from fastapi_todo_kit.auth.users.erasure import begin_erasure
from fastapi_todo_kit.auth.users.repository import ORDER, UserRepository, user_row
from fastapi_todo_kit.auth.users.schemas import UserRead
from fastapi_todo_kit.auth.users.service import shown
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.errors import Conflict, Forbidden, LoginInUse, UserNotFound
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version

T = TypeVar("T")
_RIGHTS = {"is_active", "is_verified", "is_superuser"}


class AdminService:
    """The verbs of superusers."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    async def page(self, query: UserQuery) -> UserPage:
        """Return users.

        Raises:
            InvalidCursor
        """
        key = None if query.email is None else email_key(query.email)
        paging = Paging(ORDER, query.limit, query.cursor, "users", key)
        rows = await self._call.read(lambda work: UserRepository(work).page(key, paging.parameters))
        users, next_cursor = paging.split(rows, lambda user: (user.id,))
        return {"items": [shown(user) for user in users], "next_cursor": next_cursor}

    async def create(self, new: UserCreate) -> UserRead:
        """Make an account, and send its owner a mail with a link to choose a password.

        Raises:
            LoginInUse: the address has an account.
        """
        return await self._write(lambda work: create_user(work, new))

    async def get(self, user_id: uuid.UUID) -> UserRead:
        """Return a user.

        Raises:
            UserNotFound
        """
        user = await self._call.read(lambda work: UserRepository(work).find(user_id))
        if user is None:
            raise UserNotFound
        return shown(user)

    async def update(self, user_id: uuid.UUID, changes: AccountUpdate, versions: Versions = ANY_VERSION) -> UserRead:
        """Change somebody's account.

        Raises:
            UserNotFound, PreconditionFailed
            Conflict: nobody would be left who could undo it, or the account is being erased.
        """
        fields = changes.model_dump(exclude_unset=True)
        if "name" in fields:
            fields["name"] = fields["name"] or ""
        return await self._write(lambda work: _update(work, user_id, fields, versions))

    async def end_sessions(self, user_id: uuid.UUID) -> None:
        """Log somebody out everywhere.

        Raises:
            UserNotFound
        """

        async def end(work: AccountWork) -> None:
            await _locked(work, user_id)
            await end_sessions(work, user_id)

        await self._write(end)

    async def begin_erasure(self, user_id: uuid.UUID) -> None:
        """Let somebody log in no more, or oneself, and write down that the account is to be erased.

        Raises:
            UserNotFound
            Conflict: this is the last superuser.
        """

        async def begin(work: AccountWork) -> None:
            await keep_a_superuser(work, without=user_id)
            await begin_erasure(work, await _locked(work, user_id))

        await self._write(begin, of_user=user_id)

    async def _write(self, operation: AccountOperation[T], of_user: uuid.UUID | None = None) -> T:
        """Run an operation, if whoever calls is a superuser still, or the user whom it is about."""

        async def run(work: AccountWork) -> T:
            caller = await find_caller(work, self._call.user)
            if not caller.is_superuser and caller.id != of_user:
                raise Forbidden(SUPERUSERS_ONLY)
            return await operation(work)

        return await self._call.write(run)


async def create_user(work: AccountWork, new: UserCreate) -> UserRead:
    """Make an account without a password, and send its owner a link to choose one.

    Raises:
        LoginInUse: the address has an account.
    """
    users, key = UserRepository(work), email_key(new.email)
    if await users.lock_by_key(key) is not None:
        raise LoginInUse("This address has an account already.")
    row = user_row(work.now, new.email, new.name, time_zone=new.time_zone, is_superuser=new.is_superuser)
    await users.add(row)
    await MailRepository(work).queue(INVITE, new.email)
    work.record(Registered, row["id"], email=new.email)
    return shown(await _locked(work, row["id"]))


async def keep_a_superuser(work: AccountWork, without: uuid.UUID) -> None:
    """Make sure that somebody could administer users without this one.

    Raises:
        Conflict: nobody could.
    """
    superusers = await UserRepository(work).lock_superusers()
    if superusers == [without]:
        raise Conflict("This is the last superuser; make another one first.")


async def _update(work: AccountWork, user_id: uuid.UUID, fields: dict[str, Any], versions: Versions) -> UserRead:
    if any(fields.get(name) is False for name in _RIGHTS):
        await keep_a_superuser(work, without=user_id)
    user = await _locked(work, user_id)
    check_version(user.version, versions)
    if user.erase_at is not None:
        raise Conflict("This account is being erased.")
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    if not changed:
        return shown(user)
    await UserRepository(work).update(user, **changed)
    if changed.keys() & _RIGHTS:
        await end_sessions(work, user_id)  # their tokens say what was before
    return shown(await _locked(work, user_id))


async def _locked(work: AccountWork, user_id: uuid.UUID) -> Row[Any]:
    user = await UserRepository(work).lock(user_id)
    if user is None:
        raise UserNotFound
    return user
