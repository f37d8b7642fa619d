"""Finding out anew when users are to be reminded: of one who has moved, and of all, because zones change their rules.

Each step is a unit of work of its own with a bounded number of reminders, so nobody waits long for its space. A step
that is done stays done, and what is as it was is not written: whoever begins anew reads through that and goes on.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, literal, select

from fastapi_todo_kit.core.access import SpaceRef, personal_space, team_space
from fastapi_todo_kit.features.reminders.jobs import Reminding, changes_of_user
from fastapi_todo_kit.features.reminders.models import Reminder
from fastapi_todo_kit.features.reminders.worker import ReminderWorker
from fastapi_todo_kit.features.reminders.zones import AT_ONCE, Rezoning, rezoned
from fastapi_todo_kit.host import Recipient
from fastapi_todo_kit.storage.each_space import each_space, spaces_where
from fastapi_todo_kit.storage.jobs import Claimed, forget, space_of
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.tables import NEVER, Instant, table_of
from fastapi_todo_kit.storage.teams import teams_of
from fastapi_todo_kit.storage.work import Work

_BEGINNING = uuid.UUID(int=0)
_MOVED_LATELY: Final = timedelta(minutes=15)
"""How long ago a user may have moved whom a worker that has just begun follows."""
_FOLLOWED_AGAIN: Final = timedelta(minutes=1)
"""How long a user is followed: a process that has not heard of the move yet may take reminders back meanwhile."""
_MOST_MOVED: Final = 1_000
_reminders = table_of(Reminder)
_with_pending = select(_reminders.c.space_id).where(_reminders.c.next_at < literal(NEVER, Instant()))
_SPACES_WITH_PENDING = spaces_where(lambda space_id: space_id.in_(_with_pending))


@dataclass(frozen=True, slots=True)
class Moving(ReminderWorker):
    """Brings the reminders of a user who has moved to where the user is."""

    async def __call__(self, job: Claimed) -> None:
        """Do a job that has a user and the `zone` and `day_minute` of the user, until no reminders are left."""
        user_id, to = job.user_id, job.argument
        space = await self.kit.store.transact(lambda connection: space_of(connection, job))
        if user_id is not None and to is not None and space is not None:
            while await self.write(space, lambda work: _bring(work, user_id, to)):
                pass
        await self.kit.store.transact(lambda connection: forget(connection, job))


async def _bring(work: Work, user_id: str, to: Mapping[str, Any]) -> bool:
    work.authorise()
    return await Rezoning(work).bring(user_id, to)


async def refresh(kit: Kit, user_id: str | None = None) -> None:
    """Find out anew when users are to be reminded, all or one."""

    async def find(after: uuid.UUID) -> Sequence[Row[Any]]:
        return await kit.store.transact(lambda connection: connection.fetch(_SPACES_WITH_PENDING, {"after": after}))

    async def renew(space: SpaceRef) -> None:
        await _Refreshing(kit, space, user_id).run()

    await each_space("refreshing reminders", kit.settings.namespace, find, renew)


async def refresh_all(kit: Kit, _since: datetime | None) -> None:
    """Find out anew when everybody is to be reminded: zones change their rules."""
    await refresh(kit)


async def follow(kit: Kit, since: datetime | None) -> None:
    """Bring the reminders of users of the kit's accounts who have moved lately to where they are."""
    if kit.people is None:
        return
    begin = kit.host.now() - _MOVED_LATELY if since is None else since - _FOLLOWED_AGAIN
    namespace = kit.settings.namespace
    for user_id in await kit.people.moved_since(begin, _MOST_MOVED):
        await _Refreshing(kit, personal_space(namespace, user_id), user_id).run()
        for space_id in await teams_of(kit, user_id):
            await _Refreshing(kit, team_space(space_id), user_id).run()


@dataclass(frozen=True, slots=True)
class _Refreshing(ReminderWorker):
    """Goes through the reminders of a space; whom to ask about users it asks while it holds no lock."""

    space: SpaceRef
    user_id: str | None
    recipients: dict[str, Recipient | None] = field(default_factory=dict)

    async def run(self) -> None:
        after = _BEGINNING
        while rows := await self.look(self.space, lambda work: self._page(work, after)):  # noqa: B023  (called here)
            await self._renew(rows)
            after = rows[-1].id

    async def _page(self, work: Work, after: uuid.UUID) -> Sequence[Row[Any]]:
        work.authorise()
        return await Rezoning(work).page(self.user_id, after)

    async def _renew(self, rows: Sequence[Row[Any]]) -> None:
        places: dict[uuid.UUID, Mapping[str, Any]] = {}
        for row in rows:
            recipient = await self._recipient(row)
            place = {} if recipient is None else changes_of_user(row, recipient)
            if recipient is not None and rezoned(row, place, self.kit.host.now()):
                places[row.id] = place
        if places:
            await self.write(self.space, lambda work: _renew(work, places))

    async def _recipient(self, row: Row[Any]) -> Recipient | None:
        if row.user_id not in self.recipients:
            if len(self.recipients) >= AT_ONCE:
                self.recipients.clear()
            self.recipients[row.user_id] = await Reminding(self.kit).recipient(row, self.space)
        return self.recipients[row.user_id]


async def _renew(work: Work, places: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
    work.authorise()
    await Rezoning(work).renew(list(places), lambda row: places[row.id])
