"""The sync twin of `services`, for hosts on a sync session: the same methods, the same words."""

import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

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
    Purged,
    SpacePage,
    SpaceRead,
    TodoCreate,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
    TrashPage,
)
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.spaces.service import SpaceService
from fastapi_todo_kit.storage.sessions import drive
from fastapi_todo_kit.storage.tables import NEVER
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.todos.placement import TodoPlacement
from fastapi_todo_kit.todos.service import TodoService
from fastapi_todo_kit.trash.service import TrashService

T = TypeVar("T")


class SyncVerbs:
    """Methods of a service, each a unit of work of its own."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _run(self, action: Action, operation: Callable[[Work], Awaitable[T]]) -> T:
        return drive(self._caller.run(action, operation))


class SyncTodos(SyncVerbs):
    """What can be done with todos."""

    def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for."""
        return self._run(Action.READ_TODO, lambda work: TodoService(work).page(query))

    def subtasks(self, todo_id: uuid.UUID, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo."""
        return self._run(Action.READ_TODO, lambda work: TodoService(work).subtasks(todo_id, query))

    def get(self, todo_id: uuid.UUID) -> TodoRead:
        """Return a living todo."""
        return self._run(Action.READ_TODO, lambda work: TodoService(work).get(todo_id))

    def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list."""
        return self._run(Action.CREATE_TODO, lambda work: TodoService(work).create(new))

    def update(self, todo_id: uuid.UUID, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent."""
        return self._run(Action.UPDATE_TODO, lambda work: TodoService(work).update(todo_id, changes, versions))

    def delete(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch."""
        return self._run(Action.DELETE_TODO, lambda work: TodoService(work).delete(todo_id, versions))

    def complete(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Complete a todo and its open subtasks; a completed one stays as it is."""
        return self._run(Action.COMPLETE_TODO, lambda work: TodoService(work).complete(todo_id, versions))

    def reopen(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors."""
        return self._run(Action.COMPLETE_TODO, lambda work: TodoService(work).reopen(todo_id, versions))

    def cancel(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks; a cancelled one stays as it is."""
        return self._run(Action.COMPLETE_TODO, lambda work: TodoService(work).cancel(todo_id, versions))

    def add_label(self, todo_id: uuid.UUID, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is."""
        return self._run(Action.UPDATE_TODO, lambda work: TodoService(work).add_label(todo_id, label_id, versions))

    def remove_label(self, todo_id: uuid.UUID, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is."""
        return self._run(Action.UPDATE_TODO, lambda work: TodoService(work).remove_label(todo_id, label_id, versions))

    def move(self, todo_id: uuid.UUID, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, or in another place."""
        return self._run(Action.UPDATE_TODO, lambda work: TodoPlacement(work).move(todo_id, target, versions))

    def restore(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list."""
        return self._run(Action.UPDATE_TODO, lambda work: TodoPlacement(work).restore(todo_id, versions))

    def duplicate(self, todo_id: uuid.UUID) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open."""
        return self._run(Action.CREATE_TODO, lambda work: TodoPlacement(work).duplicate(todo_id))


class SyncLists(SyncVerbs):
    """What can be done with lists."""

    def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, with counts where asked."""
        return self._run(Action.READ_LIST, lambda work: ListService(work).page(query))

    def get(self, list_id: uuid.UUID) -> ListRead:
        """Return a living list."""
        return self._run(Action.READ_LIST, lambda work: ListService(work).get(list_id))

    def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end."""
        return self._run(Action.CREATE_LIST, lambda work: ListService(work).create(new))

    def update(self, list_id: uuid.UUID, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent."""
        return self._run(Action.UPDATE_LIST, lambda work: ListService(work).update(list_id, changes, versions))

    def delete(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION, move_to: uuid.UUID | None = None) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list."""
        return self._run(Action.DELETE_LIST, lambda work: ListService(work).delete(list_id, versions, move_to))

    def archive(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again."""
        return self._run(Action.UPDATE_LIST, lambda work: ListService(work).archive(list_id, versions))

    def unarchive(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive."""
        return self._run(Action.UPDATE_LIST, lambda work: ListService(work).unarchive(list_id, versions))

    def move(self, list_id: uuid.UUID, target: ListMove, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list before or after another."""
        return self._run(Action.UPDATE_LIST, lambda work: ListService(work).move(list_id, target, versions))

    def restore(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it."""
        return self._run(Action.UPDATE_LIST, lambda work: ListService(work).restore(list_id, versions))

    def duplicate(self, list_id: uuid.UUID) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox."""
        return self._run(Action.CREATE_LIST, lambda work: ListService(work).duplicate(list_id))


class SyncLabels(SyncVerbs):
    """What can be done with labels."""

    def page(self, limit: int = 50, cursor: str | None = None) -> LabelPage:
        """Return labels by name, without regard to case."""
        return self._run(Action.READ_LABEL, lambda work: LabelService(work).page(limit, cursor))

    def get(self, label_id: uuid.UUID) -> LabelRead:
        """Return a label."""
        return self._run(Action.READ_LABEL, lambda work: LabelService(work).get(label_id))

    def create(self, new: LabelCreate) -> LabelRead:
        """Add a label."""
        return self._run(Action.CREATE_LABEL, lambda work: LabelService(work).create(new))

    def update(self, label_id: uuid.UUID, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is."""
        return self._run(Action.UPDATE_LABEL, lambda work: LabelService(work).update(label_id, changes, versions))

    def delete(self, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself."""
        return self._run(Action.DELETE_LABEL, lambda work: LabelService(work).delete(label_id, versions))

    def merge(self, label_id: uuid.UUID, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one."""
        return self._run(Action.DELETE_LABEL, lambda work: LabelService(work).merge(label_id, target, versions))


class SyncTrash(SyncVerbs):
    """What can be done with the trash."""

    def page(self, limit: int = 50, cursor: str | None = None) -> TrashPage:
        """Return deleted lists and todos, the last one first."""
        return self._run(Action.READ_TRASH, lambda work: TrashService(work).page(limit, cursor))

    def purge(self, cutoff: datetime = NEVER) -> Purged:
        """Remove for good what was deleted before the cutoff: by default everything."""
        return self._run(Action.PURGE_TRASH, lambda work: TrashService(work).purge(cutoff))


class SyncSpaces(SyncVerbs):
    """What there is to know about spaces."""

    def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        return self._run(Action.READ_SPACE, lambda work: SpaceService(work).page())

    def current(self) -> SpaceRead:
        """Return the space of this call."""
        return self._run(Action.READ_SPACE, lambda work: SpaceService(work).current())


class SyncTodoServices:
    """The services of one user in one space, inside a transaction of a host on a sync session."""

    def __init__(self, caller: Caller) -> None:
        self.todos: SyncTodos = SyncTodos(caller)
        self.lists: SyncLists = SyncLists(caller)
        self.labels: SyncLabels = SyncLabels(caller)
        self.trash: SyncTrash = SyncTrash(caller)
        self.spaces: SyncSpaces = SyncSpaces(caller)


@contextmanager
def sync_todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: Session,
    user_id: object,
    tenant: Membership | str | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> Iterator[SyncTodoServices]:
    """Yield the sync twin of `todo_services`, which says what the arguments mean."""
    yield SyncTodoServices(Caller.of(settings, host, session, user_id=user_id, tenant=tenant, time_zone=time_zone))
