"""What a due reminder does: it looks whether it still holds, tells its user, and is done with."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Uuid, bindparam, select

from fastapi_todo_kit.core.access import Principal, SpaceRef, access_in, access_to
from fastapi_todo_kit.core.errors import ConfigurationError, Forbidden, NotFound
from fastapi_todo_kit.features.reminders.models import Reminder
from fastapi_todo_kit.features.reminders.notifiers import notifier_of
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.features.reminders.worker import ReminderWorker
from fastapi_todo_kit.features.reminders.zones import Rezoning
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.host import Notification, Recipient
from fastapi_todo_kit.storage.jobs import Claimed, forget, postpone
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.tables import table_of
from fastapi_todo_kit.storage.work import Work

_reminders = table_of(Reminder)
_spaces = table_of(Space)
_LATER: Final = timedelta(minutes=1)
_LOOK = (
    select(_reminders, _spaces.c.kind.label("space_kind"), _spaces.c.key.label("space_key"))
    .join_from(_reminders, _spaces, _spaces.c.id == _reminders.c.space_id)
    .where(
        _reminders.c.space_id == bindparam("space", type_=Uuid()),
        _reminders.c.id == bindparam("reminder", type_=Uuid()),
    )
)


@dataclass(frozen=True, slots=True)
class Reminding(ReminderWorker):
    """Reminds users."""

    async def __call__(self, job: Claimed) -> None:
        """Do a job whose key is the id of a reminder; whatever a callable of the host raises makes it fail."""
        reminder_id = uuid.UUID(job.key)
        nowhere = SpaceRef(job.space_id, "none", None)
        row = await self.look(nowhere, lambda work: _find(work, reminder_id))
        if row is None or row.next_at is None:
            await self.kit.store.transact(lambda connection: forget(connection, job))
        elif row.next_at > self.kit.host.now():  # the clock was set back
            await self.kit.store.transact(lambda connection: postpone(connection, job, row.next_at))
        elif await self.look(nowhere, lambda work: ReminderService(work).is_told_with_another(row.id)):
            later = self.kit.host.now() + _LATER
            await self.kit.store.transact(lambda connection: postpone(connection, job, later))
        else:
            await self._remind(job, SpaceRef(job.space_id, row.space_kind, row.space_key), row)

    async def _remind(self, job: Claimed, space: SpaceRef, row: Row[Any]) -> None:
        recipient = await self.recipient(row, space)
        todo = None if recipient is None else await self._todo(row, space, recipient)
        if recipient is None or todo is None:
            await self._finish(job, space, row, is_told=False)
            return
        there = await self._rezoned(space, row, recipient)
        if there is not None:
            await self._tell(job, _notification(there, space, todo, recipient))
            await self._finish(job, space, there, is_told=True)

    async def _tell(self, job: Claimed, notification: Notification) -> None:
        """Tell a user, once: also where what is written down behind it is refused, and the job is done again."""
        told = {"told": notification.id}
        if job.argument != told:
            await self.ask(notifier_of(self.kit.host).notify, notification)
            job.argument = told

    async def recipient(self, row: Row[Any], space: SpaceRef) -> Recipient | None:
        """Return who the user of a reminder is now; None for whoever is gone, or no longer a member."""
        ask = self.kit.host.recipient
        tenant = space.tenant
        if ask is None:
            return Recipient() if tenant is None else None
        recipient: Recipient | None = await self.ask(ask, row.user_id, tenant)
        if not isinstance(recipient, Recipient | None):
            raise ConfigurationError(
                f"Host.recipient must return a Recipient(...) or None, not {type(recipient).__name__}"
            )
        is_member = recipient is not None and (tenant is None or recipient.membership is not None)
        return recipient if is_member else None

    async def _todo(self, row: Row[Any], space: SpaceRef, recipient: Recipient) -> Mapping[str, Any] | None:
        """Return the todo as its user sees it; None where the user does not, or it is closed."""
        principal = Principal(row.user_id, ZoneInfo(recipient.time_zone or row.zone))
        namespace = self.kit.settings.namespace
        entered = access_to(namespace, principal, recipient.membership if space.tenant else None)
        access = access_in(namespace, entered, space.id) if space.kind == "team" else entered
        if access.space.id != space.id:
            return None
        try:
            todo = await self.read_as(access, lambda work: TodoService(work).get(row.todo_id))
        except (NotFound, Forbidden):
            return None
        return todo if todo["status"] in OPEN else None

    async def _rezoned(self, space: SpaceRef, row: Row[Any], recipient: Recipient) -> Row[Any] | None:
        """Return a reminder as it is where its user is now; None where it has another moment, and so another job."""
        changed = changes_of_user(row, recipient)
        if not changed:
            return row

        async def rezone(work: Work) -> Row[Any] | None:
            work.authorise()
            await Rezoning(work).renew([row.id], lambda _: changed)
            return await _find(work, row.id)

        renewed = await self.write(space, rezone)
        return renewed if renewed is not None and renewed.next_at == row.next_at else None

    async def _finish(self, job: Claimed, space: SpaceRef, row: Row[Any], *, is_told: bool) -> None:
        """Write down that a reminder is done with, and its job; one that got another moment has another job."""

        async def finish(work: Work) -> None:
            reminder = await _find(work, row.id)
            if await forget(work, job) and reminder is not None:
                await ReminderService(work).finish(reminder, is_told=is_told)

        await self.write(space, finish)


async def _find(work: Work, reminder_id: uuid.UUID) -> Row[Any] | None:
    work.authorise()
    rows = await work.fetch(_LOOK, {"space": work.space_id, "reminder": reminder_id})
    return rows[0] if rows else None


def _notification(row: Row[Any], space: SpaceRef, todo: Mapping[str, Any], recipient: Recipient) -> Notification:
    return Notification(
        id=uuid.uuid5(row.id, row.next_at.isoformat()).hex,
        user_id=row.user_id,
        tenant=space.tenant,
        todo_id=row.todo_id,
        reminder_id=row.id,
        title=todo["title"],
        start=todo["start"],
        due=todo["due"],
        deadline=todo["deadline"],
        at=row.next_at,
        recipient=recipient,
    )


def changes_of_user(row: Row[Any], recipient: Recipient) -> dict[str, Any]:
    """Return the columns of a reminder that its user has become others for."""
    zone = recipient.time_zone or row.zone
    minute = row.day_minute if recipient.hour is None else recipient.hour * 60
    now = {"zone": zone, "day_minute": minute}
    return {name: value for name, value in now.items() if getattr(row, name) != value}
