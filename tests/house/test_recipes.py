"""The pages "add a field", "add an operation" and "add a feature", carried out on a copy of the repository."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.databases import ONLY_SQLITE
from tests.house.recipes import ROOT, copied, run_python, steps_of
from tests.postgres import DSN_VARIABLE

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
ABOUT_ALL = [f"test_{name}.py" for name in ("architecture", "errors", "features", "verbs", "words", "public_names")]
COPYING = {"test_generated.py", "test_recipes.py"}
# What these tests do without, and what takes a second to import.
LEFT_OUT = ("cacheprovider", "hypothesispytest", "schemathesis", "valkey", "xdist")


def run(folder: Path, *command: str, **variables: str) -> str:
    """Run Python in the copy, make sure that it succeeds, and return what it has written."""
    done = run_python(folder, *command, **variables)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def server(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variable that names the PostgreSQL of this run, in which the tests of a copy make databases of their own."""
    if ONLY_SQLITE:
        return {}
    url = make_url(request.getfixturevalue("postgres_template")).set(drivername="postgresql", database="postgres")
    return {DSN_VARIABLE: url.render_as_string(hide_password=False)}


def check(folder: Path, server: dict[str, str], name: str, word: str | None = None) -> None:
    """Run what a page is checked by; with a word, also the tests about all, and the cases of others that it names.

    In one process, which imports them once; those cases on SQLite only.
    """
    others = sorted(path.name for path in (folder / "tests" / "house").glob("test_*.py") if path.name not in COPYING)
    chosen = [] if word is None else ["-k", f"{name} or {' or '.join(ABOUT_ALL)} or {word} and not postgres"]
    paths = [f"recipes/{name}", *(() if word is None else others)]

    said = run(
        folder,
        *("-m", "pytest", "-v", *(f"-pno:{plugin}" for plugin in LEFT_OUT)),
        *(f"tests/house/{path}" for path in paths),
        *chosen,
        **server,
    )

    files = [name] if word is None else [name, *ABOUT_ALL, "test_authorisation.py"]
    assert [file for file in files if f"{file}::" not in said] == []


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
def test_a_field_is_one_folder_and_a_revision(carried_out: Path, server: dict[str, str]) -> None:
    assert touched(carried_out) == {
        "fastapi_todo_kit/features/todos/models.py",
        "fastapi_todo_kit/features/todos/schemas.py",
        "fastapi_todo_kit/migrations/versions/todokit_9998_effort.py",
    }
    check(carried_out, server, "check_a_field.py")


@pytest.mark.parametrize("carried_out", ["add-an-operation.md"], indirect=True)
def test_an_operation_is_a_verb_and_a_route(carried_out: Path, server: dict[str, str]) -> None:
    assert touched(carried_out) == {
        "fastapi_todo_kit/features/todos/router.py",
        "fastapi_todo_kit/features/todos/service.py",
    }
    check(carried_out, server, "check_an_operation.py", "raise")


@pytest.mark.parametrize("carried_out", ["add-a-feature.md"], indirect=True)
def test_a_feature_is_a_folder_a_line_and_its_actions(carried_out: Path, server: dict[str, str]) -> None:
    assert {path for path in touched(carried_out) if "/notes/" not in path} == {
        "fastapi_todo_kit/catalog.py",
        "fastapi_todo_kit/policy.py",
        "fastapi_todo_kit/migrations/versions/todokit_9998_notes.py",
    }
    check(carried_out, server, "check_a_feature.py", "note")
