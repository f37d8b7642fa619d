"""The pages "add a field", "add an operation" and "add a feature", carried out on a copy of the repository."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.recipes import ROOT, copied, run_python, steps_of

pytestmark = pytest.mark.thorough

COPIED = ("fastapi_todo_kit", "tests", "docs", "example_app", ".ci", "pyproject.toml", "README.md", "CHANGELOG.md")
MADE = ("services", "schemas.py", "errors.py", "changes.py")
# What the pages say last: names that nobody may change later are listed where a test holds them.
LISTED = {
    "add-a-field.md": {"tests/house/public_names.txt": ["revision todokit_9998"]},
    "add-a-feature.md": {
        "tests/house/error_codes.txt": ["409 note_too_late NoteTooLate - Note too late"],
        "tests/house/public_names.txt": [
            "fastapi_todo_kit.changes NoteCreated",
            "fastapi_todo_kit.changes NoteExpired",
            "fastapi_todo_kit.errors NoteTooLate",
            "fastapi_todo_kit.schemas NoteCreate",
            "fastapi_todo_kit.schemas NotePage",
            "fastapi_todo_kit.schemas NoteRead",
            "fastapi_todo_kit.services Notes",
            "revision todokit_9998",
            "table todokit_note",
        ],
    },
}
# Tests of `tests/house` that are about the catalogue as a whole. The others have a case for each operation or verb.
ABOUT_ALL = [
    f"tests/house/test_{name}.py" for name in ("architecture", "errors", "features", "verbs", "words", "public_names")
]


def run(folder: Path, *command: str, **variables: str) -> None:
    """Run Python in the copy, and make sure that it succeeds."""
    done = run_python(folder, *command, PYTEST_ADDOPTS="-p no:cacheprovider -p no:xdist", **variables)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"


def touched(folder: Path) -> set[str]:
    """The files of the package that are new or others in the copy, without what is made by the script."""
    theirs, ours = (root / "fastapi_todo_kit" for root in (folder, ROOT))
    return {
        path.relative_to(folder).as_posix()
        for path in theirs.rglob("*.py")
        if path.relative_to(theirs).parts[0] not in MADE
        and not ((own := ours / path.relative_to(theirs)).exists() and filecmp.cmp(path, own, shallow=False))
    }


@pytest.fixture
def carried_out(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A copy of the repository in which a page was carried out."""
    folder = tmp_path / "copy"
    folder.mkdir()
    copied(COPIED, folder)
    for step in steps_of(request.param):
        step.carry_out(folder)
    for path, lines in LISTED.get(request.param, {}).items():
        listing = folder / path
        listing.write_text("".join(f"{line}\n" for line in sorted([*listing.read_text().splitlines(), *lines])))
    run(folder, ".ci/generate.py")
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("carried_out", ["add-a-field.md"], indirect=True)
def test_a_field_is_one_folder_and_a_revision(carried_out: Path) -> None:
    assert touched(carried_out) == {
        "fastapi_todo_kit/features/todos/models.py",
        "fastapi_todo_kit/features/todos/schemas.py",
        "fastapi_todo_kit/migrations/versions/todokit_9998_effort.py",
    }
    run(carried_out, "-m", "pytest", "-q", "tests/house/recipes/check_a_field.py")


@pytest.mark.parametrize("carried_out", ["add-an-operation.md"], indirect=True)
def test_an_operation_is_a_verb_and_a_route(carried_out: Path) -> None:
    assert touched(carried_out) == {
        "fastapi_todo_kit/features/todos/router.py",
        "fastapi_todo_kit/features/todos/service.py",
    }
    run(carried_out, "-m", "pytest", "-q", "tests/house/recipes/check_an_operation.py", *ABOUT_ALL)
    run(carried_out, "-m", "pytest", "-q", "tests/house", "-k", "raise", KIT_TEST_DATABASES="sqlite")


@pytest.mark.parametrize("carried_out", ["add-a-feature.md"], indirect=True)
def test_a_feature_is_a_folder_a_line_and_its_actions(carried_out: Path) -> None:
    assert {path for path in touched(carried_out) if "/notes/" not in path} == {
        "fastapi_todo_kit/catalog.py",
        "fastapi_todo_kit/policy.py",
        "fastapi_todo_kit/migrations/versions/todokit_9998_notes.py",
    }
    run(carried_out, "-m", "pytest", "-q", "tests/house/recipes/check_a_feature.py", *ABOUT_ALL)
    run(carried_out, "-m", "pytest", "-q", "tests/house", "-k", "note", KIT_TEST_DATABASES="sqlite")
