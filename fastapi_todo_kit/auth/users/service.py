"""What can be done with one's own account, short of logging in."""

import uuid
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import Row

from fastapi_todo_kit.account_events import Registered
from fastapi_todo_kit.auth.attempts import Attempts
from fastapi_todo_kit.auth.authentication.caller import lock_caller
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.credentials.password_rules import check_password
from fastapi_todo_kit.auth.credentials.passwords import NOBODYS
from fastapi_todo_kit.auth.credentials.random_tokens import digest
from fastapi_todo_kit.auth.mail.repository import MailRepository, TicketRepository
from fastapi_todo_kit.auth.mail.texts import CHANGE_EMAIL, EMAIL_CHANGE_ASKED, EMAIL_CHANGED, VERIFY
from fastapi_todo_kit.auth.sessions.service import end_sessions
from fastapi_todo_kit.auth.standing import Standing, gives_way, standing_of
from fastapi_todo_kit.auth.tokens.service import delete_tokens
from fastapi_todo_kit.auth.users.erasure import begin_erasure
from fastapi_todo_kit.auth.users.repository import UserRepository, user_row
from fastapi_todo_kit.auth.users.schemas import Accepted, Register, UserRead, UserUpdate
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import InvalidToken, LoginInUse, RegistrationClosed
from fastapi_todo_kit.core.errors import AlreadyExists
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version

_TRIES: Final = 3
MAIL_IS_COMING: Final[Accepted] = {"detail": "If that is possible, a mail is on its way to this address."}


def shown(user: Row[Any]) -> UserRead:
    """Return a user as the API shows it."""
    hidden = {"hashed_password", "email_key", "security_stamp", "erase_at", "moved_at"}
    record = {name: value for name, value in user._mapping.items() if name not in hidden}
    return cast("UserRead", {**record, "has_password": user.hashed_password not in (None, NOBODYS)})


async def existing(work: AccountWork, user_id: uuid.UUID) -> Row[Any]:
    """Return a user, locked.

    Raises:
        InvalidToken: the account was erased a moment ago.
    """
    user = await UserRepository(work).lock(user_id)
    if user is None:
        raise InvalidToken
    return user


async def take_over(work: AccountWork, user: Row[Any], **values: Any) -> None:
    """Give an account, whose row is locked, to the owner of its address: nothing that lets others in is left."""
    users = UserRepository(work)
    await users.update(user, hashed_password=None, **values)
    await users.delete_logins(user.id)
    await delete_tokens(work, user.id)
    await end_sessions(work, user.id)


class UserService:
    """The verbs of one's own account."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    async def register(self, new: Register) -> Accepted:
        """Make an account, whose address is then to be verified. For an address that has one, only a mail is sent.

        Raises:
            RegistrationClosed: accounts are made by others here.
            InvalidInput: the password is too short or too common.
            TooManyAttempts: too much was asked for lately.
        """
        if not self._call.auth.registration:
            raise RegistrationClosed
        key = email_key(new.email)
        check_password(new.password, self._call.auth.password_length, new.email, new.name)
        await self._call.write(lambda work: Attempts(work).count_mail(key))
        hashed = await self._call.accounts.passwords.hash(new.password)
        for _ in range(_TRIES):
            if await self._registered(new, key, hashed):
                return MAIL_IS_COMING
        # Others register the address just now, too, and its mailbox gets a link for each.
        await self._call.write(lambda work: MailRepository(work).queue(VERIFY, new.email))
        return MAIL_IS_COMING

    async def _registered(self, new: Register, key: str, hashed: str) -> bool:
        """Register once; say whether it was possible, because nobody else did so at the same moment.

        The same is done, and takes as long, whether there is such an account or not.
        """
        known = await self._call.read(lambda work: UserRepository(work).find_by_key(key))
        stored = None if known is None else known.hashed_password
        is_same, _better = await self._call.accounts.passwords.verify(new.password, stored)
        try:
            return await self._call.write(lambda work: _register(work, new, hashed, _Seen(stored, is_same)))
        except AlreadyExists:
            return False

    async def ask_to_verify(self, email: str) -> Accepted:
        """Send the mail that verifies an address once more.

        Raises:
            TooManyAttempts: too much was asked for lately.
        """
        await self._call.write(lambda work: _queue(work, VERIFY, email))
        return MAIL_IS_COMING

    async def verify(self, token: str) -> None:
        """Note that an address belongs to the user.

        Raises:
            InvalidLink: the link is good no more.
        """
        await self._call.write(lambda work: _verify(work, digest(token)))

    async def get(self) -> UserRead:
        """Return the account."""
        user_id = self._call.user.user_id
        user = await self._call.read(lambda work: UserRepository(work).find(user_id))
        if user is None:
            raise InvalidToken
        return shown(user)

    async def update(self, changes: UserUpdate, versions: Versions = ANY_VERSION) -> UserRead:
        """Change what others see of the account.

        Raises:
            PreconditionFailed
        """
        fields = changes.model_dump(exclude_unset=True)
        if "name" in fields:
            fields["name"] = fields["name"] or ""
        return await self._call.write(lambda work: _update(work, self._call.user, fields, versions))

    async def ask_to_change_email(self, new: str) -> Accepted:
        """Send a mail to the new address, which confirms it, and one to the old, which warns.

        Raises:
            TooManyAttempts: too much was asked for lately.
        """
        await self._call.write(lambda work: _ask_to_change_email(work, self._call.user, new))
        return MAIL_IS_COMING

    async def change_email(self, token: str) -> None:
        """Make the confirmed address that of the account.

        Raises:
            InvalidLink: the link is good no more.
            LoginInUse: another account has got the address since.
        """
        await self._call.write(lambda work: _change_email(work, digest(token)))


class _Seen(NamedTuple):
    """The password that an account had when it was looked at, and whether it is the one of this registration."""

    stored: str | None
    is_same: bool


async def _register(work: AccountWork, new: Register, hashed: str, seen: _Seen) -> bool:
    users, key = UserRepository(work), email_key(new.email)
    user = await users.lock_by_key(key)
    if (None if user is None else user.hashed_password) != seen.stored:
        return False
    await MailRepository(work).queue(VERIFY, new.email)
    if user is None:
        row = user_row(work.now, new.email, new.name, time_zone=new.time_zone, hashed_password=hashed)
        await users.add(row)
        work.record(Registered, row["id"], email=new.email)
    elif standing_of(user, work.auth) is Standing.REGISTERED and not seen.is_same:
        await _register_anew(work, user)
    return True


async def _register_anew(work: AccountWork, user: Row[Any]) -> None:
    """Let no password count any longer of an account that is registered again before anybody has verified its address.

    Nobody can tell whose password it would be. What was mailed before is good no more, and the mails from now on have
    whoever reads them choose one. That holds however old the account is: a superuser may have taken back its proof.
    """
    if user.hashed_password != NOBODYS:
        await UserRepository(work).update(user, hashed_password=NOBODYS)


async def _queue(work: AccountWork, kind: str, email: str) -> None:
    await Attempts(work).count_mail(email_key(email))
    await MailRepository(work).queue(kind, email)


async def _verify(work: AccountWork, token_digest: str) -> None:
    user = await TicketRepository(work).take(token_digest, VERIFY)
    await UserRepository(work).update(user, is_verified=True)
    # Whoever had the account before could not show that the address is his: what he began of it ends.
    await UserRepository(work).delete_foreign_logins(user.id, user.email)
    if work.auth.require_verified:
        await end_sessions(work, user.id)
        await delete_tokens(work, user.id)


async def _update(work: AccountWork, caller: AuthUser, fields: dict[str, Any], versions: Versions) -> UserRead:
    user = await lock_caller(work, caller)
    check_version(user.version, versions)
    if not fields:
        return shown(user)
    await UserRepository(work).update(user, **fields)
    return shown(await existing(work, user.id))


async def _ask_to_change_email(work: AccountWork, caller: AuthUser, new: str) -> None:
    await Attempts(work).count_mail(email_key(new))
    user = await lock_caller(work, caller)
    mails = MailRepository(work)
    await mails.take_back(CHANGE_EMAIL, user.id, but=new)
    await mails.queue(CHANGE_EMAIL, new, asked_by=user)
    await mails.queue(EMAIL_CHANGE_ASKED, user.email)


async def _change_email(work: AccountWork, token_digest: str) -> None:
    user = await TicketRepository(work).take(token_digest, CHANGE_EMAIL)
    users, mails, new = UserRepository(work), MailRepository(work), user.ticket_email
    key = email_key(new)
    holder = await users.find_by_key(key)
    if holder is not None and holder.id != user.id:
        await _give_up(work, holder.id)
    await mails.queue(EMAIL_CHANGED, user.email)
    await users.update(user, email=new, email_key=key)
    if not user.is_verified:  # which a superuser may have said; that is for the link of a mail of its own
        await mails.queue(VERIFY, new)


async def _give_up(work: AccountWork, user_id: uuid.UUID) -> None:
    """Take its address from an account that was only registered, for somebody who has shown that it is his.

    There is nothing else that the account could be for, so it is erased.

    Raises:
        LoginInUse: its user has shown that, too, or is to.
    """
    users = UserRepository(work)
    user = await users.lock(user_id)
    if user is None or not gives_way(user, work.auth):
        raise LoginInUse
    await users.update(user, email_key=user.id.hex)
    await begin_erasure(work, user)
