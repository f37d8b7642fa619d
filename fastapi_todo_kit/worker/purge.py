"""The purge that a host calls on its own schedule, over all spaces of a database."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import Access, Principal, SpaceRef
from fastapi_todo_kit.features.trash.repository import SPACES_TO_PURGE
from fastapi_todo_kit.features.trash.schemas import Purged
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.policy import Action, RolePolicy
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.each_space import each_space
from fastapi_todo_kit.storage.idempotency import purge_answers
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Context, Events, Work

_SYSTEM = Principal("system:purge")


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
    host = replace(host or Host(), policy=RolePolicy())
    if session is not None:
        return await _purge(settings, host, SessionStore(session, commits=True))
    database = Database(settings)
    try:
        return await _purge(settings, host, database)
    finally:
        await database.close()


async def _purge(settings: TodoKitSettings, host: Host, store: Database | SessionStore) -> Purged:
    nowhere = Access(_SYSTEM, SpaceRef(new_id(), "none", None))
    context = Context(settings, host, nowhere, Action.PURGE_TRASH, new_id().hex, Events())
    total: Purged = {"lists": 0, "todos": 0}

    async def find(after: uuid.UUID) -> Sequence[Row[Any]]:
        now = host.now()
        cutoffs = {
            "cutoff": now - settings.trash_retention,
            "answers_cutoff": now - settings.idempotency_retention,
        }
        return await store.transact(lambda connection: connection.fetch(SPACES_TO_PURGE, {**cutoffs, "after": after}))

    async def purge(space: SpaceRef) -> None:
        here = replace(context, access=Access(_SYSTEM, space))
        await store.write(here, _purge_answers)
        while any((purged := await store.write(here, _purge_some)).values()):
            total["lists"] += purged["lists"]
            total["todos"] += purged["todos"]

    await each_space("removing what has expired", settings.namespace, find, purge)
    return total


async def _purge_answers(work: Work) -> None:
    work.authorise()
    await purge_answers(work, work.context.settings.idempotency_retention)


async def _purge_some(work: Work) -> Purged:
    return await TrashService(work).purge_some(work.now - work.context.settings.trash_retention)
