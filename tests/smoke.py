"""What a host does with the kit, in short: it mounts it, has both histories in one, and asks it something.

`tests/compat.py` runs this under many releases of what the kit stands on, so it needs nothing of the other tests.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

HAS_PLUGINS = tuple(map(int, version("alembic").split(".")[:2])) >= (1, 18)
FILTER = "from fastapi_todo_kit.migrations import include_name"


def main() -> None:
    """Run it in a folder that is gone behind it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        url = f"sqlite:///{folder}/host.db"
        os.environ["TODO_KIT_DATABASE_URL"] = url
        migrate(url)
        autogenerate()
        asyncio.run(ask(url))


def migrate(url: str) -> None:
    """Begin a history of Alembic, and take the kit's into it."""
    run("alembic", "init", "migrations")
    edit(Path("alembic.ini"), "driver://user:pass@localhost/dbname", url)
    metadata = "from sqlalchemy import MetaData\n\ntarget_metadata = MetaData()"
    edit(Path("migrations/env.py"), "target_metadata = None", metadata)
    if not HAS_PLUGINS:
        edit(Path("migrations/env.py"), "from alembic import context", f"from alembic import context\n{FILTER}")
        given = "target_metadata=target_metadata"
        edit(Path("migrations/env.py"), given, f"{given}, include_name=include_name()")
    run("alembic", "revision", "-m", "first")
    run("todo-kit", "alembic", "init", "--yes")
    run("todo-kit", "alembic", "merge")
    run("alembic", "upgrade", "head")
    run("todo-kit", "doctor")


def autogenerate() -> None:
    """Let Alembic propose a revision: nothing of the kit may be in it."""
    before = set(Path("migrations/versions").glob("*.py"))
    run("alembic", "revision", "--autogenerate", "-m", "second")
    (made,) = set(Path("migrations/versions").glob("*.py")) - before
    assert "todokit" not in made.read_text(encoding="utf-8"), made.read_text(encoding="utf-8")


async def ask(url: str) -> None:
    """Create a todo over HTTP and find it again."""
    app = FastAPI()
    host = Host(current_user=lambda: "ann")
    app.include_router(todo_router(TodoKitSettings(database_url=url, auto_migrate=False), host), prefix="/api")
    created = await request(app, "POST", "/api/todos", b'{"title": "Buy milk", "due": {"date": "2026-03-29"}}')
    listed = await request(app, "GET", "/api/todos", b"")
    schema = await request(app, "GET", "/openapi.json", b"")
    assert (created[0], listed[0], schema[0]) == (201, 200, 200), (created, listed, schema)
    assert created[1] in listed[1], (created, listed)


async def request(app: FastAPI, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Return status and body of an answer. Without a client library, whose releases are tied to Starlette's."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"host"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("host", 80),
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def run(*command: str) -> None:
    """Run a command as a developer types it; raise with its words where it fails."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be in a file."""
    before = path.read_text(encoding="utf-8")
    assert old in before, f"{path} has no {old}"
    path.write_text(before.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()
