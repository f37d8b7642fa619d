"""What can be done with other people's logins."""

import uuid
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Row

from fastapi_todo_kit.account_events import Registered
from fastapi_todo_kit.auth.attempts import Attempts
from fastapi_todo_kit.auth.authentication.caller import lock_caller
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.emails import email_key, normal_email
from fastapi_todo_kit.auth.credentials.passwords import NOBODYS
from fastapi_todo_kit.auth.credentials.random_tokens import new_secret
from fastapi_todo_kit.auth.oauth.flow import Flow, flow_of
from fastapi_todo_kit.auth.oauth.repository import OAuthRepository
from fastapi_todo_kit.auth.oauth.schemas import Authorization, LinkedLoginList, ProviderList, ProviderLogin
from fastapi_todo_kit.auth.sessions.service import Tokens, start_session
from fastapi_todo_kit.auth.standing import Standing, standing_of
from fastapi_todo_kit.auth.users.repository import UserRepository, user_row
from fastapi_todo_kit.auth.users.service import existing, take_over
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import (
    AddressNotVerified,
    InvalidToken,
    LoginFailed,
    LoginInUse,
    ProviderNotFound,
    RegistrationClosed,
)
from fastapi_todo_kit.core.errors import AlreadyExists, Conflict
from fastapi_todo_kit.core.fields import UNSTORABLE
from fastapi_todo_kit.host import Identity, LoginProvider

_LONGEST_SUBJECT = 255
_LONGEST_EMAIL = 320


class OAuthService:
    """The verbs of other people's logins."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    def providers(self) -> ProviderList:
        """Return the names of the providers."""
        return {"items": [provider.name for provider in self._call.accounts.host.login_providers]}

    async def authorize(self, name: str) -> Authorization:
        """Begin a login at a provider.

        Raises:
            ProviderNotFound, ProviderUnavailable
            TooManyAttempts: too many logins were begun from there lately.
        """
        provider, secret = self._provider(name), new_secret()
        await self._call.write(lambda work: Attempts(work).count_provider("authorize"))
        flow = flow_of(secret, name)
        url = await provider.authorization_url(
            self._redirect_uri(name), state=flow.state, nonce=flow.nonce, verifier=flow.verifier
        )
        return {"authorization_url": url, "secret": secret}

    async def log_in(self, name: str, login: ProviderLogin) -> Tokens:
        """Begin a session of whoever the provider says it is, whose account may be made now.

        An account of the same address that was never verified is taken over, and loses its password: whoever made it
        could not show that the address is his.

        Raises:
            ProviderNotFound, ProviderUnavailable
            LoginFailed: the provider does not confirm the login.
            TooManyAttempts: too many logins came from there lately.
            AddressNotVerified: the provider does not vouch for the address.
            LoginInUse: there is an account of this address, to which the login must be linked first.
            InvalidToken: the account is disabled.
        """
        identity = await self._identity(name, login)

        async def begin(work: AccountWork) -> Tokens:
            user = await _user_of(work, name, identity)
            return await start_session(self._call.accounts, work, user, f"oauth:{name}")

        try:
            return await self._call.write(begin)
        except AlreadyExists:
            # The same person came twice at the same moment; the second time the account is there.
            return await self._call.write(begin)

    async def link(self, name: str, login: ProviderLogin) -> None:
        """Let the user who calls log in with a provider, too.

        Raises:
            LoginTooOld: the user has logged in too long ago for that.
            LoginInUse: somebody else logs in so.
            others: as for a login.
        """
        self._call.check_fresh()
        identity = await self._identity(name, login)
        await self._call.write(lambda work: _link(work, name, identity, self._call.user))

    async def linked(self) -> LinkedLoginList:
        """Return the providers with which the user can log in."""
        user_id = self._call.user.user_id
        rows = await self._call.read(lambda work: OAuthRepository(work).of_user(user_id))
        return {"items": cast("Any", [dict(row._mapping) for row in rows])}

    async def unlink(self, name: str) -> None:
        """Let the user log in with a provider no more.

        Raises:
            ProviderNotFound: the user could not.
            Conflict: there would be no way left to log in.
            LoginTooOld: the user has logged in too long ago for that.
        """
        self._call.check_fresh()
        await self._call.write(lambda work: _unlink(work, name, self._call.user))

    def _provider(self, name: str) -> LoginProvider:
        for provider in self._call.accounts.host.login_providers:
            if provider.name == name:
                return provider
        raise ProviderNotFound

    def _redirect_uri(self, name: str) -> str:
        auth = self._call.auth
        return auth.public_url + auth.oauth_callback_path.format(provider=name)

    async def _identity(self, name: str, login: ProviderLogin) -> Identity:
        provider, flow = self._provider(name), flow_of(login.secret, name)
        if not flow.is_of(login.state):
            raise LoginFailed
        await self._call.write(lambda work: Attempts(work).count_provider("login"))
        return _checked(await self._asked(provider, login.code, flow))

    async def _asked(self, provider: LoginProvider, code: str, flow: Flow) -> Identity:
        uri = self._redirect_uri(provider.name)
        return await provider.identity(uri, code=code, nonce=flow.nonce, verifier=flow.verifier)


def _checked(identity: Identity) -> Identity:
    """Return an identity that can be stored; what a provider says is input like any other."""
    subject: object = identity.subject
    # "None": clients of httpx-oauth take `str()` of what a profile has, and all who have none would be one.
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or subject == "None":
        raise LoginFailed
    email: object = identity.email
    if UNSTORABLE.search(subject) or not isinstance(email, str | None) or len(email or "") > _LONGEST_EMAIL:
        raise LoginFailed
    if email is None:
        return identity
    try:
        return replace(identity, email=normal_email(email))
    except ValueError:
        raise LoginFailed from None


async def _user_of(work: AccountWork, provider: str, identity: Identity) -> Row[Any]:
    """Return the user who logs in so, locked; made or taken over where that is right."""
    user_id = await OAuthRepository(work).find(provider, identity.subject)
    if user_id is None:
        user_id = await _linked_by_email(work, provider, identity)
    user = await existing(work, user_id)
    if not user.is_active:
        raise InvalidToken
    if work.auth.require_verified and not user.is_verified:
        raise AddressNotVerified
    return user


async def _linked_by_email(work: AccountWork, provider: str, identity: Identity) -> uuid.UUID:
    if identity.email is None or not identity.email_verified:
        raise AddressNotVerified("The provider does not vouch for your address; register, then link this login.")
    users, logins = UserRepository(work), OAuthRepository(work)
    user = await users.lock_by_key(email_key(identity.email))
    if user is not None and (known := await logins.find(provider, identity.subject)) is not None:
        return known  # the same person has come a second time, and was here first
    if user is None:
        user_id = await _add_user(work, identity.email, identity.name)
    elif standing_of(user, work.auth) is not Standing.OWNED and not user.is_superuser:
        user_id = user.id
        await take_over(work, user, is_verified=True)
    elif user.is_verified and work.auth.link_by_email:
        user_id = user.id
    else:
        raise LoginInUse
    await logins.add(provider, identity.subject, user_id, identity.email)
    return user_id


async def _add_user(work: AccountWork, email: str, name: str) -> uuid.UUID:
    if not work.auth.registration:
        raise RegistrationClosed
    row = user_row(work.now, email, "".join(filter(str.isprintable, name))[:120], is_verified=True)
    await UserRepository(work).add(row)
    work.record(Registered, row["id"], email=email)
    return cast("uuid.UUID", row["id"])


async def _link(work: AccountWork, provider: str, identity: Identity, caller: AuthUser) -> None:
    user, accounts = await lock_caller(work, caller), OAuthRepository(work)
    holder = await accounts.find(provider, identity.subject)
    if holder not in (None, user.id):
        raise LoginInUse("Somebody else logs in with this.")
    if holder is None:
        # A reset lets logins of the same address live, so only an address counts that the provider vouches for.
        email = identity.email if identity.email_verified else None
        await accounts.add(provider, identity.subject, user.id, email or "")


async def _unlink(work: AccountWork, provider: str, caller: AuthUser) -> None:
    user, accounts = await lock_caller(work, caller), OAuthRepository(work)
    if not await accounts.delete(user.id, provider):
        raise ProviderNotFound
    if user.hashed_password in (None, NOBODYS) and not await accounts.of_user(user.id):
        raise Conflict("This is your only way to log in; set a password first.")
