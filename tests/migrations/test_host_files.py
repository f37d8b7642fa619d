"""Editing the files of a host: Alembic must read what was meant, and everything else must stay."""

import os
from pathlib import Path

import pytest
from alembic.config import Config

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import ACCOUNTS, TODOS
from fastapi_todo_kit.migrations.host.config import find_host
from fastapi_todo_kit.migrations.host.edits import joining_edits, parting_edits
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.host.locations import add_to_ini, add_to_toml, remove_from_ini, remove_from_toml
from fastapi_todo_kit.migrations.host.revision_file import without_kit

pytestmark = pytest.mark.thorough

LOCATION = TODOS.location
BOTH = [TODOS.location, ACCOUNTS.location]
INI = """\
# mine
[alembic]
script_location = %(here)s/migrations
{}
# kept
sqlalchemy.url = sqlite:///x%%y.db

[other]
a = 1
"""
TOML = """\
# mine
[tool.alembic]
script_location = "%(here)s/migrations"
{}
# kept

[tool.other]
a = 1
"""
DEFAULT = "{here}/migrations/versions"


def read_ini(tmp_path: Path, text: str) -> Config:
    (tmp_path / "alembic.ini").write_text(text, encoding="utf-8")
    return Config(tmp_path / "alembic.ini")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("path_separator = os", [DEFAULT]),
        ("path_separator = newline", [DEFAULT]),
        ("path_separator = space", [DEFAULT]),
        ("path_separator = ;", [DEFAULT]),
        ("", [DEFAULT]),
        # The templates of Alembic: 1.7.0, 1.7.1 to 1.14, 1.15; those from 1.16 on are the first row.
        ("prepend_sys_path = .\nversion_path_separator = os  # default: use os.pathsep", [DEFAULT]),
        ("version_path_separator = os  # Use os.pathsep. Default configuration used for new projects.", [DEFAULT]),
        ("prepend_sys_path = .\nversion_path_separator = os", [DEFAULT]),
        ("version_path_separator = space  # mine\nversion_locations = %(here)s/a %(here)s/b", ["{here}/a", "{here}/b"]),
        ("# version_locations = a:b\n\npath_separator = os", [DEFAULT]),
        ("path_separator = :\nversion_locations = %(here)s/a:%(here)s/b", ["{here}/a", "{here}/b"]),
        ("path_separator = space\nversion_locations = %(here)s/a %(here)s/b", ["{here}/a", "{here}/b"]),
        ("path_separator=newline\nversion_locations=\n  %(here)s/a\n  # why b\n  %(here)s/b", ["{here}/a", "{here}/b"]),
        ("version_locations = a, b", ["a", "b"]),
        (f"path_separator = os\nversion_locations = %(here)s/a{os.pathsep}{LOCATION}", ["{here}/a"]),
        (f"path_separator = newline\nversion_locations =\n    {LOCATION}\n    %(here)s/a", ["{here}/a"]),
        (f"path_separator = newline\nversion_locations = {LOCATION}", [DEFAULT]),
    ],
)
def test_the_kit_comes_last_in_an_ini_file(tmp_path: Path, options: str, expected: list[str]) -> None:
    before = INI.format(options)

    after = add_to_ini(before, [LOCATION])

    config = read_ini(tmp_path, after)
    assert config.get_version_locations_list() == [*(entry.format(here=tmp_path) for entry in expected), LOCATION]
    assert config.get_main_option("sqlalchemy.url") == "sqlite:///x%y.db"
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == [
        line for line in before.splitlines() if line.lstrip().startswith("#")
    ]
    assert read_ini(tmp_path, remove_from_ini(after)).get_version_locations_list() == [
        entry.format(here=tmp_path) for entry in expected
    ]


@pytest.mark.parametrize("separator", ["os", "newline", "space", ";", ":"])
def test_both_branches_come_last_and_go_together(tmp_path: Path, separator: str) -> None:
    joined = add_to_ini(INI.format(f"path_separator = {separator}"), [LOCATION])

    both = add_to_ini(joined, BOTH)

    own = DEFAULT.format(here=tmp_path)
    assert read_ini(tmp_path, both).get_version_locations_list() == [own, *BOTH]
    assert read_ini(tmp_path, remove_from_ini(both)).get_version_locations_list() == [own]


def test_both_branches_come_last_in_a_pyproject(tmp_path: Path) -> None:
    both = add_to_toml(add_to_toml(TOML.format(""), [LOCATION]), BOTH)

    file = tmp_path / "pyproject.toml"
    own = DEFAULT.format(here=tmp_path)
    file.write_text(both, encoding="utf-8")
    assert Config(toml_file=file).get_version_locations_list() == [own, *BOTH]
    file.write_text(remove_from_toml(both), encoding="utf-8")
    assert Config(toml_file=file).get_version_locations_list() == [own]


@pytest.mark.parametrize(("separator", "paths"), [("path_separator = :", ".:src"), ("", ". src"), ("", ".:src")])
def test_the_other_list_that_the_separator_splits_goes_along(tmp_path: Path, separator: str, paths: str) -> None:
    after = add_to_ini(INI.format(f"prepend_sys_path = {paths}\n{separator}"), [LOCATION])

    assert read_ini(tmp_path, after).get_prepend_sys_paths_list() == [".", "src"]


def test_a_file_with_carriage_returns_keeps_them() -> None:
    after = add_to_ini(INI.format("path_separator = os").replace("\n", "\r\n"), [LOCATION])

    assert after.count("\r\n") == after.count("\n")


@pytest.mark.parametrize("name", ["version_locations", "Version_Locations"])
def test_a_file_that_cannot_be_edited_safely_is_left_alone(name: str) -> None:
    odd = INI.format(f"path_separator = newline\n{name} =\n    %(here)s/a\n\n    %(here)s/b")

    with pytest.raises(
        ConfigurationError, match=r"by hand.*\n.*here.*/a\n.*/b\n.*fastapi_todo_kit:migrations/versions"
    ):
        add_to_ini(odd, [LOCATION])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ["%(here)s/migrations/versions"]),
        ('version_locations = ["a", "b"]', ["a", "b"]),
        ('version_locations = [\n    "a",\n    "b",\n]\n', ["a", "b"]),
        (f'version_locations = ["{LOCATION}", "a"]', ["a"]),
    ],
)
def test_the_kit_comes_last_in_a_pyproject(tmp_path: Path, options: str, expected: list[str]) -> None:
    after = add_to_toml(TOML.format(options), [LOCATION])

    file = tmp_path / "pyproject.toml"
    file.write_text(after, encoding="utf-8")
    here = {"here": str(tmp_path)}
    assert Config(toml_file=file).get_version_locations_list() == [*(entry % here for entry in expected), LOCATION]
    assert "# kept" in after
    file.write_text(remove_from_toml(after), encoding="utf-8")
    assert Config(toml_file=file).get_version_locations_list() == [entry % here for entry in expected]


@pytest.mark.parametrize(
    "text",
    [
        TOML.format('version_locations = [\n    "a",  # ours\n]'),
        'tool.alembic.script_location = "migrations"\n',
        TOML.format("").replace("# mine", 'words = """\n[tool.alembic]\nscript_location = "x"\n"""'),
        '[tool]\nalembic = { script_location = "migrations" }\n',
    ],
)
def test_a_pyproject_that_cannot_be_edited_safely_is_left_alone(text: str) -> None:
    with pytest.raises(ConfigurationError, match="by hand"):
        add_to_toml(text, [LOCATION])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("down_revision = ('abc', 'todokit_0001')\n", "down_revision = 'abc'\n"),
        ("down_revision = ('abc', 'todokit_0001', 'todokit_auth_0001')\n", "down_revision = 'abc'\n"),
        ("depends_on = ('todo_kit_auth@head', 'def')\n", "depends_on = 'def'\n"),
        ("down_revision: str | None = 'todokit_0001'\n", "down_revision: str | None = None\n"),
        (
            "down_revision = (\n    'abc',\n    'def',\n    'todokit_0002',\n)\nx = 1\n",
            "down_revision = ('abc', 'def')\nx = 1\n",
        ),
        ("depends_on = 'todo_kit@head'\ndown_revision = 'abc'\n", "depends_on = None\ndown_revision = 'abc'\n"),
        (
            '"""ü\n\nRevises: abc, todokit_0001\n"""\ndown_revision = None\n',
            '"""ü\n\nRevises: abc\n"""\ndown_revision = None\n',
        ),
        ('"""ü\r\n\r\nRevises: todokit_0001\r\n"""\r\nx = 1\r\n', '"""ü\r\n\r\nRevises: \r\n"""\r\nx = 1\r\n'),
        *[
            (text, text)
            for text in ('"""\nRevises:\n"""\n', '"""\nRevises:  abc,def \n"""\n', '"""\nRevises:\r\n"""\r\n')
        ],
        ("down_revision = previous\ndown_revision: str\n", "down_revision = previous\ndown_revision: str\n"),
        (
            "down_revision = 'abc'\nuses = 'todokit_0001'\nimport x\n",
            "down_revision = 'abc'\nuses = 'todokit_0001'\nimport x\n",
        ),
    ],
)
def test_only_the_parents_of_the_kit_leave_a_revision_file(before: str, after: str) -> None:
    assert without_kit(before) == after


def test_a_computed_parent_is_left_to_its_author() -> None:
    with pytest.raises(ConfigurationError, match="by hand"):
        without_kit("down_revision = ('abc', todokit.HEAD)\n")


def test_the_configuration_is_found_where_alembic_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match="no Alembic configuration"):
        find_host()

    Path("pyproject.toml").write_text(TOML.format(""), encoding="utf-8")
    assert find_host().file == Path("pyproject.toml")

    Path("alembic.ini").write_text(INI.format("path_separator = os"), encoding="utf-8")
    assert find_host().file == Path("alembic.ini")
    assert find_host(Path("pyproject.toml")).file == Path("alembic.ini"), "Alembic, too, prefers it"

    Path("db.ini").write_text(INI.format("path_separator = newline"), encoding="utf-8")
    monkeypatch.setenv("ALEMBIC_CONFIG", "db.ini")
    assert find_host().file == Path("db.ini")


def test_a_branch_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "alembic.ini"
    file.write_text(add_to_ini(INI.format("path_separator = os"), BOTH), encoding="utf-8")
    assert joining_edits(find_host(file)) == joining_edits(find_host(file), [TODOS, ACCOUNTS]) == []

    # The kit stands before the host, which is put right.
    text = file.read_text("utf-8").replace("    %(here)s/migrations/versions\n", "")
    file.write_text(text.replace(BOTH[1], f"{BOTH[1]}\n    %(here)s/migrations/versions"), encoding="utf-8")
    (edit,) = joining_edits(find_host(file))
    edit.write()

    assert find_host(file).locations == [DEFAULT.format(here=tmp_path), *BOTH]


def test_the_location_of_accounts_goes_where_it_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    file = tmp_path / "alembic.ini"
    file.write_text(add_to_ini(INI.format("path_separator = os"), [ACCOUNTS.location]), encoding="utf-8")

    (edit,) = parting_edits(find_host(file))

    assert f"-    {ACCOUNTS.location}" in edit.diff


def test_a_host_in_good_order_is_not_edited(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    file = tmp_path / "alembic.ini"
    file.write_text(INI.format("path_separator = os"), encoding="utf-8")

    (edit,) = joining_edits(find_host(file))
    assert "+    fastapi_todo_kit:migrations/versions" in edit.diff
    edit.write()

    assert joining_edits(find_host(file)) == []
    (edit,) = parting_edits(find_host(file))
    assert "-    fastapi_todo_kit:migrations/versions" in edit.diff


def test_a_separator_that_is_none_is_named() -> None:
    with pytest.raises(
        ConfigurationError, match=r"^version_path_separator must be one of space, newline, os, .* 'tab'$"
    ):
        add_to_ini(INI.format("version_path_separator = tab"), [LOCATION])


def test_a_hook_that_fails_leaves_a_merge_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    (tmp_path / "migrations" / "script.py.mako").write_text("revision = ${repr(up_revision)}\n", encoding="utf-8")
    hook = "[post_write_hooks]\nhooks = tidy\ntidy.type = console_scripts\ntidy.entrypoint = nothing-of-this-name\n"
    file = tmp_path / "alembic.ini"
    file.write_text(add_to_ini(INI.format("path_separator = os"), [LOCATION]) + hook, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"_start_on_.*\.py is written, and good.*nothing-of-this-name"):
        HostHistory(find_host(file)).merge()

    assert [path.suffix for path in (tmp_path / "migrations" / "versions").iterdir() if path.is_file()] == [".py"]
