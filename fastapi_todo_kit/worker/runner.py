"""Doing what is due: claimed with a lease, each at least once, tried again when it fails, and at last put aside."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Final, Literal

from typing_extensions import TypedDict

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.features.reminders.logged import fill_log
from fastapi_todo_kit.storage import jobs
from fastapi_todo_kit.storage.jobs import MOST_ATTEMPTS, Claimed
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.worker.rota import Rota

_logger = get_logger(__name__)

_LEASE: Final = timedelta(seconds=30)
_HEARTBEAT: Final = 10.0
"""Seconds between two extensions of a lease: a worker that is killed holds what it had for at most thirty."""
_FIRST_RETRY: Final = timedelta(seconds=15)
_BETWEEN_TAKE_INS: Final = 60.0
_LONGEST_ERROR: Final = 500

Outcome = Literal["done", "failed", "parked"]


class Report(TypedDict):
    """What became of jobs: how many were done, failed and are tried again, and failed too often and were put aside."""

    done: int
    failed: int
    parked: int


class Runner:
    """Does what is due, in one event loop: so much side by side as the settings say, in a session one by one."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._is_in_session = isinstance(kit.store, SessionStore)
        self._at_once = 1 if self._is_in_session else kit.settings.worker.at_once
        self._handlers = {kind: make(kit) for feature in FEATURES for kind, make in feature.jobs.items()}
        self._namespace = kit.settings.namespace
        self._next_take_in = 0.0
        self._chores = [Rota(chore) for feature in FEATURES for chore in feature.chores if chore.every is None]

    async def run_due(self) -> Report:
        """Do everything that is due, until nothing is; what fails is left for later."""
        total: Report = {"done": 0, "failed": 0, "parked": 0}
        await self._take_in()
        for rota in self._chores:
            await rota.do(self._kit)
        while True:
            now = self._kit.host.now()
            claimed = await self._kit.store.transact(
                partial(jobs.claim, namespace=self._namespace, now=now, until=now + _LEASE, most=self._at_once)
            )
            if not claimed:
                return total
            async with self._heartbeat(claimed[0]):
                for outcome in await self._do_all(claimed):
                    total[outcome] += 1

    async def _take_in(self) -> None:
        """Take in, now and then, what applications of before may still write: jobs without a namespace, and the log."""
        if time.monotonic() >= self._next_take_in:
            await self._kit.store.transact(partial(jobs.take_in, namespace=self._namespace))
            await fill_log(self._kit)
            self._next_take_in = time.monotonic() + _BETWEEN_TAKE_INS

    async def redrive(self) -> int:
        """Let everything that was put aside be done again; return how much that is."""
        redrive = partial(jobs.redrive, namespace=self._namespace, now=self._kit.host.now())
        return await self._kit.store.transact(redrive)

    async def _do_all(self, claimed: list[Claimed]) -> list[Outcome]:
        return list(await asyncio.gather(*map(self._do, claimed)))

    async def count_waiting(self) -> None:
        """Tell whoever measures how much there is to do."""
        now = self._kit.host.now()
        counts = await self._kit.store.transact(partial(jobs.waiting, namespace=self._namespace, now=now))
        oldest = counts["oldest"]
        since = 0.0 if oldest is None else (now - oldest).total_seconds()
        self._kit.observer.waiting(counts["due"], counts["parked"], since)

    async def _do(self, job: Claimed) -> Outcome:
        began = time.perf_counter()
        if job.attempts == 1:
            self._kit.observer.begun(job.kind, max(0.0, (self._kit.host.now() - job.due_at).total_seconds()))
        outcome = await self._attempt(job)
        self._kit.observer.job(job.kind, outcome, time.perf_counter() - began)
        return outcome

    async def _attempt(self, job: Claimed) -> Outcome:
        try:
            async with asyncio.timeout(self._kit.settings.worker.timeout):
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
        now, words = self._kit.host.now(), f"{type(error).__name__}: {error}"[:_LONGEST_ERROR].replace("\0", "")
        if job.attempts >= MOST_ATTEMPTS:
            _logger.error("job %s (%s) failed too often and is put aside: %s", job.id, job.kind, words)
            await self._kit.store.transact(partial(jobs.park, job=job, now=now, error=words))
            return "parked"
        wait = _FIRST_RETRY * 2 ** (job.attempts - 1) * random.uniform(0.5, 1)  # noqa: S311  (jitter, no secret)
        _logger.warning("job %s (%s) failed and is tried again: %s", job.id, job.kind, words)
        await self._kit.store.transact(partial(jobs.postpone, job=job, at=now + wait, error=words))
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
            until = self._kit.host.now() + _LEASE
            try:
                await self._kit.store.transact(partial(jobs.extend, lease=job.lease, until=until))
            except Exception as error:
                _logger.warning("the lease of jobs could not be extended: %r", error)
