"""The tests that the documentation shows pass, in a process of their own and as a host would run them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.running import SNIPPETS

pytestmark = pytest.mark.thorough

# A host's own choice of plugins and warnings, not this project's.
LEFT_OUT = ("asyncio", "cacheprovider", "hypothesispytest", "schemathesis", "valkey")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-W", "error", *(f"-pno:{name}" for name in LEFT_OUT))


def test_the_tests_of_a_host_pass(tmp_path: Path) -> None:
    shutil.copytree(SNIPPETS / "testing", tmp_path / "host", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "TODO_KIT_DATABASE_URL": "sqlite://"}

    done = subprocess.run(PYTEST, cwd=tmp_path / "host", env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    assert passed is not None, done.stdout
    assert int(passed[1]) == 17
    assert not list((tmp_path / "host").glob("todo_kit.db"))
