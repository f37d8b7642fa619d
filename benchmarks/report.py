"""What a run found, as tables for people and as JSON for machines. It judges nothing."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from benchmarks.load import Sample

PACKAGES = (
    "fastapi",
    "starlette",
    "pydantic",
    "sqlalchemy",
    "sqlmodel",
    "fastapi-users",
    "asyncpg",
    "uvicorn",
    "uvloop",
)
METRICS = ("cpu", "throughput", "p50", "p99")
# Dividend and divisor: how many times as much the first costs.
COMPARISONS = (
    ("handwritten", "kit"),
    ("unauthenticated", "kit"),
    ("kit", "limit"),
    ("handwritten", "limit"),
)


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
    machine = results.machine
    packages = ", ".join(f"{name} {number}" for name, number in machine.packages.items())
    console.print(f"{machine.cpu}, {machine.cores} cores; Python {machine.python}; PostgreSQL {machine.postgresql}")
    console.print(packages)
    console.print(
        "CPU is that of the application's process, without PostgreSQL. [bold]handwritten[/] authenticates "
        "each request (a JWT and a query for the user); the others trust a header that names the user."
    )


def write_json(results: Results, file: Path) -> None:
    """Write every sample and the medians."""
    document = asdict(results) | {"medians": {name: _summary(results, name) for name in results.samples}}
    file.write_text(json.dumps(document, indent=2) + "\n")


def _medians(results: Results) -> Table:
    table = _table("Per request, medians over the rounds", ["CPU, ms", "min-max", "req/s", "p50, ms", "p99, ms"])
    for workload, peers in results.samples.items():
        for peer in sorted(peers, key=lambda name: results.median(workload, name, "cpu")):
            cpu, throughput, p50, p99 = (results.median(workload, peer, metric) for metric in METRICS)
            values = results.values(workload, peer, "cpu")
            spread = f"{min(values):.2f}-{max(values):.2f}"
            table.add_row(workload, peer, f"{cpu:.2f}", spread, f"{throughput:.0f}", f"{p50:.1f}", f"{p99:.1f}")
        table.add_section()
    return table


def _ratios(results: Results) -> Table:
    table = _table("Times as much (ratios of the medians)", ["CPU", "p50", "p99"])
    for workload, peers in results.samples.items():
        for dividend, divisor in _comparable(peers):
            ratios = [results.ratio(workload, dividend, divisor, metric) for metric in ("cpu", "p50", "p99")]
            table.add_row(workload, f"{dividend} / {divisor}", *(f"{ratio:.2f}" for ratio in ratios))
        table.add_section()
    return table


def _table(title: str, numbers: list[str]) -> Table:
    table = Table("workload", "application", title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table


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
