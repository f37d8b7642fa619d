"""The dependencies of accounts on routes of the host's own, and what happens where they are wired wrongly."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated
from unittest.mock import patch

import httpx2
import pytest
from fastapi import Depends, FastAPI

from fastapi_todo_kit import (
    AuthUser,
    ConfigurationError,
    Host,
    TodoKitSettings,
    auth_router,
    current_user,
    fresh_user,
    optional_user,
    require_scope,
    todo_router,
)
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import Application, auth_settings, running_application
from tests.support import TestClock


@pytest.fixture
async def hosted(accounts_url: str, auth_clock: TestClock) -> AsyncIterator[Application]:
    """An application with routes of its own that ask who is calling."""
    settings = auth_settings(accounts_url, scopes=["invoices:read"])
    async with running_application(settings, clock=auth_clock) as application:
        add_routes(application.app, settings, application.host)
        yield application


def add_routes(app: FastAPI, settings: TodoKitSettings, host: Host) -> None:
    @app.get("/own/me")
    async def me(user: Annotated[AuthUser, Depends(current_user(settings, host))]) -> str:
        return user.id

    @app.get("/own/maybe")
    async def maybe(user: Annotated[AuthUser | None, Depends(optional_user(settings, host))]) -> str:
        return "nobody" if user is None else user.id

    invoices = require_scope(settings, "invoices:read", host=host)

    @app.get("/own/invoices")
    async def read_invoices(user: Annotated[AuthUser, Depends(invoices)]) -> str:
        return user.id

    @app.get("/own/danger")
    async def danger(
        user: Annotated[AuthUser, Depends(fresh_user(settings, timedelta(minutes=5), host=host))],
    ) -> str:
        return user.id


async def test_a_route_of_the_host_knows_who_calls(hosted: Application) -> None:
    ann = await hosted.person()

    for path in ("me", "maybe", "invoices", "danger"):
        assert (await ann.get(f"/own/{path}")).json() == await ann.user_id()


async def test_nobody_is_refused_in_the_format_of_the_host(hosted: Application) -> None:
    response = await hosted.client.get("/own/me")

    assert response.status_code == 401
    assert list(response.json()) == ["detail"]
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_nobody_is_somebody_where_that_is_allowed(hosted: Application) -> None:
    nobody = await hosted.client.get("/own/maybe")
    wrong = await hosted.client.get("/own/maybe", headers={"Authorization": "Bearer wrong"})

    assert (nobody.status_code, nobody.json()) == (200, "nobody")
    assert wrong.status_code == 401, "who says something wrong is not nobody"


async def test_a_token_needs_the_scope_and_a_session_has_it(hosted: Application) -> None:
    ann = await hosted.person()
    narrow = ann.with_token(await ann.personal_token("todos:read"))
    fitting = ann.with_token(await ann.personal_token("invoices:read"))

    refused = await narrow.get("/own/invoices")

    assert refused.status_code == 403
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="invoices:read"'
    assert (await fitting.get("/own/invoices")).status_code == 200
    assert (await fitting.get("/api/todos")).status_code == 403


@pytest.mark.parametrize("scope", ["todos:read", "todos:write"])
async def test_todos_are_read_and_written_by_scope(hosted: Application, scope: str) -> None:
    ann = await hosted.person()
    limited = ann.with_token(await ann.personal_token(scope))

    read = await limited.get("/api/todos")
    written = await limited.post("/api/todos", {"title": "x"})

    assert (read.status_code, written.status_code) == ((200, 403) if scope == "todos:read" else (403, 201))


async def test_a_login_grows_old(hosted: Application, auth_clock: TestClock) -> None:
    ann = await hosted.person()
    token = ann.with_token(await ann.personal_token("todos:read"))
    auth_clock.advance(minutes=6)

    old, never = await ann.get("/own/danger"), await token.get("/own/danger")
    await ann.refresh()
    refreshed = await ann.get("/own/danger")
    await ann.log_in()

    assert [one.status_code for one in (old, never, refreshed)] == [401, 401, 401]
    assert 'error="insufficient_user_authentication", max_age="300"' in old.headers["WWW-Authenticate"]
    assert (await ann.get("/own/danger")).status_code == 200


async def test_an_override_of_the_host_reaches_its_routes_and_the_todos(hosted: Application) -> None:
    made_up = AuthUser("made-up", "Europe/Berlin", is_verified=True, is_superuser=False)
    hosted.app.dependency_overrides[current_user(hosted.settings, hosted.host)] = lambda: made_up

    own = await hosted.client.get("/own/me")
    created = await hosted.client.post("/api/todos", json={"title": "x"})

    assert own.json() == "made-up"
    assert created.json()["created_by"] == "made-up"


async def test_the_zone_of_the_account_is_that_of_its_todos(hosted: Application) -> None:
    ann = await hosted.person(time_zone="Pacific/Kiritimati")
    await ann.post("/api/todos", {"title": "x", "due": {"date": "2026-03-28"}})

    overdue = await ann.get("/api/todos", params={"overdue": "true"})

    assert len(overdue.json()["items"]) == 1, "in Kiritimati it is the 29th already"


def test_the_same_arguments_give_the_same_dependency() -> None:
    settings, host = auth_settings("sqlite://"), Host()
    minute = timedelta(minutes=1)

    assert current_user(settings, host) is current_user(auth_settings("sqlite://"), host)
    assert optional_user(settings) is optional_user(settings)
    assert require_scope(settings, "a", "b") is require_scope(settings, "a", "b")
    assert fresh_user(settings, minute) is fresh_user(settings, minute)
    assert current_user(settings, host) is not current_user(settings, Host())


def test_accounts_without_a_key_say_what_to_set() -> None:
    for build in (auth_router, current_user):
        with pytest.raises(ConfigurationError, match="TODO_KIT_AUTH__SECRET"):
            build(TodoKitSettings(database_url="sqlite://"), Host(mailer=MemoryMailer()))
    with pytest.raises(ConfigurationError, match="current_user"):
        todo_router(TodoKitSettings(database_url="sqlite://"))


def test_a_missing_extra_is_named() -> None:
    import importlib  # noqa: PLC0415  (for this alone)

    import fastapi_todo_kit.auth  # noqa: PLC0415  (the module itself is what is tested)

    with (
        patch("importlib.util.find_spec", lambda name: None if name == "pwdlib" else object()),
        pytest.raises(ConfigurationError, match=r"\(pwdlib\): pip install 'fastapi-todo-kit\[auth\]'"),
    ):
        importlib.reload(fastapi_todo_kit.auth)


async def test_two_applications_with_other_keys_do_not_know_each_others_tokens(accounts_url: str) -> None:
    async with (
        running_application(auth_settings(accounts_url)) as one,
        running_application(auth_settings(accounts_url, secret="another secret of thirty-two bytes")) as other,
    ):
        ann = await one.person()
        stranger = httpx2.AsyncClient(transport=httpx2.ASGITransport(other.app), base_url="https://test")
        async with stranger as client:
            response = await client.get("/auth/me", headers={"Authorization": f"Bearer {ann.access_token}"})

    assert response.status_code == 401
