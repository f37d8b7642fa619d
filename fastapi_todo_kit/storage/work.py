"""The unit of work: what a service is made from, how it reaches the database, and how its changes are logged."""

import uuid
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Executable, Row, Select

from fastapi_todo_kit.core.access import Access
from fastapi_todo_kit.core.answers import yes_or_no
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.encoding import to_builtins
from fastapi_todo_kit.core.errors import NotFound, SpaceNotFound, TransactionBroken
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Action, roles_of
from fastapi_todo_kit.storage.asking import answer_of, ask_host
from fastapi_todo_kit.storage.engines.connections import Bound, Connection, Parameters
from fastapi_todo_kit.storage.kit import Context, Operation
from fastapi_todo_kit.storage.log import (
    APPEND,
    APPEND_LAST,
    CREATE_SPACE,
    DRAW_BOTH,
    DRAW_MORE,
    IS_LOGGED,
    ITSELF,
    LOCK_ANOTHER,
    LOCK_ANOTHER_TEAM,
    About,
    lock_of,
)
from fastapi_todo_kit.storage.membership import MEMBERSHIP, parameters_of, role_of, rows_of, with_membership
from fastapi_todo_kit.storage.pieces import PIECE, in_pieces
from fastapi_todo_kit.storage.rights import Rights

_logger = get_logger(__name__)

T = TypeVar("T")


class Work(Rights):
    """What one request does in the database: a connection, the call's context, and the changes to log."""

    def __init__(self, context: Context, connection: Connection) -> None:
        super().__init__(context)
        self.now: datetime = context.kit.host.now()
        """When this work happens; a write's moments follow the order in which writers got the lock."""
        self._connection = connection
        self._others: list[Work] = []
        self.drawn: int = 0
        """How many numbers of the space's log were drawn, which its counter is ahead of the log by."""
        self._seq = 0
        self._changes: list[dict[str, Any]] = []
        self._is_locked = False
        self._was_shown = False
        self._deferred: list[Bound] = []
        self._expects_many = False
        self.said_once: set[str] = set()
        """Members of the answer that are in no stored copy of it, because nobody is to be told them twice."""
        if context.other is not None:
            self.also_in(*context.other)

    @property
    def seq(self) -> int:
        """The number of the space's last change; known once the changes are appended."""
        return self._seq

    @property
    def is_sync(self) -> bool:
        """Whether it runs on a sync session, where nothing can be waited for."""
        return self._connection.is_sync

    @property
    def has_changes(self) -> bool:
        """Whether anything was noted for the log, of whatever space."""
        return any(work._changes for work in self.everywhere)

    @property
    def has_changes_here(self) -> bool:
        """Whether anything was noted for the log of this space."""
        return bool(self._changes)

    @property
    def everywhere(self) -> Sequence["Work"]:
        """This work, and what is done along with it in other spaces."""
        return (self, *self._others)

    @property
    def there(self) -> "Work | None":
        """The work in another space that the call names, which is locked as this one is."""
        return None if self.context.other is None else self._others[0]

    def also_in(self, access: Access, action: Action | None = None, missing: type[NotFound] = SpaceNotFound) -> "Work":
        """Return the work of this call in another space, in the same transaction; what it notes is logged there.

        Args:
            access: in which space; nobody else may write there, or nothing may depend on what is read.
            action: what is asked for there; by default what is asked for here.
            missing: what is said where there is no such space.
        """
        action = action or self.context.action
        context = replace(self.context, access=access, action=action, missing=missing, other=None)
        work = Work(context, self._connection)
        work.now = self.now
        work._deferred = self._deferred  # what one of them does next is done behind it
        self._others.append(work)
        return work

    def begin_space(self) -> None:
        """Go on in a space whose row this transaction has just written: nobody else has it, and its log begins."""
        self.drawn, self._is_locked = 1, True

    def know_seq(self, seq: int) -> None:
        """Note the counter of the space as it is under the lock: as many changes as were drawn are numbered by it."""
        self._seq = seq

    async def fetch(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return the rows of a statement.

        Raises:
            SpaceNotFound: it is the first one in a team space, and the principal is no member.
        """
        if self.knows_role or not isinstance(statement, Select):
            await self._release()
            return await self._connection.fetch(statement, parameters)
        found = await self._connection.fetch(with_membership(statement), {**parameters, **self._membership})
        self._enter(found)
        return rows_of(statement, found)

    async def total(self, statement: Select[Any], parameters: Parameters) -> int:
        """Return what a statement counts."""
        return int((await self.fetch(statement, parameters))[0][0])

    async def may_ask_about(self, action: Action) -> bool:
        """Say whether the principal may filter by what it takes this action to read."""
        if self.is_for_all(action):
            return True
        if not self.knows_role:
            await self.find_role()
        return self.may(action, None)

    async def fetch_own(self, statement: Executable, parameters: Parameters) -> Sequence[Row[Any]]:
        """Return rows that are the principal's own whatever it is in the space, before anything else is asked for."""
        return await self._connection.fetch(statement, parameters)

    async def find_role(self) -> None:
        """Read what the principal is in a team space, by a statement for nothing else.

        Raises:
            SpaceNotFound: nobody.
        """
        self._enter(await self._connection.fetch(MEMBERSHIP, self._membership))

    @property
    def _membership(self) -> Parameters:
        in_trash = self.context.action is Action.RESTORE_SPACE
        mine = parameters_of(self.kit.settings.namespace, self.access.principal.user_id, in_trash=in_trash)
        return {**mine, "member_of": self.space_id}

    def _enter(self, found: Sequence[Row[Any]]) -> None:
        """Take the role that rows have brought along, and ask the policy what could not be asked before."""
        if not found:
            raise self.context.missing
        self.enter_as(role_of(found[0], roles_of(self.kit.host.policy)))

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement; return how many rows it touched."""
        await self._release()
        return await self._connection.run(statement, parameters)

    async def run_one(self, statement: Executable, parameters: Parameters) -> None:
        """Run a statement that changes one row: before any other, at the latest in one round trip with its change."""
        await self._release()
        if self._is_locked:
            self._deferred.append((statement, parameters))
        else:  # nothing will be logged
            await self._connection.run(statement, parameters)

    async def run_many(self, statement: Executable, rows: Iterable[Parameters]) -> None:
        """Run a statement once for each of the rows, which have the same names; others have their turn between many."""
        for n, piece in enumerate(in_pieces(rows)):  # `pieces` itself would cost a write of one row more than this
            if n == 0 and len(piece) == 1:
                await self.run_one(statement, piece[0])
                continue
            if n:
                await self.give_way()
            await self._release()
            if n:
                await self.expect_many()
            await self._connection.run_many(statement, piece)

    async def expect_many(self) -> None:
        """Get ready for thousands of rows.

        PostgreSQL keeps the plan by which it looks up foreign keys. One of when a table was small goes through all of
        it, for each row: 9 s for 3,000 copies with ten labels, and 0.9 s with a new plan.
        """
        if not self._expects_many:
            self._expects_many = True
            await self._connection.forget_plans()

    async def give_way(self) -> None:
        """Let others have the event loop."""
        await self._connection.give_way()

    async def pieces(self, rows: Iterable[T], size: int = PIECE) -> AsyncIterator[list[T]]:
        """Yield rows some at a time, and let others have the event loop between: for all that is done row by row.

        A list holds ten thousand todos, and what takes 0.1 ms for each would keep everybody waiting for a second.
        """
        for n, piece in enumerate(in_pieces(rows, size)):
            if n:
                await self.give_way()
            yield piece

    async def _release(self) -> None:
        """Run what was deferred, and read the role where nothing has brought it along: then there is nothing."""
        if not self.knows_role:
            await self.find_role()
        if self._deferred:
            await self._connection.run(*self._deferred.pop())

    async def may_reach(self, target: LinkTarget) -> bool:
        """Say whether the principal may link to an object of the host, or list its todos."""
        policy = self.kit.host.link_policy
        await self._release()
        if policy is None:
            return True
        return yes_or_no("Host.link_policy", await ask_host(self._connection, policy, self.access, target))

    async def perform(self, operation: Operation[T]) -> T:
        """Run an operation; what it returns is worth nothing unless it has asked the policy."""
        if not self.knows_role and self.narrows and not self.context.action.is_of_invited:
            await self.find_role()
        result = await operation(self)
        for work in self.everywhere:
            if not work.knows_role:
                await work.find_role()
            if not work.was_authorised and (work is self or work._changes):
                raise RuntimeError(f"{work.context.action} was done without asking the policy")
        return result

    async def lock(self, *, draw: int | None = None) -> None:
        """Take the lock of each space that the call names, always in the same order, and draw numbers of its log.

        By default as many as the action is likely to need: to draw more, or to give one back, is a statement.
        """
        draw = self.context.action.changes if draw is None else draw
        works = sorted(self.everywhere, key=lambda work: work.space_id)
        for n, work in enumerate(works):
            if not await work._lock(draw, is_first=n == 0) and work is self:
                raise self.context.missing  # of another one the first rows tell: whoever asks may have no right here
        now = self.kit.host.now()
        for work in works:
            work.now = now

    async def _lock(self, draw: int, *, is_first: bool) -> bool:
        """Take the lock of this space, creating the space when it is new; say whether there is one."""
        space, of_team = self.access.space, not self.knows_role
        if is_first:
            is_there = await self._connection.begin(lock_of(space.id, draw, of_team=of_team))
        else:
            another = LOCK_ANOTHER_TEAM if of_team else LOCK_ANOTHER
            is_there = await self._connection.run(another, {"space": space.id, "n": draw})
        if not is_there and of_team:
            return False
        if not is_there:
            row = {"id": space.id, "kind": space.kind, "key": space.key, "n": draw, "now": self.now}
            await self.run(CREATE_SPACE, row)
        self.drawn, self._is_locked = draw, True
        return True

    def record(
        self,
        entity: str,
        entity_id: uuid.UUID,
        op: str,
        version: int,
        diff: dict[str, Any] | None = None,
        *,
        about: About = ITSELF,
    ) -> None:
        """Note a change for the log. `diff` maps each field that changed to its old and new value."""
        self._changes.append(
            {
                "entity": entity,
                "entity_id": entity_id,
                "op": op,
                "version": version,
                "diff": to_builtins(diff or {}),
                **about._asdict(),
                "subject_id": about.subject_id or entity_id,
            }
        )

    async def events(self) -> list[ChangeEvent]:
        """Return the changes that were appended to the log, as the host hears of them."""
        changes = (change for work in self.everywhere for change in work._changes)
        return [self.kit.events.event_of(change) async for piece in self.pieces(changes) for change in piece]

    async def emit(self, event: object) -> None:
        """Tell the features above, inside this transaction, what happened here."""
        for listener in self.kit.events.listeners.get(type(event), ()):
            await listener(self, event)

    async def append_changes(self) -> None:
        """Number the noted changes and write them, and let the host see them before they are committed."""
        if self.there is not None:
            await self._draw_both(self.there)
        for work in self.everywhere:
            await work._append()
        before_commit = self.kit.host.on_change.before_commit
        if before_commit is None or not self.has_changes:
            return
        self._was_shown = True
        await ask_host(self._connection, before_commit, await self.events())

    async def _draw_both(self, there: "Work") -> None:
        """Draw the numbers that are missing in two spaces by one statement."""
        missing = {"here": len(self._changes) - self.drawn, "there": len(there._changes) - there.drawn}
        ids = {"space": self.space_id, "other": there.space_id}
        for row in await self.fetch(DRAW_BOTH, {**ids, **missing}) if any(missing.values()) else ():
            work = self if row.id == self.space_id else there
            work._seq, work.drawn = row.seq, len(work._changes)

    async def _append(self) -> None:
        """Write the changes of this space; its counter ends exactly at the last of them."""
        common = {
            "space_id": self.space_id,
            "actor_id": self.access.principal.user_id,
            "request_id": self.context.request_id,
            "at": self.now,
        }
        for change in self._changes:
            change.update(common)
        await (self._append_one() if len(self._changes) == self.drawn == 1 else self._append_all())

    @property
    def logged(self) -> Bound:
        """A statement that finds something if what was written is there: its last change in the log."""
        last = next((work for work in reversed(self.everywhere) if work._changes), self)
        return IS_LOGGED, {"space": last.space_id, "seq": last.seq, "request": self.context.request_id}

    async def check_kept(self) -> None:
        """Make sure that what was written is still there, where a callable of the host had its turn behind it.

        For one round trip; PostgreSQL makes a ROLLBACK of a COMMIT if a statement had failed, and SQLAlchemy does not
        tell.

        Raises:
            TransactionBroken: it is not.
        """
        if self._was_shown and not await self.fetch(*self.logged):
            raise TransactionBroken

    async def _append_one(self) -> None:
        """Write the one change that a number was drawn for, together with what was changed."""
        deferred = self._deferred.pop() if self._deferred else None
        change = self._changes[0]
        self._seq = change["seq"] = (await self._connection.fetch(APPEND_LAST, change, after=deferred))[0].seq

    async def _append_all(self) -> None:
        """Draw the numbers that are missing, or give back the one that was not needed, and write the changes."""
        missing = len(self._changes) - self.drawn
        if missing or (self.drawn and not self._seq):
            self._seq = (await self.fetch(DRAW_MORE, {"space": self.space_id, "n": missing}))[0].seq
        for seq, change in enumerate(self._changes, start=self._seq - len(self._changes) + 1):
            change["seq"] = seq
        await self.run_many(APPEND, self._changes)
        await self._release()

    async def announce(self) -> None:
        """Tell the host what is committed now. It is too late for an error to change anything."""
        count = sum(len(work._changes) for work in self.everywhere)
        if not count:
            return
        lag = self.kit.host.now() - self.now
        self.kit.observer.changes(count, lag.total_seconds())
        after_commit = self.kit.host.on_change.after_commit
        if after_commit is None:
            return
        try:
            await answer_of(after_commit, await self.events(), in_thread=not self._connection.is_sync)
        except Exception:
            _logger.exception("Host.on_change.after_commit failed; the change is committed")


async def perform_logged(work: Work, operation: Operation[T]) -> T:
    """Lock the space, run the operation, write its changes: everything of a write but the commit."""
    await work.lock()
    result = await work.perform(operation)
    await work.append_changes()
    return result
