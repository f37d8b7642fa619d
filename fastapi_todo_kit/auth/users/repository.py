"""SQL on users."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Row, String, Update, Uuid, bindparam, delete, insert, or_, select, update

from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.models import OAuthAccount, User
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.storage.keyset import SortKey, rows_after
from fastapi_todo_kit.storage.tables import Instant, new_id, table_of

_users = table_of(User)
_logins = table_of(OAuthAccount)

ORDER = (SortKey("id", _users.c.id),)
_BY_ID = select(_users).where(_users.c.id == bindparam("of_user", type_=Uuid()))
_BY_IDS = select(_users).where(_users.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = select(_users).where(_users.c.email_key == bindparam("key"))
_LOCK_BY_ID, _LOCK_BY_KEY = _BY_ID.with_for_update(), _BY_KEY.with_for_update()
_PAGE = (
    select(_users)
    .where(or_(_users.c.email_key == bindparam("key"), bindparam("key", type_=String()).is_(None)))
    .order_by(*(key.order for key in ORDER))
    .limit(bindparam("limit"))
)
_PAGE_AFTER = _PAGE.where(rows_after(ORDER))
_MOVED = (
    select(_users.c.id)
    .where(_users.c.moved_at >= bindparam("since", type_=Instant()))
    .order_by(_users.c.moved_at.desc())
    .limit(bindparam("limit"))
)
_ADD = insert(_users)
_UPDATE = update(_users).where(_users.c.id == bindparam("of_user", type_=Uuid()))
_UPDATE_SECURITY = _UPDATE.values(security_stamp=_users.c.security_stamp + 1)
_SECURITY: Final = {"email_key", "hashed_password", "is_active", "is_verified", "is_superuser"}
"""Columns that say who may use an account; a link that was made before one of them changed is good no more."""
_LOGINS = select(_logins.c.provider, _logins.c.subject, _logins.c.email).where(
    _logins.c.user_id == bindparam("of_user", type_=Uuid())
)
_DELETE_LOGIN = delete(_logins).where(
    _logins.c.provider == bindparam("at"), _logins.c.subject == bindparam("as_subject")
)
_DELETE_LOGINS = delete(_logins).where(_logins.c.user_id == bindparam("of_user", type_=Uuid()))
_SUPERUSERS = (
    select(_users.c.id)
    .where(
        _users.c.is_superuser,
        _users.c.is_active,
        or_(_users.c.is_verified, bindparam("unverified_too", type_=Boolean())),
    )
    .order_by(_users.c.id)
    .with_for_update()
)


def parsed_id(user_id: str) -> uuid.UUID | None:
    """Return the id of an account that a text is; None for a user of the host's."""
    try:
        return uuid.UUID(user_id)
    except ValueError:
        return None


def user_row(now: datetime, email: str, name: str | None, **fields: Any) -> dict[str, Any]:
    """Return the row of a new user, who is nothing yet but what the fields say."""
    nothing = {"hashed_password": None, "time_zone": None, "is_verified": False, "is_superuser": False}
    state = {"is_active": True, "version": 1, "created_at": now, "updated_at": now}
    known = {"id": new_id(), "email": email, "email_key": email_key(email), "name": name or ""}
    return {**nothing, **state, **known, **fields}


class UserRepository(AccountRepository):
    """Finds, adds and changes users."""

    async def find(self, user_id: uuid.UUID) -> Row[Any] | None:
        """Return a user."""
        return await self.fetch_one(_BY_ID, of_user=user_id)

    async def find_all(self, ids: Sequence[uuid.UUID]) -> Sequence[Row[Any]]:
        """Return those of some users that there are."""
        return await self.fetch_all(_BY_IDS, ids=ids)

    async def find_by_key(self, email_key: str) -> Row[Any] | None:
        """Return the user of an address."""
        return await self.fetch_one(_BY_KEY, key=email_key)

    async def lock(self, user_id: uuid.UUID) -> Row[Any] | None:
        """Return a user, whom nobody else changes meanwhile."""
        return await self.fetch_one(_LOCK_BY_ID, of_user=user_id)

    async def lock_by_key(self, email_key: str) -> Row[Any] | None:
        """Return the user of an address, whom nobody else changes meanwhile."""
        return await self.fetch_one(_LOCK_BY_KEY, key=email_key)

    async def moved_since(self, moment: datetime, most: int) -> list[uuid.UUID]:
        """Return who has moved to another zone since a moment, the last ones first."""
        return [row.id for row in await self.fetch_all(_MOVED, since=moment, limit=most)]

    async def page(self, email_key: str | None, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return users in the order in which they came, or the one of an address."""
        statement = _PAGE_AFTER if "after_0" in parameters else _PAGE
        return await self.fetch_all(statement, key=email_key, **parameters)

    async def add(self, row: Mapping[str, Any]) -> None:
        """Add a user of an address that nobody has."""
        await self.run(_ADD, **row)

    async def update(self, user: Row[Any], **values: Any) -> None:
        """Change a user whose row is locked.

        A change of who may use the account ends every link that was mailed before it, or that waits to be mailed. So
        does `end_sessions`; nothing else has to think of them.
        """
        await self._write(_UPDATE_SECURITY if values.keys() & _SECURITY else _UPDATE, user, values)

    async def rehash(self, user: Row[Any], hashed_password: str) -> None:
        """Keep another hash of the same password, which ends nothing."""
        await self._write(_UPDATE, user, {"hashed_password": hashed_password})

    async def _write(self, statement: Update, user: Row[Any], values: Mapping[str, Any]) -> None:
        stamps: dict[str, datetime | int] = {"version": user.version + 1, "updated_at": self._work.now}
        if values.get("time_zone", user.time_zone) != user.time_zone:
            stamps["moved_at"] = self._work.now
            self._work.moved_users[user.id] = values["time_zone"]
        await self.run(statement, of_user=user.id, **values, **stamps)
        self._work.changed_users.add(user.id)

    async def delete_foreign_logins(self, user_id: uuid.UUID, email: str) -> None:
        """Let the user log in no more with providers' accounts of another address than this one."""
        own, logins = email_key(email), await self.fetch_all(_LOGINS, of_user=user_id)
        foreign = [{"at": one.provider, "as_subject": one.subject} for one in logins if email_key(one.email) != own]
        await self.run_many(_DELETE_LOGIN, foreign)

    async def delete_logins(self, user_id: uuid.UUID) -> None:
        """Let a user log in with no provider any more."""
        await self.run(_DELETE_LOGINS, of_user=user_id)

    async def lock_superusers(self) -> list[uuid.UUID]:
        """Return the superusers that can log in, of whom nobody else takes one away meanwhile."""
        unverified_too = not self._work.auth.require_verified
        return [row.id for row in await self.fetch_all(_SUPERUSERS, unverified_too=unverified_too)]
