"""The verbs of reminders."""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.services.verbs.base import Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Reminders(Verbs):
    """What can be done with the user's own reminders."""

    async def mine(self, query: ReminderQuery) -> ReminderPage:
        """Return the reminders of open todos in the order in which they will remind."""
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).mine(query))

    async def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> ReminderPage:
        """Return the reminders of a todo, as they were made."""
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).page(todo_id, limit, cursor))

    async def get(self, todo_id: Id, reminder_id: Id) -> ReminderRead:
        """Return a reminder."""
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).get(todo_id, reminder_id))

    async def create(self, todo_id: Id, new: ReminderCreate) -> ReminderRead:
        """Let the user be reminded of a todo; a reminder of this id that is just so already is returned as it is.

        Raises:
            TodoNotFound, LimitReached, AlreadyExists
            InvalidInput: the time has passed already.
            RemindersUnavailable: nobody says who still belongs to the tenant.
        """
        return await self._run(Action.SET_REMINDER, lambda work: ReminderService(work).create(todo_id, new))

    async def update(
        self, todo_id: Id, reminder_id: Id, changes: ReminderUpdate, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Give a reminder another time, which it has not reminded at yet.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
            InvalidInput: the time has passed already.
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).update(todo_id, reminder_id, changes, versions)
        )

    async def delete(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a reminder.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).delete(todo_id, reminder_id, versions)
        )

    async def snooze(
        self, todo_id: Id, reminder_id: Id, asked: ReminderSnooze, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Let a reminder be silent until a moment, and remind then.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
            InvalidInput: the moment has passed already.
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).snooze(todo_id, reminder_id, asked, versions)
        )

    async def dismiss(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> ReminderRead:
        """Let a reminder not remind, until its todo recurs or gets another time.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).dismiss(todo_id, reminder_id, versions)
        )
