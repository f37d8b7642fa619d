"""What is done to spaces without a request: finding the teams of a user, and removing a space for good."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy import Delete, Table, Uuid, bindparam, delete, or_, select, update

from fastapi_todo_kit.core.access import personal_space
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.each_space import spaces_where
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.membership import SPACES, parameters_of
from fastapi_todo_kit.storage.tables import Instant, metadata, table_of
from fastapi_todo_kit.storage.work import Work

_spaces = table_of(Space)
_this = _spaces.c.id == bindparam("space", type_=Uuid())
_expired = _spaces.c.deleted_at < bindparam("cutoff", type_=Instant())
_LOCK = select(_spaces.c.id).where(_this).with_for_update()
_IS_EXPIRED = select(_spaces.c.id).where(_this, _expired).with_for_update()
EXPIRED: Final = spaces_where(lambda _: _expired)
"""Finds some of the team spaces behind the id `after` that went to the trash before a `cutoff`."""

_HEIRS: Final = spaces_where(lambda _: _spaces.c.inherits_id == bindparam("of_space", type_=Uuid()))
_RELEASE_HEIRS = (
    update(_spaces)
    .where(_spaces.c.inherits_id == bindparam("above", type_=Uuid()))
    .values(
        inherits_id=None,
        inherits_max_role=None,
        version=_spaces.c.version + 1,
        updated_at=bindparam("now", type_=Instant()),
    )
)
_BEGINNING: Final = uuid.UUID(int=0)


async def heirs_of(runner: Work | Connection, space_id: uuid.UUID, after: uuid.UUID = _BEGINNING) -> list[uuid.UUID]:
    """Return some of the spaces behind an id, in the trash or not, that take their members from this one."""
    return [row.id for row in await runner.fetch(_HEIRS, {"of_space": space_id, "after": after})]


async def teams_of(kit: Kit, user_id: str) -> Sequence[uuid.UUID]:
    """Return the ids of the team spaces that a user is in."""
    namespace = kit.settings.namespace

    async def find(work: Work) -> Sequence[uuid.UUID]:
        work.authorise()
        return [row.id for row in await work.fetch(SPACES, {**parameters_of(namespace, user_id), "known": []})]

    return await kit.store.read(kit.as_system(personal_space(namespace, user_id), Action.READ_SPACE, "teams"), find)


async def release_heirs(work: Work) -> None:
    """Let no space take members from the space of a work any more, which is about to be removed: its id may come back.

    Nothing is logged: nobody has been a member by it since it went to the trash.
    """
    await work.run(_RELEASE_HEIRS, {"above": work.space_id, "now": work.now})


async def is_expired(work: Work, cutoff: datetime) -> bool:
    """Say whether the space of a work is in the trash since before a moment, and let nobody bring it back meanwhile."""
    return bool(await work.fetch(_IS_EXPIRED, {"space": work.space_id, "cutoff": cutoff}))


async def remove_space(work: Work) -> int:
    """Remove the space of a work with everything in it, which nobody is told of; return how many rows there were."""
    space, removed = {"space": work.space_id}, 0
    await work.fetch(_LOCK, space)
    for table in reversed(metadata.sorted_tables):
        removed += await work.run(_delete_from(table), space)
    return removed


@cache
def _delete_from(table: Table) -> Delete:
    # What users keep of their own about the space is in others.
    columns = [table.c[name] for name in ("space_id", "target_space_id") if name in table.c] or [table.c.id]
    return delete(table).where(or_(*(column == bindparam("space", type_=Uuid()) for column in columns)))
