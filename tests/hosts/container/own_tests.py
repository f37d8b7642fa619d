from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

# --8<-- [start:services]
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit.testing import create_tables

# --8<-- [end:services]
from .adapters import make_container
from .main import app


# --8<-- [start:services]
async def make_tables_of_the_kit() -> None:
    engine = await app.state.dishka_container.get(AsyncEngine)
    async with engine.begin() as connection:
        await create_tables(connection)


# --8<-- [end:services]
@pytest.fixture
def client() -> Iterator[TestClient]:
    app.state.dishka_container = make_container("sqlite+aiosqlite://")
    with TestClient(app) as client:
        # --8<-- [start:services]
        assert client.portal is not None
        client.portal.call(make_tables_of_the_kit)
        # --8<-- [end:services]
        token = client.post("/sign-in", json={"email": "ann@example.com"}).json()
        client.headers["Authorization"] = f"Token {token}"
        yield client


def test_a_ticket_is_opened_and_read(client: TestClient) -> None:
    opened = client.post("/tickets", json={"subject": "Printer"})
    assert (opened.status_code, opened.json()["subject"]) == (201, "Printer")
    assert client.get("/tickets").json() == [opened.json()]
    assert client.get(f"/tickets/{opened.json()['number']}").json() == opened.json()


def test_errors_have_one_format(client: TestClient) -> None:
    missing = client.get("/tickets/7")
    nobody = client.get("/tickets", headers={"Authorization": ""})
    invalid = client.post("/tickets", json={})
    assert missing.json() == {
        "success": False,
        "error": {"code": "ticket_not_found", "message": "There is no such ticket."},
    }
    assert (nobody.status_code, nobody.json()["error"]["code"]) == (401, "not_authenticated")
    assert (invalid.status_code, invalid.json()["error"]["message"]) == (422, "body.subject")


def test_whoever_asks_too_often_is_refused(client: TestClient) -> None:
    answers = [client.get("/tickets", headers={"Authorization": "Token x"}).status_code for _ in range(121)]
    assert (answers[0], answers[-1]) == (401, 429)
