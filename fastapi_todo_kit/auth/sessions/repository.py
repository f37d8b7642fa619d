"""SQL on sessions, their refresh tokens, and the revocations that outlive them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Uuid, bindparam, delete, insert, literal_column, or_, select, update

from fastapi_todo_kit.auth.models import RefreshToken, Revocation, Session, User
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.storage.tables import Instant, table_of

_sessions = table_of(Session)
_refresh = table_of(RefreshToken)
_revocations = table_of(Revocation)
_users = table_of(User)

_OF_USER = _sessions.c.user_id == bindparam("of_user", type_=Uuid())
_ENDED = (
    _OF_USER,
    or_(_sessions.c.id == bindparam("only", type_=Uuid()), bindparam("only", type_=Uuid()).is_(None)),
    or_(_sessions.c.id != bindparam("keep", type_=Uuid()), bindparam("keep", type_=Uuid()).is_(None)),
)
_ADD = insert(_sessions)
_ADD_REFRESH = insert(_refresh)
_PAGE = (
    select(*(column for column in _sessions.c if column.name != "user_id"))
    .where(_OF_USER, _sessions.c.expires_at > bindparam("now", type_=Instant()))
    .order_by(_sessions.c.used_at.desc(), _sessions.c.id)
    .limit(bindparam("limit"))
)
_FIND_REFRESH = (
    select(
        _refresh.c.session_id,
        _refresh.c.used_at,
        _sessions.c.created_at.label("began_at"),
        _sessions.c.authenticated_at,
        _sessions.c.expires_at,
        *(column for column in _users.c if column.name != "hashed_password"),
    )
    .join_from(_refresh, _sessions, _refresh.c.session_id == _sessions.c.id)
    .join(_users, _sessions.c.user_id == _users.c.id)
    .where(_refresh.c.digest == bindparam("token_digest"))
    .with_for_update(of=(_refresh, _sessions))
)
_USE_REFRESH = update(_refresh).where(_refresh.c.digest == bindparam("token_digest")).values(used_at=bindparam("now"))
_USE_SESSION = update(_sessions).where(_sessions.c.id == bindparam("session"))
_FIND_ENDED = select(_sessions.c.id).where(*_ENDED).with_for_update()
_REVOKE = insert(_revocations)
_DELETE = delete(_sessions).where(_sessions.c.id == bindparam("session"))
_OLDEST = (
    select(_sessions.c.id)
    .where(_OF_USER)
    .order_by(_sessions.c.used_at.desc(), _sessions.c.id)
    .offset(bindparam("most"))
    .limit(literal_column("1000"))
)
_RENEW_STAMP = (
    update(_users)
    .where(_users.c.id == bindparam("of_user", type_=Uuid()))
    .values(security_stamp=_users.c.security_stamp + 1)
)
PURGE_SESSIONS = delete(_sessions).where(_sessions.c.expires_at < bindparam("now", type_=Instant()))
PURGE_REVOCATIONS = delete(_revocations).where(_revocations.c.revoked_at < bindparam("before", type_=Instant()))


class SessionRepository(AccountRepository):
    """Finds, adds and ends sessions."""

    async def add(self, row: dict[str, Any]) -> None:
        """Add a session."""
        await self.run(_ADD, **row)

    async def add_refresh(self, row: dict[str, Any]) -> None:
        """Add a refresh token."""
        await self.run(_ADD_REFRESH, **row)

    async def page(self, user_id: uuid.UUID, limit: int) -> Sequence[Row[Any]]:
        """Return the living sessions of a user, the one used last first."""
        return await self.fetch_all(_PAGE, of_user=user_id, now=self._work.now, limit=limit)

    async def oldest(self, user_id: uuid.UUID, most: int) -> list[uuid.UUID]:
        """Return the sessions of a user beyond the `most` that were used last."""
        return [row.id for row in await self.fetch_all(_OLDEST, of_user=user_id, most=most)]

    async def lock_refresh(self, token_digest: str) -> Row[Any] | None:
        """Return a refresh token with its session and its user, and keep the session from ending meanwhile."""
        return await self.fetch_one(_FIND_REFRESH, token_digest=token_digest)

    async def use_refresh(self, token_digest: str) -> None:
        """Note that a refresh token was used."""
        await self.run(_USE_REFRESH, token_digest=token_digest, now=self._work.now)

    async def use(self, session_id: uuid.UUID, expires_at: datetime) -> None:
        """Note that a session was used, and how long it lasts now."""
        await self.run(_USE_SESSION, session=session_id, used_at=self._work.now, expires_at=expires_at)

    async def renew_stamp(self, user_id: uuid.UUID) -> None:
        """End every link of the user that was mailed before, and let nobody change the user meanwhile."""
        await self.run(_RENEW_STAMP, of_user=user_id)

    async def end(
        self, user_id: uuid.UUID, *, only: uuid.UUID | None = None, keep: uuid.UUID | None = None
    ) -> list[uuid.UUID]:
        """End the sessions of a user, or only one of them, or all but one; return which."""
        rows = await self.fetch_all(_FIND_ENDED, of_user=user_id, only=only, keep=keep)
        ended = [row.id for row in rows]
        await self.run_many(_REVOKE, [{"session_id": one, "revoked_at": self._work.now} for one in ended])
        await self.run_many(_DELETE, [{"session": one} for one in ended])
        self._work.revoked_sessions += ended
        return ended
