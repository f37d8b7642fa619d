"""How long 10,000 reminders of one minute take two workers, one of which is killed: `hatch run benchmarks:reminders`.

The workers are the command `todo-kit worker` with its defaults, on PostgreSQL; the notifier appends to a file. The
seconds count from the moment that the reminders are for. One worker is killed with SIGKILL when half are delivered:
what it had is delivered again when its lease has ended.
"""

import asyncio
import os
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from benchmarks.data.databases import connection_to, postgres_database
from fastapi_todo_kit import TodoKitSettings, migrate
from tests.features.reminders.support import remind
from tests.postgres import running_postgres
from tests.support import make_app, running
from tests.worker.processes import NOTIFYING, environment, told, worker

console = Console()

SPACES: Final = 100
AHEAD: Final = timedelta(seconds=25)
"""How long it takes to set the reminders and to start the workers, at most."""


@dataclass
class Outcome:
    """What was delivered, and how long it took: half of it, the rest, and until everything is written down."""

    ids: list[str]
    half: float
    last: float
    settled: float


def main(
    count: Annotated[int, typer.Option(help="How many reminders")] = 10_000,
    *,
    kill: Annotated[bool, typer.Option(help="Kill one of the workers")] = True,
) -> None:
    """Deliver reminders, and print how many were delivered, and how long the last one took."""
    with (
        running_postgres() as admin,
        postgres_database(admin, "reminders") as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        outcome = asyncio.run(_deliver(url, Path(folder), count, kill=kill))
    distinct = len(set(outcome.ids))
    console.print(
        f"{os.cpu_count()} cores; {count} reminders in {SPACES} spaces, two workers{', one killed' if kill else ''}"
    )
    console.print(f"delivered {len(outcome.ids)}, distinct {distinct}, duplicates {len(outcome.ids) - distinct}")
    console.print(f"seconds to the half {outcome.half:.1f}, to the last {outcome.last:.1f}")
    console.print(f"seconds until everything was written down {outcome.settled:.1f}")
    if distinct != count:
        raise typer.Exit(1)


async def _deliver(url: str, folder: Path, count: int, *, kill: bool) -> Outcome:
    settings = TodoKitSettings(database_url=url)
    await migrate(settings)
    moment = await _fill(settings, count)
    given = environment(url, folder)
    del given["TODO_KIT_WORKER__POLL"]
    with ExitStack() as stack:
        workers = [stack.enter_context(worker(given, *NOTIFYING)) for _ in range(2)]
        for one in workers:
            await asyncio.to_thread(one.wait_for, "Working on")
        late = (moment - datetime.now(UTC)).total_seconds()
        began = time.monotonic() + late
        await asyncio.sleep(max(0, late))
        half = await _until(folder, count // 2) - began
        if kill:
            workers[0].process.kill()
        last = await _until(folder, count) - began
        async with connection_to(url) as connection:
            while await connection.fetchval("SELECT count(*) FROM todokit_job"):  # noqa: ASYNC110  (the same)
                await asyncio.sleep(0.1)
        return Outcome(told(folder), half, last, time.monotonic() - began)


async def _until(folder: Path, count: int) -> float:
    """Wait until so many different ones are delivered, and return the moment."""
    async with asyncio.timeout(120):
        while len(set(told(folder))) < count:  # noqa: ASYNC110  (another process writes the file)
            await asyncio.sleep(0.1)
    return time.monotonic()


async def _fill(settings: TodoKitSettings, count: int) -> datetime:
    """Set one reminder in each space, and multiply it; return the moment that all are for."""
    moment = datetime.now(UTC).replace(microsecond=0) + AHEAD
    async with running(make_app(settings)) as api:
        for _ in range(SPACES):
            user = api.as_user()
            await remind(user, await user.todo(due={"datetime": f"{moment:%Y-%m-%dT%H:%M:%S}", "timezone": "UTC"}))
    async with connection_to(settings.database_url) as connection:
        for _ in range(count // SPACES - 1):
            await _multiply(connection)
        await connection.execute("ANALYZE")
    return moment


async def _multiply(connection: Any) -> None:
    rows = await connection.fetch("SELECT DISTINCT ON (space_id) * FROM todokit_reminder")
    copies = [{**row, "id": uuid.uuid4()} for row in rows]
    jobs = {row["space_id"]: row for row in await connection.fetch("SELECT DISTINCT ON (space_id) * FROM todokit_job")}
    await _insert(connection, "todokit_reminder", copies)
    wanted = [{**jobs[copy["space_id"]], "id": uuid.uuid4(), "key": copy["id"].hex} for copy in copies]
    await _insert(connection, "todokit_job", wanted)


async def _insert(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:
    await connection.copy_records_to_table(table, records=[tuple(row.values()) for row in rows], columns=[*rows[0]])


if __name__ == "__main__":
    typer.run(main)
