"""What a scheduler of the host's own calls instead of a worker; each does its part once, over all spaces."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import HostKey, user_key
from fastapi_todo_kit.features.reminders.refreshing import refresh
from fastapi_todo_kit.features.trash.purging import purge
from fastapi_todo_kit.features.trash.schemas import Purged
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import running_kit, worker_kit
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.worker.runner import Report, Runner


async def run_due(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession | Session | None = None,
    now: datetime | None = None,
) -> Report:
    """Do everything that is due, for a scheduler of the host's own. Several processes may do this at once.

    Args:
        settings: which database.
        host: who is told of reminders (`notifier`), who users are (`recipient`), and whose clock counts.
        session: a session of the host's own, committed after each step; by default the kit connects by itself.
        now: the moment, instead of the host's clock.

    Raises:
        DatabaseUnavailable: the database is away; what was done before stays done.
    """
    if now is not None:
        host = replace(host or Host(), clock=lambda: now)
    async with worker_kit(settings, host, session) as kit:
        return await Runner(kit).run_due()


async def refresh_reminders(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    user_id: HostKey | None = None,
    session: AsyncSession | Session | None = None,
) -> None:
    """Find out anew when users are to be reminded, all or one: call it when a user has moved to another time zone.

    Zones and hours come from `Host.recipient`. The worker does it for all once a day, because zones change their rules.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    async with worker_kit(settings, host, session) as kit:
        await refresh(kit, None if user_id is None else user_key(user_id))


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


async def redrive_jobs(
    settings: TodoKitSettings, host: Host | None = None, *, session: AsyncSession | Session | None = None
) -> int:
    """Let everything that failed too often be done again; return how much that is.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    async with worker_kit(settings, host, session) as kit:
        return await Runner(kit).redrive()
