"""SQL on reminders. What somebody asks for is only ever that user's own."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Integer, Row, Select, String, Uuid, and_, bindparam, delete, func, or_, select

from fastapi_todo_kit.reminders.models import Reminder
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.repository import Repository, in_space, one_off, row_id
from fastapi_todo_kit.storage.tables import Instant, table_of
from fastapi_todo_kit.todos.models import OPEN, Todo
from fastapi_todo_kit.todos.times import spelled

REMINDERS = table_of(Reminder)
_TODOS = table_of(Todo)
OF_TODO: Final[Order] = (SortKey("id", REMINDERS.c.id),)

_own = (in_space(REMINDERS), REMINDERS.c.user_id == bindparam("user", type_=String()))
_of_todo = REMINDERS.c.todo_id == bindparam("todo_id", type_=Uuid())
_OWN_OF_TODO = select(REMINDERS).where(*_own, _of_todo).order_by(REMINDERS.c.id).limit(bindparam("limit"))
_OWN_OF_TODO_ON = _OWN_OF_TODO.where(rows_after(OF_TODO))
_COUNT = select(func.count()).select_from(REMINDERS).where(*_own, _of_todo)
_FIND = select(REMINDERS).where(*_own, _of_todo, REMINDERS.c.id == row_id())
_OF_TODO = select(REMINDERS).where(in_space(REMINDERS), _of_todo)
_elsewhere = or_(
    REMINDERS.c.zone != bindparam("zone", type_=String()),
    REMINDERS.c.day_minute != bindparam("day_minute", type_=Integer()),
)
_OF_ELSEWHERE = select(REMINDERS).where(*_own, _elsewhere)
_DELETE = delete(REMINDERS).where(in_space(REMINDERS), REMINDERS.c.id == row_id())

_pending = (
    select(REMINDERS)
    .join_from(REMINDERS, _TODOS, and_(_TODOS.c.space_id == REMINDERS.c.space_id, _TODOS.c.id == REMINDERS.c.todo_id))
    .where(*_own, _TODOS.c.deleted_at.is_(None), _TODOS.c.status.in_(OPEN))
    .where(REMINDERS.c.next_at >= bindparam("from_at", type_=Instant()))
    .where(REMINDERS.c.next_at < bindparam("to_at", type_=Instant()))
    .limit(bindparam("limit"))
)
PENDING: Final[Order] = (
    SortKey("next_at", REMINDERS.c.next_at),
    SortKey("id", REMINDERS.c.id),
)
_PENDING = _pending.order_by(REMINDERS.c.next_at, REMINDERS.c.id)
_PENDING_ON = _PENDING.where(rows_after(PENDING))


class ReminderRepository(Repository):
    """Reads and writes the reminders of a space."""

    table = REMINDERS

    async def page(self, todo_id: uuid.UUID, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the user's own reminders of a todo."""
        statement = _OWN_OF_TODO_ON if "after_0" in parameters else _OWN_OF_TODO
        return await self.fetch_all(statement, user=self._user, todo_id=todo_id, **parameters)

    async def pending(self, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the user's own reminders of open todos, in the order in which they will remind."""
        statement = _PENDING_ON if "after_0" in parameters else _PENDING
        return await self.fetch_all(self._of_seen_todos(statement), user=self._user, **parameters)

    async def count(self, todo_id: uuid.UUID) -> int:
        """Return how many reminders of a todo the user has."""
        return int(await self.fetch_value(_COUNT, user=self._user, todo_id=todo_id))

    async def find(self, todo_id: uuid.UUID, reminder_id: uuid.UUID) -> Row[Any] | None:
        """Return a reminder of the user's own."""
        return await self.fetch_one(_FIND, user=self._user, todo_id=todo_id, row_id=reminder_id)

    async def of_todo(self, todo_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return everybody's reminders of a todo."""
        return await self.fetch_all(_OF_TODO, todo_id=todo_id)

    async def of_elsewhere(self, zone: str, day_minute: int) -> Sequence[Row[Any]]:
        """Return the user's own reminders that go by another zone, or another hour of whole days, than these."""
        return await self.fetch_all(_OF_ELSEWHERE, user=self._user, zone=zone, day_minute=day_minute)

    async def delete(self, reminder_id: uuid.UUID) -> None:
        """Remove a reminder."""
        await self.run(_DELETE, row_id=reminder_id)

    @property
    def _user(self) -> str:
        return self._work.access.principal.user_id

    def _of_seen_todos(self, statement: Select[Any]) -> Select[Any]:
        visible = self._work.visible("todo", _TODOS)
        return statement if visible is None else one_off(statement.where(visible))


_SHOWN: Final = (
    "id",
    "todo_id",
    "minutes_before",
    "next_at",
    "fired_at",
    "snoozed_until",
    "created_at",
    "updated_at",
    "version",
)


def reminder_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the API shows of a reminder, from its columns."""
    shown = {name: row[name] for name in _SHOWN}
    return {**shown, "at": spelled(row["at_local"], row["at_zone"]), "relative_to": row["anchor"]}
