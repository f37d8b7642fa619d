"""SQL on personal access tokens."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Uuid, bindparam, delete, func, insert, select

from fastapi_todo_kit.auth.models import PersonalToken
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.storage.tables import table_of

_tokens = table_of(PersonalToken)
_OF_USER = _tokens.c.user_id == bindparam("of_user", type_=Uuid())

_ADD = insert(_tokens)
_COUNT = select(func.count()).where(_OF_USER)
_PAGE = (
    select(*(column for column in _tokens.c if column.name not in {"user_id", "digest"}))
    .where(_OF_USER)
    .order_by(_tokens.c.id.desc())
)
_DELETE = delete(_tokens).where(_OF_USER, _tokens.c.id == bindparam("token"))
_DELETE_ALL = delete(_tokens).where(_OF_USER)


class TokenRepository(AccountRepository):
    """Finds, adds and removes the tokens of one user."""

    async def count(self, user_id: uuid.UUID) -> int:
        """Return how many tokens a user has."""
        row = await self.fetch_one(_COUNT, of_user=user_id)
        return int(row[0]) if row else 0

    async def page(self, user_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return the tokens of a user, the newest first."""
        return await self.fetch_all(_PAGE, of_user=user_id)

    async def add(self, row: dict[str, Any]) -> None:
        """Add a token."""
        await self.run(_ADD, **row)

    async def delete(self, user_id: uuid.UUID, token_id: uuid.UUID) -> bool:
        """Remove a token; say whether there was one."""
        self._work.changed_users.add(user_id)
        return await self.run(_DELETE, of_user=user_id, token=token_id) > 0

    async def delete_all(self, user_id: uuid.UUID) -> None:
        """Remove every token of a user."""
        self._work.changed_users.add(user_id)
        await self.run(_DELETE_ALL, of_user=user_id)
