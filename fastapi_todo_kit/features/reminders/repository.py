"""SQL on reminders. What somebody asks for is only ever that user's own."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Integer, Row, Select, String, Uuid, and_, bindparam, delete, literal, or_, select

from fastapi_todo_kit.calendar.times import spelled
from fastapi_todo_kit.features.reminders.models import Reminder
from fastapi_todo_kit.features.todos.models import OPEN, Todo
from fastapi_todo_kit.storage.hanging import GIVEN, ids_as_text
from fastapi_todo_kit.storage.keyset import Order, SortKey, across_spaces, rows_after
from fastapi_todo_kit.storage.log import About
from fastapi_todo_kit.storage.many import among, given_rows, look_up_each, look_up_one, rows_as_text
from fastapi_todo_kit.storage.repository import Repository, in_space, one_off, row_id
from fastapi_todo_kit.storage.tables import NEVER, Instant, table_of

REMINDERS = table_of(Reminder)
_TODOS = table_of(Todo)
OF_TODO: Final[Order] = (SortKey("id", REMINDERS.c.id),)

_own = (in_space(REMINDERS), REMINDERS.c.user_id == bindparam("user", type_=String()))
_of_todo = REMINDERS.c.todo_id == bindparam("todo_id", type_=Uuid())
_OWN_OF_TODO = select(REMINDERS).where(*_own, _of_todo).order_by(REMINDERS.c.id).limit(bindparam("limit"))
_OWN_OF_TODO_ON = _OWN_OF_TODO.where(rows_after(OF_TODO))
_ALL_OWN_OF_TODO = select(REMINDERS).where(*_own, _of_todo)
_one = REMINDERS.alias("one")
_together = and_(
    *(REMINDERS.c[name] == _one.c[name] for name in ("space_id", "todo_id", "user_id", "next_at")),
    REMINDERS.c.next_at < literal(NEVER, Instant()),
)
_TOGETHER = (
    select(REMINDERS)
    .join_from(_one, REMINDERS, _together)
    .where(in_space(_one), _one.c.id == row_id())
    .order_by(REMINDERS.c.id)
)
_FIND = select(REMINDERS).where(*_own, _of_todo, REMINDERS.c.id == row_id())
_OF_TODO = select(REMINDERS).where(in_space(REMINDERS), _of_todo)
_OF_TODOS = select(*(REMINDERS.c[name] for name in ("id", "user_id", "next_at"))).where(
    in_space(REMINDERS), among(REMINDERS.c.todo_id, GIVEN)
)
_elsewhere = or_(
    REMINDERS.c.zone != bindparam("zone", type_=String()),
    REMINDERS.c.day_minute != bindparam("day_minute", type_=Integer()),
)
_with_todo = and_(_TODOS.c.space_id == REMINDERS.c.space_id, _TODOS.c.id == REMINDERS.c.todo_id)
_FIND_ANYWHERE = (
    select(REMINDERS, _TODOS.c.deleted_at)
    .select_from(look_up_one(REMINDERS, _TODOS, _with_todo))
    .where(*_own, REMINDERS.c.id == row_id())
)
_WITH_TIMES = (
    select(REMINDERS, *(_TODOS.c[name] for name in ("start_local", "start_zone", "due_local", "due_zone", "deadline")))
    .select_from(look_up_one(REMINDERS, _TODOS, _with_todo))
    .where(_TODOS.c.deleted_at.is_(None))
)
_OF_ELSEWHERE = _WITH_TIMES.where(*_own, _elsewhere).order_by(REMINDERS.c.id).limit(bindparam("limit"))
_PENDING_OF_ALL = (
    _WITH_TIMES.where(in_space(REMINDERS), REMINDERS.c.next_at < literal(NEVER, Instant()))
    .where(REMINDERS.c.id > bindparam("after", type_=Uuid()))
    .order_by(REMINDERS.c.id)
    .limit(bindparam("limit"))
)
_PENDING_OF_ONE = _PENDING_OF_ALL.where(_own[1])
_STILL = _WITH_TIMES.where(in_space(REMINDERS), REMINDERS.c.id.in_(bindparam("ids", expanding=True)))
_COPIES = given_rows("copies", {"source_id": Uuid(), "id": Uuid()})
_TO_COPY = (
    select(REMINDERS, _COPIES.c.id.label("copy_id"))
    .select_from(look_up_each(_COPIES, "source_id", REMINDERS, REMINDERS.c.todo_id, in_space(REMINDERS)))
    .where(_own[1])
    .order_by(REMINDERS.c.id)
)
_DELETE_ALL = delete(REMINDERS).where(in_space(REMINDERS), among(REMINDERS.c.id, GIVEN))
_DELETE = delete(REMINDERS).where(in_space(REMINDERS), REMINDERS.c.id == row_id())

_pending = (
    select(REMINDERS)
    .select_from(look_up_one(REMINDERS, _TODOS, _with_todo))
    .where(*_own, _TODOS.c.deleted_at.is_(None), _TODOS.c.status.in_(OPEN))
    .where(REMINDERS.c.next_at >= bindparam("from_at", type_=Instant()))
    .where(REMINDERS.c.next_at < bindparam("to_at", type_=Instant()))
    .limit(bindparam("limit"))
)
_of_one: Order = (SortKey("next_at", REMINDERS.c.next_at), SortKey("id", REMINDERS.c.id))
PENDING: Final[Mapping[bool, Order]] = {False: _of_one, True: across_spaces(_of_one, REMINDERS.c.space_id)}
"""The order in which they will remind: of one space, or of several."""
_PENDING = {spans: _pending.order_by(*(key.order for key in order)) for spans, order in PENDING.items()}
_PENDING_ON = {spans: _PENDING[spans].where(rows_after(order)) for spans, order in PENDING.items()}


class ReminderRepository(Repository):
    """Reads and writes the reminders of a space."""

    table = REMINDERS

    def log(self, row: Mapping[str, Any], op: str, version: int) -> None:
        """Note a change of a reminder, which is the business of its user alone."""
        about = About(row["todo_id"], audience=row["user_id"])
        self._work.record("reminder", row["id"], op, version, about=about)

    async def page(self, todo_id: uuid.UUID, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the user's own reminders of a todo."""
        statement = _OWN_OF_TODO_ON if "after_0" in parameters else _OWN_OF_TODO
        return await self.fetch_all(statement, user=self._user, todo_id=todo_id, **parameters)

    async def pending(self, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the user's own reminders of open todos, in the order in which they will remind."""
        statement = (_PENDING_ON if "after_0" in parameters else _PENDING)[self._work.spans]
        return await self.fetch_all(self._of_seen_todos(statement), user=self._user, **parameters)

    async def own(self, todo_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return all of the user's own reminders of a todo."""
        return await self.fetch_all(_ALL_OWN_OF_TODO, user=self._user, todo_id=todo_id)

    async def together_with(self, reminder_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return a reminder still to come and those of its user that are to remind of the same todo at its moment."""
        return await self.fetch_all(_TOGETHER, row_id=reminder_id)

    async def find(self, todo_id: uuid.UUID, reminder_id: uuid.UUID) -> Row[Any] | None:
        """Return a reminder of the user's own."""
        return await self.fetch_one(_FIND, user=self._user, todo_id=todo_id, row_id=reminder_id)

    async def find_anywhere(self, reminder_id: uuid.UUID) -> Row[Any] | None:
        """Return a reminder of the user's own, of whatever todo, and when that went to the trash."""
        return await self.fetch_one(_FIND_ANYWHERE, user=self._user, row_id=reminder_id)

    async def of_todos(self, rows: str) -> Sequence[Row[Any]]:
        """Return everybody's reminders of given todos: their id, user and `next_at`."""
        return await self.fetch_all(_OF_TODOS, rows=rows)

    async def delete_all(self, reminder_ids: Sequence[uuid.UUID]) -> None:
        """Remove reminders."""
        await self.run(_DELETE_ALL, rows=ids_as_text(reminder_ids))

    async def of_todo(self, todo_id: uuid.UUID) -> Sequence[Row[Any]]:
        """Return everybody's reminders of a todo."""
        return await self.fetch_all(_OF_TODO, todo_id=todo_id)

    async def of_elsewhere(self, user_id: str, zone: str, day_minute: int, limit: int) -> Sequence[Row[Any]]:
        """Return reminders of a user that go by another zone or hour of whole days, with the times of their todos."""
        statement = self._of_seen_todos(_OF_ELSEWHERE)
        return await self.fetch_all(statement, user=user_id, zone=zone, day_minute=day_minute, limit=limit)

    async def all_pending(self, user_id: str | None, after: uuid.UUID, limit: int) -> Sequence[Row[Any]]:
        """Return reminders still to come, of one user or of all, with the times of their todos, by their ids."""
        if user_id is None:
            return await self.fetch_all(_PENDING_OF_ALL, after=after, limit=limit)
        return await self.fetch_all(_PENDING_OF_ONE, after=after, limit=limit, user=user_id)

    async def by_ids(self, ids: Sequence[uuid.UUID]) -> Sequence[Row[Any]]:
        """Return reminders as they are now, with the times of their todos."""
        return await self.fetch_all(_STILL, ids=ids)

    async def to_copy(self, copies: Mapping[uuid.UUID, uuid.UUID]) -> Sequence[Row[Any]]:
        """Return the user's own reminders of todos that were copied, each with the id of the copy."""
        given = rows_as_text({"source_id": source, "id": copy} for source, copy in copies.items())
        return await self.fetch_all(_TO_COPY, user=self._user, copies=given)

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
    "space_id",
    "todo_id",
    "minutes_before",
    "next_at",
    "fired_at",
    "snoozed_until",
    "created_at",
    "updated_at",
    "version",
)


def reminder_of(row: Mapping[str, Any], *, of_open: bool = True) -> dict[str, Any]:
    """Return what the API shows of a reminder, from its columns, and whether its todo is open."""
    shown = {name: row[name] for name in _SHOWN}
    at = spelled(row["at_local"], row["at_zone"])
    shown |= {"at": at, "relative_to": row["anchor"], "state": _state_of(row)}
    return shown if of_open or row["next_at"] is None else {**shown, "next_at": None, "state": "todo_closed"}


def _state_of(row: Mapping[str, Any]) -> str:
    """Return what has become of a reminder: why it will remind, or will not."""
    moment = row["moment"]
    if row["next_at"] is not None:
        return "pending" if row["snoozed_until"] is None else "snoozed"
    if moment is None:
        return "without_time"
    if moment != row["done_moment"]:
        return "passed"
    return "dismissed" if row["fired_at"] is None else "fired"


def times_of_todo(row: Row[Any]) -> dict[str, Any]:
    """Return the start, due and deadline of the todo of a reminder, as the API shows them."""
    return {
        "start": spelled(row.start_local, row.start_zone),
        "due": spelled(row.due_local, row.due_zone),
        "deadline": row.deadline,
    }
