"""Reminders of users who have moved to another zone, and of zones that have other rules: some at a time."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from fastapi_todo_kit.features.reminders.moments import moment_of, timed
from fastapi_todo_kit.features.reminders.repository import ReminderRepository, times_of_todo
from fastapi_todo_kit.storage.jobs import schedule, schedule_all
from fastapi_todo_kit.storage.work import Work

REMINDING: Final = "reminder"
"""The kind of the jobs that remind; their key is the id of a reminder."""
REZONING: Final = "rezone"
"""The kind of the jobs that bring what is left of a user's reminders into the zone of the user."""
AT_ONCE: Final = 100
"""How many reminders one unit of work touches, which takes some hundredths of a second."""


class Rezoning:
    """Finds out anew when reminders are due, within the space of a unit of work; none is lost by it.

    A snooze goes on, for it ends at a moment. What would have reminded already reminds at once, and what has reminded
    does not do it again.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._reminders = ReminderRepository(work)

    async def bring(self, user_id: str, to: Mapping[str, Any]) -> bool:
        """Bring reminders of a user to a `zone` and `day_minute`, `AT_ONCE` at most; say whether there may be more."""
        rows = await self._reminders.of_elsewhere(user_id, **to, limit=AT_ONCE)
        await self._save([(row, to) for row in rows])
        return len(rows) == AT_ONCE

    async def hand_over(self, user_id: str, to: Mapping[str, Any]) -> None:
        """Let a worker bring those that are left; who moves on before it does is brought to the last place only."""
        key = hashlib.sha256(user_id.encode()).hexdigest()
        await schedule(self._work, REZONING, key, self._work.now, user_id=user_id, argument=dict(to))

    async def page(self, user_id: str | None, after: uuid.UUID) -> Sequence[Row[Any]]:
        """Return the next `AT_ONCE` reminders still to come, of one user or of all, by their ids, for `rezoned`."""
        return await self._reminders.all_pending(user_id, after, AT_ONCE)

    async def renew(self, ids: Sequence[uuid.UUID], place_of: Callable[[Row[Any]], Mapping[str, Any]]) -> None:
        """Find out anew when reminders are due, of each of which a function says the zone and hour that are others."""
        await self._save([(row, place_of(row)) for row in await self._reminders.by_ids(ids)])

    async def _save(self, rows: Sequence[tuple[Row[Any], Mapping[str, Any]]]) -> None:
        """Write down when reminders are due, each with the columns that have become others, where that is new."""
        changed = [(row, columns) for row, place in rows if (columns := rezoned(row, place, self._work.now))]
        updates = []
        for row, columns in changed:
            stamp = {"version": row.version + 1, "updated_at": self._work.now}
            updates.append({"row_id": row.id, **columns, **stamp})
            self._reminders.log(row._asdict(), "updated", stamp["version"])
        await self._reminders.update_many(updates)
        moved = [(row.id.hex, columns["next_at"]) for row, columns in changed if columns["next_at"] != row.next_at]
        await schedule_all(self._work, REMINDING, moved)


def rezoned(row: Row[Any], place: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the columns of a reminder, joined with its todo, where it is now; empty where it is as it was."""
    todo, before = times_of_todo(row), row._asdict()
    columns = {**{name: before[name] for name in ("zone", "day_minute", "done_moment")}, **place}
    changed = {**before, **columns}
    if row.done_moment == row.moment:
        changed["done_moment"] = columns["done_moment"] = moment_of(changed, todo)
    columns |= timed(changed, todo, now)
    if row.next_at is not None:
        columns["next_at"] = columns["moment"] if row.snoozed_until is None else row.next_at
    return columns if any(before[name] != value for name, value in columns.items()) else {}
