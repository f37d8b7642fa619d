"""The page on the architecture draws the house as the import contracts have it."""

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PAGE = (ROOT / "docs/explanation/architecture.md").read_text()


def floors(container: str) -> list[str]:
    (found,) = (one["layers"] for one in CONTRACTS if one.get("containers") == [container])
    return list(found)


def chain(drawing: str) -> list[str]:
    """The labels of the boxes from the top down; each arrow goes from one box to the next."""
    labels = dict(re.findall(r'(\w+)\["([^"]+)"\]', drawing))
    arrows = re.findall(r'(\w+)(?:\["[^"]+"\])?(?= --> (\w+))', drawing)
    assert len(arrows) == len(labels) - 1
    (first,) = labels.keys() - {below for _, below in arrows}
    below, found = dict(arrows), [labels[first]]
    while first in below:
        first = below[first]
        found.append(labels[first])
    return found


def test_the_drawing_is_the_contracts() -> None:
    (drawing,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
    house, features = drawing.split("subgraph")

    assert chain(house) == floors("fastapi_todo_kit")
    assert chain(features.split("\n", 1)[1]) == floors("fastapi_todo_kit.features")


def test_a_module_of_the_root_is_a_public_one_or_makes_the_kit() -> None:
    package = ROOT / "fastapi_todo_kit"
    modules = [one.stem for one in package.glob("*.py") if one.stem != "__init__"]
    folders = [one.name for one in package.iterdir() if (one / "__init__.py").exists()]

    assert len(modules) <= 12, modules
    assert len(folders) <= 15, folders


def test_no_file_grows_beyond_what_one_reads_at_once() -> None:
    long = {one: one.read_text().count("\n") for one in (ROOT / "fastapi_todo_kit").rglob("*.py")}

    assert not {one.name: lines for one, lines in long.items() if lines > 400}
    assert long[ROOT / "fastapi_todo_kit" / "errors.py"] < 200
    assert len(CONTRACTS) <= 6


def imported_by(module: Path, known: set[str]) -> set[str]:
    """Return the modules of the package that a module needs to be there, which those for types alone are not."""
    found = set()
    for node in [node for node in ast.parse(module.read_text()).body if not isinstance(node, ast.If)]:
        for one in ast.walk(node):
            if isinstance(one, ast.ImportFrom) and one.module:
                names = {f"{one.module}.{alias.name}" for alias in one.names}
                found |= names & known or {one.module} & known
    return found


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {one: one.relative_to(ROOT).with_suffix("") for one in (ROOT / "fastapi_todo_kit").rglob("*.py")}
    names = {one: ".".join(path.parts).removesuffix(".__init__") for one, path in files.items()}

    TopologicalSorter({name: imported_by(one, {*names.values()}) for one, name in names.items()}).prepare()
