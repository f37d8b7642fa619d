"""What dependencies of a host do besides naming a user: reading forms, setting cookies and headers on the response."""

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

RENEWED = {"set-cookie": "session=renewed; Path=/; SameSite=lax", "x-renewed": "1"}


def sliding(response: Response, x_user: Annotated[str | None, Header()] = None) -> str:
    """Give whoever calls a session that lasts longer, as hosts with cookies do."""
    response.set_cookie("session", "renewed")
    response.headers["X-Renewed"] = "1"
    if x_user is None:
        raise HTTPException(401)
    return x_user


async def reads_form(request: Request) -> None:
    assert dict(await request.form()) == {}


@pytest.fixture
def client() -> Any:
    app = FastAPI()
    router = todo_router(TodoKitSettings(database_url="sqlite://"), Host(current_user=sliding))
    app.include_router(router, prefix="/api", dependencies=[Depends(reads_form)])

    @app.get("/own")
    async def own(user: Annotated[str, Depends(sliding)]) -> str:
        if user == "fails":
            raise HTTPException(409)
        return user

    with TestClient(app, headers={"X-User": "ann"}) as client:
        yield client


def renewed(answer: Any) -> dict[str, str]:
    return {name: answer.headers[name] for name in RENEWED if name in answer.headers}


def test_cookies_and_headers_of_a_dependency_are_in_every_answer(client: TestClient) -> None:
    created = client.post("/api/todos", json={"title": "x"}, headers={"Idempotency-Key": "k"})
    todo = f"/api/todos/{created.json()['id']}"
    replayed = client.post("/api/todos", json={"title": "x"}, headers={"Idempotency-Key": "k"})
    unchanged = client.get(todo, headers={"If-None-Match": created.headers["etag"]})
    deleted = client.delete(todo)

    assert (replayed.headers["idempotency-replayed"], unchanged.status_code, deleted.status_code) == ("true", 304, 204)
    for answer in (created, replayed, unchanged, deleted, client.get("/api/todos"), client.get("/own")):
        assert renewed(answer) == RENEWED
        assert answer.headers.get_list("set-cookie") == [RENEWED["set-cookie"]]


def test_an_error_has_none_of_them_as_everywhere_in_fastapi(client: TestClient) -> None:
    assert renewed(client.get("/own", headers={"X-User": "fails"})) == {}
    assert renewed(client.get("/api/todos/0198b8a0-0000-7000-8000-000000000000")) == {}


def test_a_dependency_may_read_a_form_where_there_is_none(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    assert client.get("/api/todos").status_code == 200
    assert client.post("/api/todos", json={"title": "x"}).status_code == 201
    assert client.post("/api/todos", content=b"title=x", headers=form).status_code == 415
