"""What hosts import, name or find in their databases: none of it is lost, and what is new goes on record."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

import fastapi_todo_kit
from fastapi_todo_kit import pytest_plugin
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import BRANCHES
from fastapi_todo_kit.tables import kit_metadata
from tests.migrations.host_app import HAS_PLUGINS

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("public_names.txt")
# One line for each: where it is, and its name. What is new adds its line, and no line ever goes without a notice.
KNOWN = {(line.partition(" ")[0], line.partition(" ")[2]) for line in FILE.read_text("utf-8").splitlines()}
# Their public classes, or what is in `__all__`. Of other modules only what the documentation names is public.
MODULES = (
    "account_events",
    "changes",
    "errors",
    "fastapi_users",
    "host",
    "migrations",
    "policy",
    "schemas",
    "services",
    "settings",
    "testing",
    "worker.taskiq",
)
# Not those for contributors, which are about the inside.
PAGES = [
    ROOT / "README.md",
    *(page for page in (ROOT / "docs").rglob("*.md") if "contributing" not in page.relative_to(ROOT / "docs").parts),
]
IMPORT = re.compile(r"^ *from (fastapi_todo_kit[\w.]*) import (?:\(([^)]+)\)|(.+))$", re.MULTILINE)
MENTION = re.compile(r"\bfastapi_todo_kit\.\w[\w.]*\w")
SHOWN = re.compile(r"^::: (fastapi_todo_kit[\w.]*)\.(\w+)$", re.MULTILINE)
LOGGERS = {"fastapi_todo_kit.operations"}


def names_in(module: ModuleType) -> Iterator[str]:
    exported = getattr(module, "__all__", None)
    yield from exported or (name for name, value in vars(module).items() if is_class_of(module, name, value))


def is_class_of(module: ModuleType, name: str, value: object) -> bool:
    """Say whether a module, or the verbs below it, define a public class."""
    below = f"{module.__name__}.verbs"
    is_own = isinstance(value, type) and (value.__module__ == module.__name__ or value.__module__.startswith(below))
    return is_own and not name.startswith("_")


def entry_points() -> dict[tuple[str, str], EntryPoint]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"console_scripts": project["scripts"], **project["entry-points"]}
    return {
        (group, name): EntryPoint(name, value, group)
        for group, named in groups.items()
        for name, value in named.items()
    }


def public_now() -> Iterator[tuple[str, str]]:
    yield from (("fastapi_todo_kit", name) for name in {*fastapi_todo_kit.__all__, *fastapi_todo_kit._HOMES})
    for place in (f"fastapi_todo_kit.{one}" for one in MODULES):
        yield from ((place, name) for name in names_in(import_module(place)))
    yield from entry_points()
    yield from (("fixture", name) for name in vars(pytest_plugin) if name.startswith("todo_kit_"))
    for branch in BRANCHES:
        yield from (("table", name) for name in kit_metadata(branch).tables)
        yield ("branch", branch.label)
        yield ("table", branch.version_table)
        yield from (("revision", revision) for revision in own_history.revisions(branch))


def found(place: str, name: str) -> object:
    """Return what a module has under a name, or the module of a package."""
    value = getattr(import_module(place), name, None)
    return import_module(f"{place}.{name}") if value is None else value


def is_there(place: str, name: str) -> bool:
    try:
        return found(place, name) is not None
    except ImportError:
        return False


def test_nothing_that_was_public_is_lost() -> None:
    now = {*public_now()}
    is_kept = {one: is_there(*one) if one[0].startswith("fastapi_todo_kit") else one in now for one in KNOWN}

    assert [" ".join(one) for one in KNOWN if not is_kept[one]] == []


def test_what_is_public_is_on_record() -> None:
    unknown = sorted(" ".join(one) for one in {*public_now()} - KNOWN)

    assert not unknown, f"public from now on, so add to {FILE.name}, or give it a name that is private: {unknown}"


def test_the_record_is_sorted_and_says_nothing_twice() -> None:
    lines = FILE.read_text("utf-8").splitlines()

    assert lines == sorted(set(lines))


@pytest.mark.parametrize("entry_point", entry_points().values(), ids=lambda one: str(one.name))
def test_an_entry_point_loads(entry_point: EntryPoint) -> None:
    if entry_point.group == "alembic.plugins" and not HAS_PLUGINS:
        pytest.skip("this Alembic loads no plugins")

    assert entry_point.load() is not None


def test_what_the_reference_shows_is_on_record() -> None:
    shown = {one for page in (ROOT / "docs/reference").glob("*.md") for one in SHOWN.findall(page.read_text("utf-8"))}

    assert len(shown) > 50
    assert [one for one in shown - KNOWN if not isinstance(found(*one), ModuleType)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_imports_or_mentions_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    imported = {
        (place, name.partition(" as ")[0].strip())
        for place, within, behind in IMPORT.findall(text)
        for name in (within or behind).split(",")
        if name.strip()
    }
    mentioned = {
        (one.rpartition(".")[0], one.rpartition(".")[2]) for one in MENTION.findall(text) if one not in LOGGERS
    }

    assert [one for one in imported | mentioned if not is_there(*one)] == []
