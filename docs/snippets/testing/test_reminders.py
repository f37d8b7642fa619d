import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from main import host

from fastapi_todo_kit import TodoKitSettings, run_due, todo_router
from fastapi_todo_kit.testing import MemoryNotifier, frozen_clock


def test_a_user_is_reminded(tmp_path: Path) -> None:
    # A file: the worker has connections of its own, which see nothing of a database in memory.
    settings, notifier = TodoKitSettings(database_url=f"sqlite:///{tmp_path}/todos.db"), MemoryNotifier()
    app, told_by = FastAPI(), replace(host, notifier=notifier)
    app.include_router(todo_router(settings, told_by), prefix="/api")

    with (
        frozen_clock(datetime(2026, 3, 28, 12, tzinfo=UTC)) as clock,
        TestClient(app, headers={"X-User": "ann"}) as client,
    ):
        todo = client.post("/api/todos", json={"title": "Buy milk", "due": {"date": "2026-03-29"}}).json()
        client.post(f"/api/todos/{todo['id']}/reminders", json={"minutes_before": 60})
        clock.advance(days=1)
        asyncio.run(run_due(settings, told_by))

    assert [one.title for one in notifier.of_todo(todo["id"])] == ["Buy milk"]
