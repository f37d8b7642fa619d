"""Prometheus metrics, and the dashboard that is drawn from them."""

import asyncio
import builtins
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY, generate_latest

from fastapi_todo_kit import ConfigurationError, Host, TodoKitSettings, todo_router
from fastapi_todo_kit.core.observing.metrics import metrics_of
from tests.storage.test_faults import refusing, run_sql
from tests.support import header_user, make_app, running

DASHBOARD = Path(__file__).parents[3] / "docs" / "reference" / "grafana-dashboard.json"


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_operations_changes_and_connections_are_measured(
    database_url: str,
) -> None:
    mount = f"measured_{'sqlite' if database_url.startswith('sqlite') else 'postgresql'}"
    settings = TodoKitSettings(database_url=database_url, metrics=True, name=mount)
    async with running(make_app(settings)) as api:
        todo = await api.todo()
        await api.get(f"/todos/{todo['id']}")
        await api.get("/todos/nothing", 404)

    def count(operation: str, status: str) -> float:
        labels = {"mount": mount, "operation": operation, "status": status}
        return sample("todo_kit_operation_seconds_count", **labels)

    assert (
        count("create_todo", "201"),
        count("get_todo", "200"),
        count("get_todo", "404"),
    ) == (1, 1, 1)
    assert sample("todo_kit_changes_total", mount=mount) == 2  # the inbox and the todo
    assert sample("todo_kit_change_lag_seconds_count", mount=mount) == 1
    assert sample("todo_kit_pool_connections", mount=mount, state="idle") >= 1
    assert sample("todo_kit_pool_connections", mount=mount, state="in_use") == 0


async def test_what_is_run_again_is_counted(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    await run_sql(url, *refusing(2, "40001"))
    async with running(make_app(TodoKitSettings(database_url=url, metrics=True, name="repeats"))) as api:
        await api.todo()

    assert sample("todo_kit_repeats_total", mount="repeats") == 2


async def test_a_mount_that_is_not_measured_leaves_nothing(sqlite_url: str) -> None:
    async with running(make_app(TodoKitSettings(database_url=sqlite_url, name="unmeasured"))) as api:
        await api.todo()

    assert b'mount="unmeasured"' not in generate_latest()


def test_metrics_without_their_extra_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_module = builtins.__import__

    def missing(name: str, *rest: Any, **options: Any) -> Any:
        if name == "prometheus_client":
            raise ModuleNotFoundError(name=name)
        return import_module(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    monkeypatch.delitem(__import__("sys").modules, "fastapi_todo_kit.core.observing.metrics", raising=False)
    with pytest.raises(ConfigurationError, match=r"fastapi-todo-kit\[metrics\]"):
        todo_router(TodoKitSettings(metrics=True), Host(current_user=header_user))


def test_the_dashboard_draws_what_there_is() -> None:
    metrics_of("drawn").operation("get_todo", 200, 0.1)
    metrics_of("drawn").limited("reads")
    metrics_of("drawn").fell_back("behind")
    metrics_of("drawn").begun("reminder", 1)
    metrics_of("drawn").job("reminder", "done", 0.1)
    metrics_of("drawn").waiting(1, 0, 2)
    panels = json.loads(DASHBOARD.read_text())["panels"]
    drawn = {name for panel in panels for target in panel["targets"] for name in names_in(target["expr"])}
    exposed = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("todo_kit_")}

    assert drawn == exposed


def names_in(expression: str) -> set[str]:
    return {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in re.findall(r"todo_kit_\w+", expression)}
