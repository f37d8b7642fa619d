"""Every snippet of the documentation is a file, and runs: those that have no file of tests, and the rules."""

import asyncio
import re
import runpy
from typing import Any

import msgspec
from fastapi.testclient import TestClient
from sqlalchemy import text

import fastapi_todo_kit.errors
from example_app.app import create_app
from fastapi_todo_kit import TodoKitSettings
from tests.docs.running import DOCS, ROOT, SNIPPETS, client_of, curl, pages, ran, run_script
from tests.hosts.loading import NAMES

INCLUDE = re.compile(r'--8<-- "(.+?)(?::(\w+))?"')


def test_the_quickstart_has_at_most_fifteen_lines_and_works() -> None:
    assert len((SNIPPETS / "quickstart.py").read_text(encoding="utf-8").splitlines()) <= 15

    with client_of("quickstart.py") as client:
        assert client.post("/api/todos", json={"title": "Buy milk"}).status_code == 201
        assert [todo["title"] for todo in client.get("/api/todos").json()["items"]] == ["Buy milk"]


def test_an_application_that_enters_the_lifespan_of_the_router_works() -> None:
    with client_of("host/lifespan.py") as client:
        assert client.post("/api/todos", json={"title": "Buy milk"}).status_code == 201


def test_the_purge_runs() -> None:
    assert run_script("purge.py") == "0 lists and 0 todos are gone for good\n"


def test_the_outbox_shares_the_fate_of_the_change() -> None:
    async def prepare(names: dict[str, Any]) -> None:
        async with names["engine"].begin() as connection:
            await connection.run_sync(names["Base"].metadata.create_all)

    async def kept(names: dict[str, Any]) -> list[str]:
        async with names["engine"].connect() as connection:
            rows = await connection.execute(text("SELECT event FROM outbox ORDER BY id"))
            return [msgspec.json.decode(row.event)["type"] for row in rows]

    with ran("outbox.py") as names:
        asyncio.run(prepare(names))
        client = TestClient(names["app"])
        client.post("/api/todos", json={"title": "Buy milk"})
        client.post("/api/todos", json={"title": "Buy milk", "parent_id": "01990000-0000-7000-8000-00000000000a"})

        assert asyncio.run(kept(names)) == ["list.created", "todo.created"]


async def test_the_tour_works_line_by_line(database_url: str) -> None:
    lines = (SNIPPETS / "tour.sh").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("curl ")]

    with TestClient(create_app(TodoKitSettings(database_url=database_url))) as client:
        answers = [curl(client, command) for command in commands]

    assert len(commands) > 10
    assert all(answer.is_success for answer in answers), [answer.text for answer in answers if not answer.is_success]
    assert [todo["title"] for todo in answers[4].json()["items"]] == ["Write the report"]


def shown(folder: str) -> set[tuple[str, str]]:
    """Return the files of a folder that pages include, each with the region that is included."""
    found = {one for page in [*pages(), ROOT / "README.md"] for one in INCLUDE.findall(page.read_text("utf-8"))}
    return {(path.removeprefix(f"{folder}/"), region) for path, region in found if path.startswith(f"{folder}/")}


def test_every_snippet_is_shown_and_every_shown_one_exists() -> None:
    files = {str(path.relative_to(SNIPPETS)) for path in SNIPPETS.rglob("*") if path.suffix not in {"", ".pyc"}}

    assert {path for path, _ in shown("docs/snippets")} == files


def test_what_each_of_the_hosts_changes_is_shown() -> None:
    files = {f"{name.replace('.', '/')}.py" for name in NAMES}

    assert {(file, region) for file in files for region in ("imports", "mount")} <= shown("tests/hosts")


def test_the_readme_shows_the_two_ways_to_begin() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)

    assert blocks == [(SNIPPETS / name).read_text("utf-8") for name in ("quickstart.py", "accounts/no_users.py")]


def test_python_in_the_pages_is_never_written_by_hand() -> None:
    blocks = [
        block for page in pages() for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]
    lines = [line for block in blocks for line in block.splitlines() if line]

    assert lines
    assert [line for line in lines if not INCLUDE.fullmatch(line)] == []


def test_every_public_name_is_in_the_reference() -> None:
    reference = "\n".join(page.read_text("utf-8") for page in (DOCS / "reference").glob("*.md"))
    documented = set(re.findall(r"^::: fastapi_todo_kit\.(\w+)$", reference, re.MULTILINE))
    errors = {name for name in fastapi_todo_kit._HOMES if hasattr(fastapi_todo_kit.errors, name)}

    assert set(fastapi_todo_kit._HOMES) - errors <= documented


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")

    assert [page for page in pages() if f": {page.relative_to(DOCS)}\n" not in navigation] == []


def test_each_mark_is_on_a_page_and_stands_for_something() -> None:
    hooks = runpy.run_path(str(DOCS / "hooks.py"))
    text_of_pages = "\n".join(page.read_text("utf-8") for page in pages())

    for mark in hooks["MARKS"]:
        assert mark in text_of_pages
        assert len(hooks["on_page_markdown"](mark).splitlines()) > 10
