"""What is done in every space of a database: one after the other, and none keeps those behind it waiting."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Uuid, bindparam, select

from fastapi_todo_kit.core.access import SpaceRef, is_of_namespace
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.tables import table_of

_logger = get_logger(__name__)
_spaces = table_of(Space)
_COLUMNS: Final = tuple(_spaces.c[name] for name in ("id", "kind", "key", "namespace"))
_ONE: Final = select(*_COLUMNS).where(_spaces.c.id == bindparam("space", type_=Uuid()), _spaces.c.deleted_at.is_(None))
_AT_ONCE: Final = 200
_BEGINNING: Final = uuid.UUID(int=0)


def spaces_where(condition: Callable[[ColumnElement[uuid.UUID]], ColumnElement[bool]]) -> Select[Any]:
    """Return a statement that finds some spaces behind the id `after`, of which a condition on their ids is true."""
    return (
        select(*_COLUMNS)
        .where(condition(_spaces.c.id), _spaces.c.id > bindparam("after", type_=Uuid()))
        .order_by(_spaces.c.id)
        .limit(_AT_ONCE)
    )


def _own_space(row: Row[Any], namespace: str) -> SpaceRef | None:
    """Return the space of a row, if it is one of a namespace."""
    space = SpaceRef(row.id, row.kind, row.key)
    is_ours = is_of_namespace(namespace, space) if row.namespace is None else row.namespace == namespace
    return space if is_ours else None


async def find_space(connection: Connection, namespace: str, space_id: uuid.UUID) -> SpaceRef | None:
    """Return a space of a namespace, if it is there and not in the trash."""
    rows = await connection.fetch(_ONE, {"space": space_id})
    return _own_space(rows[0], namespace) if rows else None


async def each_space(
    what: str,
    namespace: str,
    find: Callable[[uuid.UUID], Awaitable[Sequence[Row[Any]]]],
    do: Callable[[SpaceRef], Awaitable[None]],
) -> None:
    """Do something in each space of a namespace; where it fails it is logged, left for the next time, and gone on.

    Args:
        what: what is done, for the log.
        namespace: those of others have other users, another host and other settings.
        find: returns rows of `spaces_where` behind an id.
        do: does it.

    Raises:
        Exception: with what the last space failed, where none succeeded: then it was no space's fault.
    """
    after, has_succeeded, failure = _BEGINNING, False, None
    while rows := await find(after):
        for row in rows:
            space = _own_space(row, namespace)
            if space is None:
                continue
            try:
                await do(space)
            except Exception as error:
                _logger.warning("%s failed in space %s and is tried again later: %r", what, space.id, error)
                failure = error
            else:
                has_succeeded = True
        after = rows[-1].id
    if failure is not None and not has_succeeded:
        raise failure
