"""What the kit does on releases of FastAPI that lack something, played on this one."""

from collections.abc import Iterator
from typing import Any

import pytest

from fastapi_todo_kit import ConfigurationError, Host, TodoKitSettings, todo_router
from fastapi_todo_kit.http import fastapi_releases
from fastapi_todo_kit.settings import Worker


def session() -> Iterator[None]:
    """Stand in for a session; none is opened."""
    yield


def test_a_host_that_commits_is_refused_where_dependencies_are_left_behind_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fastapi_releases, "_HAS_SCOPES", False)
    monkeypatch.setattr(fastapi_releases, "_LEAVES_EARLY", False)
    host = Host(current_user=lambda: "ann", session=session, commit="host")

    with pytest.raises(ConfigurationError, match=r"Raise it to 0\.121"):
        todo_router(TodoKitSettings(), host)


def test_where_all_dependencies_are_left_early_there_is_nothing_to_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastapi_releases, "_HAS_SCOPES", False)
    monkeypatch.setattr(fastapi_releases, "_LEAVES_EARLY", True)

    assert getattr(fastapi_releases.depends_until_answer(session), "scope", None) is None


def test_a_worker_in_the_application_is_refused_where_no_lifespan_would_start_it(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setattr(fastapi_releases, "RUNS_LIFESPANS", False)
    settings = TodoKitSettings(database_url=sqlite_url, worker=Worker(in_app=True))

    with pytest.raises(ConfigurationError, match=r"0\.112\.2.*todo-kit worker"):
        todo_router(settings, Host(current_user=lambda: "ann"))


def test_a_form_is_where_fastapi_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {**fastapi_releases.form_of([("username", "ann")])} == {"username": "ann"}

    monkeypatch.setattr(fastapi_releases, "_TAKES_FORMS_APART", False)
    below: Any = fastapi_releases.form_of([("username", "ann")])["form"]
    assert below == {"username": "ann"}
