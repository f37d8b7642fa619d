"""Doing what is due: claimed with a lease, each at least once, tried again when it fails, and at last put aside."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any, Final, Literal

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from typing_extensions import TypedDict

from fastapi_todo_kit.core.access import HostKey, user_key
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.features.reminders.zones import REMINDING, REZONING
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import kit_on, observer_of
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage import jobs
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.jobs import MOST_ATTEMPTS, Claimed
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.worker.reminding import Reminding
from fastapi_todo_kit.worker.rezoning import Moving, refresh, refresh_own
from fastapi_todo_kit.worker.stage import Stage

_logger = get_logger(__name__)

_LEASE: Final = timedelta(seconds=30)
_HEARTBEAT: Final = 10.0
"""Seconds between two extensions of a lease: a worker that is killed holds what it had for at most thirty."""
_FIRST_RETRY: Final = timedelta(seconds=15)
_BETWEEN_TAKE_INS: Final = 60.0
_MOVED_LATELY: Final = timedelta(minutes=15)
"""How long ago a user may have moved whom a worker that has just begun follows."""
_FOLLOWED_AGAIN: Final = timedelta(minutes=1)
"""How long a user is followed: a process that has not heard of the move yet may take reminders back meanwhile."""
_MOST_MOVED: Final = 1_000
_LONGEST_ERROR: Final = 500

Handler = Callable[[Claimed], Awaitable[None]]


Outcome = Literal["done", "failed", "parked"]


class Report(TypedDict):
    """What became of jobs: how many were done, failed and are tried again, and failed too often and were put aside."""

    done: int
    failed: int
    parked: int


class Runner:
    """Does what is due, in one event loop: so much side by side as the settings say, in a session one by one."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._is_in_session = isinstance(stage.kit.store, SessionStore)
        self._at_once = 1 if self._is_in_session else stage.kit.settings.worker.at_once
        self._handlers: Mapping[str, Handler] = {REMINDING: Reminding(stage), REZONING: Moving(stage)}
        self._namespace = stage.kit.settings.namespace
        self._next_take_in = 0.0
        self._followed_at: datetime | None = None

    async def run_due(self) -> Report:
        """Do everything that is due, until nothing is; what fails is left for later."""
        total: Report = {"done": 0, "failed": 0, "parked": 0}
        await self._take_in()
        await self._follow()
        while True:
            now = self._stage.kit.host.now()
            claimed = await self._stage.kit.store.transact(
                partial(jobs.claim, namespace=self._namespace, now=now, until=now + _LEASE, most=self._at_once)
            )
            if not claimed:
                return total
            async with self._heartbeat(claimed[0]):
                for outcome in await self._do_all(claimed):
                    total[outcome] += 1

    async def _take_in(self) -> None:
        """Take in jobs without a namespace now and then: applications of before may still write some."""
        if time.monotonic() >= self._next_take_in:
            await self._stage.kit.store.transact(partial(jobs.take_in, namespace=self._namespace))
            self._next_take_in = time.monotonic() + _BETWEEN_TAKE_INS

    async def _follow(self) -> None:
        """Bring the reminders of users of the kit's accounts who have moved lately to where they are."""
        now = self._stage.kit.host.now()
        since = now - _MOVED_LATELY if self._followed_at is None else self._followed_at - _FOLLOWED_AGAIN
        for user_id in await self._stage.moved_since(since, _MOST_MOVED):
            await refresh_own(self._stage, user_id)
        self._followed_at = now

    async def redrive(self) -> int:
        """Let everything that was put aside be done again; return how much that is."""
        redrive = partial(jobs.redrive, namespace=self._namespace, now=self._stage.kit.host.now())
        return await self._stage.kit.store.transact(redrive)

    async def _do_all(self, claimed: list[Claimed]) -> list[Outcome]:
        return list(await asyncio.gather(*map(self._do, claimed)))

    async def count_waiting(self) -> None:
        """Tell whoever measures how much there is to do."""
        now = self._stage.kit.host.now()
        found = await self._stage.kit.store.transact(partial(jobs.waiting, namespace=self._namespace, now=now))
        oldest = found["oldest"]
        since = 0.0 if oldest is None else (now - oldest).total_seconds()
        self._stage.kit.observer.waiting(found["due"], found["parked"], since)

    async def _do(self, job: Claimed) -> Outcome:
        began = time.perf_counter()
        if job.attempts == 1:
            self._stage.kit.observer.begun(
                job.kind, max(0.0, (self._stage.kit.host.now() - job.due_at).total_seconds())
            )
        outcome = await self._attempt(job)
        self._stage.kit.observer.job(job.kind, outcome, time.perf_counter() - began)
        return outcome

    async def _attempt(self, job: Claimed) -> Outcome:
        try:
            async with asyncio.timeout(self._stage.kit.settings.worker.timeout):
                await self._handlers[job.kind](job)
        except Exception as error:  # whatever a callable of the host raises
            return await self._fail(job, error)
        return "done"

    async def _fail(self, job: Claimed, error: Exception) -> Outcome:
        try:
            return await self._write_failure(job, error)
        except Exception as worse:  # its lease ends, and then it is tried again
            _logger.warning("that job %s failed could not be written down: %r", job.id, worse)
            return "failed"

    async def _write_failure(self, job: Claimed, error: Exception) -> Outcome:
        now, words = self._stage.kit.host.now(), f"{type(error).__name__}: {error}"[:_LONGEST_ERROR].replace("\0", "")
        if job.attempts >= MOST_ATTEMPTS:
            _logger.error("job %s (%s) failed too often and is put aside: %s", job.id, job.kind, words)
            await self._stage.kit.store.transact(partial(jobs.park, job=job, now=now, error=words))
            return "parked"
        wait = _FIRST_RETRY * 2 ** (job.attempts - 1) * random.uniform(0.5, 1)  # noqa: S311  (jitter, no secret)
        _logger.warning("job %s (%s) failed and is tried again: %s", job.id, job.kind, words)
        await self._stage.kit.store.transact(partial(jobs.postpone, job=job, at=now + wait, error=words))
        return "failed"

    @asynccontextmanager
    async def _heartbeat(self, job: Claimed) -> AsyncIterator[None]:
        """Hold the lease of jobs while they are done."""
        if self._is_in_session:  # which does one thing at a time
            yield
            return
        beating = asyncio.create_task(self._beat(job))
        try:
            yield
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating

    async def _beat(self, job: Claimed) -> None:
        while True:
            await asyncio.sleep(_HEARTBEAT)
            until = self._stage.kit.host.now() + _LEASE
            try:
                await self._stage.kit.store.transact(partial(jobs.extend, lease=job.lease, until=until))
            except Exception as error:
                _logger.warning("the lease of jobs could not be extended: %r", error)


async def run_due(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession | Session | None = None,
    now: datetime | None = None,
) -> Report:
    """Do everything that is due, for a scheduler of the host's own. Several processes may do this at once.

    Args:
        settings: which database.
        host: who is told of reminders (`notifier`), who users are (`recipient`), and whose clock counts.
        session: a session of the host's own, committed after each step; by default the kit connects by itself.
        now: the moment, instead of the host's clock.

    Raises:
        DatabaseUnavailable: the database is away; what was done before stays done.
    """
    async with running_stage(settings, host, session=session, now=now) as stage:
        return await Runner(stage).run_due()


async def refresh_reminders(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    user_id: HostKey | None = None,
    session: AsyncSession | Session | None = None,
) -> None:
    """Find out anew when users are to be reminded, all or one: call it when a user has moved to another time zone.

    Zones and hours come from `Host.recipient`. The worker does it for all once a day, because zones change their rules.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    async with running_stage(settings, host, session=session) as stage:
        await refresh(stage, None if user_id is None else user_key(user_id))


async def redrive_jobs(
    settings: TodoKitSettings, host: Host | None = None, *, session: AsyncSession | Session | None = None
) -> int:
    """Let everything that failed too often be done again; return how much that is.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    async with running_stage(settings, host, session=session) as stage:
        return await Runner(stage).redrive()


@asynccontextmanager
async def running_stage(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    session: AsyncSession | Session | None = None,
    now: datetime | None = None,
) -> AsyncIterator[Stage]:
    """Yield what jobs are done on, and close it in the end."""
    host = host or Host()
    if session is None and settings.is_in_memory:
        raise ConfigurationError(
            "A worker has connections of its own, and finds nothing of a SQLite in memory: use a file"
        )
    if now is not None:
        host = replace(host, clock=lambda: now)
    observer = observer_of(settings)
    store: SessionStore | Database = (
        SessionStore(session, commits=True)
        if session is not None
        else Database(_with_connections(settings), observer=observer)
    )
    if isinstance(store, Database):
        await store.open()  # or what is missing would be tried for again and again
    accounts = _accounts_of(settings, host)
    try:
        yield Stage(kit_on(store, settings, host, observer), accounts)
    finally:
        if isinstance(store, Database):
            await store.close()
        if accounts is not None:
            await accounts.database.close()


def _accounts_of(settings: TodoKitSettings, host: Host) -> Any:
    """Return the kit's accounts, None where the host has users of its own."""
    if host.current_user is not None or not settings.auth.signing_keys:
        return None
    # Not imported above: accounts need an extra.
    return import_module("fastapi_todo_kit.auth.accounts").accounts_of(settings, host)


def _with_connections(settings: TodoKitSettings) -> TodoKitSettings:
    """Return settings with a connection for each thing that is done at once, and for the heartbeat.

    Those that a pool lends beyond its size are closed each time: half of the work of a worker was to connect.
    """
    size = max(settings.pool.size, settings.worker.at_once + 1)
    return settings.model_copy(update={"pool": settings.pool.model_copy(update={"size": size})})
