from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

NEW_YEAR = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
in_memory = TodoKitSettings(database_url="sqlite://")
app.include_router(todo_router(in_memory, Host(current_user=get_current_user, clock=lambda: NEW_YEAR)), prefix="/api")


def test_yesterday_is_overdue() -> None:
    client = TestClient(app)
    client.post("/api/todos", json={"title": "late", "due": {"date": "2026-12-31"}})

    overdue = client.get("/api/todos", params={"overdue": "true"}).json()["items"]

    assert [todo["title"] for todo in overdue] == ["late"]
