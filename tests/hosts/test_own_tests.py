"""The tests that a host has of its own, as its developers wrote them: they pass without the kit and with it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hosts.loading import HOSTS, with_sync_driver
from tests.hosts.test_install_lines import without_kit

NAMES = ("own_jwt", "odd_key", "container", "no_sqlalchemy", "crowded")
ON_POSTGRESQL = {"own_jwt"}
OTHER_URL = {"own_jwt", "no_sqlalchemy"}
# Only the plugins that these hosts would have: to import those of the kit's own tests takes longer than their tests.
PYTEST = (
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "pytest_asyncio.plugin",
    "-p",
    "fastapi_todo_kit.pytest_plugin",
)
OPTIONS = ("-W", "error", "-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function")


@pytest.mark.parametrize("has_kit", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.postgres) if name in ON_POSTGRESQL else name for name in NAMES]
)
def test_its_own_tests_pass(name: str, tmp_path: Path, request: pytest.FixtureRequest, *, has_kit: bool) -> None:
    new: Callable[[], str] = request.getfixturevalue("new_postgres" if name in ON_POSTGRESQL else "new_sqlite")
    url = new()
    host_url = with_sync_driver(url).render_as_string(hide_password=False) if name in OTHER_URL else url
    shutil.copytree(HOSTS / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in () if has_kit else (tmp_path / name).glob("*.py"):
        file.write_text(without_kit(file.read_text("utf-8")), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", *PYTEST, *OPTIONS, f"{name}/own_tests.py"],
        cwd=tmp_path,
        env={
            **os.environ,
            "HOST_DATABASE_URL": host_url,
            "TODO_KIT_DATABASE_URL": url,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
