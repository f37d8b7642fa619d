"""Where what has moved to another space is now: old addresses lead on, for whoever may enter that space."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Select, Uuid, bindparam, exists, select, text

from fastapi_todo_kit.core.access import known_spaces
from fastapi_todo_kit.storage.membership import SPACES, parameters_of
from fastapi_todo_kit.storage.tables import TableModel, id_column, instant_column, metadata, table_of
from fastapi_todo_kit.storage.work import Work


class Forward(TableModel, table=True):
    """Something has gone from a space to another one, and had this version when it came there."""

    __tablename__: ClassVar[Any] = "todokit_forward"

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    entity_id: uuid.UUID = id_column(primary_key=True)
    to_space_id: uuid.UUID = id_column()
    version: int
    at: datetime = instant_column()


_forwards = table_of(Forward)
_columns = ("space_id", "entity_id", "to_space_id", "version", "at")
# Text, because SQLAlchemy compiles a statement with ON CONFLICT anew each time.
_LEAD = text(
    f"INSERT INTO todokit_forward ({', '.join(_columns)}) VALUES ({', '.join(f':{name}' for name in _columns)}) "  # noqa: S608  (names above)
    "ON CONFLICT (space_id, entity_id) DO UPDATE "
    "SET to_space_id = excluded.to_space_id, version = excluded.version, at = excluded.at"
).bindparams(*(bindparam(name, type_=_forwards.c[name].type) for name in _columns))


def _last_hop() -> Select[Any]:
    """Return a SELECT of the space where something has gone last, over however many; UNION ends even in a circle."""
    named = _forwards.c.entity_id == bindparam("entity", type_=Uuid())
    hop = (_forwards.c.to_space_id, _forwards.c.at, _forwards.c.version)
    hops = (
        select(*hop).where(_forwards.c.space_id == bindparam("space", type_=Uuid()), named).cte("hops", recursive=True)
    )
    hops = hops.union(select(*hop).where(_forwards.c.space_id == hops.c.to_space_id, named))
    return select(hops.c.to_space_id).order_by(hops.c.at.desc(), hops.c.version.desc()).limit(1)


_last = _last_hop().subquery("last_hop")
_may_enter = _last.c.to_space_id.in_(select(SPACES.subquery("mine").c.id))


@cache
def _find(entity: str) -> Select[Any]:
    table = metadata.tables[f"todokit_{entity}"]
    is_here = exists().where(
        table.c.space_id == bindparam("space", type_=Uuid()), table.c.id == bindparam("entity", type_=Uuid())
    )
    return select(_last.c.to_space_id).where(_may_enter, ~is_here)


async def lead_on(work: Work, there: uuid.UUID, moved: Iterable[tuple[uuid.UUID, int]]) -> None:
    """Note that things have gone from the space of a work to another one: their ids, and their versions there."""
    row = {"space_id": work.space_id, "to_space_id": there, "at": work.now}
    await work.run_many(_LEAD, ({**row, "entity_id": entity_id, "version": version} for entity_id, version in moved))


async def space_of_moved(work: Work, entity: str, entity_id: uuid.UUID) -> uuid.UUID | None:
    """Return the space where a todo or list is that was in the space of a work, if the principal may enter that one.

    None where there is one of this id here, living or in the trash: it was not that which has moved.
    """
    work.authorise()
    principal, namespace = work.access.principal, work.kit.settings.namespace
    given = {"space": work.space_id, "entity": entity_id, "known": known_spaces(namespace, work.access)}
    rows = await work.fetch(_find(entity), {**parameters_of(namespace, principal.user_id), **given})
    return rows[0].to_space_id if rows and rows[0].to_space_id != work.space_id else None
