from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, Limits
from fastapi_todo_kit.testing import MemoryKit, memory_kit, todo_body


def test_bob_does_not_see_anns_todos(todo_kit_memory: MemoryKit) -> None:
    client = TestClient(todo_kit_memory.app)

    client.post("/todos", json=todo_body())
    with todo_kit_memory.as_user("bob"):
        assert client.get("/todos").json()["items"] == []


def test_a_list_that_is_full() -> None:
    kit = memory_kit(Host(time_zone=lambda _user: "Europe/Berlin"), limits=Limits(todos_per_list=1))
    client = TestClient(kit.app)

    statuses = [client.post("/todos", json=todo_body()).status_code for _ in range(2)]

    assert statuses == [201, 409]
