"""The example of the documentation, and what happens where the extra is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.running import client_of

WITHOUT = """
import sys
sys.modules["asgi_correlation_id"] = None
import fastapi_todo_kit
fastapi_todo_kit.TodoKitSettings(), fastapi_todo_kit.Production(), fastapi_todo_kit.todo_router
try:
    fastapi_todo_kit.production_middleware
except fastapi_todo_kit.ConfigurationError as error:
    print(error)
"""


def test_the_example_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with client_of("production.py") as client:
        created = client.post("/api/todos", json={"title": "Buy milk"}, headers={"X-Request-ID": "mine"})

    assert created.status_code == 201
    assert created.headers["x-request-id"] == "mine"
    assert created.headers["x-frame-options"] == "DENY"


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False, cwd=tmp_path)

    assert (done.stderr, "pip install 'fastapi-todo-kit[production]'" in done.stdout) == ("", True)
