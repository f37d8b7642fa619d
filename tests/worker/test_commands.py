"""`todo-kit worker` and `todo-kit redrive`, as processes."""

import asyncio
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.forks import run_forked
from tests.worker.processes import NOTIFYING, ROOT, due_reminders, environment, told, until_told, worker
from tests.worker.support import rows_of

pytestmark = pytest.mark.thorough


def run(given: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run_forked(given, ROOT, "todo-kit", *arguments)


@pytest.mark.parametrize("own_url", ["sqlite"], indirect=True)
async def test_the_installed_command_tells_until_a_signal_ends_it(own_url: str, tmp_path: Path) -> None:
    await due_reminders(own_url, 1)

    process = await asyncio.create_subprocess_exec(
        "todo-kit", "worker", *NOTIFYING, env=environment(own_url, tmp_path), cwd=ROOT
    )
    try:
        await until_told(tmp_path, 1)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 60) == 0
    finally:
        with suppress(ProcessLookupError):
            process.kill()


async def test_it_tells_the_notifier_of_the_host_it_is_given(own_url: str, tmp_path: Path) -> None:
    await due_reminders(own_url, 3)

    with worker(environment(own_url, tmp_path), *NOTIFYING):
        await until_told(tmp_path, 3)

    assert len(told(tmp_path)) == 3


async def test_without_a_host_its_log_says_what_is_due(own_url: str, tmp_path: Path) -> None:
    await due_reminders(own_url, 1)

    with worker(environment(own_url, tmp_path)) as started:
        await asyncio.wait_for(asyncio.to_thread(started.wait_for, " is due"), 30)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_when_what_it_has_begun_is_done(
    own_url: str, tmp_path: Path, sign: signal.Signals
) -> None:
    await due_reminders(own_url, 20)
    held = tmp_path / "held"
    held.touch()
    with worker(environment(own_url, tmp_path, HELD_BY=str(held)), *NOTIFYING) as started:
        await asyncio.to_thread(started.wait_for, "Working on")
        await until_claimed(own_url)
        started.send_signal(sign)
        await asyncio.to_thread(started.wait_for, "Finishing what was begun")
        assert told(tmp_path) == []
        held.unlink()
        status = await asyncio.to_thread(started.wait, 60)

    assert status == 0
    assert len(told(tmp_path)) == 20
    assert await rows_of(TodoKitSettings(database_url=own_url), "SELECT * FROM todokit_job") == []


async def until_claimed(url: str) -> None:
    async with asyncio.timeout(20):
        while not await rows_of(TodoKitSettings(database_url=url), "SELECT 1 FROM todokit_job WHERE attempts > 0"):  # noqa: ASYNC110  (another process does it)
            await asyncio.sleep(0.05)


async def test_a_signal_ends_one_that_has_nothing_to_do_at_once(own_url: str, tmp_path: Path) -> None:
    with worker(environment(own_url, tmp_path, TODO_KIT_WORKER__POLL="3600")) as started:
        await asyncio.to_thread(started.wait_for, "Working on")
        started.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(started.wait, 60)

    assert status == 0, "it has not slept to the end of its hour"


@pytest.mark.parametrize(
    "named",
    [
        "nowhere.at_all:host",
        "tests.worker.notifying:missing",
        "tests.worker.notifying",
        "tests.worker.notifying:ROOT",
        ":",
    ],
)
def test_a_wrong_host_is_one_clear_line(tmp_path: Path, named: str) -> None:
    done = run(environment("sqlite:///:memory:", tmp_path), "worker", "--host", named)

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("--host ")


def test_a_module_that_names_no_host_is_told_so(tmp_path: Path) -> None:
    done = run(environment("sqlite:///:memory:", tmp_path), "worker", "--host", "tests.worker.notifying:FileNotifier")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "--host must name a Host" in done.stderr


async def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    away = "postgresql://nobody:secret@127.0.0.1:9/none"
    with worker(environment(away, tmp_path)) as started:
        await asyncio.to_thread(started.wait_for, "Working on")
        await asyncio.sleep(0.5)
        assert started.process.is_alive()
        started.send_signal(signal.SIGTERM)

        assert await asyncio.to_thread(started.wait, 15) == 0


async def test_redrive_says_how_much_is_tried_again(own_url: str, tmp_path: Path) -> None:
    await due_reminders(own_url, 2)
    settings = TodoKitSettings(database_url=own_url)
    await rows_of(settings, "UPDATE todokit_job SET parked_at = run_at, attempts = 8, error = 'x'")

    done = await asyncio.to_thread(run, environment(own_url, tmp_path), "redrive")

    assert (done.returncode, done.stderr) == (0, "2 jobs are tried again.\n")
    jobs = await rows_of(settings, "SELECT * FROM todokit_job")
    assert [(job["parked_at"], job["attempts"]) for job in jobs] == [(None, 0)] * 2
