"""What a host can choose while it mounts the kit: features, single operations, paths, who may reach its objects."""

import subprocess
import sys
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import SQLModel

from fastapi_todo_kit import (
    Access,
    ConfigurationError,
    Host,
    LinkTarget,
    TodoKitSettings,
    Transaction,
    todo_router,
)
from tests.support import header_user, make_app, running


def mounted(settings: TodoKitSettings | None = None, **options: Any) -> FastAPI:
    app = FastAPI()
    app.include_router(
        todo_router(settings or TodoKitSettings(), Host(current_user=header_user), **options), prefix="/api"
    )
    return app


def operations(app: FastAPI) -> set[str]:
    return {
        operation["operationId"].removeprefix("todo_kit_")
        for methods in app.openapi()["paths"].values()
        for operation in methods.values()
    }


def test_features_are_chosen_by_name() -> None:
    assert operations(mounted(features={"labels", "spaces"})) == {
        "list_labels",
        "create_label",
        "get_label",
        "update_label",
        "delete_label",
        "merge_label",
        "list_spaces",
        "create_space",
        "get_current_space",
        "get_space",
        "update_space",
        "delete_space",
        "restore_space",
        "leave_space",
        "transfer_space",
        "list_members",
        "put_member",
        "remove_member",
        "list_items",
        "update_item",
        "reset_item",
        "mark_space_seen",
    }


async def test_what_is_left_out_is_not_there(settings: TodoKitSettings) -> None:
    app = mounted(settings, features={"lists", "todos"}, leave_out={"delete_todo", "duplicate_list"})
    async with running(app) as api:
        todo = await api.todo()

        assert (await api.send("DELETE", f"/todos/{todo['id']}")).status_code == 405
        assert (await api.send("POST", f"/lists/{todo['list_id']}/duplicate")).status_code == 404
        assert (await api.send("GET", "/labels")).status_code == 404
        assert (await api.get(f"/todos/{todo['id']}"))["id"] == todo["id"]
    assert {"delete_todo", "duplicate_list", "list_labels"}.isdisjoint(operations(app))


async def test_paths_are_renamed_and_nothing_else(settings: TodoKitSettings) -> None:
    app = mounted(settings, paths={"todos": "tasks", "lists": "my/projects"})
    async with running(app) as api:
        created = await api.send("POST", "/tasks", {"title": "x"})
        todo = created.json()
        copy = await api.send("POST", f"/tasks/{todo['id']}/duplicate")

        assert created.headers["location"] == f"/api/tasks/{todo['id']}"
        assert copy.headers["location"] == f"/api/tasks/{copy.json()['id']}"
        assert (await api.get(f"/my/projects/{todo['list_id']}"))["is_inbox"]
        assert (await api.send("GET", "/todos")).status_code == 404
    assert operations(app) == operations(mounted())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"features": {"tasks"}}, "features must be some of"),
        ({"features": "todos"}, "features must be some of"),
        ({"features": ()}, "features must be some of"),
        ({"leave_out": {"purge"}}, r"leave_out names \['purge'\]"),
        ({"paths": {"tasks": "todos"}}, r"paths names \['tasks'\]"),
        ({"paths": {"todos": "/tasks"}}, "paths maps to '/tasks'"),
        ({"paths": {"todos": "lists"}}, "two features one path"),
        ({"features": {"lists"}, "leave_out": {"delete_todo"}}, "leave_out names"),
    ],
)
def test_what_there_is_not_is_refused_while_building(options: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        mounted(**options)


def test_a_variation_leaves_other_mounts_alone() -> None:
    app = FastAPI()
    host = Host(current_user=header_user)
    app.include_router(todo_router(TodoKitSettings(name="a"), host, paths={"todos": "tasks"}), prefix="/a")
    app.include_router(todo_router(TodoKitSettings(name="b"), host), prefix="/b")

    paths = set(app.openapi()["paths"])

    assert {"/a/tasks", "/b/todos"} <= paths
    assert {"/a/todos", "/b/tasks"}.isdisjoint(paths)


class Billing:
    """A host's own rule: everybody links to his own invoices only."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def may_reach(self, access: Access, target: LinkTarget, transaction: Transaction) -> bool:
        assert transaction.connection is not None
        self.asked.append((target.purpose, target.id))
        return target.id.startswith(access.principal.user_id)


async def test_who_may_link_to_an_object_is_the_hosts_to_say(settings: TodoKitSettings) -> None:
    billing = Billing()
    async with running(make_app(settings, link_policy=billing.may_reach)) as api:
        own = {"source": "billing", "type": "invoice", "id": f"{api.user}-1"}
        foreign = {**own, "id": "somebody-1"}

        todo = await api.todo(links=[own])
        refused = await api.post("/todos", {"title": "x", "links": [foreign]}, 404)
        await api.patch(f"/todos/{todo['id']}", {"links": [own, foreign]}, 404)
        billing.asked.clear()
        await api.patch(f"/todos/{todo['id']}", {"links": [own], "title": "y"})

        assert refused["code"] == "link_target_not_found"
        assert billing.asked == []
        assert len((await api.get(f"/todos/{todo['id']}"))["links"]) == 1


async def test_who_may_list_the_todos_of_an_object_is_the_hosts_to_say(settings: TodoKitSettings) -> None:
    billing = Billing()
    async with running(make_app(settings, link_policy=billing.may_reach)) as api:
        own = {"source": "billing", "type": "invoice", "id": f"{api.user}-1"}
        await api.todo("of the invoice", links=[own])
        query = {f"link__{name}": value for name, value in own.items()}

        assert await api.titles(**query) == ["of the invoice"]
        assert (await api.get("/todos", 404, **{**query, "link__id": "x"}))["code"] == "link_target_not_found"
        half = await api.get("/todos", 422, link__type="invoice")
        assert [one["parameter"] for one in half["errors"]] == ["link.source", "link.id"]
        assert await api.titles() == ["of the invoice"]


def test_importing_and_mounting_change_nothing_global() -> None:
    code = """
import logging, os, sys
from fastapi import FastAPI
from sqlmodel import SQLModel
app = FastAPI()
def state():
    known = map(logging.getLogger, list(logging.root.manager.loggerDict))
    loggers = [one for one in known if one.handlers or one.level]
    return (dict(os.environ), list(SQLModel.metadata.tables), list(app.user_middleware), dict(app.exception_handlers),
            [one.name for one in loggers], list(logging.root.handlers), logging.root.level)
before = state()
from fastapi_todo_kit import *
app.include_router(todo_router(TodoKitSettings(), Host(current_user=lambda: "ann")))
app.openapi()
assert state() == before, (before, state())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "todokit_todo" not in SQLModel.metadata.tables


# Not rich, which structlog imports where it is installed.
OPTIONAL = ("asyncpg", "alembic", "typer", "pytest", "psycopg", "jwt", "prometheus_client", "limits", "redis")


def test_what_a_feature_does_not_need_is_not_imported() -> None:
    code = f"""
import sys
import fastapi_todo_kit
early = [name for name in ("fastapi", "sqlalchemy", "sqlmodel", "pydantic") if name in sys.modules]
assert early == [], early
from fastapi_todo_kit import *
app_needs = todo_router(TodoKitSettings(), Host(current_user=lambda: "ann"))
loaded = [name for name in {OPTIONAL!r} if name in sys.modules]
assert loaded == [], loaded
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_says_what_it_does_not_have() -> None:
    import fastapi_todo_kit  # noqa: PLC0415  (the module itself is what is tested)

    assert "todo_router" in dir(fastapi_todo_kit)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = fastapi_todo_kit.nothing
