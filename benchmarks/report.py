"""What a run found, as tables for people and as JSON for machines. It judges nothing."""

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from benchmarks.load import Sample
from benchmarks.registry import PEERS

PACKAGES = (
    "fastapi",
    "starlette",
    "pydantic",
    "sqlalchemy",
    "sqlmodel",
    "asyncpg",
    "psycopg",
    "aiosqlite",
    "fastapi-users",
    "fastcrud",
    "django",
    "djangorestframework",
    "litestar",
    "advanced-alchemy",
    "uvicorn",
    "uvloop",
    "gunicorn",
)
METRICS = ("cpu", "throughput", "p50", "p99")
# Dividend and divisor: how many times as much the first costs.
COMPARISONS = (
    *((name, "kit") for name in PEERS if not name.startswith(("kit", "limit", "floor"))),
    ("kit-accounts", "kit"),
    ("handwritten", "kit-accounts"),
    ("kit-deployed", "kit"),
    ("kit-deployed", "limit"),
    ("kit", "floor"),
    ("kit", "limit"),
    ("floor", "limit"),
    ("limit-locked", "limit"),
    ("kit-sqlite", "limit-sqlite"),
    ("kit-sqlite", "floor-sqlite"),
    ("floor-sqlite", "limit-sqlite"),
    ("limit-locked-sqlite", "limit-sqlite"),
)
NOTES = """\
CPU is that of the application without PostgreSQL; SQLite runs inside the application. PostgreSQL never waits for the
disk here, SQLite does at each commit. A round trip is one wait for PostgreSQL, counted in a pass of its own.
[bold]handwritten[/] authenticates each request with a JWT and a query for the user, [bold]kit-accounts[/] with a JWT;
the others trust a header that names the user. All run on the SQLAlchemy that fastapi-users allows: before 2.1."""


@dataclass(frozen=True)
class Machine:
    """Where the numbers come from."""

    cpu: str
    cores: int
    python: str
    postgresql: str
    packages: dict[str, str]


@dataclass
class Results:
    """Every sample of a run, by workload and application, in the order of the rounds."""

    machine: Machine
    options: dict[str, object]
    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)
    round_trips: dict[str, dict[str, float]] = field(default_factory=dict)
    """Per request, by application and workload."""

    def add(self, workload: str, peer: str, sample: Sample) -> None:
        """Keep one measurement."""
        self.samples.setdefault(workload, {}).setdefault(peer, []).append(sample)

    def median(self, workload: str, peer: str, metric: str) -> float:
        """The median over the rounds of one metric of `Sample`."""
        return median(self.values(workload, peer, metric))

    def values(self, workload: str, peer: str, metric: str) -> list[float]:
        """One metric of `Sample`, round by round."""
        return [getattr(sample, metric) for sample in self.samples[workload][peer]]

    def ratio(self, workload: str, dividend: str, divisor: str, metric: str) -> float:
        """One application's median divided by another's."""
        return self.median(workload, dividend, metric) / self.median(workload, divisor, metric)


def describe_machine(postgresql: str) -> Machine:
    """Describe this machine and what is installed."""
    packages = {package: version(package) for package in PACKAGES}
    return Machine(_cpu_model(), os.cpu_count() or 0, platform.python_version(), postgresql, packages)


def print_report(results: Results, console: Console) -> None:
    """Show the medians, the ratios, the machine and what the numbers do not say."""
    console.print(_medians(results), _ratios(results))
    print_machine(results.machine, console)
    console.print(NOTES)


def print_machine(machine: Machine, console: Console) -> None:
    """Show where the numbers come from."""
    packages = ", ".join(f"{name} {number}" for name, number in machine.packages.items())
    console.print(f"{machine.cpu}, {machine.cores} cores; Python {machine.python}; PostgreSQL {machine.postgresql}")
    console.print(packages)


def write_json(results: Results, file: Path) -> None:
    """Write every sample and the medians."""
    document = asdict(results) | {"medians": {name: _summary(results, name) for name in results.samples}}
    file.write_text(json.dumps(document, indent=2) + "\n")


def table(title: str, labels: Iterable[str], numbers: Iterable[str]) -> Table:
    """Return an empty table: columns of words, then columns of numbers."""
    empty = Table(*labels, title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in numbers:
        empty.add_column(heading, justify="right")
    return empty


def progress_bar(console: Console) -> Progress:
    """Return what shows how far a run is, and is gone when it ends."""
    times = (TimeElapsedColumn(), TimeRemainingColumn())
    columns = (BarColumn(), MofNCompleteColumn(), *times, TextColumn("{task.description}"))
    return Progress(*columns, console=console, transient=True)


def _medians(results: Results) -> Table:
    numbers = ["CPU, ms", "min-max", "req/s", "p50, ms", "p99, ms", "round trips"]
    medians = table("Per request, medians over the rounds", ["workload", "application"], numbers)
    for workload, peers in results.samples.items():
        for peer in sorted(peers, key=lambda name: results.median(workload, name, "cpu")):
            cpu, throughput, p50, p99 = (results.median(workload, peer, metric) for metric in METRICS)
            values = results.values(workload, peer, "cpu")
            spread = f"{min(values):.2f}-{max(values):.2f}"
            round_trips = _round_trips(results.round_trips.get(peer, {}), workload)
            latencies = f"{p50:.1f}", f"{p99:.1f}"
            medians.add_row(workload, peer, f"{cpu:.2f}", spread, f"{throughput:.0f}", *latencies, round_trips)
        medians.add_section()
    return medians


def _round_trips(of_peer: Mapping[str, float], workload: str) -> str:
    return f"{of_peer[workload]:.1f}" if workload in of_peer else "-"


def _ratios(results: Results) -> Table:
    ratios = table("Times as much (ratios of the medians)", ["workload", "applications"], ["CPU", "p50", "p99"])
    for workload, peers in results.samples.items():
        for dividend, divisor in _comparable(peers):
            values = [results.ratio(workload, dividend, divisor, metric) for metric in ("cpu", "p50", "p99")]
            ratios.add_row(workload, f"{dividend} / {divisor}", *(f"{value:.2f}" for value in values))
        ratios.add_section()
    return ratios


def _comparable(peers: Iterable[str]) -> list[tuple[str, str]]:
    present = set(peers)
    return [pair for pair in COMPARISONS if present.issuperset(pair)]


def _summary(results: Results, workload: str) -> dict[str, dict[str, float]]:
    peers = results.samples[workload]
    return {peer: {metric: results.median(workload, peer, metric) for metric in METRICS} for peer in peers}


def _cpu_model() -> str:
    """The processor's name; Linux tells it in a file only."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
