"""Which of several mounts a request is for, found without trying every route of every mount."""

import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI, routing
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.routing import Match
from starlette.types import Scope

from fastapi_todo_kit import Host, TodoKitSettings, auth_router, todo_router
from fastapi_todo_kit.auth.routing import AccountRoute
from fastapi_todo_kit.http.routing import KitRoute
from tests.auth.support import auth_settings
from tests.support import header_user, make_app, running

IS_ASKED = hasattr(routing, "iter_route_contexts")
asked = pytest.mark.skipif(not IS_ASKED, reason="this FastAPI copies the routes of a router, and asks it nothing")


@pytest.fixture
def app(sqlite_url: str) -> FastAPI:
    """Both routers of the kit, in the order that the README teaches."""
    app = FastAPI()
    app.include_router(auth_router(auth_settings(sqlite_url)), prefix="/auth")
    app.include_router(
        todo_router(
            TodoKitSettings(database_url=sqlite_url), Host(current_user=header_user), paths={"lists": "folders"}
        ),
        prefix="/api/v1",
    )
    return app


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of routes of accounts that were tried."""
    tried: list[str] = []
    matches = AccountRoute.matches

    def watched(route: AccountRoute, scope: Scope) -> tuple[Match, Scope]:
        tried.append(route.path)
        return matches(route, scope)

    monkeypatch.setattr(AccountRoute, "matches", watched)
    return tried


@asked
@pytest.mark.parametrize("path", ["/api/v1/todos", "/api/v1/folders", "/api/v1/nowhere", "/"])
def test_no_route_of_accounts_is_tried_for_other_paths(app: FastAPI, tried: list[str], path: str) -> None:
    response = TestClient(app).get(path)

    assert response.status_code in {401, 404}
    assert tried == []


def test_routes_of_accounts_are_tried_for_theirs(app: FastAPI, tried: list[str]) -> None:
    response = TestClient(app).get("/auth/me")

    assert response.status_code == 401
    assert "/me" in tried


@asked
def test_a_route_that_the_host_adds_later_is_found(app: FastAPI, sqlite_url: str) -> None:
    accounts = auth_router(auth_settings(sqlite_url))
    app.include_router(accounts, prefix="/people")
    client = TestClient(app)
    assert client.get("/people/invitations").status_code == 404

    accounts.add_route("/invitations", lambda _: PlainTextResponse("the host's"))

    assert client.get("/people/invitations").text == "the host's"


@asked
async def test_the_first_request_finds_its_routes_made(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[APIRoute] = []
    make = routing._EffectiveRouteContext.from_api_route

    def watched(*, original_route: APIRoute, **options: Any) -> Any:
        made.append(original_route)
        return make(original_route=original_route, **options)

    monkeypatch.setattr(routing._EffectiveRouteContext, "from_api_route", watched)
    async with running(make_app(TodoKitSettings(database_url=sqlite_url))) as api:
        before = len(made)
        await api.get("/todos")

    assert before == len(made) > 0


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_a_refused_method_is_told_all_that_the_path_knows(app: FastAPI) -> None:
    client = TestClient(app)
    for path in app.openapi()["paths"]:
        target = re.sub(r"\{.*?\}", str(uuid.UUID(int=1)), path)
        answers = {method: client.request(method, target) for method in METHODS}

        known = {method for method, answer in answers.items() if answer.status_code != 405}
        refused = [answer for answer in answers.values() if answer.status_code == 405]
        assert known, path
        assert refused, path
        assert {answer.headers["Allow"] for answer in refused} == {", ".join(sorted(known))}, path


def test_a_method_that_the_host_adds_is_told(app: FastAPI, sqlite_url: str) -> None:
    router = todo_router(TodoKitSettings(database_url=sqlite_url), Host(current_user=header_user))
    router.add_route("/todos", lambda _: PlainTextResponse("the host's"), methods=["PUT"])
    app.include_router(router, prefix="/people/{person}")

    assert TestClient(app).delete("/people/1/todos").headers["Allow"] == "GET, POST, PUT"


def test_routes_that_are_copied_are_still_those_of_their_mount(sqlite_url: str) -> None:
    """Until 0.136 FastAPI copies an included router's routes into the application: by their class, as here."""
    settings = {name: TodoKitSettings(database_url=sqlite_url, name=name, namespace=name) for name in ("one", "two")}
    routers = {name: todo_router(settings[name], Host(current_user=lambda: "ann")) for name in settings}

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with routers["one"].lifespan_context(app), routers["two"].lifespan_context(app):
            yield

    app, found = FastAPI(lifespan=lifespan), []
    for name, router in routers.items():
        for route in router.routes:
            assert isinstance(route, KitRoute)
            app.routes.append(type(route)(f"/{name}/{{team}}{route.path}", route.endpoint, **route.options))
    with TestClient(app) as client:
        for name in routers:
            created = client.post(f"/{name}/7/todos", json={"title": name}).json()
            found.append([item["title"] for item in client.get(f"/{name}/7/todos").json()["items"]])
            assert client.put(f"/{name}/7/todos/{created['id']}").headers["Allow"] == "DELETE, GET, PATCH"
            assert client.get(f"/{name}/7/todos?due_lt=x").json()["code"] == "unknown_parameter"

    assert found == [["one"], ["two"]]
