"""What a page over all spaces of a user costs, by how many they are: `hatch run benchmarks:spanning`.

Against the same page of one of these spaces, on the same server, in interleaved rounds. PostgreSQL must be on this
machine: its processor time is read from the operating system.
"""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

import httpx2
import typer
from rich.console import Console

from benchmarks.data.databases import backends, connection_to, postgres_database, server_version
from benchmarks.data.population import PAGE_SIZE, Population, user_id
from benchmarks.load import Job, Request, run
from benchmarks.registry import KIT
from benchmarks.report import Results, describe_machine, print_machine, progress_bar, table
from benchmarks.servers import Server, running_server
from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.core.access import personal_space
from tests.postgres import running_postgres

console = Console()

ONE: Final = "one space"
NAMESPACE: Final = TodoKitSettings().namespace
OPEN_BY_DUE: Final[dict[str, Any]] = {"limit": PAGE_SIZE, "status": ["needs_action", "in_progress"], "sort": "due"}
MAKE_TEAMS: Final = f"""
    UPDATE todokit_space
    SET kind = 'team', key = NULL, namespace = '{NAMESPACE}', name = 'a team', created_by = 'nobody'
"""
# Three of ten are done, and the others due within a year and two months, in any order.
SCATTER: Final = """
    UPDATE todokit_todo SET due_at = due_at + number % 600000 * interval '1 minute',
        status = CASE WHEN number % 10 < 7 THEN status ELSE 'completed' END
    FROM (SELECT id AS of_id, ('x' || substr(md5(id::text), 1, 7))::bit(28)::int AS number FROM todokit_todo) numbered
    WHERE id = of_id
"""
# As many others as there are spaces, each in ten of them: what PostgreSQL takes for usual.
OTHERS: Final = """
    INSERT INTO todokit_member (space_id, user_id, role, version, added_at, added_by, since_seq)
    SELECT id, 'member ' || (number + 199 * nth) % count, 'editor', 1, now(), 'nobody', 1
    FROM (SELECT id, row_number() OVER () AS number, count(*) OVER () AS count FROM todokit_space) spaces,
        generate_series(1, least(10, count)) nth
"""
JOIN: Final = """
    INSERT INTO todokit_member (space_id, user_id, role, version, added_at, added_by, since_seq)
    SELECT id, $1, 'editor', 1, now(), 'nobody', 1 FROM unnest($2::uuid[]) id
"""


def main(
    spaces: Annotated[int, typer.Option(min=1, help="Spaces of teams in the database.")] = 2_000,
    todos: Annotated[int, typer.Option(min=2 * PAGE_SIZE, help="Todos of each.")] = 500,
    counts: Annotated[str, typer.Option(help="Comma-separated: in how many spaces users are.")] = "1,10,50,200,500",
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one that warms up.")] = 7,
    requests: Annotated[int, typer.Option(min=1, help="Requests per measurement.")] = 200,
) -> None:
    """Measure the first page of open todos by due, in one space and over all spaces of users who are in many."""
    users = {count: user_id(spaces + count) for count in map(int, counts.split(","))}
    with running_postgres() as admin_dsn, ExitStack() as stack:
        results = Results(describe_machine(asyncio.run(server_version(admin_dsn))), {"spaces": spaces, "todos": todos})
        dsn = stack.enter_context(postgres_database(admin_dsn, "todo_kit_spanning"))
        with console.status(f"Seeding {spaces * todos:,} todos in {spaces:,} spaces"):
            asyncio.run(_seed(dsn, Population(spaces, todos), users))
        server = stack.enter_context(running_server(KIT, dsn))
        generator = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        _measure(server, dsn, _pages(server, users), rounds, requests, generator, results)
    _print_report(results)


def _space_of(number: int) -> UUID:
    return personal_space(NAMESPACE, str(user_id(number))).id


async def _seed(dsn: str, population: Population, users: dict[int, UUID]) -> None:
    await KIT.seed(dsn, population)
    async with connection_to(dsn) as connection:
        for statement in (MAKE_TEAMS, SCATTER, OTHERS):
            await connection.execute(statement)
        for count, user in users.items():
            spaces = [_space_of(number) for number in range(0, population.users, population.users // count)]
            await connection.execute(JOIN, str(user), spaces[:count])
        await connection.execute("VACUUM ANALYZE")


def _pages(server: Server, users: dict[int, UUID]) -> dict[str, bytes]:
    """Return the request of each page, all of which are full."""
    first = users[min(users)]
    pages = {ONE: _message(first, str(_space_of(0)))}
    pages |= {f"all of {count}": _message(user, "all") for count, user in users.items()}
    for user in users.values():
        query, headers = {**OPEN_BY_DUE, "space": "all"}, {"X-User": str(user)}
        page = httpx2.get(f"http://127.0.0.1:{server.port}/todos", params=query, headers=headers).raise_for_status()
        if len(page.json()["items"]) != PAGE_SIZE:
            raise RuntimeError(f"the page of {user} is not full")
    return pages


def _message(user: UUID, space: str) -> bytes:
    query = urlencode({**OPEN_BY_DUE, "space": space}, doseq=True)
    return f"GET /todos?{query} HTTP/1.1\r\nHost: benchmark\r\nX-User: {user}\r\n\r\n".encode()


def _measure(  # noqa: PLR0917  (what one measurement is made of)
    server: Server,
    dsn: str,
    pages: dict[str, bytes],
    rounds: int,
    requests: int,
    generator: ProcessPoolExecutor,
    results: Results,
) -> None:
    steps = [(number, *page) for number in range(rounds + 1) for page in pages.items()]
    with progress_bar(console) as progress:
        for number, name, message in progress.track(steps):
            pids = asyncio.run(backends(dsn))
            job = Job(server.port, server.pid, [Request(message, 200)] * requests, connections=1, database_pids=pids)
            sample = generator.submit(run, job).result()
            if number:  # round 0 fills caches
                results.add(name, KIT.name, sample)


def _print_report(results: Results) -> None:
    numbers = ["CPU, ms", "database, ms", "p50, ms", "p99, ms", "CPU", "database", "p50"]
    title = f"Per page of {PAGE_SIZE} open todos by due, medians over the rounds; last, times as much as one space"
    report = table(title, ["page of"], numbers)
    base = [results.median(ONE, KIT.name, metric) for metric in ("cpu", "database_cpu", "p50")]
    for page in results.samples:
        medians = [results.median(page, KIT.name, metric) for metric in ("cpu", "database_cpu", "p50", "p99")]
        ratios = [one / first for one, first in zip(medians, base, strict=False)]
        report.add_row(page, *(f"{one:.2f}" for one in (*medians, *ratios)))
    console.print(report)
    print_machine(results.machine, console)


if __name__ == "__main__":
    typer.run(main)
