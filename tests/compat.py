"""Runs the suite on the lowest direct versions and on the newest, on every Python that this machine has.

hatch run compat                             everything
hatch run compat --lowest --python 3.11      one of the combinations; further arguments go to pytest
hatch run compat --smoke                     `tests/smoke.py` beside `tests/compat_sets.py`, and on every minor release
hatch run compat --smoke alembic==1.18.0     only beside the releases that are named; those in one word are together
hatch run compat --short                     only beside a few of the sets
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.compat_sets import SETS, SHORT

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = "postgres,psycopg,metrics,auth,production,redis,taskiq"
LONGEST_COMMAND_SECONDS = 300
SMOKED = ("alembic", "fastapi", "sqlalchemy", "pydantic")
# Where the suite begins, which needs more than the kit: its tools do, it tells words of these packages apart that have
# changed since, and it runs on Pythons for which older ones have no wheels. `tests/smoke.py` runs without any of it, on
# the floors themselves.
SUITE_FROM = {
    "aiosqlite": "0.21",
    "alembic": "1.16",
    "anyio": "4.10",
    "asyncpg": "0.31",
    "fastapi": "0.137.2",
    "httpx": "0.28",
    "msgspec": "0.20",
    "pydantic": "2.12",
    "pydantic-settings": "2.14",
    "psycopg": "3.2.3",
    "sqlalchemy": "2.0.44",
    "sqlmodel": "0.0.27",
    "structlog": "25.1",
    "typer": "0.16",
    "tzdata": "2025.2",
    "uuid-utils": "0.12",
}
# fastapi-users' adapter wants SQLAlchemy below 2.1, which the kit does not: a host in the tests uses it nevertheless.
OVERRIDES = ("sqlalchemy[asyncio]>=2.0.44",)
# What an old Typer says under a new Click, of which the kit uses nothing itself.
OLD_TYPER = "ignore:'click.:DeprecationWarning"


def main() -> int:
    """Run what was asked for; return 1 where something fails."""
    parser = argparse.ArgumentParser(description="The suite on other versions of what the kit stands on.")
    parser.add_argument("--lowest", action="store_true", help="only the lowest direct versions")
    parser.add_argument("--newest", action="store_true", help="only the newest versions")
    parser.add_argument("--python", action="append", choices=PYTHONS, help="only this Python; may be repeated")
    parser.add_argument("--smoke", nargs="*", metavar="NAME==VERSION", help="a short run beside other releases")
    parser.add_argument("--short", action="store_true", help="a short run beside a few of the sets")
    options, pytest_arguments = parser.parse_known_args()
    resolutions = [name for name in ("lowest", "newest") if getattr(options, name)] or ["lowest", "newest"]
    pythons = {version: path for version in options.python or PYTHONS if (path := find_python(version))}
    if not pythons:
        sys.stderr.write(f"none of the Pythons {options.python or PYTHONS} is on this machine\n")
        return 1
    is_alone = options.short or options.smoke is not None
    is_everything = not (options.lowest or options.newest or options.python or pytest_arguments)
    is_smoked = smoke(next(iter(pythons.values())), sets_of(options)) if is_alone or is_everything else True
    if is_alone:
        return 0 if is_smoked else 1
    outcomes = {
        (version, resolution): run_suite(path, resolution, pytest_arguments)
        for version, path in pythons.items()
        for resolution in resolutions
    }
    for (version, resolution), outcome in outcomes.items():
        sys.stdout.write(f"Python {version}, {resolution}: {outcome}\n")
    return 0 if is_smoked and all(outcome.startswith("passed") for outcome in outcomes.values()) else 1


def sets_of(options: argparse.Namespace) -> dict[str, Sequence[str]]:
    """Return the sets of pins of a short run: what is named, a few, or all."""
    if options.smoke:
        return {one: one.split(",") for one in options.smoke}
    return short_sets() if options.short else all_sets()


def find_python(version: str) -> str | None:
    """Return the interpreter of a version: one that uv finds, or one of pyenv that no folder has chosen."""
    command = [uv(), "python", "find", "--no-python-downloads", version]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    return found or next((str(path) for path in sorted(pyenv.glob(f"{version}.*/bin/python"))), None)


def run_suite(python: str, resolution: str, pytest_arguments: list[str]) -> str:
    """Install the kit and what its tests need into an environment of its own, and run them."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder)
        subprocess.run([uv(), "venv", "--quiet", "--python", python, str(environment / "venv")], check=True)
        interpreter = str(environment / "venv" / "bin" / "python")
        install(interpreter, resolution, environment)
        show_versions(interpreter, python, resolution)
        tests = pytest_arguments or ["tests"]
        # Its commands, `todo-kit` and `alembic`, must be found as in an activated environment.
        path = os.pathsep.join((str(environment / "venv" / "bin"), os.environ["PATH"]))
        command = [interpreter, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "-W", OLD_TYPER, *tests]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False)
    return f"{'passed' if done.returncode == 0 else 'failed'} after {time.monotonic() - began:.0f} s"


def install(interpreter: str, resolution: str, folder: Path) -> None:
    """Install the kit, its extras and the dependencies of the test environment."""
    project = read_project()
    constraints, overrides = folder / "constraints.txt", folder / "overrides.txt"
    lowest = [pin for pin in lowest_of(project, EXTRAS.split(",")) if name_of(pin) not in SUITE_FROM]
    lowest += [f"{name}=={version}" for name, version in SUITE_FROM.items()]
    constraints.write_text("\n".join(lowest) if resolution == "lowest" else "", encoding="utf-8")
    overrides.write_text("\n".join(OVERRIDES) if resolution == "newest" else "", encoding="utf-8")
    command = [uv(), "pip", "install", "--quiet", "--python", interpreter]
    command += ["--constraint", str(constraints), "--override", str(overrides)]
    tools = ["pytest", "pytest-xdist", *project["tool"]["hatch"]["envs"]["hatch-test"]["extra-dependencies"]]
    subprocess.run([*command, "--editable", f"{ROOT}[{EXTRAS}]", *tools], check=True)


def lowest_of(project: dict[str, Any], extras: Sequence[str] = ()) -> list[str]:
    """Return the direct dependencies of the kit and of extras, each at the lowest version that it allows."""
    optional = project["project"]["optional-dependencies"]
    direct = [*project["project"]["dependencies"], *(one for extra in extras for one in optional[extra])]
    return [requirement.replace(">=", "==") for requirement in direct]


def smoke(python: str, beside: Mapping[str, Sequence[str]]) -> bool:
    """Run `tests/smoke.py` beside each of some sets of pins."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        subprocess.run([uv(), "build", "--quiet", "--wheel", "--out-dir", folder, str(ROOT)], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        ran = [pool.submit(smoke_beside, name, pins, wheel, python) for name, pins in beside.items()]
        outcomes = [one.result() for one in ran]
    return all(outcomes)


def smoke_beside(name: str, pins: Sequence[str], wheel: Path, python: str) -> bool:
    """Run it beside one set of pins, in an environment of its own; say how it went."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        interpreter = f"{folder}/venv/bin/python"
        kit = f"fastapi-todo-kit[{','.join(extras_of(pins))}] @ {wheel}"
        install = [uv(), "pip", "install", "--quiet", "--python", interpreter, kit]
        commands = [
            [uv(), "venv", "--quiet", "--python", python, f"{folder}/venv"],
            [*install, *pins],
            # -P: beside `tests/http`, the standard library's `http` would not be found.
            [interpreter, "-P", str(ROOT / "tests" / "smoke.py")],
        ]
        fault = next((said for said in (fault_of(command, folder) for command in commands) if said), "")
    outcome = f"failed\n{fault}\n" if fault else "passed"
    sys.stdout.write(f"{name}: {outcome} after {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()
    return not fault


def extras_of(pins: Sequence[str]) -> list[str]:
    """Return the extras of which something is pinned: their floors must allow it."""
    optional = read_project()["project"]["optional-dependencies"]
    pinned = {name_of(pin) for pin in pins}
    return [extra for extra, needed in optional.items() if pinned & {name_of(one) for one in needed}]


def name_of(requirement: str) -> str:
    """Return the package that a requirement names."""
    return re.split(r"[\[<=>]", requirement)[0]


def read_project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def fault_of(command: list[str], folder: str, *, is_first: bool = True) -> str:
    """Run a command; return what it said where it failed, nothing where it did not."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=folder, timeout=LONGEST_COMMAND_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"{command[0]} did not end within {LONGEST_COMMAND_SECONDS} s"
    if done.returncode == 0:
        return ""
    if is_first and "to the client cache" in done.stderr:  # two of uv at once were in each other's way
        return fault_of(command, folder, is_first=False)
    return done.stdout + done.stderr or f"status {done.returncode}"


def short_sets() -> dict[str, Sequence[str]]:
    """Return a few of the sets of pins, and the lowest version of everything together."""
    return {"lowest": lowest_of(read_project(), EXTRAS.split(",")), **{name: SETS[name] for name in SHORT}}


def all_sets() -> dict[str, Sequence[str]]:
    """Return the sets of pins, and the ends of each minor release that is allowed of what a host sees of the kit."""
    direct = read_project()["project"]["dependencies"]
    allowed = {name_of(one): one[len(name_of(one)) :] for one in direct}
    releases = [f"{name}=={release}" for name in SMOKED for release in ends_of_minors(name, allowed[name])]
    return {**short_sets(), **SETS, **{one: (one,) for one in releases}}


def ends_of_minors(name: str, wanted: str) -> list[str]:
    """Return the lowest and the newest release of each minor version of a package, of those that are wanted of it."""
    floor, *refused = (version_of(one) for one in wanted.split(","))
    command = [sys.executable, "-m", "pip", "index", "versions", name]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (versions,) = re.findall(r"Available versions: (.*)", listed)
    allowed = sorted(
        (one for one in versions.split(", ") if version_of(one) >= floor and version_of(one) not in refused),
        key=version_of,
    )
    minors = [list(group) for _, group in groupby(allowed, key=lambda one: version_of(one)[:2])]
    return [end for minor in minors for end in dict.fromkeys((minor[0], minor[-1]))]


def version_of(release: str) -> tuple[int, ...]:
    """Return the numbers of a release."""
    return tuple(int(number) for number in re.findall(r"\d+", release))


def show_versions(interpreter: str, python: str, resolution: str) -> None:
    """Print what the suite is about to run on."""
    sys.stdout.write(f"\n{resolution} versions on {python}\n")
    sys.stdout.flush()
    frozen = subprocess.run(
        [uv(), "pip", "freeze", "--python", interpreter], capture_output=True, text=True, check=True
    )
    shown = ("alembic", "fastapi", "pydantic", "pydantic-settings", "pyjwt", "sqlalchemy", "sqlmodel", "starlette")
    versions = [line for line in frozen.stdout.splitlines() if line.partition("==")[0] in shown]
    sys.stdout.write("  " + "  ".join(versions) + "\n")
    sys.stdout.flush()


def uv() -> str:
    """Return the command that installs."""
    return os.environ.get("HATCH_UV") or shutil.which("uv") or "uv"


if __name__ == "__main__":
    sys.exit(main())
