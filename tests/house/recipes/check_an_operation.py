"""An operation that was added: run in the copy in which the page was carried out."""

from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services import SyncTodoServices, TodoServices
from fastapi_todo_kit.services.registry import VERBS
from tests.support import Api


async def test_a_raised_todo_is_more_urgent(api: Api) -> None:
    todo = await api.post("/todos", {"title": "x", "priority": 2})

    raised = [await api.post(f"/todos/{todo['id']}/raise") for _ in range(2)]

    assert [one["priority"] for one in raised] == [1, 1]
    assert [one["version"] for one in raised] == [2, 2], "the highest stays as it is"


def test_services_and_registry_have_it() -> None:
    assert VERBS["todos.raise_priority"].action is Action.UPDATE_TODO
    services = TodoServices(None)  # of nobody
    assert services.todos.raise_priority
    assert SyncTodoServices(services).todos.raise_priority
