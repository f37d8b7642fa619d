from datetime import UTC, datetime

from fastapi.testclient import TestClient
from main import app, get_current_user

from fastapi_todo_kit.testing import as_user, captured_changes, frozen_clock, list_body, todo_body


def test_what_ann_adds() -> None:
    with (
        frozen_clock(datetime(2027, 1, 1, 9, tzinfo=UTC)),
        captured_changes() as changes,
        as_user(app, get_current_user, "ann"),
        TestClient(app) as client,
    ):
        home = client.post("/api/lists", json=list_body(name="Home")).json()
        todo = client.post("/api/todos", json=todo_body(list_id=home["id"])).json()

    assert todo["created_at"] == "2027-01-01T09:00:00Z"
    assert [event.entity_id.hex for event in changes] == [one["id"].replace("-", "") for one in (home, todo)]
