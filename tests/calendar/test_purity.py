"""Recurrence is arithmetic: it can be used without the web and without a database."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.thorough


FORBIDDEN = ("fastapi", "starlette", "sqlalchemy", "sqlmodel")
IMPORTS = (
    "import sys\n"
    "import fastapi_todo_kit.calendar.series, fastapi_todo_kit.calendar.words\n"
    "print(*sys.modules, sep='\\n')"
)


def test_recurrence_imports_neither_web_nor_database() -> None:
    ran = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in ran.stdout.splitlines()}

    assert "fastapi_todo_kit" in loaded
    assert loaded.isdisjoint(FORBIDDEN)
