"""Removing for good what has been kept long enough, over all spaces of a database."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from fastapi_todo_kit.core.access import SpaceRef
from fastapi_todo_kit.features.assignees.jobs import sweep_heirs_later
from fastapi_todo_kit.features.invitations.service import forget_expired
from fastapi_todo_kit.features.trash.schemas import Purged
from fastapi_todo_kit.features.trash.service import TrashService, spaces_to_purge
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.each_space import each_space
from fastapi_todo_kit.storage.idempotency import purge_answers
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.teams import EXPIRED, is_expired, release_heirs, remove_space
from fastapi_todo_kit.storage.work import Work


async def purge(kit: Kit, _since: datetime | None = None) -> Purged:
    """Remove what has expired, as `purge_trash` does; return how many lists and todos that were."""
    total: Purged = {"lists": 0, "todos": 0}

    async def find(after: uuid.UUID) -> Sequence[Row[Any]]:
        now = kit.host.now()
        cutoffs = {
            "cutoff": now - kit.settings.trash_retention,
            "answers_cutoff": now - kit.settings.idempotency_retention,
        }
        return await kit.store.transact(lambda connection: spaces_to_purge(connection, after=after, **cutoffs))

    async def purge_space(space: SpaceRef) -> None:
        here = kit.as_system(space, Action.PURGE_TRASH, "purge")
        await kit.store.write(here, _purge_answers)
        while any((purged := await kit.store.write(here, _purge_some)).values()):
            total["lists"] += purged["lists"]
            total["todos"] += purged["todos"]

    await each_space("removing what has expired", kit.settings.namespace, find, purge_space)
    await _purge_teams(kit, total)
    await forget_expired(kit)
    return total


async def _purge_teams(kit: Kit, total: Purged) -> None:
    """Remove team spaces that have expired, with everything in them."""
    cutoff = kit.host.now() - kit.settings.trash_retention

    async def find(after: uuid.UUID) -> Sequence[Row[Any]]:
        given = {"after": after, "cutoff": cutoff}
        return await kit.store.transact(lambda connection: connection.fetch(EXPIRED, given))

    async def remove(space: SpaceRef) -> None:
        here = kit.as_system(space, Action.PURGE_TRASH, "purge")
        while any((purged := await kit.store.write(here, _purge_some_of_team)).values()):
            total["lists"] += purged["lists"]
            total["todos"] += purged["todos"]
        await kit.store.transact(lambda connection: Work(here, connection).perform(_remove_team))

    await each_space("removing spaces that have expired", kit.settings.namespace, find, remove)


async def _purge_some_of_team(work: Work) -> Purged:
    work.authorise()
    if not await is_expired(work, work.now - work.kit.settings.trash_retention):
        return {"lists": 0, "todos": 0}
    return await TrashService(work).purge_some_of_all()


async def _remove_team(work: Work) -> None:
    work.authorise()
    if await is_expired(work, work.now - work.kit.settings.trash_retention):
        await sweep_heirs_later(work)
        await release_heirs(work)
        await remove_space(work)


async def _purge_answers(work: Work) -> None:
    work.authorise()
    await purge_answers(work, work.kit.settings.idempotency_retention)


async def _purge_some(work: Work) -> Purged:
    return await TrashService(work).purge_some(work.now - work.kit.settings.trash_retention)
