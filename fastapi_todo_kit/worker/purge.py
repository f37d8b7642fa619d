"""The purge that a host calls on its own schedule, over all spaces of a database."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import SpaceRef
from fastapi_todo_kit.features.trash.schemas import Purged
from fastapi_todo_kit.features.trash.service import TrashService, spaces_to_purge
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import running_kit
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.each_space import each_space
from fastapi_todo_kit.storage.idempotency import purge_answers
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.work import Work


async def purge_trash(
    settings: TodoKitSettings, host: Host | None = None, *, session: AsyncSession | Session | None = None
) -> Purged:
    """Remove for good what has been in the trash for longer than `settings.trash_retention`.

    Each space is purged in transactions of its own, some hundred todos at a time, so no writer waits for long, and for
    nothing but its own space. One that fails is logged and left for the next time. Stored answers older than
    `settings.idempotency_retention` go too. Spaces of another namespace in the same database are left alone.

    Args:
        settings: which database, and how long things are kept.
        host: whose clock counts, and who hears of the changes; its policy is not asked.
        session: a session of the host's own, committed after each space; by default the kit connects by itself.

    Returns:
        How many lists and todos were removed.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    async with running_kit(settings, host, session) as kit:
        return await purge(kit)


async def purge(kit: Kit, _since: datetime | None = None) -> Purged:
    """Remove what has expired, as `purge_trash` does; the chore of a worker."""
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
    return total


async def _purge_answers(work: Work) -> None:
    work.authorise()
    await purge_answers(work, work.kit.settings.idempotency_retention)


async def _purge_some(work: Work) -> Purged:
    return await TrashService(work).purge_some(work.now - work.kit.settings.trash_retention)
