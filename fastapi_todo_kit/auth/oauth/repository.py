"""SQL on the accounts at providers."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Uuid, bindparam, delete, insert, select

from fastapi_todo_kit.auth.models import OAuthAccount
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.storage.tables import table_of

_oauth = table_of(OAuthAccount)
_OF_USER = _oauth.c.user_id == bindparam("of_user", type_=Uuid())

_FIND = select(_oauth.c.user_id).where(
    _oauth.c.provider == bindparam("at"), _oauth.c.subject == bindparam("as_subject")
)
_ADD = insert(_oauth)
_OF_USER_ALL = (
    select(_oauth.c.provider, _oauth.c.email, _oauth.c.created_at).where(_OF_USER).order_by(_oauth.c.provider)
)
_DELETE = delete(_oauth).where(_OF_USER, _oauth.c.provider == bindparam("at"))


class OAuthRepository(AccountRepository):
    """Finds, adds and removes accounts at providers."""

    async def find(self, provider: str, subject: str) -> uuid.UUID | None:
        """Return the user who logs in so."""
        row = await self.fetch_one(_FIND, at=provider, as_subject=subject)
        return None if row is None else row.user_id

    async def add(self, provider: str, subject: str, user_id: uuid.UUID, email: str) -> None:
        """Let a user log in so."""
        row = {"provider": provider, "subject": subject, "user_id": user_id, "email": email}
        await self.run(_ADD, **row, created_at=self._work.now)

    async def of_user(self, user_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return how a user logs in."""
        return await self.fetch_all(_OF_USER_ALL, of_user=user_id)

    async def delete(self, user_id: uuid.UUID, provider: str) -> bool:
        """Let a user log in so no more; say whether it was possible before."""
        return await self.run(_DELETE, of_user=user_id, at=provider) > 0
