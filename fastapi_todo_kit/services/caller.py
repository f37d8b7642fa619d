"""Who calls a service without HTTP, in which session of the host, and how a call becomes a unit of work."""

import uuid
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import (
    ALL_SPACES,
    Access,
    HostKey,
    Membership,
    Principal,
    access_in,
    access_to,
    known_accesses,
    memberships_of,
    user_key,
)
from fastapi_todo_kit.core.errors import SpaceRequired
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import kit_on
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.kit import Context, Into, Kit
from fastapi_todo_kit.storage.sessions import HostedStore
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")
_AN_ID: Final = TypeAdapter(Id)


@dataclass(frozen=True, slots=True)
class Caller:
    """A user in a space, and the kit in the host's session."""

    kit: Kit
    access: Access
    entered: Access
    """Its access to its own space, or to that of the tenant, which is known without any row."""
    request_id: str
    spans: bool = False
    """Whether it is about all spaces of the user."""

    @classmethod
    def of(
        cls,
        settings: TodoKitSettings,
        host: Host | None,
        session: AsyncSession | Session,
        *,
        user_id: HostKey | None,
        tenant: Membership | HostKey | None,
        tenants: Collection[Membership | HostKey],
        space: uuid.UUID | str | None,
        time_zone: ZoneInfo,
    ) -> Self:
        """Return a caller; `todo_services` says what the arguments mean."""
        principal = Principal(user_key(user_id), time_zone, tenants=memberships_of(tenants))
        entered = access_to(settings.namespace, principal, tenant)
        spans = space == ALL_SPACES
        access = entered
        if space is not None and not spans:
            access = access_in(settings.namespace, entered, _AN_ID.validate_python(space))
        return cls(kit_on(HostedStore(session), settings, host), access, entered, new_id().hex, spans)

    async def run(
        self, action: Action, operation: Callable[[Work], Awaitable[T]], into: Into = None, *, may_span: bool = False
    ) -> T:
        """Run one operation as a unit of work, which the host commits; `into` is another space that it works in.

        Raises:
            SpaceRequired: what is done in one space is asked for in all.
        """
        if self.spans and not may_span and not action.is_own:
            raise SpaceRequired
        across = known_accesses(self.kit.settings.namespace, self.entered) if self.spans and may_span else ()
        context = Context(self.kit, self.access, action, self.request_id, across=across)
        context = context.going_into(into, self.entered).at_home(self.entered)
        return await (self.kit.store.read if action.is_read else self.kit.store.write)(context, operation)
