"""Rows of the log of the version before, which do not say what they are about, and whose business that is."""

from typing import Final

from sqlalchemy import and_, case, func, select, tuple_, update

from fastapi_todo_kit.features.reminders.repository import REMINDERS
from fastapi_todo_kit.features.todos.models import Todo
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of

_AT_ONCE: Final = 500
_MOST_TIMES: Final = 40
_changes = table_of(Change)
_todos = table_of(Todo)
_key = (_changes.c.space_id, _changes.c.seq)
_empty = select(*_key).where(_changes.c.subject_id.is_(None)).order_by(*_key).limit(_AT_ONCE)
_its_reminder = and_(REMINDERS.c.space_id == _changes.c.space_id, REMINDERS.c.id == _changes.c.entity_id)
_of_reminder = [select(REMINDERS.c[name]).where(_its_reminder).scalar_subquery() for name in ("todo_id", "user_id")]
_its_todo = and_(_todos.c.space_id == _changes.c.space_id, _todos.c.id == _changes.c.entity_id)
_is_of_reminder = _changes.c.entity == "reminder"
_FILL = (
    update(_changes)
    .where(tuple_(*_key).in_(_empty))
    .values(
        subject_id=case(
            (_is_of_reminder, func.coalesce(_of_reminder[0], _changes.c.entity_id)), else_=_changes.c.entity_id
        ),
        list_id=case(
            (_changes.c.entity == "todo", select(_todos.c.list_id).where(_its_todo).scalar_subquery()),
            (_changes.c.entity == "list", _changes.c.entity_id),
        ),
        # Of a reminder that is gone, whoever has changed it last: nobody has one of others.
        audience=case((_is_of_reminder, func.coalesce(_of_reminder[1], _changes.c.actor_id))),
    )
)


async def fill_log(kit: Kit) -> int:
    """Say of rows of the log what they are about, some in each transaction, and not all at once; return how many."""

    async def fill(connection: Connection) -> int:
        return await connection.run(_FILL, {})

    count = 0
    for _ in range(_MOST_TIMES):
        filled = await kit.store.transact(fill)
        count += filled
        if filled < _AT_ONCE:
            break
    return count
