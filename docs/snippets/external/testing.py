from fastapi import FastAPI
from fastapi.testclient import TestClient

from fastapi_todo_kit import ExternalUser, Host, TodoKitSettings, jwt_user, todo_router

user = jwt_user(issuer="https://example.eu.auth0.com/", audience="https://api.example.com")
app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=user)), prefix="/api")


def test_ann_adds_a_todo() -> None:
    app.dependency_overrides[user] = lambda: ExternalUser("auth0|ann", "Europe/Berlin", {})

    answer = TestClient(app).post("/api/todos", json={"title": "Buy milk"})

    assert answer.json()["created_by"] == "auth0|ann"
