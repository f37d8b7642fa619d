"""Turning a token into a user. A session's token asks the database nothing; a personal one does once in a while."""

import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from fastapi_todo_kit.account_events import TokenUsed
from fastapi_todo_kit.auth.authentication.repository import FIND_TOKEN, NEW_MOVES, NEW_REVOCATIONS, TOUCH_TOKEN
from fastapi_todo_kit.auth.authentication.revocations import Move, News, Revocations
from fastapi_todo_kit.auth.authentication.user import AuthUser
from fastapi_todo_kit.auth.credentials.access_tokens import AccessTokens
from fastapi_todo_kit.auth.credentials.random_tokens import digest, is_personal_token
from fastapi_todo_kit.auth.work import AccountWork, Client
from fastapi_todo_kit.core.account_errors import InvalidToken
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection

_CLOCK_SKEW: Final = 10
"""Seconds by which the clock of the worker that signed a token may be ahead."""
_MOST_KNOWN: Final = 10_000
_TOUCH_EVERY: Final = timedelta(minutes=1)


class _Known(NamedTuple):
    user: AuthUser
    expires_at: datetime | None
    checked_at: float


class Authentication:
    """What one process knows of tokens: shared by all mounts with the same settings."""

    def __init__(self, settings: TodoKitSettings, database: Database, access_tokens: AccessTokens) -> None:
        self._settings = settings
        self._auth = settings.auth
        self._database = database
        self._access_tokens = access_tokens
        self._revocations = Revocations(self._auth.revocation_max_age, self._auth.access_lifetime)
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._forgot = 0

    async def by_access_token(self, token: str, host: Host) -> AuthUser:
        """Return the user of a session.

        Raises:
            InvalidToken: it is no token of ours, has expired, or its session or account has ended.
        """
        claims = self._access_tokens.read(token)
        now = host.now()
        is_current = claims.nbf - _CLOCK_SKEW <= now.timestamp() < claims.exp
        if not is_current or not (claims.email_verified or not self._auth.require_verified):
            raise InvalidToken
        if await self._revocations.include(claims.sid, now, self._read_revocations):
            raise InvalidToken
        return AuthUser(
            id=str(claims.sub),
            time_zone=self._revocations.zone_of(claims.sub, claims.zoneinfo, signed_at=claims.iat),
            is_verified=claims.email_verified,
            is_superuser=claims.superuser,
            session_id=claims.sid,
            authenticated_at=datetime.fromtimestamp(claims.auth_time, UTC),
        )

    async def by_personal_token(self, token: str, client: Client, host: Host) -> AuthUser:
        """Return the user of a personal access token.

        Raises:
            InvalidToken: there is none such, it has expired, or its account cannot be used.
        """
        if not is_personal_token(token):
            raise InvalidToken
        key, now = digest(token), host.now()
        known = self._known.get(key)
        if known is None or time.monotonic() - known.checked_at > self._auth.revocation_max_age.total_seconds():
            known = await self._look_up(key, client, host)
        if known.expires_at is not None and known.expires_at <= now:
            raise InvalidToken
        return known.user

    def forget(
        self, sessions: list[uuid.UUID], users: set[uuid.UUID], moved: Mapping[uuid.UUID, str | None], now: datetime
    ) -> None:
        """Stop trusting what this process has just ended, or changed."""
        self._revocations.add(sessions, {user: Move(now, zone) for user, zone in moved.items()}, now)
        self._forgot += 1
        ids = {str(user) for user in users}
        for key in [key for key, known in self._known.items() if known.user.id in ids]:
            del self._known[key]

    async def _read_revocations(self, since: datetime) -> News:
        async def run(connection: Connection) -> News:
            revoked = await connection.fetch(NEW_REVOCATIONS, {"since": since})
            moved = await connection.fetch(NEW_MOVES, {"since": since})
            sessions = {one.session_id: one.revoked_at for one in revoked}
            return News(sessions, {one.id: Move(one.moved_at, one.time_zone) for one in moved})

        return await self._database.query(run)

    async def _look_up(self, key: str, client: Client, host: Host) -> _Known:
        self._known.pop(key, None)
        checked_at, forgot = time.monotonic(), self._forgot

        async def run(connection: Connection) -> Any:
            return await connection.fetch(FIND_TOKEN, {"token_digest": key})

        rows = await self._database.query(run)
        row = rows[0] if rows else None
        if row is None or not row.is_active or (self._auth.require_verified and not row.is_verified):
            raise InvalidToken
        if row.used_at is None or row.used_at < host.now() - _TOUCH_EVERY:
            await self._touch(row, client, host)
        known = _Known(_user_of(row), row.expires_at, checked_at)
        if forgot == self._forgot:  # nothing ended while the database was asked
            self._known[key] = known
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return known

    async def _touch(self, row: Any, client: Client, host: Host) -> None:
        async def run(connection: Connection) -> AccountWork:
            work = AccountWork(self._settings, host, client, connection)
            times = {"now": work.now, "a_minute_ago": work.now - _TOUCH_EVERY}
            if await work.run(TOUCH_TOKEN, {"token_id": row.id, **times}):
                work.record(TokenUsed, row.user_id, token_id=str(row.id))
            await work.ask_host()
            return work

        await (await self._database.transact(run)).announce()


def _user_of(row: Any) -> AuthUser:
    return AuthUser(
        id=str(row.user_id),
        time_zone=row.time_zone,
        is_verified=row.is_verified,
        is_superuser=row.is_superuser,
        token_id=row.id,
        scopes=frozenset(row.scopes),
    )
