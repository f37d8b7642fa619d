from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from main import app, get_current_user

from fastapi_todo_kit.changes import ChangeEvent, TodoCompleted
from fastapi_todo_kit.testing import FrozenClock


def test_yesterday_is_overdue(
    todo_kit_clock: FrozenClock,
    todo_kit_changes: list[ChangeEvent],
    todo_kit_as_user: Callable[..., AbstractContextManager[None]],
    todo_kit_todo_body: Callable[..., dict[str, Any]],
) -> None:
    todo_kit_clock.now = datetime(2027, 1, 1, 9, tzinfo=UTC)
    client = TestClient(app)

    with todo_kit_as_user(app, get_current_user, "amy"):
        todo = client.post("/api/todos", json=todo_kit_todo_body(due={"date": "2027-01-01"})).json()
        assert client.get("/api/todos?overdue=true").json()["items"] == []

        todo_kit_clock.advance(days=1)
        assert [one["id"] for one in client.get("/api/todos?overdue=true").json()["items"]] == [todo["id"]]

        client.post(f"/api/todos/{todo['id']}/complete")

    assert isinstance(todo_kit_changes[-1], TodoCompleted)
