"""Whether a page costs more where there are more todos: `hatch run benchmarks:growth`.

One space of each size in a database of its own, and pages at its start, in its middle and at its end, which are asked
for one after the other. PostgreSQL must be on this machine: its processor time is read from the operating system.
"""

import asyncio
import base64
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import httpx2
import typer
from rich.console import Console

from benchmarks.data.databases import backends, connection_to, postgres_database, server_version
from benchmarks.data.population import PAGE_SIZE, Population, user_id
from benchmarks.load import Job, Request, run
from benchmarks.registry import KIT, LIMIT, Peer
from benchmarks.report import Results, describe_machine, print_machine, progress_bar, table
from benchmarks.servers import Server, running_server
from tests.postgres import running_postgres

console = Console()

USER: Final = user_id(0)
LIMIT_ROW: Final = "SELECT created_at, id FROM todo ORDER BY created_at, id OFFSET $1 LIMIT 1"
KIT_ROW: Final = "SELECT position, id FROM todokit_todo ORDER BY position, id OFFSET $1 LIMIT 1"


@dataclass(frozen=True)
class Space:
    """An application whose one user has so many todos."""

    server: Server
    dsn: str
    todos: int

    @property
    def name(self) -> str:
        """How the space is called in the results."""
        return f"{self.server.peer.name}/{self.todos}"

    def page(self, **query: object) -> Any:
        """Return a page."""
        headers = {"X-User": str(USER)}
        response = httpx2.get(f"http://127.0.0.1:{self.server.port}/todos?{urlencode(query)}", headers=headers)
        return response.raise_for_status().json()

    async def row(self, statement: str, before: int) -> Any:
        """Return the last row of so many."""
        async with connection_to(self.dsn) as connection:
            return await connection.fetchrow(statement, before - 1)


async def limit_cursor(space: Space, before: int) -> str:
    """Return the limit's cursor to what follows so many todos."""
    row = await space.row(LIMIT_ROW, before)
    return f"{row['created_at'].isoformat()}~{row['id']}"


async def kit_cursor(space: Space, before: int) -> str:
    """Return the kit's own cursor to the second page, moved to what follows so many todos."""
    payload = base64.urlsafe_b64decode(space.page(limit=PAGE_SIZE)["next_cursor"] + "==")
    version, digest, _ = json.loads(payload)
    row = await space.row(KIT_ROW, before)
    moved = json.dumps([version, digest, [row["position"], str(row["id"])]])
    return base64.urlsafe_b64encode(moved.encode()).rstrip(b"=").decode()


CURSORS: Final = {LIMIT.name: limit_cursor, KIT.name: kit_cursor}


def main(
    sizes: Annotated[str, typer.Option(help="Comma-separated, the base of the ratios first.")] = "500,50000,1000000",
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one that warms up.")] = 7,
    requests: Annotated[int, typer.Option(min=1, help="Requests per measurement.")] = 1_000,
) -> None:
    """Measure pages at the start, in the middle and at the end of small and large spaces."""
    with running_postgres() as admin_dsn, ExitStack() as stack:
        results = Results(describe_machine(asyncio.run(server_version(admin_dsn))), {"sizes": sizes})
        wanted = [(peer, int(size)) for peer in (LIMIT, KIT) for size in sizes.split(",")]
        spaces = [stack.enter_context(_space(peer, todos, admin_dsn)) for peer, todos in wanted]
        generator = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        _measure(spaces, rounds, requests, generator, results)
    _print_report(results, spaces)


@contextmanager
def _space(peer: Peer, todos: int, admin_dsn: str) -> Iterator[Space]:
    with postgres_database(admin_dsn, f"todo_kit_growth_{peer.name}_{todos}") as dsn:
        with console.status(f"Seeding {todos:,} todos for {peer.name}"):
            asyncio.run(peer.seed(dsn, Population(1, todos)))
        with running_server(peer, dsn) as server:
            yield Space(server, dsn, todos)


def _measure(spaces: list[Space], rounds: int, requests: int, generator: ProcessPoolExecutor, results: Results) -> None:
    pages = [(place, space, message) for space in spaces for place, message in asyncio.run(_pages(space)).items()]
    steps = [(number, *page) for number in range(rounds + 1) for page in pages]
    with progress_bar(console) as progress:
        for number, place, space, message in progress.track(steps):
            port, pid, pids = space.server.port, space.server.pid, asyncio.run(backends(space.dsn))
            job = Job(port, pid, [Request(message, 200)] * requests, connections=1, database_pids=pids)
            sample = generator.submit(run, job).result()
            if number:  # round 0 fills caches
                results.add(place, space.name, sample)


async def _pages(space: Space) -> dict[str, bytes]:
    """Return the request of the page at each place; each of them is full."""
    queries: dict[str, dict[str, object]] = {"start": {"limit": PAGE_SIZE}}
    for place, before in (("middle", space.todos // 2), ("end", space.todos - PAGE_SIZE)):
        queries[place] = {"limit": PAGE_SIZE, "cursor": await CURSORS[space.server.peer.name](space, before)}
    for place, query in queries.items():
        if len(space.page(**query)["items"]) != PAGE_SIZE:
            raise RuntimeError(f"the page at the {place} of {space.name} is not full")
    return {place: _message(query) for place, query in queries.items()}


def _message(query: dict[str, object]) -> bytes:
    return f"GET /todos?{urlencode(query)} HTTP/1.1\r\nHost: benchmark\r\nX-User: {USER}\r\n\r\n".encode()


def _print_report(results: Results, spaces: list[Space]) -> None:
    numbers = ["todos", "CPU, ms", "database, ms", "p50, ms", "p99, ms", "CPU", "database", "p50"]
    title = f"Per page of {PAGE_SIZE}, medians over the rounds; last, times as much as the first size"
    growth = table(title, ["page at", "application"], numbers)
    first = {space.server.peer.name: space.name for space in reversed(spaces)}
    for place in results.samples:
        for space in spaces:
            growth.add_row(*_row(results, place, space, first[space.server.peer.name]))
        growth.add_section()
    console.print(growth)
    print_machine(results.machine, console)


def _row(results: Results, place: str, space: Space, first: str) -> list[str]:
    metrics = ("cpu", "database_cpu", "p50", "p99")
    medians = [f"{results.median(place, space.name, metric):.2f}" for metric in metrics]
    ratios = [f"{results.ratio(place, space.name, first, metric):.2f}" for metric in metrics[:3]]
    return [place, space.server.peer.name, f"{space.todos:,}", *medians, *ratios]


if __name__ == "__main__":
    typer.run(main)
