"""The services without HTTP, in a transaction of the host, which the host commits; `sync_services` is the twin."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from fastapi_todo_kit.access import UTC_ZONE, Membership
from fastapi_todo_kit.callers import Caller
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.labels.service import LabelService
from fastapi_todo_kit.lists.service import ListService
from fastapi_todo_kit.policy import Action
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
    SpacePage,
    SpaceRead,
    TodoCreate,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
    TrashPage,
    Upcoming,
)
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.spaces.service import SpaceService
from fastapi_todo_kit.storage.tables import NEVER
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.todos.occurrences.service import TodoCompletion
from fastapi_todo_kit.todos.placement import TodoPlacement
from fastapi_todo_kit.todos.service import TodoService
from fastapi_todo_kit.trash.service import TrashService

T = TypeVar("T")


class Verbs:
    """Methods of a service, each a unit of work of its own."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def _run(self, action: Action, operation: Callable[[Work], Awaitable[T]]) -> T:
        return await self._caller.run(action, operation)


class Todos(Verbs):
    """What can be done with todos."""

    async def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for."""
        return await self._run(Action.READ_TODO, lambda work: TodoService(work).page(query))

    async def subtasks(self, todo_id: uuid.UUID, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo."""
        return await self._run(Action.READ_TODO, lambda work: TodoService(work).subtasks(todo_id, query))

    async def get(self, todo_id: uuid.UUID) -> TodoRead:
        """Return a living todo."""
        return await self._run(Action.READ_TODO, lambda work: TodoService(work).get(todo_id))

    async def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list.

        Raises:
            ListNotFound, TodoNotFound, LabelNotFound: what it names is not there.
            WrongReference: its list is not its parent's.
            ListArchived, TodoClosed, MoveImpossible, LimitReached, AlreadyExists
        """
        return await self._run(Action.CREATE_TODO, lambda work: TodoService(work).create(new))

    async def update(self, todo_id: uuid.UUID, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
            TodoClosed: the status of a closed todo is changed by `reopen`.
        """
        return await self._run(Action.UPDATE_TODO, lambda work: TodoService(work).update(todo_id, changes, versions))

    async def delete(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        return await self._run(Action.DELETE_TODO, lambda work: TodoService(work).delete(todo_id, versions))

    async def complete(
        self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION, occurrence: str | None = None
    ) -> TodoRead:
        """Complete a todo and its open subtasks, or the present occurrence of a todo that recurs.

        What is completed stays as it is: the todo, or the occurrence that is named by its slot or by a version.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is cancelled.
            WrongOccurrence: the todo is at another one, and never was at this.
        """
        return await self._run(
            Action.COMPLETE_TODO, lambda work: TodoCompletion(work).complete(todo_id, versions, occurrence)
        )

    async def skip(
        self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION, occurrence: str | None = None
    ) -> TodoRead:
        """Leave out the present occurrence of a todo that recurs; the last one cancels it.

        Raises:
            TodoNotFound, PreconditionFailed, TodoDoesNotRecur, TodoClosed, WrongOccurrence
        """
        return await self._run(
            Action.COMPLETE_TODO, lambda work: TodoCompletion(work).skip(todo_id, versions, occurrence)
        )

    async def undo(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take back what was done last with an occurrence of a todo: its values and its subtasks are as before.

        Raises:
            TodoNotFound, PreconditionFailed
            NothingToUndo: nothing was done with any, or its recurrence was changed since.
            TodoClosed: it was closed since, by itself or with its parent.
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).undo(todo_id, versions))

    async def occurrences(self, todo_id: uuid.UUID, limit: int = 50, cursor: str | None = None) -> OccurrencePage:
        """Return the occurrences of a todo that are done with, the last one first.

        Raises:
            TodoNotFound, InvalidCursor
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).occurrences(todo_id, limit, cursor))

    async def upcoming(self, todo_id: uuid.UUID, limit: int = 10) -> Upcoming:
        """Return the occurrences behind the present one; none where the todo does not recur, or is closed.

        Raises:
            TodoNotFound
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).upcoming(todo_id, limit))

    async def preview_recurrence(self, asked: RecurrencePreview) -> RecurrencePreviewed:
        """Return a recurrence as it would be stored, in words, and its first occurrences.

        Raises:
            InvalidInput: the rule does not go with the due.
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).preview(asked))

    async def reopen(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).reopen(todo_id, versions))

    async def cancel(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks; a cancelled one stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is completed.
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).cancel(todo_id, versions))

    async def add_label(self, todo_id: uuid.UUID, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
        """
        return await self._run(
            Action.UPDATE_TODO, lambda work: TodoService(work).add_label(todo_id, label_id, versions)
        )

    async def remove_label(self, todo_id: uuid.UUID, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed
        """
        return await self._run(
            Action.UPDATE_TODO, lambda work: TodoService(work).remove_label(todo_id, label_id, versions)
        )

    async def move(self, todo_id: uuid.UUID, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, or in another place.

        Raises:
            TodoNotFound, ListNotFound, PreconditionFailed, ListArchived, LimitReached
            MoveImpossible: it would be its own ancestor, or too deep.
            TodoClosed: an open todo cannot go below a closed one.
            WrongReference: the list is not the parent's, or the neighbour is not a sibling there.
        """
        return await self._run(Action.UPDATE_TODO, lambda work: TodoPlacement(work).move(todo_id, target, versions))

    async def restore(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list.

        It becomes a root where its parent is gone, or was moved too deep meanwhile.

        Raises:
            TodoNotFound: it is not in the trash.
            ListDeleted, ListArchived, LimitReached, PreconditionFailed
        """
        return await self._run(Action.UPDATE_TODO, lambda work: TodoPlacement(work).restore(todo_id, versions))

    async def duplicate(self, todo_id: uuid.UUID) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open.

        Raises:
            TodoNotFound, ListArchived, LimitReached
            TodoClosed: its parent is closed.
        """
        return await self._run(Action.CREATE_TODO, lambda work: TodoPlacement(work).duplicate(todo_id))


class Lists(Verbs):
    """What can be done with lists."""

    async def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, with counts where asked."""
        return await self._run(Action.READ_LIST, lambda work: ListService(work).page(query))

    async def get(self, list_id: uuid.UUID) -> ListRead:
        """Return a living list."""
        return await self._run(Action.READ_LIST, lambda work: ListService(work).get(list_id))

    async def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end.

        Raises:
            LimitReached: the space holds as many lists as it may.
            AlreadyExists: the id is taken.
            InvalidInput: the host's model refuses `extra`.
        """
        return await self._run(Action.CREATE_LIST, lambda work: ListService(work).create(new))

    async def update(self, list_id: uuid.UUID, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent.

        Raises:
            ListNotFound, PreconditionFailed
            InvalidInput: the host's model refuses `extra`.
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).update(list_id, changes, versions))

    async def delete(
        self, list_id: uuid.UUID, versions: Versions = ANY_VERSION, move_to: uuid.UUID | None = None
    ) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list.

        Raises:
            ListNotFound, PreconditionFailed
            InboxProtected: it is the inbox.
            WrongReference: the todos would move to the list that goes.
        """
        return await self._run(Action.DELETE_LIST, lambda work: ListService(work).delete(list_id, versions, move_to))

    async def archive(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again.

        Raises:
            ListNotFound, PreconditionFailed, InboxProtected
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).archive(list_id, versions))

    async def unarchive(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive.

        Raises:
            ListNotFound, PreconditionFailed
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).unarchive(list_id, versions))

    async def move(self, list_id: uuid.UUID, target: ListMove, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list before or after another.

        Raises:
            ListNotFound: either of the two.
            WrongReference: both are the same list.
            PreconditionFailed
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).move(list_id, target, versions))

    async def restore(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it.

        Raises:
            ListNotFound: it is not in the trash.
            LimitReached, PreconditionFailed
        """
        return await self._run(Action.UPDATE_LIST, lambda work: ListService(work).restore(list_id, versions))

    async def duplicate(self, list_id: uuid.UUID) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox.

        Raises:
            ListNotFound, LimitReached
        """
        return await self._run(Action.CREATE_LIST, lambda work: ListService(work).duplicate(list_id))


class Labels(Verbs):
    """What can be done with labels."""

    async def page(self, limit: int = 50, cursor: str | None = None) -> LabelPage:
        """Return labels by name, without regard to case."""
        return await self._run(Action.READ_LABEL, lambda work: LabelService(work).page(limit, cursor))

    async def get(self, label_id: uuid.UUID) -> LabelRead:
        """Return a label."""
        return await self._run(Action.READ_LABEL, lambda work: LabelService(work).get(label_id))

    async def create(self, new: LabelCreate) -> LabelRead:
        """Add a label.

        Raises:
            AlreadyExists: the id or, without regard to case, the name is taken.
            LimitReached: the space holds as many labels as it may.
        """
        return await self._run(Action.CREATE_LABEL, lambda work: LabelService(work).create(new))

    async def update(self, label_id: uuid.UUID, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is.

        Raises:
            LabelNotFound, PreconditionFailed
            AlreadyExists: another label has the name; merge the two instead.
        """
        return await self._run(Action.UPDATE_LABEL, lambda work: LabelService(work).update(label_id, changes, versions))

    async def delete(self, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself.

        Raises:
            LabelNotFound, PreconditionFailed
        """
        return await self._run(Action.DELETE_LABEL, lambda work: LabelService(work).delete(label_id, versions))

    async def merge(self, label_id: uuid.UUID, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one.

        Raises:
            LabelNotFound: either of the two.
            WrongReference: both are the same label.
            PreconditionFailed
        """
        return await self._run(Action.DELETE_LABEL, lambda work: LabelService(work).merge(label_id, target, versions))


class Trash(Verbs):
    """What can be done with the trash."""

    async def page(self, limit: int = 50, cursor: str | None = None) -> TrashPage:
        """Return deleted lists and todos, the last one first."""
        return await self._run(Action.READ_TRASH, lambda work: TrashService(work).page(limit, cursor))

    async def purge(self, cutoff: datetime = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything.

        Raises:
            Forbidden

        Whatever hangs from a deleted object was deleted no later, so nothing living refers to what goes.
        """
        return await self._run(Action.PURGE_TRASH, lambda work: TrashService(work).purge(cutoff))


class Spaces(Verbs):
    """What there is to know about spaces."""

    async def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).page())

    async def current(self) -> SpaceRead:
        """Return the space of this call."""
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).current())


class TodoServices:
    """The services of one user in one space, inside a transaction of the host."""

    def __init__(self, caller: Caller) -> None:
        self.todos: Todos = Todos(caller)
        self.lists: Lists = Lists(caller)
        self.labels: Labels = Labels(caller)
        self.trash: Trash = Trash(caller)
        self.spaces: Spaces = Spaces(caller)


@asynccontextmanager
async def todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession,
    user_id: object,
    tenant: Membership | str | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> AsyncIterator[TodoServices]:
    """Yield the services of a user, working in a session of the host that holds the kit's tables.

    They never commit: what they write shares the fate of the host's transaction, and its changes are announced to
    `Host.on_change` when that commits. Each call is a savepoint, so one that fails leaves nothing behind. They raise
    the errors that the API answers with, and append to the same change log.

    Args:
        settings: which limits hold, and the namespace of the users.
        host: whose policy, models and hooks hold; those of the default host without one.
        session: the host's, which the host commits.
        user_id: who does it; `str(user_id)` is the id that the API knows the user by.
        tenant: the key of the tenant whose space it is about, or a `Membership`; by default the user's own space.
        time_zone: what "today" and "overdue" mean.
    """
    yield TodoServices(Caller.of(settings, host, session, user_id=user_id, tenant=tenant, time_zone=time_zone))
