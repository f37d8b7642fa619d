"""What can be done with reminders. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.calendar.times import instant_of, spell
from fastapi_todo_kit.core.errors import AlreadyExists, InvalidInput, LimitReached
from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.reminders.errors import ReminderNotFound, RemindersUnavailable
from fastapi_todo_kit.features.reminders.moments import are_equal, is_ahead, moment_of, timed
from fastapi_todo_kit.features.reminders.repository import OF_TODO, PENDING, ReminderRepository, reminder_of
from fastapi_todo_kit.features.reminders.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.features.reminders.zones import REMINDING, Rezoning
from fastapi_todo_kit.features.todos.errors import TodoClosed, TodoNotFound
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.jobs import is_to_be_done, schedule, schedule_all, unschedule
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.tables import NEVER, new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_BEGINNING: Final = datetime(1, 1, 1, tzinfo=UTC)


class ReminderService:
    """The verbs of reminders: of the principal's own, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._reminders = ReminderRepository(work)

    @verb(Action.READ_REMINDER, spans=True)
    async def mine(self, query: ReminderQuery) -> ReminderPage:
        """Return the reminders of open todos in the order in which they will remind.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        self._work.authorise()
        zone = self._work.access.principal.time_zone
        given = {"from_at": query.due_gte or _BEGINNING, "to_at": query.due_lt or NEVER}
        bounds = {name: instant_of(bound, zone) for name, bound in given.items()}
        order = PENDING[self._work.spans]
        paging = Paging(order, query.limit, query.cursor, "reminders", self._work.reach, self._user_id, bounds)
        rows = await self._reminders.pending({**bounds, **paging.parameters})
        shown, next_cursor = paging.split(rows, lambda row: [row._mapping[key.name] for key in order])
        if self._work.decides_by_object:
            allowed = await TodoService(self._work).allowed([row.todo_id for row in shown])
            shown = [row for row in shown if (row.space_id, row.todo_id) in allowed]
        return {"items": list(map(_shown, shown)), "next_cursor": next_cursor}

    @verb(Action.READ_REMINDER)
    async def page(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> ReminderPage:
        """Return the reminders of a todo, as they were made.

        Raises:
            TodoNotFound, InvalidCursor
        """
        todo = await self._todo(todo_id)
        paging = Paging(OF_TODO, limit, cursor, "reminders", self._work.space_id, self._user_id, todo_id)
        rows = await self._reminders.page(todo_id, paging.parameters)
        shown, next_cursor = paging.split(rows, lambda row: (row.id,))
        return {"items": [_shown(row, todo) for row in shown], "next_cursor": next_cursor}

    @verb(Action.READ_REMINDER)
    async def get(self, todo_id: Id, reminder_id: Id) -> ReminderRead:
        """Return a reminder.

        Raises:
            TodoNotFound, ReminderNotFound
        """
        todo = await self._todo(todo_id)
        return _shown(await self._existing(todo_id, reminder_id), todo)

    @verb(Action.SET_REMINDER)
    async def create(self, todo_id: Id, new: ReminderCreate) -> ReminderRead:
        """Let the user be reminded of a todo; a reminder of this id that is just so already is returned as it is.

        Raises:
            TodoNotFound, LimitReached
            TodoClosed: it would not remind before the todo is reopened.
            InvalidInput: the time has passed already.
            AlreadyExists: the id is taken, or the user is reminded at this moment already.
            RemindersUnavailable: nobody says who still belongs to the tenant.
        """
        todo = await self._todo(todo_id)
        when = _columns(new) or _columns(ReminderCreate(relative_to="due"))
        known = None if new.id is None else await self._reminders.find_anywhere(new.id)
        if known is not None and (known.todo_id == todo_id or await self._sees(known.todo_id)):
            asked = {**when, "todo_id": todo_id}
            check_found("reminder", known._asdict(), asked, in_trash=known.deleted_at is not None)
            return _shown(known, todo)
        _check_open(todo)
        if self._work.access.space.kind == "host" and self._work.kit.host.recipient is None:
            raise RemindersUnavailable
        most = self._work.kit.settings.limits.reminders_per_todo
        own = await self._reminders.own(todo_id)
        if len(own) >= most:
            detail = f"A todo has at most {most} reminders of yours."
            raise LimitReached(detail, limit="reminders_per_todo", maximum=most)
        now = self._work.now
        row = {
            **_NOTHING_DONE,
            **self._of_user(),
            **when,
            "id": new.id or new_id(),
            "space_id": self._work.space_id,
            "todo_id": todo_id,
            "user_id": self._user_id,
            "version": 1,
            "created_at": now,
            "created_by": self._user_id,
            "updated_at": now,
        }
        row |= self._asked(row, todo)
        self._check_new(row, own, todo)
        await self._reminders.insert_into(self._reminders.table, [row])
        await self._plan(row["id"], row["next_at"])
        self._reminders.log(row, "created", 1)
        await self._rezone()
        return _shown(row)

    @verb(Action.SET_REMINDER)
    async def update(
        self, todo_id: Id, reminder_id: Id, changes: ReminderUpdate, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Give a reminder another time, which it has not reminded at yet.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed, TodoClosed
            InvalidInput: the time has passed already.
            AlreadyExists: the user has another reminder at this moment.
        """
        todo = await self._todo(todo_id)
        row = await self._existing(todo_id, reminder_id, versions)
        columns = _columns(changes, row)
        if not columns:
            return _shown(row, todo)
        _check_open(todo)
        changed = {**row._asdict(), **_NOTHING_DONE, **self._of_user(), **columns}
        changed |= self._asked(changed, todo)
        self._check_new(changed, await self._reminders.own(todo_id), todo)
        saved = await self._save(row, changed)
        await self._rezone()
        return saved

    @verb(Action.SET_REMINDER)
    async def delete(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a reminder.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
        """
        await self._todo(todo_id)
        row = await self._existing(todo_id, reminder_id, versions)
        await self._reminders.delete(reminder_id)
        await unschedule(self._work, REMINDING, reminder_id.hex)
        self._reminders.log(row._asdict(), "deleted", row.version + 1)

    @verb(Action.SET_REMINDER)
    async def snooze(
        self, todo_id: Id, reminder_id: Id, asked: ReminderSnooze, versions: Versions = ANY_VERSION
    ) -> ReminderRead:
        """Let a reminder be silent until a moment, and remind then.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed, TodoClosed
            InvalidInput: the moment has passed already.
        """
        todo = await self._todo(todo_id)
        row = await self._existing(todo_id, reminder_id, versions)
        _check_open(todo)
        self._check_future(asked.until, "#/until")
        return await self._save(row, {"snoozed_until": asked.until, "next_at": asked.until})

    @verb(Action.SET_REMINDER)
    async def dismiss(self, todo_id: Id, reminder_id: Id, versions: Versions = ANY_VERSION) -> ReminderRead:
        """Let a reminder not remind, until its todo recurs or gets another time; a dismissed one stays as it is.

        Raises:
            TodoNotFound, ReminderNotFound, PreconditionFailed
        """
        await self._todo(todo_id)
        row = await self._existing(todo_id, reminder_id, versions)
        # That it has fired for a moment before this one says nothing of this one.
        fired_at = row.fired_at if row.done_moment == row.moment else None
        done = {"done_moment": row.moment, "fired_at": fired_at}
        return await self._save(row, {**done, "snoozed_until": None, "next_at": None})

    async def reschedule(self, row: Row[Any], todo: Mapping[str, Any], *, at_once: bool, **columns: Any) -> None:
        """Find out when a reminder is due now that something has changed, and write it down where that is new.

        `at_once` lets it remind now where its moment has passed and what it is relative to has not: somebody has moved
        the todo nearer than its lead.
        """
        changed = {**row._asdict(), **columns}
        if not columns and moment_of(changed, todo) == row.moment:
            return
        when = timed(changed, todo, self._work.now)
        is_late = when["next_at"] is None and when["moment"] not in (None, row.done_moment)
        if at_once and is_late and is_ahead(changed, todo, self._work.now):
            when["next_at"] = self._work.now
        await self._save(row, {**columns, "snoozed_until": None, **when})

    async def copy(self, copies: Mapping[uuid.UUID, uuid.UUID]) -> None:
        """Give copies of todos the user's reminders of their sources, to which nothing has happened yet."""
        async for piece in self._work.pieces(await self._reminders.to_copy(copies)):
            await self._add_all([self._copy_of(row._asdict()) for row in piece])

    def _copy_of(self, source: dict[str, Any]) -> dict[str, Any]:
        moment = source["moment"]
        copy = {**source, **_NOTHING_DONE, "id": new_id(), "todo_id": source.pop("copy_id"), "version": 1}
        del copy["copy_id"]
        copy |= {"created_at": self._work.now, "created_by": self._user_id, "updated_at": self._work.now}
        return {**copy, "next_at": moment if moment is not None and moment > self._work.now else None}

    async def _add_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._reminders.insert_into(self._reminders.table, rows)
        await schedule_all(self._work, REMINDING, [(row["id"].hex, row["next_at"]) for row in rows])
        for row in rows:
            self._reminders.log(row, "created", row["version"])

    async def hand_over(self, rows: str, there: Work) -> int:
        """Let reminders of todos that go to another space remind there; return how many end, of whoever is not in."""
        reminders = await self._reminders.of_todos(rows)
        outside = {*await MemberService(there).outside(sorted({one.user_id for one in reminders}))}
        ended = [one for one in reminders if one.user_id in outside]
        going = [one for one in reminders if one.user_id not in outside]
        await schedule_all(self._work, REMINDING, [(one.id.hex, None) for one in reminders])
        await schedule_all(there, REMINDING, [(one.id.hex, one.next_at) for one in going if one.next_at is not None])
        await self._reminders.delete_all([one.id for one in ended])
        return len(ended)

    async def is_told_with_another(self, reminder_id: uuid.UUID) -> bool:
        """Say whether the user is reminded of the todo, at this very moment, by a reminder with a smaller id.

        When that has reminded, this one has, too. It is not done with before: the other one may be taken away
        meanwhile, or may move with its user, and then this one reminds.
        """
        self._work.authorise()
        together = await self._reminders.together_with(reminder_id)
        earlier = [one.id.hex for one in together if one.id < reminder_id]
        # Read behind it: the other one may have reminded between the two.
        return await is_to_be_done(self._work, REMINDING, earlier) or not await self._reminders.together_with(
            reminder_id
        )

    async def finish(self, row: Row[Any], *, is_told: bool) -> None:
        """Write down that a reminder has reminded, or that there was nobody to remind, or nothing to remind of.

        Those of the same user and todo that were to remind at the same moment have reminded with it.
        """
        for one in (is_told and await self._reminders.together_with(row.id)) or [row]:
            told = {"done_moment": one.moment, "fired_at": self._work.now} if is_told else {}
            op = "fired" if is_told and one.id == row.id else "updated"
            await self._save(one, {**told, "snoozed_until": None, "next_at": None}, op)

    async def _rezone(self) -> None:
        """Bring the user's other reminders into the zone that the user is in now: some here, the others by a worker."""
        mine = self._of_user()
        rezoning = Rezoning(self._work)
        if await rezoning.bring(self._user_id, mine):
            await rezoning.hand_over(self._user_id, mine)

    def _check_new(self, new: Mapping[str, Any], own: Sequence[Row[Any]], todo: Mapping[str, Any]) -> None:
        """Make sure that the user has no other reminder of the todo at this moment, however that is spelled."""
        for row in own:
            other = {**row._asdict(), **self._of_user()}
            if row.next_at is not None and row.snoozed_until is None:
                other["next_at"] = moment_of(other, todo)  # the user may have moved since
            if row.id != new["id"] and are_equal(new, other):
                detail = "You are reminded of this todo at this moment already."
                raise AlreadyExists(detail, entity="reminder", id=str(row.id), in_trash=False)

    @property
    def _user_id(self) -> str:
        return self._work.access.principal.user_id

    def _of_user(self) -> dict[str, Any]:
        principal = self._work.access.principal
        hour = principal.reminder_hour
        hour = self._work.kit.settings.reminder_hour if hour is None else hour
        return {"zone": principal.time_zone.key, "day_minute": hour * 60}

    def _asked(self, row: Mapping[str, Any], todo: Mapping[str, Any]) -> dict[str, Any]:
        """Return when a reminder is due and reminds that its user has just asked for."""
        when = timed(row, todo, self._work.now)
        if row["anchor"] is None and when["moment"] is not None:
            self._check_future(when["moment"], "#/at")
        return when

    def _check_future(self, moment: datetime, pointer: str) -> None:
        if moment <= self._work.now:
            place = {"pointer": pointer, "code": "in_the_past", "detail": "This moment has passed."}
            raise InvalidInput(errors=[place])

    async def _todo(self, todo_id: uuid.UUID) -> Mapping[str, Any]:
        return cast("dict[str, Any]", await TodoService(self._work).get(todo_id))

    async def _sees(self, todo_id: uuid.UUID) -> bool:
        try:
            await TodoService(self._work).check_seen(todo_id)
        except TodoNotFound:
            return False
        return True

    async def _existing(self, todo_id: uuid.UUID, reminder_id: uuid.UUID, versions: Versions = ANY_VERSION) -> Row[Any]:
        row = await self._reminders.find(todo_id, reminder_id)
        if row is None:
            raise ReminderNotFound
        check_version(row.version, versions)
        return row

    async def _save(self, row: Row[Any], changed: Mapping[str, Any], op: str = "updated") -> ReminderRead:
        before = row._asdict()
        columns = {name: value for name, value in changed.items() if before[name] != value}
        if not columns:
            return _shown(row)
        columns |= {"version": row.version + 1, "updated_at": self._work.now}
        await self._reminders.update(row.id, columns)
        if "next_at" in columns:
            await self._plan(row.id, columns["next_at"])
        self._reminders.log(before, op, columns["version"])
        return _shown({**before, **columns})

    async def _plan(self, reminder_id: uuid.UUID, at: datetime | None) -> None:
        if at is None:
            await unschedule(self._work, REMINDING, reminder_id.hex)
        else:
            await schedule(self._work, REMINDING, reminder_id.hex, at)


_NOTHING_DONE: Final[dict[str, Any]] = {"done_moment": None, "fired_at": None, "snoozed_until": None}


def _shown(row: Row[Any] | Mapping[str, Any], todo: Mapping[str, Any] | None = None) -> ReminderRead:
    """Return what the API shows of a reminder; without its todo it is of an open one, or does not remind."""
    of_open = todo is None or todo["status"] in OPEN
    return cast("ReminderRead", reminder_of(row._asdict() if isinstance(row, Row) else row, of_open=of_open))


def _check_open(todo: Mapping[str, Any]) -> None:
    if todo["status"] not in OPEN:
        raise TodoClosed


def _columns(given: ReminderCreate | ReminderUpdate, before: Row[Any] | None = None) -> dict[str, Any]:
    """Return the columns that say when; empty where nothing does."""
    names = given.model_fields_set
    if "at" in names:
        at = cast("dict[str, str]", spell(given.at))
        return {"at_local": at["datetime"], "at_zone": at.get("timezone"), "anchor": None, "minutes_before": None}
    if not names & {"relative_to", "minutes_before"}:
        return {}
    anchor = given.relative_to if "relative_to" in names else before.anchor if before is not None else None
    minutes = given.minutes_before if "minutes_before" in names else before.minutes_before if before is not None else 0
    return {"at_local": None, "at_zone": None, "anchor": anchor or "due", "minutes_before": minutes or 0}


def shifted(row: Row[Any], shift: timedelta) -> dict[str, Any]:
    """Return the columns of a reminder with a time of its own, moved in the wall clock."""
    if row.at_local is None:
        return {}
    return {"at_local": (datetime.fromisoformat(row.at_local) + shift).isoformat()}
