"""SIGKILL, again and again, while eight clients write: nothing that was acknowledged is lost, nothing is half done."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from itertools import cycle, islice
from pathlib import Path

import httpx2
import psutil
import pytest

from fastapi_todo_kit import TodoKitSettings, migrate
from tests.postgres import Server, start_server
from tests.support import Api
from tests.survival.application import Application
from tests.survival.scale import KILLS
from tests.survival.writers import Writer, audit

pytestmark = pytest.mark.survival

WRITERS = 8
# They write for a while between two kills; how long decides at which point of a write the kill comes.
WORK_SECONDS = (0.0, 0.2)


@pytest.mark.postgres
async def test_killed_workers_and_servers_lose_nothing() -> None:
    with closing(start_server(durable=True)) as server:
        settings = TodoKitSettings(database_url=server.dsn)
        await migrate(settings)
        with closing(Application(settings, workers=2)) as application:

            def kill_both() -> None:
                kill_postgres(server)
                application.kill_worker()
                server.start()

            def kill_server() -> None:
                kill_postgres(server)
                server.start()

            victims = [application.kill_worker, kill_server, kill_both]
            await write_under(victims, application, settings)


async def test_killed_workers_lose_nothing_on_sqlite(tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'killed.db'}")
    await migrate(settings)
    with closing(Application(settings, workers=2)) as application:
        await write_under([application.kill_worker], application, settings)


async def write_under(kills: list[Callable[[], None]], application: Application, settings: TodoKitSettings) -> None:
    """Let the writers write while these kill in turn, then compare."""
    done = asyncio.Event()
    async with eight_writers(application) as writers:
        async with asyncio.TaskGroup() as group:
            for writer in writers:
                group.create_task(writer.work(done))
            for kill in islice(cycle(kills), KILLS):
                await asyncio.to_thread(kill)
                await until_written(writers)
                await asyncio.sleep(random.uniform(*WORK_SECONDS))
            done.set()
        await audit(settings, writers)
    assert sum(writer.repeated for writer in writers) > KILLS


@asynccontextmanager
async def eight_writers(application: Application) -> AsyncIterator[list[Writer]]:
    """Yield writers, four in each of two spaces."""
    async with httpx2.AsyncClient(base_url=f"{application.url}/api", timeout=10) as client:
        users = [Api(client, f"user-{number}") for number in range(2)]
        lists = [[(await user.list())["id"] for _ in range(2)] for user in users]
        yield [Writer(client, users[n % 2].user, lists[n % 2], seed=n) for n in range(WRITERS)]


async def until_written(writers: list[Writer]) -> None:
    """Wait until as many writes are acknowledged as there are writers: the application has recovered."""
    enough = sum(writer.acknowledged for writer in writers) + WRITERS
    async with asyncio.timeout(20):
        while sum(writer.acknowledged for writer in writers) < enough:  # noqa: ASYNC110  (each write would have to tell)
            await asyncio.sleep(0.01)


def kill_postgres(server: Server) -> None:
    """Kill the server with all its processes, as if the power had gone; the caller starts it again."""
    lock = server.data_directory / "postmaster.pid"
    postmaster = psutil.Process(int(lock.read_text().split()[0]))
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # it may end by itself between the two lines
            process.kill()
    while any(is_alive(process) for process in processes):
        time.sleep(0.01)
    lock.unlink()  # a start is refused while the dead one waits for init to take notice, which may be seconds


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
