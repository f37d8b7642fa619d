"""The services without HTTP: in a transaction of the host's own, which the host commits. Async, and a sync twin."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.access import UTC_ZONE, Access, Membership, Principal, personal_space, tenant_space
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.labels.service import LabelService
from fastapi_todo_kit.lists.service import ListService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.spaces.service import SpaceService
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.todos.placement import TodoPlacement
from fastapi_todo_kit.todos.service import TodoService
from fastapi_todo_kit.trash.service import TrashService
from fastapi_todo_kit.verbs import Caller, SyncVerb, Verb, Verbs
from fastapi_todo_kit.wiring import EVENTS

_NO_HOST: Final = Host()


@asynccontextmanager
async def todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession,
    user_id: object,
    tenant: Membership | str | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> AsyncIterator["TodoServices"]:
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
    yield TodoServices(_caller(settings, host, session, _access(settings, user_id, tenant, time_zone)))


@contextmanager
def sync_todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: Session,
    user_id: object,
    tenant: Membership | str | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> Iterator["SyncTodoServices"]:
    """Yield the sync twin of `todo_services`, for a host on a sync session."""
    yield SyncTodoServices(_caller(settings, host, session, _access(settings, user_id, tenant, time_zone)))


def _caller(settings: TodoKitSettings, host: Host | None, session: AsyncSession | Session, access: Access) -> Caller:
    return Caller(settings, host or _NO_HOST, access, SessionStore(session, commits=False), EVENTS)


def _access(settings: TodoKitSettings, user_id: object, tenant: Membership | str | None, time_zone: ZoneInfo) -> Access:
    principal = Principal(str(user_id), time_zone)
    if tenant is None:
        return Access(principal, personal_space(settings.namespace, principal.user_id))
    member = tenant if isinstance(tenant, Membership) else Membership(tenant)
    return Access(principal, tenant_space(settings.namespace, member.key), member.role)


class Todos(Verbs):
    """What can be done with todos."""

    page = Verb(Action.READ_TODO, TodoService, TodoService.page)
    subtasks = Verb(Action.READ_TODO, TodoService, TodoService.subtasks)
    get = Verb(Action.READ_TODO, TodoService, TodoService.get)
    create = Verb(Action.CREATE_TODO, TodoService, TodoService.create)
    update = Verb(Action.UPDATE_TODO, TodoService, TodoService.update)
    delete = Verb(Action.DELETE_TODO, TodoService, TodoService.delete)
    complete = Verb(Action.COMPLETE_TODO, TodoService, TodoService.complete)
    reopen = Verb(Action.COMPLETE_TODO, TodoService, TodoService.reopen)
    cancel = Verb(Action.COMPLETE_TODO, TodoService, TodoService.cancel)
    add_label = Verb(Action.UPDATE_TODO, TodoService, TodoService.add_label)
    remove_label = Verb(Action.UPDATE_TODO, TodoService, TodoService.remove_label)
    move = Verb(Action.UPDATE_TODO, TodoPlacement, TodoPlacement.move)
    restore = Verb(Action.UPDATE_TODO, TodoPlacement, TodoPlacement.restore)
    duplicate = Verb(Action.CREATE_TODO, TodoPlacement, TodoPlacement.duplicate)


class Lists(Verbs):
    """What can be done with lists."""

    page = Verb(Action.READ_LIST, ListService, ListService.page)
    get = Verb(Action.READ_LIST, ListService, ListService.get)
    create = Verb(Action.CREATE_LIST, ListService, ListService.create)
    update = Verb(Action.UPDATE_LIST, ListService, ListService.update)
    delete = Verb(Action.DELETE_LIST, ListService, ListService.delete)
    archive = Verb(Action.UPDATE_LIST, ListService, ListService.archive)
    unarchive = Verb(Action.UPDATE_LIST, ListService, ListService.unarchive)
    move = Verb(Action.UPDATE_LIST, ListService, ListService.move)
    restore = Verb(Action.UPDATE_LIST, ListService, ListService.restore)
    duplicate = Verb(Action.CREATE_LIST, ListService, ListService.duplicate)


class Labels(Verbs):
    """What can be done with labels."""

    page = Verb(Action.READ_LABEL, LabelService, LabelService.page)
    get = Verb(Action.READ_LABEL, LabelService, LabelService.get)
    create = Verb(Action.CREATE_LABEL, LabelService, LabelService.create)
    update = Verb(Action.UPDATE_LABEL, LabelService, LabelService.update)
    delete = Verb(Action.DELETE_LABEL, LabelService, LabelService.delete)
    merge = Verb(Action.DELETE_LABEL, LabelService, LabelService.merge)


class Trash(Verbs):
    """What can be done with the trash."""

    page = Verb(Action.READ_TRASH, TrashService, TrashService.page)
    purge = Verb(Action.PURGE_TRASH, TrashService, TrashService.purge)


class Spaces(Verbs):
    """What there is to know about spaces."""

    page = Verb(Action.READ_SPACE, SpaceService, SpaceService.page)
    current = Verb(Action.READ_SPACE, SpaceService, SpaceService.current)


class SyncTodos(Verbs):
    """What can be done with todos."""

    page = SyncVerb(Todos.page)
    subtasks = SyncVerb(Todos.subtasks)
    get = SyncVerb(Todos.get)
    create = SyncVerb(Todos.create)
    update = SyncVerb(Todos.update)
    delete = SyncVerb(Todos.delete)
    complete = SyncVerb(Todos.complete)
    reopen = SyncVerb(Todos.reopen)
    cancel = SyncVerb(Todos.cancel)
    add_label = SyncVerb(Todos.add_label)
    remove_label = SyncVerb(Todos.remove_label)
    move = SyncVerb(Todos.move)
    restore = SyncVerb(Todos.restore)
    duplicate = SyncVerb(Todos.duplicate)


class SyncLists(Verbs):
    """What can be done with lists."""

    page = SyncVerb(Lists.page)
    get = SyncVerb(Lists.get)
    create = SyncVerb(Lists.create)
    update = SyncVerb(Lists.update)
    delete = SyncVerb(Lists.delete)
    archive = SyncVerb(Lists.archive)
    unarchive = SyncVerb(Lists.unarchive)
    move = SyncVerb(Lists.move)
    restore = SyncVerb(Lists.restore)
    duplicate = SyncVerb(Lists.duplicate)


class SyncLabels(Verbs):
    """What can be done with labels."""

    page = SyncVerb(Labels.page)
    get = SyncVerb(Labels.get)
    create = SyncVerb(Labels.create)
    update = SyncVerb(Labels.update)
    delete = SyncVerb(Labels.delete)
    merge = SyncVerb(Labels.merge)


class SyncTrash(Verbs):
    """What can be done with the trash."""

    page = SyncVerb(Trash.page)
    purge = SyncVerb(Trash.purge)


class SyncSpaces(Verbs):
    """What there is to know about spaces."""

    page = SyncVerb(Spaces.page)
    current = SyncVerb(Spaces.current)


class TodoServices:
    """The services of one user in one space, inside a transaction of the host."""

    def __init__(self, caller: Caller) -> None:
        self.todos = Todos(caller)
        self.lists = Lists(caller)
        self.labels = Labels(caller)
        self.trash = Trash(caller)
        self.spaces = Spaces(caller)


class SyncTodoServices:
    """The services of one user in one space, inside a transaction of a host on a sync session."""

    def __init__(self, caller: Caller) -> None:
        self.todos = SyncTodos(caller)
        self.lists = SyncLists(caller)
        self.labels = SyncLabels(caller)
        self.trash = SyncTrash(caller)
        self.spaces = SyncSpaces(caller)
