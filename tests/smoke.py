"""What a host does with the kit, in short: it mounts it, has both histories in one, and asks it something.

`tests/compat.py` runs this under many releases of what the kit stands on, so it needs nothing of the other tests.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel

from fastapi_todo_kit import Host, TodoKitSettings, health_router, todo_router

RUNS_LIFESPANS = tuple(map(int, version("fastapi").split(".")[:3])) >= (0, 112, 2)
HAS_PLUGINS = tuple(map(int, version("alembic").split(".")[:2])) >= (1, 18)
FILTER = "from fastapi_todo_kit.migrations import include_name"


class Invoice(BaseModel):
    """What the host keeps with a todo."""

    amount: int = 0
    number: str = ""


def main() -> None:
    """Run it in a folder that is gone behind it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        url = f"sqlite:///{folder}/host.db"
        os.environ["TODO_KIT_DATABASE_URL"] = url
        go_alone(f"sqlite:///{folder}/alone.db")
        migrate(url)
        autogenerate()
        asyncio.run(ask(url))


def go_alone(url: str) -> None:
    """Make the tables where the host has no Alembic of its own."""
    run("todo-kit", "migrate", "--database-url", url)
    run("todo-kit", "doctor", "--database-url", url)


def migrate(url: str) -> None:
    """Begin a history of Alembic, take the kit's into it, part with it again, and come back with accounts."""
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
    run("todo-kit", "alembic", "uninstall", "--drop-tables", "--yes")
    run("alembic", "upgrade", "head")
    run("todo-kit", "alembic", "init", "--auth", "--yes")
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
    """Mount it twice, once below a router with a parameter in its prefix, and ask both mounts for what they answer."""
    plain, team = mount(url, "work"), mount(url, "team")
    below = APIRouter(prefix="/teams/{team}", dependencies=[Depends(read_trace)])
    below.include_router(team)
    app = FastAPI()
    app.include_router(plain, prefix="/api")
    app.include_router(below)
    health = health_router(TodoKitSettings(database_url=url, auto_migrate=False))
    app.include_router(health, prefix="/health")
    async with running(app, plain, team, health):
        for prefix in ("/api", "/teams/7"):
            await work(app, prefix)
        assert (await request(app, "GET", "/health/ready"))[0] == 200
        await describe(app)
    if find_spec("jwt") and find_spec("pwdlib"):
        await log_in(url)


def mount(url: str, name: str) -> Any:
    """Return a router with settings of its own."""
    settings = TodoKitSettings(database_url=url, auto_migrate=False, name=name, namespace=name)
    return todo_router(settings, Host(current_user=lambda: "ann", extra=Invoice))


async def log_in(url: str) -> None:
    """Mount the kit's accounts; register, log in by JSON and by the form, and use the token for a todo."""
    from fastapi_todo_kit import auth_router  # noqa: PLC0415  (it needs the extra)

    secret = "a secret of more than thirty-two bytes"
    settings = TodoKitSettings(database_url=url, auth={"secret": secret, "require_verified": False}, name="own")
    accounts, app = auth_router(settings), FastAPI()
    todos = todo_router(settings)
    app.include_router(accounts, prefix="/auth")
    app.include_router(todos, prefix="/api")
    async with running(app, accounts, todos):
        password = "correct horse battery"
        person = {"email": "ann@example.com", "password": password}
        assert (await request(app, "POST", "/auth/register", person))[0] == 202
        status, tokens = await request(app, "POST", "/auth/login", person)
        assert status == 200, tokens
        form = f"username=ann%40example.com&password={password.replace(' ', '+')}&grant_type=password"
        status, tokens = await request(app, "POST", "/auth/token", form, media_type="application/x-www-form-urlencoded")
        assert status == 200, tokens
        bearer = f"Bearer {tokens['access_token']}"
        assert (await request(app, "GET", "/auth/me", bearer=bearer))[1]["email"] == "ann@example.com"
        assert (await request(app, "POST", "/api/todos", {"title": "Mine"}, bearer=bearer))[0] == 201
        assert (await request(app, "GET", "/auth/users", query="limit=1", bearer=bearer))[0] == 403
        assert (await request(app, "GET", "/api/todos"))[0] == 401
        assert (await request(app, "GET", "/openapi.json"))[0] == 200


def read_trace(trace: str = Query("")) -> str:
    """Read what a host's own dependency reads around a mount."""
    return trace


@asynccontextmanager
async def running(app: FastAPI, *routers: Any) -> AsyncIterator[None]:
    """Run an application; where FastAPI knows no lifespans of routers, enter them as the documentation says."""
    async with AsyncExitStack() as stack:
        for router in [app.router, *([] if RUNS_LIFESPANS else routers)]:
            await stack.enter_async_context(router.lifespan_context(app))
        yield


async def work(app: FastAPI, prefix: str) -> None:
    """Create a todo, find it again, change it, and be refused in each way that there is."""
    todos = f"{prefix}/todos"
    new = {"title": "Buy milk", "due": {"date": "2026-03-29"}, "extra": {"amount": 5}}
    status, created = await request(app, "POST", todos, new)
    assert (status, created["title"], created["priority"]) == (201, "Buy milk", 0), created
    assert created["extra"] == {"amount": 5, "number": ""}, created
    one = f"{todos}/{created['id']}"
    status, listed = await request(app, "GET", todos, query="sort=-due&limit=5")
    assert status == 200, listed
    assert [item["id"] for item in listed["items"]] == [created["id"]], listed
    status, changed = await request(app, "PATCH", one, {"priority": 3})
    assert status == 200, changed
    assert (changed["version"], changed["priority"], changed["links"]) == (2, 3, []), changed
    answers = {
        404: await request(app, "GET", f"{todos}/{'0' * 8}-0000-4000-8000-{'0' * 12}"),
        405: await request(app, "PUT", one, {}),
        409: await request(app, "POST", todos, {"id": created["id"], "title": "Another"}),
        415: await request(app, "PATCH", one, {"priority": 3}, media_type="text/plain"),
        422: await request(app, "GET", todos, query="due_lt=2026-03-29"),
    }
    for expected, (status, problem) in answers.items():
        assert (status, problem["status"], "code" in problem) == (expected, expected, True), problem
    assert (await request(app, "PATCH", one, {"priority": 10}))[1]["errors"][0]["pointer"] == "#/priority"
    if prefix != "/api":
        assert (await request(app, "GET", todos, query="trace=1"))[0] == 200
    assert (await request(app, "DELETE", one))[0] == 204


async def describe(app: FastAPI) -> None:
    """Read the OpenAPI document: both mounts are in it, each operation once, and errors as problem documents."""
    _, document = await request(app, "GET", "/openapi.json")
    paths = document["paths"]
    assert {"/api/todos", "/api/todos/{todo_id}", "/teams/{team}/todos"} <= set(paths), sorted(paths)
    ids = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(set(ids)) == len(ids), ids
    assert list(paths["/api/todos"]["get"]["responses"]["404"]["content"]) == ["application/problem+json"]
    assert "default" not in document["components"]["schemas"]["TodoUpdate_Invoice"]["properties"]["priority"]


async def request(
    app: FastAPI,
    method: str,
    path: str,
    value: Any = None,
    *,
    query: str = "",
    media_type: str = "application/json",
    bearer: str = "",
) -> tuple[int, Any]:
    """Return status and value of an answer. Without a client library, whose releases are tied to Starlette's.

    A text is the body as it is, any other value is JSON.
    """
    body = value.encode() if isinstance(value, str) else b"" if value is None else json.dumps(value).encode()
    headers = {"host": "host", "content-type": media_type if body else "", "authorization": bearer}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), given.encode()) for name, given in headers.items() if given],
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
    answer = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], json.loads(answer) if answer else None


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
