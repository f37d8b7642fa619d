"""What a page says of mounting the kit beside routes of a host: each snippet does it."""

import asyncio

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from fastapi_todo_kit import EXPOSED_HEADERS, TodoKitSettings, migrate, sync_todo_services
from fastapi_todo_kit.schemas import TodoCreate
from tests.docs.running import client_of, ran

INVOICE = {"source": "billing", "type": "invoice", "id": "42"}


def test_a_page_of_another_origin_reads_the_headers() -> None:
    with client_of("beside/cors.py") as client:
        answer = client.post("/api/todos", json={"title": "Buy milk"}, headers={"Origin": "https://app.example.com"})

    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert exposed == list(EXPOSED_HEADERS)
    assert {"etag", "location"} <= {name.lower() for name in exposed} & set(answer.headers)


def test_the_kit_gives_way_to_a_path_of_the_host() -> None:
    with client_of("beside/prefix.py") as client:
        location = client.post("/tasks", json={"title": "Buy milk"}).headers["location"]

        assert location.startswith("/tasks/")
        assert client.get(location).json()["title"] == "Buy milk"
        assert client.get("/todos/about").json() == "The page about"


def test_the_todos_of_an_object_are_under_its_own_route() -> None:
    with client_of("beside/object_todos.py") as client:
        client.post("/api/todos", json={"title": "Send", "links": [INVOICE]})
        client.post("/api/todos", json={"title": "Another"})

        assert [todo["title"] for todo in client.get("/invoices/42/todos").json()["items"]] == ["Send"]
        refused = client.get("/invoices/42/todos", params={"cursor": "x"})
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_cursor")
        for number, params in [("4" * 200, {}), ("a%00b", {}), ("42", {"cursor": "x" * 5_000})]:
            assert client.get(f"/invoices/{number}/todos", params=params).status_code == 422


def test_a_customer_is_erased_in_a_synchronous_session() -> None:
    settings = TodoKitSettings(database_url="sqlite:///./host.db")
    asyncio.run(migrate(settings))
    engine = create_engine("sqlite:///./host.db")
    with ran("privacy/erase_sync.py") as names, Session(engine) as session:
        with sync_todo_services(settings, session=session, user_id="42") as kit:
            kit.todos.create(TodoCreate(title="Buy milk"))
        session.commit()

        names["delete_customer"](session, "42")

        assert session.scalar(text("SELECT count(*) FROM todokit_todo")) == 0
    engine.dispose()
