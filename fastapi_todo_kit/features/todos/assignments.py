"""SQL on who is to do todos, and on taking somebody off many of them. Pages bring assignees along, as labels."""

import uuid
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from sqlalchemy import BigInteger, String, Uuid, bindparam, delete, insert, select, update

from fastapi_todo_kit.features.todos.records import assignees_of
from fastapi_todo_kit.features.todos.rows import ASSIGNEES, ONLY_TODOS, TODOS
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.hanging import GIVEN
from fastapi_todo_kit.storage.log import NEXT_SEQ, next_seq
from fastapi_todo_kit.storage.many import among
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import Instant
from fastapi_todo_kit.storage.work import Work

AT_ONCE: Final = 500
"""Off how many todos somebody is taken in one transaction."""
EVER: Final = 2**63 - 1
"""Before this everything happens."""

_user = bindparam("of_user", type_=String())
_ADD = insert(ASSIGNEES).values(
    space_id=bindparam("space", type_=Uuid()),
    todo_id=bindparam("of_todo", type_=Uuid()),
    user_id=_user,
    assigned_by=bindparam("actor", type_=String()),
    assigned_at=bindparam("now", type_=Instant()),
    since_seq=NEXT_SEQ.scalar_subquery(),
)
_of_user = (in_space(ASSIGNEES), ASSIGNEES.c.user_id == _user)
_FORGET = delete(ASSIGNEES).where(
    in_space(ASSIGNEES), ASSIGNEES.c.todo_id == row_id(), ASSIGNEES.c.user_id.in_(bindparam("gone", expanding=True))
)
_some = (
    select(ASSIGNEES.c.todo_id)
    .where(*_of_user, ASSIGNEES.c.since_seq < bindparam("before", type_=BigInteger()))
    .limit(AT_ONCE)
)
_SOME = select(TODOS.c.id, TODOS.c.version, TODOS.c.list_id, ONLY_TODOS.assignees).where(
    in_space(TODOS), among(TODOS.c.id, _some)
)
_TOUCH = (
    update(TODOS)
    .where(in_space(TODOS), TODOS.c.id.in_(bindparam("ids", expanding=True)))
    .values(version=TODOS.c.version + 1, updated_at=bindparam("now", type_=Instant()))
)
_USERS = (
    select(ASSIGNEES.c.user_id)
    .distinct()
    .where(in_space(ASSIGNEES), ASSIGNEES.c.user_id > bindparam("after", type_=ASSIGNEES.c.user_id.type))
    .order_by(ASSIGNEES.c.user_id)
    .limit(AT_ONCE)
)
_FORGET_EACH = delete(ASSIGNEES).where(*_of_user, ASSIGNEES.c.todo_id.in_(bindparam("ids", expanding=True)))


_given = (in_space(ASSIGNEES), among(ASSIGNEES.c.todo_id, GIVEN))
_USERS_OF = select(ASSIGNEES.c.user_id).distinct().where(*_given).order_by(ASSIGNEES.c.user_id)
_TAKE_OFF = delete(ASSIGNEES).where(*_given, ASSIGNEES.c.user_id == _user)
_RENUMBER = update(ASSIGNEES).where(*_given).values(since_seq=next_seq("there").scalar_subquery())


class AssignmentRepository(Repository):
    """Writes who is to do the todos of a space."""

    table = ASSIGNEES
    entity: ClassVar[Entity] = "todo"

    async def put(self, todo_id: uuid.UUID, before: Iterable[str], after: Iterable[str]) -> None:
        """Take those off a todo who are not to do it afterwards, assign it to those who are new."""
        gone, new = set(before) - set(after), set(after) - set(before)
        if gone:
            await self.run(_FORGET, row_id=todo_id, gone=sorted(gone))
        await self.assign((todo_id, one) for one in sorted(new))

    async def assign(self, pairs: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Assign todos: pairs of a todo and a user whom it is not assigned to yet."""
        given = {
            "space": self._work.space_id,
            "actor": self._work.access.principal.user_id,
            "now": self._work.now,
            "drawn": self._work.drawn,
        }
        await self._work.run_many(_ADD, ({**given, "of_todo": todo, "of_user": user} for todo, user in pairs))

    async def take_off(self, user_id: str, before: int = EVER) -> bool:
        """Take a user off `AT_ONCE` todos at most, living or of the trash; say whether there may be more.

        Args:
            user_id: who is taken off.
            before: the number of a change of the space; what the user was assigned to since then stays.
        """
        rows = await self.fetch_all(_SOME, of_user=user_id, before=before)
        if rows:
            ids = [row.id for row in rows]
            await self.run(_TOUCH, ids=ids, now=self._work.now)
            await self.run(_FORGET_EACH, ids=ids, of_user=user_id)
        async for piece in self._work.pieces(rows):
            for row in piece:
                assignees = assignees_of(row.assignees)
                diff = {"assignees": [assignees, [one for one in assignees if one != user_id]]}
                self.log_change(row._asdict(), "updated", row.version + 1, diff)
        return len(rows) == AT_ONCE

    async def users_of(self, rows: str) -> list[str]:
        """Return to whom given todos are assigned."""
        return [row.user_id for row in await self.fetch_all(_USERS_OF, rows=rows)]

    async def get_ready(self, rows: str, there: Work, outside: Sequence[str]) -> None:
        """Take users off given todos who are nothing in the space where these go, for which all others are new."""
        for user_id in outside:
            await self.run(_TAKE_OFF, rows=rows, of_user=user_id)
        await self.run(_RENUMBER, rows=rows, there=there.space_id, drawn=there.drawn)

    async def users(self, after: str) -> list[str]:
        """Return some of those whom todos are assigned to, behind a user, by their ids."""
        return [row.user_id for row in await self.fetch_all(_USERS, after=after)]

    async def next_seq(self) -> int:
        """Return the number of the first change of this work."""
        return int(await self.fetch_value(NEXT_SEQ, drawn=self._work.drawn))
