from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.testing import sync_create_tables

production = create_engine("sqlite:///./host.db")


def get_session() -> Iterator[Session]:
    with Session(production) as session:
        yield session


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=lambda: "ann", session=get_session)))


@pytest.fixture
def client() -> Iterator[TestClient]:
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
    with Session(engine) as session:
        # here you make your own: Base.metadata.create_all(engine)
        sync_create_tables(session)
        session.commit()
        app.dependency_overrides[get_session] = lambda: session
        yield TestClient(app)
    engine.dispose()


def test_a_todo_in_memory(client: TestClient) -> None:
    client.post("/todos", json={"title": "Buy milk"})

    assert [todo["title"] for todo in client.get("/todos").json()["items"]] == ["Buy milk"]
