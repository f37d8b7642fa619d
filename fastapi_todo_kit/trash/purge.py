"""The purge that a host calls on its own schedule, over all spaces of a database."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.access import Access, Principal, SpaceRef
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.policy import Action, RolePolicy
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.idempotency import purge_answers
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Context, Events, Store, Work
from fastapi_todo_kit.trash.repository import SPACES_TO_PURGE
from fastapi_todo_kit.trash.schemas import Purged
from fastapi_todo_kit.trash.service import TrashService

_SYSTEM = Principal("system:purge")


async def purge_trash(
    settings: TodoKitSettings, host: Host | None = None, *, session: AsyncSession | Session | None = None
) -> Purged:
    """Remove for good what has been in the trash for longer than `settings.trash_retention`.

    Each space is purged in a transaction of its own, so no writer waits for more than its own space. Stored answers
    older than `settings.idempotency_retention` go too.

    Args:
        settings: which database, and how long things are kept.
        host: whose clock counts, and who hears of the changes; its policy is not asked.
        session: a session of the host's own, committed after each space; by default the kit connects by itself.

    Returns:
        How many lists and todos were removed.

    Raises:
        DatabaseUnavailable: the database is away; what was purged before stays purged.
    """
    host = replace(host or Host(), policy=RolePolicy())
    if session is not None:
        return await _purge(settings, host, SessionStore(session, commits=True))
    database = Database(settings)
    try:
        return await _purge(settings, host, database)
    finally:
        await database.close()


async def _purge(settings: TodoKitSettings, host: Host, store: Store) -> Purged:
    nowhere = Access(_SYSTEM, SpaceRef(new_id(), "none", None))
    context = Context(settings, host, nowhere, Action.PURGE_TRASH, new_id().hex, Events())
    total: Purged = {"lists": 0, "todos": 0}
    for space in await store.read(context, _spaces_to_purge):
        purged = await store.write(replace(context, access=Access(_SYSTEM, space)), _purge_space)
        total = {"lists": total["lists"] + purged["lists"], "todos": total["todos"] + purged["todos"]}
    return total


async def _spaces_to_purge(work: Work) -> list[SpaceRef]:
    work.authorise()
    answers_cutoff = work.now - work.context.settings.idempotency_retention
    rows = await work.fetch(SPACES_TO_PURGE, {"cutoff": work.now - _retention(work), "answers_cutoff": answers_cutoff})
    return [SpaceRef(row.id, row.kind, row.key) for row in rows]


async def _purge_space(work: Work) -> Purged:
    await purge_answers(work, work.context.settings.idempotency_retention)
    return await TrashService(work).purge(work.now - _retention(work))


def _retention(work: Work) -> timedelta:
    return work.context.settings.trash_retention
