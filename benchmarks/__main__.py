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

from benchmarks.data.databases import server_version
from benchmarks.data.population import Population
from benchmarks.load import Job, UnexpectedAnswerError, run
from benchmarks.registry import PEERS, Peer
from benchmarks.report import Results, describe_machine, print_report, progress_bar, write_json
from benchmarks.round_trips import count_round_trips
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


QUICK = {"rounds": 2, "requests": 40, "users": 20, "todos": 100}


def main(  # noqa: PLR0917 - Typer passes its options by name
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one that warms up.")] = 7,
    users: Annotated[int, typer.Option(min=1)] = 200,
    todos: Annotated[int, typer.Option(min=1, help="Todos of each user.")] = 500,
    requests: Annotated[int, typer.Option(min=1, help="Requests per measurement.")] = 2_000,
    quick: Annotated[bool, typer.Option("--quick", help="A smoke run: little data, two short rounds.")] = False,
    only: Annotated[str, typer.Option(help=f"Comma-separated, of: {', '.join(PEERS)}.")] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every sample to this file.")] = None,
) -> None:
    """Measure what a request costs the server, for the kit, the limit and what else one would build on."""
    if quick:
        rounds, requests, users, todos = QUICK["rounds"], QUICK["requests"], QUICK["users"], QUICK["todos"]
    peers = _chosen(only)
    plan = Plan(rounds, requests, Population(users, todos), [peer.name for peer in peers])
    with running_postgres() as admin_dsn:
        results = Results(describe_machine(asyncio.run(server_version(admin_dsn))), asdict(plan))
        try:
            _bench(plan, peers, admin_dsn, results)
        except UnexpectedAnswerError as error:
            console.print(f"Aborted: {error}", style="red", markup=False)
            raise typer.Exit(1) from error
    print_report(results, console)
    if json_file:
        write_json(results, json_file)


def _chosen(only: str) -> list[Peer]:
    names = [name.strip() for name in only.split(",") if name.strip()]
    if unknown := set(names) - set(PEERS):
        raise typer.BadParameter(f"no such application: {', '.join(sorted(unknown))}")
    return [PEERS[name] for name in names or PEERS]


def _bench(plan: Plan, peers: list[Peer], admin_dsn: str, results: Results) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(_prepared_server(peer, plan.population, admin_dsn, results)) for peer in peers]
        # Spawned, not forked: the generator shares nothing with this process that could cost it time.
        generator = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        _measure(plan, servers, generator, results)


@contextmanager
def _prepared_server(peer: Peer, population: Population, admin_dsn: str, results: Results) -> Iterator[Server]:
    with peer.database(admin_dsn) as dsn:
        with console.status(f"Seeding {peer.name}"):
            asyncio.run(peer.seed(dsn, population))
        if not peer.on_sqlite:
            with console.status(f"Counting the round trips of {peer.name}"):
                results.round_trips[peer.name] = count_round_trips(peer, dsn, population)
        with running_server(peer, dsn) as server:
            yield server


def _measure(plan: Plan, servers: list[Server], generator: ProcessPoolExecutor, results: Results) -> None:
    steps = list(_schedule(plan.rounds, servers))
    with progress_bar(console) as progress:
        task = progress.add_task("", total=len(steps))
        for number, workload, server in steps:
            progress.update(task, description=f"round {number}: {workload.name}, {server.peer.name}")
            requests = requests_of(workload, server.peer, plan.population, plan.requests, seed=str(number))
            sample = generator.submit(run, Job(server.port, server.pid, requests)).result()
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


if __name__ == "__main__":
    typer.run(main)
