"""Closing and opening todos, and what that means for those that recur. Runs inside a unit of work, never commits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, cast

from fastapi_todo_kit.calendar.progress import Progress, advance, first_moment, upcoming
from fastapi_todo_kit.calendar.rule import Rule
from fastapi_todo_kit.calendar.schemas import shown
from fastapi_todo_kit.calendar.times import spell
from fastapi_todo_kit.calendar.words import in_words
from fastapi_todo_kit.core.access import UTC_ZONE
from fastapi_todo_kit.core.fields import Id, Instant, PageCursor, PageLimit, UpcomingLimit
from fastapi_todo_kit.features.occurrences.errors import NothingToUndo, TodoDoesNotRecur, WrongOccurrence
from fastapi_todo_kit.features.occurrences.repository import ORDER, OccurrenceRepository, occurrence_of, values_of
from fastapi_todo_kit.features.occurrences.schemas import (
    ComingOccurrence,
    OccurrenceOutcome,
    OccurrencePage,
    OccurrenceRead,
    RecurrencePreview,
    RecurrencePreviewed,
    Upcoming,
)
from fastapi_todo_kit.features.todos.base import TodoWork
from fastapi_todo_kit.features.todos.errors import TodoClosed
from fastapi_todo_kit.features.todos.events import TodoRescheduled
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.past import check_past
from fastapi_todo_kit.features.todos.records import StoredTodo
from fastapi_todo_kit.features.todos.recurring import begun_series
from fastapi_todo_kit.features.todos.schemas import TodoRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_OPENED = {"status": "needs_action", "completed_at": None, "completed_by": None}


class TodoCompletion(TodoWork):
    """The verbs that close and open todos, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._occurrences = OccurrenceRepository(work)

    @verb(Action.COMPLETE_TODO)
    async def complete(
        self,
        todo_id: Id,
        versions: Versions = ANY_VERSION,
        occurrence: str | None = None,
        completed_at: Instant | None = None,
    ) -> TodoRead:
        """Complete a todo and its open subtasks, or the present occurrence of a todo that recurs.

        What is completed stays as it is: the todo, or the occurrence that is named by its slot or by a version.

        Args:
            todo_id: which todo.
            versions: those that the caller knows.
            occurrence: the slot that is meant.
            completed_at: when it was really done; by default now. A subtask that is newer was done when it was made.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is cancelled.
            WrongOccurrence: the todo is at another one, and never was at this.
            InvalidInput: `completed_at` lies in the future, or before the todo was created.
            Forbidden: the user may not say when it was done, which is `todo.backdate`.
        """
        todo = await self._existing(todo_id)
        done_at = self._done_at(todo, completed_at)
        if await self._is_done_with(todo, versions, occurrence):
            return cast("TodoRead", todo.record)
        check_version(todo.record["version"], versions)
        if todo.progress is not None and todo.record["status"] in OPEN:
            return await self._end_occurrence(todo, "completed", done_at)
        return await self._close(todo, self._completed(done_at))

    @verb(Action.COMPLETE_TODO)
    async def skip(self, todo_id: Id, versions: Versions = ANY_VERSION, occurrence: str | None = None) -> TodoRead:
        """Leave out the present occurrence of a todo that recurs; the last one cancels it.

        Raises:
            TodoNotFound, PreconditionFailed, TodoDoesNotRecur, TodoClosed, WrongOccurrence
        """
        todo = await self._existing(todo_id)
        if await self._is_done_with(todo, versions, occurrence):
            return cast("TodoRead", todo.record)
        check_version(todo.record["version"], versions)
        if todo.progress is None:
            raise TodoDoesNotRecur
        if todo.record["status"] not in OPEN:
            raise TodoClosed
        return await self._end_occurrence(todo, "skipped", self._work.now)

    @verb(Action.COMPLETE_TODO)
    async def undo(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take back what was done last with an occurrence of a todo: its values and its subtasks are as before.

        Raises:
            TodoNotFound, PreconditionFailed
            NothingToUndo: nothing was done with any, or its recurrence was changed since.
            TodoClosed: it was closed since, by itself or with its parent.
        """
        todo = await self._existing(todo_id, versions)
        if todo.progress is None:
            raise NothingToUndo
        last = await self._occurrences.last(todo_id, uuid.UUID(todo.progress["id"]))
        if last is None:
            raise NothingToUndo
        if todo.record["status"] not in OPEN and last.slot != todo.record["occurrence"]:
            raise TodoClosed
        fields = {**_OPENED, **values_of(last), "status": last.status}
        await self._tell_shift(todo, fields)
        undone = await self._save(todo, fields, "undone", {"progress": last.progress, "closed_batch_id": None})
        await self._todos.reopen_below(todo_id, todo.closed_batch_id)
        await self._close_again(todo_id, last.id)
        await self._reopen_above(todo_id)
        await self._occurrences.forget(last.id)
        return undone

    @verb(Action.COMPLETE_TODO)
    async def cancel(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks, with all occurrences to come; a cancelled one stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is completed.
        """
        return await self._close(await self._existing(todo_id, versions), {**_OPENED, "status": "cancelled"})

    @verb(Action.COMPLETE_TODO)
    async def reopen(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        todo = await self._existing(todo_id, versions)
        if todo.record["status"] in OPEN:
            return cast("TodoRead", todo.record)
        reopened = await self._save(todo, _OPENED, "reopened", {"closed_batch_id": None})
        await self._todos.reopen_below(todo_id, todo.closed_batch_id)
        await self._reopen_above(todo_id)
        if todo.progress is not None:
            await self._occurrences.forget_last([todo_id])
        return reopened

    @verb(Action.READ_TODO)
    async def occurrences(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> OccurrencePage:
        """Return the occurrences of a todo that are done with, the last one first.

        Raises:
            TodoNotFound, InvalidCursor
        """
        await self.get(todo_id)
        paging = Paging(ORDER, limit, cursor, "occurrences", self._work.space_id, todo_id)
        rows = await self._occurrences.page(todo_id, paging.parameters)
        ended, next_cursor = paging.split(rows, lambda row: (row.version,))
        return {"items": cast("list[OccurrenceRead]", list(map(occurrence_of, ended))), "next_cursor": next_cursor}

    @verb(Action.READ_TODO)
    async def upcoming(self, todo_id: Id, limit: UpcomingLimit = 10) -> Upcoming:
        """Return the occurrences behind the present one; none where the todo does not recur, or is closed.

        Raises:
            TodoNotFound
        """
        todo = await self._existing(todo_id)
        if todo.progress is None or todo.record["status"] not in OPEN:
            return {"items": []}
        coming = upcoming(todo.record, todo.progress, self._work.now, self._work.access.principal.time_zone)
        return {"items": [_coming(todo.record, one) for one in islice(coming, limit)]}

    @verb(Action.READ_TODO)
    async def preview_recurrence(self, asked: RecurrencePreview) -> RecurrencePreviewed:
        """Return a recurrence as it would be stored, in words, and its first occurrences.

        Raises:
            InvalidInput: the rule does not go with the due.
        """
        self._work.authorise()
        recurrence = shown(asked.recurrence)
        due = spell(asked.due)
        record = {"due": due, "start": None, "deadline": None, "recurrence": recurrence, "occurrence": None}
        begun = begun_series(record)
        record |= begun.fields
        behind = upcoming(record, begun.progress, first_moment(record), UTC_ZONE)
        items = islice(chain([record], behind), asked.limit)
        text = in_words(Rule.parse(recurrence["rrule"]))
        return {"recurrence": recurrence, "text": text, "items": [_coming(record, one) for one in items]}

    async def _tell_shift(self, todo: StoredTodo, fields: Mapping[str, Any]) -> None:
        shift = datetime.fromisoformat(fields["occurrence"]) - datetime.fromisoformat(todo.record["occurrence"])
        await self._work.emit(TodoRescheduled(todo.id, {**todo.record, **fields}, shift))

    def _done_at(self, todo: StoredTodo, completed_at: datetime | None) -> datetime:
        if completed_at is None:
            return self._work.now
        self._work.require(Action.BACKDATE_TODO, todo.record)
        check_past({"parameter": "completed_at"}, completed_at, self._work.now, todo.record["created_at"])
        return completed_at.astimezone(UTC)

    def _completed(self, done_at: datetime) -> dict[str, Any]:
        done_by = self._work.access.principal.user_id
        return {"status": "completed", "completed_at": done_at, "completed_by": done_by}

    async def _is_done_with(self, todo: StoredTodo, versions: Versions, occurrence: str | None) -> bool:
        """Say whether what the client wants to be done with is that already: another client was first, or itself."""
        record = todo.record
        is_present = occurrence == record["occurrence"]
        if occurrence is not None and not (is_present and record["status"] in OPEN):
            if await self._occurrences.has_slot(todo.id, occurrence):
                return True
            if not is_present:
                raise WrongOccurrence(occurrence=record["occurrence"])
        is_stale = versions is not None and record["version"] not in versions
        return is_stale and await self._occurrences.has_version(todo.id, versions or frozenset())

    async def _close(
        self, todo: StoredTodo, closed: dict[str, Any], internal: dict[str, Any] | None = None
    ) -> TodoRead:
        if todo.record["status"] == closed["status"]:
            return cast("TodoRead", todo.record)
        if todo.record["status"] not in OPEN:
            raise TodoClosed
        batch_id = new_id()
        await self._todos.close_below(todo.id, batch_id=batch_id, **closed)
        return await self._save(todo, closed, closed["status"], {"closed_batch_id": batch_id, **(internal or {})})

    async def _end_occurrence(self, todo: StoredTodo, outcome: OccurrenceOutcome, ended_at: datetime) -> TodoRead:
        """Write down that the present occurrence is done with, and go on to the next one, or close the todo."""
        progress = cast("Progress", todo.progress)
        # By schedule, what has passed until now is caught up with, whenever this one was done.
        counted_from = ended_at if todo.record["recurrence"]["mode"] == "completion" else self._work.now
        following = advance(todo.record, progress, counted_from, self._work.access.principal.time_zone)
        occurrence_id = new_id()
        values = {
            "was_last": following is None,
            "series_id": uuid.UUID(progress["id"]),
            "outcome": outcome,
            "progress": progress,
            "ended_at": ended_at,
            "ended_by": self._work.access.principal.user_id,
        }
        await self._occurrences.keep(occurrence_id, todo.record, values)
        is_done = outcome == "completed"
        marks = {"has_occurrences": True} if is_done else {}
        if following is None:
            return await self._close(
                todo, self._completed(ended_at) if is_done else {**_OPENED, "status": "cancelled"}, marks
            )
        if todo.record["recurrence"]["reset_subtasks"]:
            await self._reset_below(todo.id, occurrence_id)
        fields = {**following.fields, "status": "needs_action"}
        await self._tell_shift(todo, fields)
        return await self._save(todo, fields, outcome, {"progress": following.progress, **marks})

    async def _reset_below(self, todo_id: uuid.UUID, occurrence_id: uuid.UUID) -> None:
        """Open the closed subtasks of a todo, but none that recurs by itself, nor what is below such a one."""
        closed = [one for one in _without_own_series(await self._todos.below(todo_id)) if not _is_open(one)]
        await self._occurrences.keep_reset(
            occurrence_id,
            (
                {
                    "todo_id": one.id,
                    "status": one.record["status"],
                    "completed_at": one.record["completed_at"],
                    "completed_by": one.record["completed_by"],
                    "closed_batch_id": one.closed_batch_id,
                }
                for one in closed
            ),
        )
        opened = ((one.record, _OPENED, {"closed_batch_id": None}) for one in closed)
        await self._todos.save_all(opened, "reopened")

    async def _close_again(self, todo_id: uuid.UUID, occurrence_id: uuid.UUID) -> None:
        """Close what an occurrence has reset, as it was, but for what has got open subtasks since."""
        before = await self._occurrences.what_was_reset(occurrence_id)
        if not before:
            return
        below = await self._todos.below(todo_id)
        closing = {one.id: one for one in below if one.id in before and _is_open(one)}
        kept_open = {one.record["parent_id"] for one in below if _is_open(one) and one.id not in closing}
        for one in sorted(below, key=lambda one: -one.depth):
            if one.id in kept_open:
                closing.pop(one.id, None)
                kept_open.add(one.record["parent_id"])
        closed = []
        for one in closing.values():
            was = before[one.id]
            fields = {"status": was.status, "completed_at": was.completed_at, "completed_by": was.completed_by}
            closed.append((one.record, fields, {"closed_batch_id": was.closed_batch_id}))
        for status in ("completed", "cancelled"):
            await self._todos.save_all([one for one in closed if one[1]["status"] == status], status)


def _is_open(todo: StoredTodo) -> bool:
    return todo.record["status"] in OPEN


def _without_own_series(below: Sequence[StoredTodo]) -> list[StoredTodo]:
    left_alone: set[uuid.UUID] = set()
    for todo in sorted(below, key=lambda one: one.depth):
        if todo.progress is not None or todo.record["parent_id"] in left_alone:
            left_alone.add(todo.id)
    return [todo for todo in below if todo.id not in left_alone]


def _coming(record: dict[str, Any], fields: dict[str, Any]) -> ComingOccurrence:
    values = {**record, **fields}
    return cast("ComingOccurrence", {name: values[name] for name in ("occurrence", "start", "due", "deadline")})
