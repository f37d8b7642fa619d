from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    raise HTTPException(401, "Log in first")


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")


def test_bob_adds_a_todo() -> None:
    app.dependency_overrides[get_current_user] = lambda: "bob"

    answer = TestClient(app).post("/api/todos", json={"title": "Buy milk"})

    assert answer.json()["created_by"] == "bob"
