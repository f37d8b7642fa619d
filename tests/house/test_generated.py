"""What `.ci/generate.py` makes is compared by `hatch run check`: what is stale, missing or left over is named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def generate(folder: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, ".ci/generate.py", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, from which a file is gone, in which one is stale, and to which one was left."""
    folder = tmp_path_factory.mktemp("generated")
    for name in ("fastapi_todo_kit", ".ci"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    package = folder / "fastapi_todo_kit"
    (package / "changes.py").unlink()
    with (package / "features" / "labels" / "errors.py").open("a") as errors:
        errors.write('\n\nclass LabelStuck(LabelNotFound):\n    """The label is stuck."""\n')
    (package / "services" / "verbs" / "notes.py").write_text("")
    return folder


def test_the_check_names_what_is_not_as_it_is_made_and_the_script_mends_it(copy: Path) -> None:
    code, said = generate(copy, "--check")

    assert code == 1
    assert [Path(line.split()[0]).name for line in said.splitlines()] == ["changes.py", "errors.py", "notes.py"]
    assert generate(copy) == (0, "")
    assert generate(copy, "--check") == (0, "")
    assert "LabelStuck" in (copy / "fastapi_todo_kit" / "errors.py").read_text()


def test_what_is_made_stands_in_the_package() -> None:
    assert generate(ROOT, "--check") == (0, "")
