"""The services without HTTP, in a transaction of the host, which the host commits: async, and their sync twin."""

import uuid
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import UTC_ZONE, HostKey, Membership
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.services.verbs import *  # noqa: F403  (what `todo_services` yields has a name for each feature)
from fastapi_todo_kit.services.verbs import SyncTodoServices, TodoServices
from fastapi_todo_kit.settings import TodoKitSettings


@asynccontextmanager
async def todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession,
    user_id: HostKey | None,
    tenant: Membership | HostKey | None = None,
    tenants: Collection[Membership | HostKey] = (),
    space: uuid.UUID | str | None = None,
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
        user_id: who does it: what `Host.user_id` returns for that user. None, which an object has before it is
            flushed, is refused.
        tenant: the key of the tenant whose space it is about, or a `Membership`; by default the user's own space.
        tenants: all tenants of the user, as `Host.spaces` returns them: `space` may name one of them, and all are among
            "all".
        space: the id of another space that the user is a member of; whether it is one is asked with each call. Or
            "all", to list what there is in every space of the user; nothing else can be done there.
        time_zone: what "today" and "overdue" mean.

    Raises:
        ConfigurationError: the id of the user, or the key of a tenant, is no str, int or UUID.
        ValidationError: the space is neither an id, as a UUID or its text, nor "all".
    """
    yield TodoServices(
        Caller.of(
            settings, host, session, user_id=user_id, tenant=tenant, tenants=tenants, space=space, time_zone=time_zone
        )
    )


@contextmanager
def sync_todo_services(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: Session,
    user_id: HostKey | None,
    tenant: Membership | HostKey | None = None,
    tenants: Collection[Membership | HostKey] = (),
    space: uuid.UUID | str | None = None,
    time_zone: ZoneInfo = UTC_ZONE,
) -> Iterator[SyncTodoServices]:
    """Yield the sync twin of `todo_services`, which says what the arguments mean."""
    given: object = session
    if isinstance(given, AsyncSession):
        raise ConfigurationError("sync_todo_services works in a Session; with an AsyncSession write todo_services")
    caller = Caller.of(
        settings, host, session, user_id=user_id, tenant=tenant, tenants=tenants, space=space, time_zone=time_zone
    )
    yield SyncTodoServices(TodoServices(caller))
