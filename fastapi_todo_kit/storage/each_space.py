"""What is done in every space of a database: one after the other, and none keeps those behind it waiting."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Uuid, bindparam, select

from fastapi_todo_kit.core.access import SpaceRef, is_of_namespace
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.tables import table_of

_logger = get_logger(__name__)
_spaces = table_of(Space)
_AT_ONCE: Final = 200
_BEGINNING: Final = uuid.UUID(int=0)


def spaces_where(condition: Callable[[ColumnElement[uuid.UUID]], ColumnElement[bool]]) -> Select[Any]:
    """Return a statement that finds some spaces behind the id `after`, of which a condition on their ids is true."""
    return (
        select(_spaces.c.id, _spaces.c.kind, _spaces.c.key, _spaces.c.namespace)
        .where(condition(_spaces.c.id), _spaces.c.id > bindparam("after", type_=Uuid()))
        .order_by(_spaces.c.id)
        .limit(_AT_ONCE)
    )


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
            space = SpaceRef(row.id, row.kind, row.key)
            is_ours = is_of_namespace(namespace, space) if row.namespace is None else row.namespace == namespace
            if not is_ours:
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
