"""`python -m benchmarks`: seed, start every application, measure them in interleaved rounds, report."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.load import Job, UnexpectedAnswerError, run
from benchmarks.peers import DEFAULT_PEERS, PEERS, Peer
from benchmarks.report import Results, describe_machine, print_report, write_json
from benchmarks.seed import Population, create_database, drop_database, seed, server_version
from benchmarks.servers import Server, running_server
from benchmarks.workloads import WORKLOADS, Workload, requests_of
from tests.postgres import running_postgres

console = Console()


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int
    requests: int
    population: Population
    peers: list[str]


QUICK = {"rounds": 2, "requests": 150, "users": 20, "todos": 100}


def main(  # noqa: PLR0917 - Typer passes its options by name
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one that warms up.")] = 7,
    users: Annotated[int, typer.Option(min=1)] = 200,
    todos: Annotated[int, typer.Option(min=1, help="Todos of each user.")] = 500,
    requests: Annotated[int, typer.Option(min=1, help="Reads per measurement; writes are two thirds.")] = 600,
    quick: Annotated[bool, typer.Option("--quick", help="A smoke run: little data, two short rounds.")] = False,
    only: Annotated[str, typer.Option(help=f"Comma-separated, of: {', '.join(PEERS)}.")] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every sample to this file.")] = None,
) -> None:
    """Measure what a request costs the server, for the kit, a hand-written application and the limit."""
    if quick:
        rounds, requests, users, todos = QUICK["rounds"], QUICK["requests"], QUICK["users"], QUICK["todos"]
    peers = _chosen(only)
    plan = Plan(rounds, requests, Population(users, todos), [peer.name for peer in peers])
    with running_postgres() as admin_dsn:
        results = _bench(plan, peers, admin_dsn)
    print_report(results, console)
    if json_file:
        write_json(results, json_file)


def _chosen(only: str) -> list[Peer]:
    names = [name.strip() for name in only.split(",") if name.strip()]
    if unknown := set(names) - set(PEERS):
        raise typer.BadParameter(f"no such application: {', '.join(sorted(unknown))}")
    return [PEERS[name] for name in names] or list(DEFAULT_PEERS)


def _bench(plan: Plan, peers: list[Peer], admin_dsn: str) -> Results:
    results = Results(describe_machine(asyncio.run(server_version(admin_dsn))), asdict(plan))
    with ExitStack() as stack:
        servers = [stack.enter_context(_seeded_server(peer, plan.population, admin_dsn)) for peer in peers]
        # Spawned, not forked: the generator shares nothing with this process that could cost it time.
        generator = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        try:
            _measure(plan, servers, generator, results)
        except UnexpectedAnswerError as error:
            console.print(f"Aborted: {error}", style="red", markup=False)
            raise typer.Exit(1) from error
    return results


@contextmanager
def _seeded_server(peer: Peer, population: Population, admin_dsn: str) -> Iterator[Server]:
    with console.status(f"Seeding {peer.name}"):
        dsn = asyncio.run(create_database(admin_dsn, peer.database))
        asyncio.run(seed(peer, dsn, population))
    try:
        with running_server(peer, dsn) as server:
            yield server
    finally:
        asyncio.run(drop_database(admin_dsn, peer.database))


def _measure(plan: Plan, servers: list[Server], generator: ProcessPoolExecutor, results: Results) -> None:
    steps = list(_schedule(plan.rounds, servers))
    with _progress() as progress:
        task = progress.add_task("", total=len(steps))
        for number, workload, server in steps:
            progress.update(task, description=f"round {number}: {workload.name}, {server.peer.name}")
            messages = requests_of(workload, server.peer, plan.population, plan.requests, seed=str(number))
            job = Job(server.port, server.pid, workload.status, messages)
            sample = generator.submit(run, job).result()
            if number:  # round 0 fills caches and pools
                results.add(workload.name, server.peer.name, sample)
            progress.advance(task)


def _schedule(rounds: int, servers: list[Server]) -> Iterator[tuple[int, Workload, Server]]:
    """In order; another application goes first each time, so that none has the best place."""
    for number in range(rounds + 1):
        for offset, workload in enumerate(WORKLOADS):
            first = (number + offset) % len(servers)
            for server in servers[first:] + servers[:first]:
                yield number, workload, server


def _progress() -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    return Progress(*columns, console=console, transient=True)


if __name__ == "__main__":
    typer.run(main)
