"""The name filter for an Alembic without plugins: alone, and around one that the host has."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from fastapi_todo_kit.migrations import include_name

PARENTS = {"schema_name": None}


def mine(name: str | None, kind: Any, _parents: Any) -> bool:
    return kind != "table" or name != "old"


@pytest.mark.parametrize(
    ("name", "is_alone", "is_around"),
    [
        ("todokit_todo", False, False),
        ("todokit_alembic_version", False, False),
        ("todokit_auth_user", False, False),
        ("todokit_auth_alembic_version", False, False),
        ("old", True, False),
        ("new", True, True),
    ],
)
def test_tables_of_the_kit_are_hidden_and_the_others_are_the_hosts(name: str, is_alone: bool, is_around: bool) -> None:
    assert include_name()(name, "table", {**PARENTS}) is is_alone
    assert include_name(mine)(name, "table", {**PARENTS}) is is_around


def test_what_belongs_to_a_table_of_the_kit_is_hidden_too() -> None:
    include = include_name(mine)

    assert not include("ix_todokit_todo_due", "index", {**PARENTS, "table_name": "todokit_todo"})
    assert include("todokit_number", "column", {**PARENTS, "table_name": "invoice"})
    assert include(None, "schema", {})


def test_the_snippet_of_the_documentation_hides_both(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr("alembic.context.configure", given.update, raising=False)
    snippet = Path(__file__).parents[2] / "docs" / "snippets" / "alembic_include_name.py"

    runpy.run_path(str(snippet))["run"](None, None)

    hidden = {name for name in ("legacy", "todokit_todo", "invoice") if not given["include_name"](name, "table", {})}
    assert hidden == {"legacy", "todokit_todo"}
