"""Runs the snippets of the documentation, as a reader who has copied them would."""

import asyncio
import os
import runpy
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit import TodoKitSettings, migrate
from tests.forks import run_forked

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SNIPPETS = DOCS / "snippets"


@contextmanager
def ran(snippet: str) -> Iterator[dict[str, Any]]:
    """Yield the names of a snippet, with the kit's tables in the database of those that bring an engine."""
    if "host.db" in (SNIPPETS / snippet).read_text("utf-8"):
        asyncio.run(migrate(TodoKitSettings(database_url="sqlite:///./host.db")))
    names = runpy.run_path(str(SNIPPETS / snippet))
    try:
        yield names
    finally:
        match names.get("engine"):
            case Engine() as engine:
                engine.dispose()
            case AsyncEngine() as engine:
                asyncio.run(engine.dispose())


def run_script(script: str | Path, *arguments: str) -> str:
    """Run a snippet, or another script, to its end where the test is; return what it has written.

    Raises:
        CalledProcessError: it failed.
    """
    done = run_forked({**os.environ}, Path.cwd(), SNIPPETS / script, *arguments)
    done.check_returncode()
    return done.stdout


@contextmanager
def client_of(snippet: str) -> Iterator[TestClient]:
    """Yield a client of the application that a snippet makes."""
    with ran(snippet) as names, TestClient(names["app"]) as client:
        yield client


def curl(client: TestClient, command: str) -> Any:
    """Do what curl does with the few options that the tour uses."""
    words = iter(shlex.split(command)[1:])
    method, url, headers, body = "GET", "", {"Authorization": "Bearer ann", "Content-Type": "application/json"}, None
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words)
            case _:
                url = word.replace("$API", "/api")
    return client.request(method, url, headers=headers, content=body)


def pages() -> list[Path]:
    """Return every page of the documentation."""
    return sorted(DOCS.rglob("*.md"))
