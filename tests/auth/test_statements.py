"""Authentication by the kit's accounts adds no statement to what todos take, once a token has been seen."""

from datetime import timedelta
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.auth.support import Application, Person, auth_settings
from tests.storage.test_statements import READS, recorded


@pytest.fixture
def auth_kit_settings(accounts_url: str) -> TodoKitSettings:
    """Settings under which nobody asks for revocations while a test counts statements."""
    return auth_settings(accounts_url, revocation_max_age=timedelta(minutes=1))


@pytest.fixture
async def person(application: Application) -> Person:
    return await application.person()


@pytest.fixture
async def todo(person: Person) -> dict[str, Any]:
    """A todo with a label, in an inbox that exists."""
    label = (await person.post("/api/labels", {"name": "urgent"})).json()
    response = await person.post("/api/todos", {"title": "a todo", "label_ids": [label["id"]]})
    todo: dict[str, Any] = response.json()
    return todo


@pytest.mark.parametrize(("path", "count"), READS)
async def test_a_read_takes_as_many_as_without_accounts(
    person: Person, todo: dict[str, Any], path: str, count: int
) -> None:
    names = {"id": todo["id"], "list": todo["list_id"], "label": todo["label_ids"][0]}

    with recorded() as statements:
        response = await person.get(f"/api{path.format(**names)}")

    assert (response.status_code, len(statements)) == (200, count), statements


async def test_a_write_takes_as_many_as_without_accounts(
    person: Person, todo: dict[str, Any], accounts_url: str
) -> None:
    path = f"/api/todos/{todo['id']}"

    with recorded() as create:
        await person.post("/api/todos", {"title": "new"})
    with recorded() as patch:
        await person.patch(path, {"title": "changed"})
    with recorded() as complete:
        await person.post(f"{path}/complete")

    counts = [len(create), len(patch), len(complete)]
    assert counts == ([4, 4, 5] if accounts_url.startswith("sqlite") else [3, 3, 4])


async def test_a_personal_token_is_looked_up_once(person: Person) -> None:
    user = person.with_token(await person.personal_token("todos:read"))

    with recorded() as first:
        await user.get("/api/todos")
    with recorded() as then:
        await user.get("/api/todos")

    assert len(first) > len(then) == 1
