"""What is revoked in one worker is known there at once, in every other one soon, and seldom asked for."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.auth.outside import another_process, execute
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.storage.test_statements import recorded
from tests.support import TestClock

pytestmark = pytest.mark.thorough

SOON = timedelta(seconds=0.2)


@asynccontextmanager
async def two_workers(url: str, max_age: timedelta) -> AsyncIterator[tuple[Application, Application]]:
    """Run two applications on one database, which know nothing of one another."""
    settings = auth_settings(url, revocation_max_age=max_age)
    async with running_application(settings) as one, another_process(), running_application(settings) as other:
        yield one, other


def there(person: Person, worker: Application) -> Person:
    """Return the same person, who sends the same token to another worker."""
    return Person(worker, person.email, person.password, person.access_token)


async def log_out(ann: Person) -> None:
    assert (await ann.post("/auth/logout")).status_code == 204


async def end_all(ann: Person) -> None:
    assert (await ann.delete("/auth/sessions")).status_code == 204


async def change_password(ann: Person) -> None:
    other = await ann.elsewhere()
    body = {"current_password": ann.password, "new_password": "another fine password"}
    assert (await other.post("/auth/password", body)).status_code == 204


async def disable(ann: Person) -> None:
    admin = await ann.application.superuser()
    assert (await admin.patch(f"/auth/users/{await ann.user_id()}", {"is_active": False})).status_code == 200


WAYS_OUT = (log_out, end_all, change_password, disable)


@pytest.mark.parametrize("leave", WAYS_OUT)
async def test_a_revocation_is_known_here_at_once_and_elsewhere_soon(
    accounts_url: str, leave: Callable[[Person], Awaitable[None]]
) -> None:
    async with two_workers(accounts_url, SOON) as (here, elsewhere):
        ann = await here.person()
        assert (await there(ann, elsewhere).get("/api/todos")).status_code == 200

        await leave(ann)
        ended = time.monotonic()

        assert (await ann.get("/api/todos")).status_code == 401
        began = time.monotonic()
        while (await there(ann, elsewhere).get("/api/todos")).status_code == 200:
            assert began - ended < SOON.total_seconds(), "what was asked for later than that is refused"
            await asyncio.sleep(0.01)
            began = time.monotonic()
        assert (await ann.get("/api/todos")).status_code == 401


@pytest.mark.parametrize("leave", WAYS_OUT)
async def test_without_an_age_a_revocation_is_known_everywhere_at_once(
    accounts_url: str, leave: Callable[[Person], Awaitable[None]]
) -> None:
    async with two_workers(accounts_url, timedelta(0)) as (here, elsewhere):
        ann = await here.person()
        assert (await there(ann, elsewhere).get("/api/todos")).status_code == 200

        await leave(ann)

        assert (await there(ann, elsewhere).get("/api/todos")).status_code == 401
        assert (await ann.get("/api/todos")).status_code == 401


async def test_a_personal_token_that_ended_elsewhere_is_refused_soon(accounts_url: str) -> None:
    async with two_workers(accounts_url, SOON) as (here, elsewhere):
        ann = await here.person()
        script = ann.with_token(await ann.personal_token("todos:read"))
        for worker in (here, elsewhere):
            assert (await there(script, worker).get("/api/todos")).status_code == 200

        token_id = (await ann.get("/auth/tokens")).json()["items"][0]["id"]
        assert (await ann.delete(f"/auth/tokens/{token_id}")).status_code == 204

        assert (await script.get("/api/todos")).status_code == 401
        await asyncio.sleep(SOON.total_seconds())
        assert (await there(script, elsewhere).get("/api/todos")).status_code == 401


async def test_a_restart_forgets_no_revocation(accounts_url: str) -> None:
    settings = auth_settings(accounts_url)
    async with running_application(settings) as application:
        ann = await application.person()
        await log_out(ann)

    async with another_process(), running_application(settings) as restarted:
        assert (await there(ann, restarted).get("/api/todos")).status_code == 401


async def test_a_session_asks_the_database_only_for_what_it_reads(application: Application) -> None:
    ann = await application.person()
    await ann.get("/api/todos")

    with recorded() as statements:
        response = await ann.get("/api/todos")

    assert response.status_code == 200
    assert len(statements) == 1, statements


async def test_a_hundred_sessions_ask_for_revocations_once(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url, revocation_max_age=timedelta(minutes=1))) as application:
        ann = await application.person()
        others = [await ann.elsewhere() for _ in range(4)]

    again = auth_settings(accounts_url, revocation_max_age=timedelta(minutes=1))
    async with another_process(), running_application(again) as application:
        await application.nobody().get("/api/todos")
        with recorded() as statements:
            await asyncio.gather(*(there(one, application).get("/api/todos") for one in others * 25))

    asked = [statement for statement, _ in statements if "todokit_auth" in statement]
    assert len(asked) == 2, asked  # what was revoked, and who has moved


async def test_a_personal_token_is_looked_up_once_and_noted_once_a_minute(
    accounts_url: str, auth_clock: TestClock
) -> None:
    settings = auth_settings(accounts_url, revocation_max_age=timedelta(minutes=1))
    async with running_application(settings, clock=auth_clock) as application:
        ann = await application.person()
        script = ann.with_token(await ann.personal_token("todos:read"))
        await ann.get("/api/todos")

        with recorded() as first:
            await script.get("/api/todos")
        with recorded() as later:
            for _ in range(5):
                assert (await script.get("/api/todos")).status_code == 200

    kinds = [statement.split()[0] for statement, _ in first if "todokit_auth" in statement]
    assert kinds == ["SELECT", "UPDATE"]
    assert [statement for statement, _ in later if "todokit_auth" in statement] == []


async def test_the_last_use_of_a_personal_token_is_written_at_most_once_a_minute(
    accounts_url: str, auth_clock: TestClock
) -> None:
    settings = auth_settings(accounts_url, revocation_max_age=timedelta(0))
    async with running_application(settings, clock=auth_clock) as application:
        ann = await application.person()
        script = ann.with_token(await ann.personal_token("todos:read"))
        with recorded() as statements:
            await asyncio.gather(*(script.get("/api/todos") for _ in range(5)))
            await script.get("/api/todos")
            auth_clock.advance(seconds=61)
            await script.get("/api/todos")

        used = await execute(
            application, "SELECT used_at FROM todokit_auth_token WHERE hint = :h", h=script_hint(script)
        )
        writes = [statement for statement, _ in statements if statement.startswith("UPDATE todokit_auth_token")]

    assert used[0][0] is not None
    assert 2 <= len(writes) <= 6, "five at once find it unused, the one after them does not try"


def script_hint(script: Person) -> str:
    return str(script.access_token)[-4:]


SERVER = """
import os
from datetime import timedelta
from fastapi import FastAPI
from fastapi_todo_kit import Host, auth_router, todo_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import auth_settings

settings = auth_settings(os.environ["ACCOUNTS_URL"], revocation_max_age=timedelta(seconds=0.2))
host = Host(mailer=MemoryMailer())
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
"""


@contextmanager
def uvicorn_running(folder: Path, url: str) -> Iterator[str]:
    """Run the application in a process of its own, and yield where it listens."""
    (folder / "served.py").write_text(SERVER, encoding="utf-8")
    log = folder / "log"
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "ACCOUNTS_URL": url, "PYTHONPATH": f"{folder}{os.pathsep}{root}"}
    command = [sys.executable, "-m", "uvicorn", "served:app", "--port", "0", "--log-level", "info"]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        yield _address_in(log, process)
    finally:
        process.terminate()
        process.wait(10)


def _address_in(log: Path, process: Any) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if "running on" in line:
                return line.partition("running on ")[2].split()[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.mark.thorough
async def test_another_process_knows_of_a_revocation_soon(accounts_postgres_url: str, tmp_path: Path) -> None:
    settings: TodoKitSettings = auth_settings(accounts_postgres_url, revocation_max_age=SOON)
    async with running_application(settings) as application:
        ann = await application.person()
        bearer = {"Authorization": f"Bearer {ann.access_token}"}
        with uvicorn_running(tmp_path, accounts_postgres_url) as base:
            async with httpx2.AsyncClient(base_url=base) as client:
                before = await client.get("/api/todos", headers=bearer)
                await log_out(ann)
                await asyncio.sleep(SOON.total_seconds() + 0.05)
                after = await client.get("/api/todos", headers=bearer)

    assert (before.status_code, after.status_code) == (200, 401)
