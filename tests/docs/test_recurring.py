"""The requests of the how-to on recurring todos, each with the answer that it shows."""

import json
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient

from example_app.app import create_app
from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.testing import frozen_clock
from tests.docs.running import SNIPPETS, curl

STEPS = sorted((SNIPPETS / "recurring").glob("*.sh"))


def shown_of(answer: Any, expected: Any) -> Any:
    """Return of an answer what the page shows of it."""
    if isinstance(expected, dict):
        return {name: shown_of(answer[name], value) for name, value in expected.items()}
    if isinstance(expected, list):
        return [shown_of(*pair) for pair in zip(answer, expected, strict=True)]
    return answer


def test_each_request_has_the_answer_that_is_shown() -> None:
    settings = TodoKitSettings(database_url="sqlite+aiosqlite:///./recurring.db")
    with frozen_clock(datetime(2026, 3, 28, 12, tzinfo=UTC)), TestClient(create_app(settings)) as client:
        for step in STEPS:
            answer = curl(client, step.read_text("utf-8")).json()

            expected = json.loads(step.with_suffix(".json").read_text("utf-8"))
            assert shown_of(answer, expected) == expected, step.name

    assert len(STEPS) > 10
