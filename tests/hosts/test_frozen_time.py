"""Hosts that stop the time in their tests, by freezegun and by time-machine: every operation of both routers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import VARIABLE
from tests.hosts.test_own_tests import PYTEST

ROOT = Path(__file__).parents[2]
TODOS, ACCOUNTS = "tests/hosts/every_operation.py", "tests/auth/test_guards.py"
# One process for both: to import what they need takes longer than to run them.
TESTS = (TODOS, ACCOUNTS, "-k", f"{Path(TODOS).name} or open_to_whom", "-rA")
# Without what is hidden; as an application that has not asked for these extras.
WALK = """
import inspect, sys
sys.modules.update(dict.fromkeys({hidden}))
import fastapi_todo_kit
from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from freezegun import freeze_time
router = todo_router(TodoKitSettings(database_url="sqlite://"), Host(current_user=lambda: "ann"))
with freeze_time("2026-03-28"):
    names = {{name for name, _ in inspect.getmembers(fastapi_todo_kit)}}
assert {{"todo_router", "Host"}} <= names, names
for name in {optional}:
    try:
        exec(f"from fastapi_todo_kit import {{name}}")
    except ImportError as error:
        assert isinstance(error, fastapi_todo_kit.ConfigurationError)
        print(error)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("by", ["freezegun", "time-machine"])
def test_every_operation_works_while_the_time_stands(by: str) -> None:
    own = {"FROZEN_BY": by, VARIABLE: "sqlite", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", *PYTEST, "-p", "tests.frozen_time", *TESTS]

    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"PASSED {file}::" in done.stdout for file in (TODOS, ACCOUNTS)), done.stdout


@pytest.mark.parametrize(
    ("hidden", "optional", "extra"),
    [
        (["jwt", "pwdlib"], ["auth_router", "current_user", "jwt_user", "OpenIDLogin"], "auth"),
        (["asgi_correlation_id"], ["production_middleware"], "production"),
    ],
)
def test_what_needs_an_extra_disturbs_nobody_who_looks_around(
    tmp_path: Path, hidden: list[str], optional: list[str], extra: str
) -> None:
    code = WALK.format(hidden=hidden, optional=optional)

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.stderr == ""
    assert done.stdout.count(f"pip install 'fastapi-todo-kit[{extra}]'") == len(optional)
