"""The sync twin of `services`, for hosts on a sync session: the same methods, the same words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import UTC_ZONE, HostKey, Membership
from fastapi_todo_kit.core.fields import Id, Instant, PageCursor, PageLimit, UpcomingLimit
from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.schemas import (
    LabelCreate,
    LabelMerge,
    LabelPage,
    LabelRead,
    LabelUpdate,
    ListCreate,
    ListMove,
    ListPage,
    ListQuery,
    ListRead,
    ListUpdate,
    OccurrencePage,
    Purged,
    RecurrencePreview,
    RecurrencePreviewed,
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
    SpacePage,
    SpaceRead,
    TodoCreate,
    TodoImport,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
    TrashPage,
    Upcoming,
)
from fastapi_todo_kit.services import TodoServices
from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.services.verbs.labels import Labels
from fastapi_todo_kit.services.verbs.lists import Lists
from fastapi_todo_kit.services.verbs.reminders import Reminders
from fastapi_todo_kit.services.verbs.spaces import Spaces, Trash
from fastapi_todo_kit.services.verbs.todos import Todos
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.sessions import drive
from fastapi_todo_kit.storage.tables import NEVER
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class SyncTodos:
    """What can be done with todos."""

    def __init__(self, twin: Todos) -> None:
        self._twin = twin

    def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for."""
        return drive(self._twin.page(query))

    def subtasks(self, todo_id: Id, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo."""
        return drive(self._twin.subtasks(todo_id, query))

    def get(self, todo_id: Id) -> TodoRead:
        """Return a living todo."""
        return drive(self._twin.get(todo_id))

    def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list; one of this id that is just so already is returned as it is."""
        return drive(self._twin.create(new))

    def create_many(self, items: Sequence[TodoImport]) -> list[TodoRead]:
        """Add todos at the end of their lists, in the order of the items; what is there just so already stays."""
        return drive(self._twin.create_many(items))

    def update(self, todo_id: Id, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent."""
        return drive(self._twin.update(todo_id, changes, versions))

    def delete(self, todo_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch."""
        return drive(self._twin.delete(todo_id, versions))

    def complete(
        self,
        todo_id: Id,
        versions: Versions = ANY_VERSION,
        occurrence: str | None = None,
        completed_at: Instant | None = None,
    ) -> TodoRead:
        """Complete a todo and its open subtasks, or the present occurrence of a todo that recurs."""
        return drive(self._twin.complete(todo_id, versions, occurrence, completed_at))

    def skip(self, todo_id: Id, versions: Versions = ANY_VERSION, occurrence: str | None = None) -> TodoRead:
        """Leave out the present occurrence of a todo that recurs; the last one cancels it."""
        return drive(self._twin.skip(todo_id, versions, occurrence))

    def undo(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take back what was done last with an occurrence of a todo: its values and its subtasks are as before."""
        return drive(self._twin.undo(todo_id, versions))

    def occurrences(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> OccurrencePage:
        """Return the occurrences of a todo that are done with, the last one first."""
        return drive(self._twin.occurrences(todo_id, limit, cursor))

    def upcoming(self, todo_id: Id, limit: UpcomingLimit = 10) -> Upcoming:
        """Return the occurrences behind the present one; none where the todo does not recur, or is closed."""
        return drive(self._twin.upcoming(todo_id, limit))

    def preview_recurrence(self, asked: RecurrencePreview) -> RecurrencePreviewed:
        """Return a recurrence as it would be stored, in words, and its first occurrences."""
        return drive(self._twin.preview_recurrence(asked))

    def reopen(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors."""
        return drive(self._twin.reopen(todo_id, versions))

    def cancel(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks; a cancelled one stays as it is."""
        return drive(self._twin.cancel(todo_id, versions))

    def add_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is."""
        return drive(self._twin.add_label(todo_id, label_id, versions))

    def remove_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is."""
        return drive(self._twin.remove_label(todo_id, label_id, versions))

    def move(self, todo_id: Id, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, or in another place."""
        return drive(self._twin.move(todo_id, target, versions))

    def restore(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list."""
        return drive(self._twin.restore(todo_id, versions))

    def duplicate(self, todo_id: Id) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open."""
        return drive(self._twin.duplicate(todo_id))


class SyncLists:
    """What can be done with lists."""

    def __init__(self, twin: Lists) -> None:
        self._twin = twin

    def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, with counts where asked."""
        return drive(self._twin.page(query))

    def get(self, list_id: Id) -> ListRead:
        """Return a living list."""
        return drive(self._twin.get(list_id))

    def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end; one of this id that is just so already is returned as it is."""
        return drive(self._twin.create(new))

    def update(self, list_id: Id, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent."""
        return drive(self._twin.update(list_id, changes, versions))

    def delete(self, list_id: Id, versions: Versions = ANY_VERSION, move_to: Id | None = None) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list."""
        return drive(self._twin.delete(list_id, versions, move_to))

    def archive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again."""
        return drive(self._twin.archive(list_id, versions))

    def unarchive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive."""
        return drive(self._twin.unarchive(list_id, versions))

    def move(self, list_id: Id, target: ListMove, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list before or after another."""
        return drive(self._twin.move(list_id, target, versions))

    def restore(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it."""
        return drive(self._twin.restore(list_id, versions))

    def duplicate(self, list_id: Id) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox."""
        return drive(self._twin.duplicate(list_id))


class SyncReminders:
    """What can be done with the user's own reminders."""

    def __init__(self, twin: Reminders) -> None:
        self._twin = twin

    def mine(self, query: ReminderQuery) -> ReminderPage:
        """Return the reminders of open todos in the order in which they will remind."""
        return drive(self._twin.mine(query))

    def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> ReminderPage:
        """Return the reminders of a todo, as they were made."""
        return drive(self._twin.page(todo_id, limit, cursor))

    def get(self, todo_id: Id, reminder_id: Id) -> ReminderRead:
        """Return a reminder."""
        return drive(self._twin.get(todo_id, reminder_id))

    def create(self, todo_id: Id, new: ReminderCreate) -> ReminderRead:
        """Let the user be reminded of a todo; a reminder of this id that is just so already is returned as it is."""
        return drive(self._twin.create(todo_id, new))

    def update(
        self, todo_id: Id, reminder_id: Id, changes: ReminderUpdate, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Give a reminder another time, which it has not reminded at yet."""
        return drive(self._twin.update(todo_id, reminder_id, changes, versions))

    def delete(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a reminder."""
        return drive(self._twin.delete(todo_id, reminder_id, versions))

    def snooze(
        self, todo_id: Id, reminder_id: Id, asked: ReminderSnooze, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Let a reminder be silent until a moment, and remind then."""
        return drive(self._twin.snooze(todo_id, reminder_id, asked, versions))

    def dismiss(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> ReminderRead:
        """Let a reminder not remind, until its todo recurs or gets another time."""
        return drive(self._twin.dismiss(todo_id, reminder_id, versions))


class SyncLabels:
    """What can be done with labels."""

    def __init__(self, twin: Labels) -> None:
        self._twin = twin

    def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> LabelPage:
        """Return labels by name, without regard to case."""
        return drive(self._twin.page(limit, cursor))

    def get(self, label_id: Id) -> LabelRead:
        """Return a label."""
        return drive(self._twin.get(label_id))

    def create(self, new: LabelCreate) -> LabelRead:
        """Add a label; one of this id that is just so already is returned as it is."""
        return drive(self._twin.create(new))

    def update(self, label_id: Id, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is."""
        return drive(self._twin.update(label_id, changes, versions))

    def delete(self, label_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself."""
        return drive(self._twin.delete(label_id, versions))

    def merge(self, label_id: Id, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one."""
        return drive(self._twin.merge(label_id, target, versions))


class SyncTrash:
    """What can be done with the trash."""

    def __init__(self, twin: Trash) -> None:
        self._twin = twin

    def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> TrashPage:
        """Return deleted lists and todos, the last one first."""
        return drive(self._twin.page(limit, cursor))

    def purge(self, cutoff: Instant = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything."""
        return drive(self._twin.purge(cutoff))


class SyncSpaces:
    """What there is to know about spaces."""

    def __init__(self, twin: Spaces) -> None:
        self._twin = twin

    def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        return drive(self._twin.page())

    def current(self) -> SpaceRead:
        """Return the space of this call."""
        return drive(self._twin.current())


class SyncTodoServices:
    """The services of one user in one space, inside a transaction of a host on a sync session.

    Args:
        twin: the async services on that session, whose coroutines never wait.
    """

    def __init__(self, twin: TodoServices) -> None:
        self.twin: TodoServices = twin
        self.todos: SyncTodos = SyncTodos(twin.todos)
        self.lists: SyncLists = SyncLists(twin.lists)
        self.reminders: SyncReminders = SyncReminders(twin.reminders)
        self.labels: SyncLabels = SyncLabels(twin.labels)
        self.trash: SyncTrash = SyncTrash(twin.trash)
        self.spaces: SyncSpaces = SyncSpaces(twin.spaces)


@contextmanager
def sync_todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: Session,
    user_id: HostKey | None,
    tenant: Membership | HostKey | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> Iterator[SyncTodoServices]:
    """Yield the sync twin of `todo_services`, which says what the arguments mean."""
    given: object = session
    if isinstance(given, AsyncSession):
        raise ConfigurationError("sync_todo_services works in a Session; with an AsyncSession write todo_services")
    caller = Caller.of(settings, host, session, user_id=user_id, tenant=tenant, time_zone=time_zone)
    yield SyncTodoServices(TodoServices(caller))
