"""Carries out what a page of `docs/contributing` says: each block with a title is a file, or a change of one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "contributing"
_BLOCK = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_INCLUDED = re.compile(r'^--8<-- "([^"]+)"\n', re.MULTILINE)


def copied(names: Iterable[str], folder: Path) -> Path:
    """Copy files and folders of the repository into another one, without what Python and tools keep there."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def run_python(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python where the package in a folder is what is imported, as if no test had started it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


class Step(NamedTuple):
    """One block of a page: `path` gets `new` where `old` stands, once; without `old` it is a new file."""

    path: str
    old: str | None
    new: str

    def carry_out(self, root: Path) -> None:
        file = root / self.path
        if self.old is None:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.new)
            return
        before = file.read_text()
        assert before.count(self.old) == 1, f"{self.path} has this {before.count(self.old)} times:\n{self.old}"
        file.write_text(before.replace(self.old, self.new))


def steps_of(page: str) -> list[Step]:
    blocks = _BLOCK.findall((PAGES / page).read_text())
    return [_change(path, text) if kind == "diff" else Step(path, None, _whole(text)) for kind, path, text in blocks]


def _change(path: str, text: str) -> Step:
    lines = text.splitlines()
    old, new = ("\n".join(line[1:] for line in lines if line[:1] != without) for without in "+-")
    return Step(path, old, new)


def _whole(text: str) -> str:
    return _INCLUDED.sub(lambda name: (ROOT / name[1]).read_text(), text)
