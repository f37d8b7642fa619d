"""Who calls a service without HTTP, in which session of the host, and how a call becomes a unit of work."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.access import Access, HostKey, Membership, Principal, access_in, access_to, user_key
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import kit_on
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.kit import Context, Kit
from fastapi_todo_kit.storage.sessions import HostedStore
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caller:
    """A user in a space, and the kit in the host's session."""

    kit: Kit
    access: Access
    request_id: str

    @classmethod
    def of(
        cls,
        settings: TodoKitSettings,
        host: Host | None,
        session: AsyncSession | Session,
        *,
        user_id: HostKey | None,
        tenant: Membership | HostKey | None,
        space: uuid.UUID | None,
        time_zone: ZoneInfo,
    ) -> Self:
        """Return a caller; `todo_services` says what the arguments mean."""
        principal = Principal(user_key(user_id), time_zone)
        access = access_to(settings.namespace, principal, tenant)
        if space is not None and space != access.space.id:
            access = access_in(settings.namespace, principal, space)
        return cls(kit_on(HostedStore(session), settings, host), access, new_id().hex)

    async def run(self, action: Action, operation: Callable[[Work], Awaitable[T]]) -> T:
        """Run one operation as a unit of work, which the host commits."""
        context = Context(self.kit, self.access, action, self.request_id)
        return await (self.kit.store.read if action.is_read else self.kit.store.write)(context, operation)
