"""What can be done with a password. It is hashed between two transactions, never inside of one."""

from typing import Any

from sqlalchemy import Row

from fastapi_todo_kit.account_events import LoginRejected, PasswordChanged
from fastapi_todo_kit.auth.attempts import Attempts
from fastapi_todo_kit.auth.authentication.caller import lock_caller
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.emails import LONGEST, email_key
from fastapi_todo_kit.auth.credentials.password_rules import check_password
from fastapi_todo_kit.auth.credentials.passwords import NOBODYS
from fastapi_todo_kit.auth.credentials.random_tokens import digest
from fastapi_todo_kit.auth.login.schemas import Login, PasswordChange, PasswordReset
from fastapi_todo_kit.auth.mail.repository import MailRepository, TicketRepository
from fastapi_todo_kit.auth.mail.texts import PASSWORD_CHANGED, RESET
from fastapi_todo_kit.auth.sessions.service import Tokens, end_sessions, start_session
from fastapi_todo_kit.auth.tokens.service import delete_tokens
from fastapi_todo_kit.auth.users.repository import UserRepository
from fastapi_todo_kit.auth.users.schemas import Accepted, EmailChange
from fastapi_todo_kit.auth.users.service import MAIL_IS_COMING, UserService
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import AddressNotVerified, InvalidToken, TooManyAttempts, WrongCredentials


class LoginService:
    """The verbs of passwords."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    async def log_in(self, login: Login) -> Tokens:
        """Begin a session.

        Raises:
            WrongCredentials: the password is wrong, or there is no such account, or it is disabled.
            AddressNotVerified: everything is right, but the address was never verified.
            TooManyAttempts: too many attempts failed; this one was not evaluated.
        """
        key = email_key(login.email)[:LONGEST]
        user, better = await self._checked(key, login.password)
        if user is None or not user.is_active:
            raise await self._rejected(
                WrongCredentials(), user, login.email, "credentials" if user is None else "disabled"
            )
        if self._call.auth.require_verified and not user.is_verified:
            raise await self._rejected(AddressNotVerified(), user, login.email, "unverified")
        tokens = await self._call.write(lambda work: self._begin(work, user, better))
        if tokens is None:
            raise await self._rejected(WrongCredentials(), user, login.email, "credentials")
        return tokens

    async def change(self, change: PasswordChange) -> None:
        """Set another password, and end every other session.

        Raises:
            WrongCredentials: the present password is wrong.
            LoginTooOld: there is none, and the login is too long ago to do without.
            InvalidInput: the new one is too short or too common.
        """
        user = await self._confirmed(change.current_password)
        shortest = self._call.auth.password_length
        check_password(change.new_password, shortest, user.email, user.name, pointer="#/new_password")
        hashed = await self._call.accounts.passwords.hash(change.new_password)
        await self._call.write(lambda work: _change(work, self._call.user, user.hashed_password, hashed))

    async def ask_to_reset(self, email: str) -> Accepted:
        """Send a mail with a link that sets a new password, if there is such an account.

        Raises:
            TooManyAttempts: too much was asked for lately.
        """

        async def queue(work: AccountWork) -> None:
            await Attempts(work).count_mail(email_key(email))
            await MailRepository(work).queue(RESET, email)

        await self._call.write(queue)
        return MAIL_IS_COMING

    async def reset(self, reset: PasswordReset) -> None:
        """Set the password of whoever got the mail, and end what somebody else may have of the account.

        These are all sessions, all personal access tokens, and logins of providers with another address.

        Raises:
            InvalidLink: the link is good no more.
            InvalidInput: the password is too short or too common; the link stays good.
        """
        token_digest = digest(reset.token)
        user = await self._call.read(lambda work: TicketRepository(work).find(token_digest, RESET))
        check_password(reset.password, self._call.auth.password_length, user.email, user.name)
        hashed = await self._call.accounts.passwords.hash(reset.password)
        await self._call.write(lambda work: _reset(work, token_digest, hashed))

    async def change_email(self, change: EmailChange) -> Accepted:
        """Ask for another address, which takes effect when it is confirmed.

        Raises:
            WrongCredentials, LoginTooOld: as for a change of the password.
        """
        await self._confirmed(change.password)
        return await UserService(self._call).ask_to_change_email(change.email)

    async def _confirmed(self, password: str | None) -> Row[Any]:
        """Return the user who calls, after asking for the password again."""
        user_id = self._call.user.user_id
        user = await self._call.read(lambda work: UserRepository(work).find(user_id))
        if user is None:
            raise InvalidToken
        if user.hashed_password in (None, NOBODYS):
            self._call.check_fresh()
            return user
        confirmed, _better = await self._checked(user.email_key, password or "")
        if confirmed is None:
            raise WrongCredentials("The password is wrong.")
        await self._call.write(lambda work: Attempts(work).take_back_login(user.email_key))
        return confirmed

    async def _checked(self, key: str, password: str) -> tuple[Row[Any] | None, str | None]:
        """Return the user whose password this is, and a better hash of it where there is one.

        It is counted first, and takes as long for an address without an account.
        """
        try:
            await self._call.write(lambda work: Attempts(work).count_login(key))
        except TooManyAttempts as error:
            raise await self._rejected(error, None, key, "limit") from None
        user = await self._call.read(lambda work: UserRepository(work).find_by_key(key))
        hashed = None if user is None else user.hashed_password
        is_right, better = await self._call.accounts.passwords.verify(password, hashed)
        return (user if is_right else None), better

    async def _begin(self, work: AccountWork, checked: Row[Any], better: str | None) -> Tokens | None:
        user = await UserRepository(work).lock(checked.id)
        if user is None or not user.is_active or user.hashed_password != checked.hashed_password:
            return None  # it was changed while the password was checked
        await Attempts(work).take_back_login(user.email_key)
        if better is not None:
            await UserRepository(work).rehash(user, better)
        return await start_session(self._call.accounts, work, user, "password")

    async def _rejected(self, error: Any, user: Row[Any] | None, email: str, reason: str) -> Any:
        """Tell the host of a failed login, and return the error to raise."""

        async def record(work: AccountWork) -> None:
            work.record(LoginRejected, None if user is None else user.id, email=email, reason=reason)

        if self._call.accounts.host.on_account.before_commit or self._call.accounts.host.on_account.after_commit:
            await self._call.write(record)
        return error


async def _change(work: AccountWork, caller: AuthUser, checked: str | None, hashed: str) -> None:
    user = await lock_caller(work, caller)
    if user.hashed_password != checked:
        raise WrongCredentials("The password was changed a moment ago.")
    await _set(work, user, hashed, "change")
    await end_sessions(work, user.id, keep=caller.session_id)


async def _reset(work: AccountWork, token_digest: str, hashed: str) -> None:
    user = await TicketRepository(work).take(token_digest, RESET)
    # The link came by mail, so the address is verified by it, too.
    await _set(work, user, hashed, "reset", is_verified=True)
    await UserRepository(work).delete_foreign_logins(user.id, user.email)
    await delete_tokens(work, user.id)
    await end_sessions(work, user.id)
    await Attempts(work).take_back_login(user.email_key)


async def _set(work: AccountWork, user: Row[Any], hashed: str, method: str, **values: Any) -> None:
    await UserRepository(work).update(user, hashed_password=hashed, **values)
    await MailRepository(work).queue(PASSWORD_CHANGED, user.email)
    work.record(PasswordChanged, user.id, method=method)
