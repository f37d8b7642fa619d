"""What superusers can do."""

import uuid
from typing import Any, Final, TypeVar

from sqlalchemy import Row

from fastapi_todo_kit.account_events import Registered
from fastapi_todo_kit.auth.accounts import AccountOperation
from fastapi_todo_kit.auth.admin.schemas import AccountUpdate, UserCreate, UserPage, UserQuery
from fastapi_todo_kit.auth.authentication.caller import find_caller
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.dependencies import SUPERUSERS_ONLY
from fastapi_todo_kit.auth.mail.repository import MailRepository
from fastapi_todo_kit.auth.mail.texts import INVITE
from fastapi_todo_kit.auth.sessions.service import end_sessions
from fastapi_todo_kit.auth.standing import Standing, gives_way, standing_of
from fastapi_todo_kit.auth.users.erasure import begin_erasure
from fastapi_todo_kit.auth.users.repository import ORDER, UserRepository, user_row
from fastapi_todo_kit.auth.users.schemas import UserRead
from fastapi_todo_kit.auth.users.service import shown, take_over
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import LoginInUse, UserNotFound
from fastapi_todo_kit.core.errors import Conflict, Forbidden
from fastapi_todo_kit.settings import Auth
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version

T = TypeVar("T")
_RIGHTS = {"is_active", "is_verified", "is_superuser"}
_UNPROVEN: Final = (
    "This address is not verified, so whoever registered it may be anybody. "
    "Let its owner follow the link of the mail that verifies it first."
)
_UNKNOWN: Final = (
    f"{_UNPROVEN} Or make the account, by POST /users or `todo-kit users create --superuser`: "
    "nothing of what was registered is left then."
)


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
            LoginInUse: the address has an account, which was not only registered.
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
            Conflict: nobody would be left who could undo it, or the account is being erased, or it would be that of a
                superuser and is disabled, or registered by nobody knows whom.
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

    What somebody has only registered becomes that account: nothing is left of it that lets him in.

    Raises:
        LoginInUse: the address has another account.
    """
    users = UserRepository(work)
    user = await users.lock_by_key(email_key(new.email))
    fields = {"time_zone": new.time_zone, "is_superuser": new.is_superuser}
    if user is None:
        row = user_row(work.now, new.email, new.name, **fields)
        await users.add(row)
        work.record(Registered, row["id"], email=new.email)
    elif gives_way(user, work.auth):
        await take_over(work, user, email=new.email, name=new.name or "", **fields)
    else:
        raise LoginInUse(_why_in_use(user))
    await MailRepository(work).queue(INVITE, new.email)
    return shown(await _locked(work, row["id"] if user is None else user.id))


def _why_in_use(user: Row[Any]) -> str:
    if user.erase_at is not None:
        return "This address has an account that is being erased; try again when that is done."
    return "This address has an account already" + ("." if user.is_active else ", which is disabled.")


async def change_account(work: AccountWork, user: Row[Any], fields: dict[str, Any]) -> UserRead:
    """Change an account whose row is locked; whoever gets or loses rights is logged out everywhere.

    Raises:
        Conflict: it is being erased; or it would be that of a superuser, and is disabled, or nobody's that is known.
    """
    if user.erase_at is not None:
        raise Conflict("This account is being erased.")
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    if not changed:
        return shown(user)
    if changed.get("is_superuser"):
        _check_promotion(user, work.auth, changed)
    await UserRepository(work).update(user, **changed)
    if changed.keys() & _RIGHTS:
        await end_sessions(work, user.id)  # their tokens say what was before
    return shown(await _locked(work, user.id))


def _check_promotion(user: Row[Any], auth: Auth, changed: dict[str, Any]) -> None:
    if not changed.get("is_active", user.is_active):
        raise Conflict("This account is disabled; enable it first.")
    is_known = standing_of(user, auth) in {Standing.OWNED, Standing.MADE} or changed.get("is_verified")
    if not is_known:
        raise Conflict(_UNKNOWN if gives_way(user, auth) else _UNPROVEN)


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
    return await change_account(work, user, fields)


async def _locked(work: AccountWork, user_id: uuid.UUID) -> Row[Any]:
    user = await UserRepository(work).lock(user_id)
    if user is None:
        raise UserNotFound
    return user
