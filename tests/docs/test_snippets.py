"""Every snippet of the documentation is a file, and runs."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from example_app.app import create_app
from fastapi_todo_kit import TodoKitSettings, migrate

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "docs" / "snippets"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snippets write their database into the present folder."""
    monkeypatch.chdir(tmp_path)


def app_of(snippet: str) -> FastAPI:
    app: FastAPI = runpy.run_path(str(SNIPPETS / snippet))["app"]
    return app


def test_the_quickstart_has_at_most_fifteen_lines_and_works() -> None:
    assert len((SNIPPETS / "quickstart.py").read_text(encoding="utf-8").splitlines()) <= 15

    with TestClient(app_of("quickstart.py")) as client:
        assert client.post("/api/todos", json={"title": "Buy milk"}).status_code == 201
        assert [todo["title"] for todo in client.get("/api/todos").json()["items"]] == ["Buy milk"]


async def test_a_session_of_the_host_carries_the_kit() -> None:
    await migrate(TodoKitSettings(database_url="sqlite:///./host.db"))

    client = TestClient(app_of("own_session.py"))

    assert client.post("/api/todos", json={"title": "Buy milk"}).status_code == 201
    assert len(client.get("/api/todos").json()["items"]) == 1


def test_a_tenant_is_shared_by_its_members_only() -> None:
    with TestClient(app_of("tenants.py")) as client:
        acme = {"X-Organisation": "acme"}
        todo = client.post("/api/todos", json={"title": "Shared"}, headers={"X-User": "ann", **acme}).json()

        seen = client.get(f"/api/todos/{todo['id']}", headers={"X-User": "bob", **acme})
        assert seen.json()["title"] == "Shared"
        assert client.get(f"/api/todos/{todo['id']}", headers={"X-User": "eve", **acme}).status_code == 404
        assert client.get(f"/api/todos/{todo['id']}", headers={"X-User": "bob"}).status_code == 404


def test_errors_come_in_the_format_of_the_host() -> None:
    with TestClient(app_of("own_errors.py")) as client:
        answer = client.get("/api/todos/nonsense")

    assert answer.status_code == 404
    assert answer.json() == {"error": "todo_not_found", "message": "There is no such todo in this space."}


def test_the_purge_runs() -> None:
    done = subprocess.run([sys.executable, SNIPPETS / "purge.py"], capture_output=True, text=True, check=True)

    assert done.stdout == "0 lists and 0 todos are gone for good\n"


def test_the_test_of_a_host_passes() -> None:
    runpy.run_path(str(SNIPPETS / "frozen_clock.py"))["test_yesterday_is_overdue"]()


async def test_the_tour_works_line_by_line(database_url: str) -> None:
    lines = (SNIPPETS / "tour.sh").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("curl ")]

    with TestClient(create_app(TodoKitSettings(database_url=database_url))) as client:
        answers = [curl(client, command) for command in commands]

    assert len(commands) > 10
    assert all(answer.is_success for answer in answers), [answer.text for answer in answers if not answer.is_success]
    assert [todo["title"] for todo in answers[4].json()["items"]] == ["Write the report"]


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


def test_every_snippet_is_shown_and_every_shown_one_exists() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    shown = {name for page in pages for name in re.findall(r'--8<-- "docs/snippets/(.+?)"', page.read_text("utf-8"))}

    assert shown == {path.name for path in SNIPPETS.iterdir() if path.is_file()}


def test_the_readme_shows_the_quickstart() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert (SNIPPETS / "quickstart.py").read_text(encoding="utf-8") in readme


def test_python_in_the_pages_is_never_written_by_hand() -> None:
    pages = [*(ROOT / "docs").rglob("*.md")]
    blocks = [
        block for page in pages for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]

    assert pages
    assert all(block.strip().startswith("--8<--") for block in blocks), blocks
