"""What is measured of a worker, and where Prometheus finds it."""

import asyncio
import socket
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from prometheus_client import REGISTRY

from fastapi_todo_kit import ConfigurationError
from fastapi_todo_kit.core.observing.metrics import serving
from fastapi_todo_kit.kit import worker_kit
from fastapi_todo_kit.worker.runner import Runner
from tests.worker.processes import due_reminders, environment, worker
from tests.worker.support import BrokenNotifier, Office


def sample(name: str, office: Office, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, {"mount": office.settings.name, **labels}) or 0.0


@pytest.fixture
def measured(office: Office) -> Office:
    """An office whose worker is measured, under a name of its own for each database."""
    name = f"worker_{'sqlite' if office.settings.is_sqlite else 'postgresql'}"
    return replace(office, settings=office.settings.model_copy(update={"metrics": True, "name": name}))


async def test_what_becomes_of_jobs_is_counted_and_timed(measured: Office) -> None:
    before = [sample("todo_kit_jobs_total", measured, kind="reminder", outcome=one) for one in ("done", "failed")]
    lagged = sample("todo_kit_job_lag_seconds_sum", measured, kind="reminder")
    for _ in range(3):
        await measured.reminder()
    measured.clock.advance(hours=1, seconds=20)
    notifier = BrokenNotifier()
    broken = measured.with_host(notifier=notifier)

    await broken.run_due()
    notifier.is_broken = False
    measured.clock.advance(minutes=1)
    await broken.run_due()

    after = [sample("todo_kit_jobs_total", measured, kind="reminder", outcome=one) for one in ("done", "failed")]
    assert [now - then for now, then in zip(after, before, strict=True)] == [3, 3]
    assert sample("todo_kit_job_lag_seconds_sum", measured, kind="reminder") - lagged == pytest.approx(60, abs=1)
    assert sample("todo_kit_job_seconds_count", measured, kind="reminder") >= 6
    assert sample("todo_kit_changes_total", measured) >= 3


async def test_what_waits_is_counted(measured: Office) -> None:
    for hours in (1, 2, 100):
        await measured.reminder(hours=hours)
    measured.clock.advance(hours=3)
    await measured.rows(
        "UPDATE todokit_job SET parked_at = run_at WHERE due_at = (SELECT min(due_at) FROM todokit_job)"
    )

    async with worker_kit(measured.settings, measured.host) as kit:
        await Runner(kit).count_waiting()

    waiting = [sample("todo_kit_jobs_waiting", measured, state=state) for state in ("due", "parked")]
    assert waiting == [1, 1]
    assert sample("todo_kit_jobs_oldest_seconds", measured) == pytest.approx(3_600, abs=1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.thorough
async def test_a_worker_answers_prometheus(own_url: str, tmp_path: Path) -> None:
    port = free_port()
    await due_reminders(own_url, 2)

    with worker(environment(own_url, tmp_path), "--metrics-port", str(port)):
        async with asyncio.timeout(30), httpx2.AsyncClient() as client:
            exposed = ""
            while 'outcome="done"} 2.0' not in exposed:
                await asyncio.sleep(0.1)
                try:
                    exposed = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
                except httpx2.ConnectError:
                    continue

    assert 'todo_kit_jobs_total{kind="reminder",mount="todo_kit",outcome="done"} 2.0' in exposed


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with (
            pytest.raises(ConfigurationError, match=f"^--metrics-port: .*127.0.0.1:{port}"),
            serving("127.0.0.1", port, "--metrics-port"),
        ):
            pass


def test_the_port_is_given_back() -> None:
    port = free_port()
    for _ in range(2):
        with serving("127.0.0.1", port, "--metrics-port"):
            assert httpx2.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
