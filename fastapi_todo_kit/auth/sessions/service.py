"""What can be done with sessions."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.account_events import LoggedIn, RefreshReused
from fastapi_todo_kit.auth.accounts import Accounts
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.random_tokens import digest, new_secret
from fastapi_todo_kit.auth.sessions.repository import SessionRepository
from fastapi_todo_kit.auth.sessions.schemas import SessionPage
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import InvalidToken, SessionNotFound
from fastapi_todo_kit.storage.tables import new_id

MOST_SESSIONS: Final = 100
"""How many sessions a user may have; a login beyond them ends the one that was used longest ago."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two tokens of a session, as they leave; neither can be had again."""

    access_token: str
    refresh_token: str
    access_lifetime: timedelta
    refresh_lifetime: timedelta


async def start_session(accounts: Accounts, work: AccountWork, user: Row[Any], method: str) -> Tokens:
    """Begin a session of a user whose row is locked by this unit of work."""
    sessions, now = SessionRepository(work), work.now
    session_id, client = new_id(), work.client
    times = {"created_at": now, "authenticated_at": now, "used_at": now, "expires_at": _end_of(work, began=now)}
    row = {"id": session_id, "user_id": user.id, "address": client.address, "user_agent": client.user_agent}
    await sessions.add({**row, **times})
    for oldest in await sessions.oldest(user.id, MOST_SESSIONS):
        await sessions.end(user.id, only=oldest)
    work.record(LoggedIn, user.id, session_id=str(session_id), method=method)
    return await _tokens(accounts, work, user, session_id, now)


async def end_sessions(work: AccountWork, user_id: uuid.UUID, *, keep: uuid.UUID | None = None) -> None:
    """End every session of a user, or every other one, and with them every link that was mailed before."""
    await SessionRepository(work).renew_stamp(user_id)
    await SessionRepository(work).end(user_id, keep=keep)


class SessionService:
    """The verbs of sessions, for the one who calls."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    async def page(self) -> SessionPage:
        """Return the sessions of the user."""
        user = self._call.user
        rows = await self._call.read(lambda work: SessionRepository(work).page(user.user_id, MOST_SESSIONS))
        items = [{**row._mapping, "is_current": row.id == user.session_id} for row in rows]
        return {"items": cast("Any", items)}

    async def refresh(self, refresh_token: str) -> Tokens:
        """Return the next two tokens of a session.

        Raises:
            InvalidToken: the token is unknown or expired, or the account cannot be used. One that was used longer ago
                than `refresh_grace` is in two hands, so its session ends.
        """
        # Decided inside, raised outside: what ends a session must be committed.
        tokens = await self._call.write(lambda work: self._refreshed(work, digest(refresh_token)))
        if tokens is None:
            raise InvalidToken
        return tokens

    async def end(self, session_id: uuid.UUID) -> None:
        """End a session of the user.

        Raises:
            SessionNotFound: there is none such.
        """
        user_id = self._call.user.user_id
        if not await self._call.write(lambda work: SessionRepository(work).end(user_id, only=session_id)):
            raise SessionNotFound

    async def end_this(self) -> None:
        """End the session of this request; that it has just ended elsewhere is no error."""
        user = self._call.user
        await self._call.write(lambda work: SessionRepository(work).end(user.user_id, only=user.session_id))

    async def end_all(self, *, but_this: bool) -> None:
        """End every session of the user, or every other one."""
        user = self._call.user
        keep = user.session_id if but_this else None
        await self._call.write(lambda work: end_sessions(work, user.user_id, keep=keep))

    async def _refreshed(self, work: AccountWork, token_digest: str) -> Tokens | None:
        sessions = SessionRepository(work)
        row = await sessions.lock_refresh(token_digest)
        if row is None or row.expires_at <= work.now or not _may_use(work, row):
            return None
        if row.used_at is not None and work.now - row.used_at > work.auth.refresh_grace:
            await sessions.end(row.id, only=row.session_id)
            work.record(RefreshReused, row.id, session_id=str(row.session_id))
            return None
        if row.used_at is None:
            await sessions.use_refresh(token_digest)
        await sessions.use(row.session_id, _end_of(work, row.began_at))
        return await _tokens(self._call.accounts, work, row, row.session_id, row.authenticated_at)


def _may_use(work: AccountWork, user: Row[Any]) -> bool:
    return user.is_active and (user.is_verified or not work.auth.require_verified)


def _end_of(work: AccountWork, began: datetime) -> datetime:
    return min(work.now + work.auth.refresh_lifetime, began + work.auth.session_lifetime)


async def _tokens(
    accounts: Accounts, work: AccountWork, user: Row[Any], session_id: uuid.UUID, authenticated_at: datetime
) -> Tokens:
    refresh_token = new_secret()
    await SessionRepository(work).add_refresh({"digest": digest(refresh_token), "session_id": session_id})
    access_token = accounts.access_tokens.sign(
        work.now,
        sub=user.id,
        sid=session_id,
        auth_time=int(authenticated_at.timestamp()),
        email_verified=user.is_verified,
        superuser=user.is_superuser,
        zoneinfo=user.time_zone,
    )
    return Tokens(access_token, refresh_token, work.auth.access_lifetime, work.auth.refresh_lifetime)
