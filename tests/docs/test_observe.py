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


def test_a_problem_names_the_request_as_the_middleware_of_the_host_does() -> None:
    with client_of("observe/request_id.py") as client:
        asked = [client.get("/api/todos/nonsense", headers=headers) for headers in ({}, {"X-Request-ID": "theirs"})]

    ids = [one.json()["request_id"] for one in asked]
    assert [(one.partition("_")[0], len(one)) for one in ids] == [("req", 16)] * 2
