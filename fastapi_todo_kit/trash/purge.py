"""The purge that a host calls on its own schedule, over all spaces of a database."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from fastapi_todo_kit.host import Clock, Principal, utc_now
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.idempotency import purge_answers
from fastapi_todo_kit.storage.log import SpaceRef
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Context, Events, HostStore, Store, Work
from fastapi_todo_kit.trash.repository import SPACES_TO_PURGE
from fastapi_todo_kit.trash.schemas import Purged
from fastapi_todo_kit.trash.service import TrashService

_SYSTEM = Principal("system:purge")


async def purge_trash(
    settings: TodoKitSettings, *, session: AsyncSession | None = None, clock: Clock = utc_now
) -> Purged:
    """Remove for good what has been in the trash for longer than `settings.trash_retention`.

    Each space is purged in a transaction of its own, so no writer waits for more than its own space. Stored answers
    older than `settings.idempotency_retention` go too.

    Args:
        settings: which database, and how long things are kept.
        session: a session of the host's own, committed after each space; by default the kit connects by itself.
        clock: what counts as now.

    Returns:
        How many lists and todos were removed.

    Raises:
        DatabaseUnavailable: the database is away; what was purged before stays purged.
    """
    if session is not None:
        return await _purge(settings, HostStore(session), clock)
    database = Database(settings)
    try:
        return await _purge(settings, database, clock)
    finally:
        await database.close()


async def _purge(settings: TodoKitSettings, store: Store, clock: Clock) -> Purged:
    context = Context(settings, _SYSTEM, SpaceRef(new_id(), "none", None), clock, new_id().hex, Events())
    total: Purged = {"lists": 0, "todos": 0}
    for space in await store.read(context, _spaces_to_purge):
        in_space = Context(settings, _SYSTEM, space, clock, context.request_id, context.events)
        purged = await store.write(in_space, _purge_space)
        total = {"lists": total["lists"] + purged["lists"], "todos": total["todos"] + purged["todos"]}
    return total


async def _spaces_to_purge(work: Work) -> list[SpaceRef]:
    answers_cutoff = work.now - work.context.settings.idempotency_retention
    rows = await work.execute(
        SPACES_TO_PURGE, {"cutoff": work.now - _retention(work), "answers_cutoff": answers_cutoff}
    )
    return [SpaceRef(row.id, row.kind, row.key) for row in rows]


async def _purge_space(work: Work) -> Purged:
    await purge_answers(work, work.context.settings.idempotency_retention)
    return await TrashService(work).purge(work.now - _retention(work))


def _retention(work: Work) -> timedelta:
    return work.context.settings.trash_retention
