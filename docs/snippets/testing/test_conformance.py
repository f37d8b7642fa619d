from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient
from main import app

from fastapi_todo_kit import Action
from fastapi_todo_kit.testing import Actor, TodoKitConformance


def client_of(user: str) -> TestClient:
    return TestClient(app, headers={"X-User": user})


class TestTodos(TodoKitConformance):
    prefix = "/api"  # and paths, leave_out and features, where you mounted the kit with them

    @pytest.fixture
    def todo_kit_owner(self) -> TestClient:
        return client_of("ann")

    @pytest.fixture
    def todo_kit_stranger(self) -> TestClient:
        return client_of("eve")

    @pytest.fixture
    def todo_kit_anonymous(self) -> TestClient:
        return TestClient(app)

    @pytest.fixture
    def todo_kit_actors(self) -> Mapping[str, Actor]:
        reads = {action for action in Action if action.is_read}
        return {"viewer": Actor(client_of("vic"), may=reads | {Action.SET_REMINDER, Action.UPDATE_ITEM})}
