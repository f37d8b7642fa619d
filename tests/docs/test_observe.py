"""What the page on health, logs and metrics shows."""

import subprocess
import sys

from tests.docs.running import SNIPPETS, client_of


def test_health_is_mounted() -> None:
    with client_of("observe/health.py") as client:
        assert client.get("/health/ready").json() == {"status": "ok", "checks": {"database": "ok"}}


def test_logging_is_configured() -> None:
    script = f"{(SNIPPETS / 'observe' / 'logs.py').read_text('utf-8')}\nimport logging\nlogging.info('seen')"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert '"event": "seen"' in done.stderr


def test_metrics_are_exposed() -> None:
    with client_of("observe/metrics.py") as client:
        client.post("/api/todos", json={"title": "Buy milk"})
        exposed = client.get("/metrics/").text

    assert 'todo_kit_operation_seconds_count{mount="todo_kit",operation="create_todo",status="201"}' in exposed
