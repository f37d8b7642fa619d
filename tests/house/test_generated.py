"""What `.ci/generate.py` makes is compared by `hatch run check`: what is stale, missing or left over is named."""

from pathlib import Path

import pytest

from tests.house.recipes import ROOT, copied, run_python


def generate(folder: Path, *options: str) -> tuple[int, str]:
    done = run_python(folder, ".ci/generate.py", *options)
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, from which a file is gone, in which one is stale, and to which one was left."""
    folder = copied(("fastapi_todo_kit", ".ci", "pyproject.toml"), tmp_path_factory.mktemp("generated"))
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
