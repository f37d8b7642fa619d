"""Clients that ask as fast as they are answered, and what they were answered."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

import httpx2

from tests.support import Api
from tests.survival.application import Application


@dataclass(frozen=True)
class Answer:
    """A status, when it came, and how many seconds that had taken."""

    status: int
    at: float
    seconds: float


@dataclass
class Load:
    """All answers to some clients; of those, what was done and what was refused."""

    answers: list[Answer] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def done(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status < 300]

    @property
    def refused(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status == 503]

    def slowest_refusal(self) -> float:
        """Return the 99th percentile of how long the refused waited for their answer, in seconds."""
        times = sorted(answer.seconds for answer in self.refused)
        return times[int(0.99 * len(times))]

    async def first_done_after(self, moment: float) -> float:
        """Wait for the first answer after a moment that is no refusal; return how long after it, in seconds."""
        async with asyncio.timeout(60):
            while not (later := [answer.at for answer in self.done if answer.at > moment]):
                self.came.clear()
                await self.came.wait()
        return min(later) - moment

    async def ask(self, api: Api, path: str, methods: Sequence[str]) -> None:
        """Send requests until cancelled; an answer that is neither a success nor a good refusal is an error."""
        for number, method in enumerate(cycle(methods)):
            started = time.monotonic()
            answer = await api.send(method, path, {"title": f"{number}"} if method == "PATCH" else None)
            now = time.monotonic()
            self.answers.append(Answer(answer.status_code, now, now - started))
            self.came.set()
            if answer.status_code != 200:
                assert answer.status_code == 503, f"{method} {path}: {answer.status_code} {answer.text}"
                assert int(answer.headers["retry-after"]) >= 1


@asynccontextmanager
async def a_client(application: Application) -> AsyncIterator[Api]:
    """Yield a client that opens as many connections as it needs, and waits longer than any answer may take."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=f"{application.url}/api", timeout=60, limits=limits) as client:
        yield Api(client, "user")


@asynccontextmanager
async def loading(application: Application, clients: int, *methods: str) -> AsyncIterator[Load]:
    """Yield what is answered to clients that ask while the block runs, each in a space of its own."""
    load = Load()
    async with a_client(application) as api:
        apis = [api.as_user() for _ in range(clients)]
        todos = [await each.todo() for each in apis]
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(load.ask(each, f"/todos/{todo['id']}", methods))
                for each, todo in zip(apis, todos, strict=True)
            ]
            yield load
            for task in tasks:
                task.cancel()
