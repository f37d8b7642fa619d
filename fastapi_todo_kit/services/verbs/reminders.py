"""The verbs of reminders.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.reminders.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Reminders(Verbs):
    """What can be done with reminders."""

    async def mine(self, query: ReminderQuery) -> ReminderPage:
        """Return the reminders of open todos in the order in which they will remind.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).mine(query), spans=True)

    async def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> ReminderPage:
        """Return the reminders of a todo, as they were made.

        Raises:
            TodoNotFound, InvalidCursor
        """
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).page(todo_id, limit, cursor))

    async def get(self, todo_id: Id, reminder_id: Id) -> ReminderRead:
        """Return a reminder.

        Raises:
            TodoNotFound, ReminderNotFound
        """
        return await self._run(Action.READ_REMINDER, lambda work: ReminderService(work).get(todo_id, reminder_id))

    async def create(self, todo_id: Id, new: ReminderCreate) -> ReminderRead:
        """Let the user be reminded of a todo; a reminder of this id that is just so already is returned as it is.

        Raises:
            TodoNotFound, LimitReached
            TodoClosed: it would not remind before the todo is reopened.
            InvalidInput: the time has passed already.
            AlreadyExists: the id is taken, or the user is reminded at this moment already.
            RemindersUnavailable: nobody says who still belongs to the tenant.
        """
        return await self._run(Action.SET_REMINDER, lambda work: ReminderService(work).create(todo_id, new))

    async def update(
        self, todo_id: Id, reminder_id: Id, changes: ReminderUpdate, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Give a reminder another time, which it has not reminded at yet.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed, TodoClosed
            InvalidInput: the time has passed already.
            AlreadyExists: the user has another reminder at this moment.
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
            TodoNotFound, ReminderNotFound, PreconditionFailed, TodoClosed
            InvalidInput: the moment has passed already.
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).snooze(todo_id, reminder_id, asked, versions)
        )

    async def dismiss(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> ReminderRead:
        """Let a reminder not remind, until its todo recurs or gets another time; a dismissed one stays as it is.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
        """
        return await self._run(
            Action.SET_REMINDER, lambda work: ReminderService(work).dismiss(todo_id, reminder_id, versions)
        )


class SyncReminders(SyncVerbs[Reminders]):
    """The sync twin, which raises the same errors."""

    def mine(self, query: ReminderQuery) -> ReminderPage:
        """Return the reminders of open todos in the order in which they will remind."""
        return self._drive(self._twin.mine(query))

    def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> ReminderPage:
        """Return the reminders of a todo, as they were made."""
        return self._drive(self._twin.page(todo_id, limit, cursor))

    def get(self, todo_id: Id, reminder_id: Id) -> ReminderRead:
        """Return a reminder."""
        return self._drive(self._twin.get(todo_id, reminder_id))

    def create(self, todo_id: Id, new: ReminderCreate) -> ReminderRead:
        """Let the user be reminded of a todo; a reminder of this id that is just so already is returned as it is."""
        return self._drive(self._twin.create(todo_id, new))

    def update(
        self, todo_id: Id, reminder_id: Id, changes: ReminderUpdate, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Give a reminder another time, which it has not reminded at yet."""
        return self._drive(self._twin.update(todo_id, reminder_id, changes, versions))

    def delete(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a reminder."""
        return self._drive(self._twin.delete(todo_id, reminder_id, versions))

    def snooze(
        self, todo_id: Id, reminder_id: Id, asked: ReminderSnooze, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Let a reminder be silent until a moment, and remind then."""
        return self._drive(self._twin.snooze(todo_id, reminder_id, asked, versions))

    def dismiss(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> ReminderRead:
        """Let a reminder not remind, until its todo recurs or gets another time; a dismissed one stays as it is."""
        return self._drive(self._twin.dismiss(todo_id, reminder_id, versions))
