"""Users of a host, each logged in as the host wants it, and the conformance suite as two of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fastapi_todo_kit.testing import TodoKitConformance


@dataclass
class Someone:
    """Sends the requests of one user, by a client that others share. Nobody has no headers."""

    client: TestClient
    headers: Mapping[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **options: Any) -> Any:
        return self.client.request(method, path, headers={**self.headers, **(headers or {})}, **options)

    def get(self, path: str, **options: Any) -> Any:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.request("POST", path, json=body, **options)


class ThroughTheLogin(TodoKitConformance):
    """Every operation, as whoever has logged in; the fixtures `new_user` and `anybody` are those of the host."""

    @pytest.fixture
    def todo_kit_owner(self, new_user: Callable[[], Someone]) -> Someone:
        return new_user()

    @pytest.fixture
    def todo_kit_stranger(self, new_user: Callable[[], Someone]) -> Someone:
        return new_user()

    @pytest.fixture
    def todo_kit_anonymous(self, anybody: TestClient) -> Someone:
        return Someone(anybody)
