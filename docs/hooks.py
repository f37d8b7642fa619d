"""Fills the pages with what the code says of itself, so that they cannot say anything else than it does."""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_type_hints

from fastapi import APIRouter
from fastapi.routing import APIRoute

from example_app.app import create_app
from fastapi_todo_kit import Action, TodoKitSettings
from fastapi_todo_kit.auth.dependencies import Guard
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.mounts import auth as accounts_router
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import routes_of
from fastapi_todo_kit.policy import GRANTS

_METHODS = ("get", "post", "patch", "put", "delete")
_ACTIONS = {route.name: route.action for feature in ROUTERS.values() for route in routes_of(feature)}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs asks for each page; those with a mark get what stands for it."""
    for mark, text in MARKS.items():
        if mark in markdown:
            markdown = markdown.replace(mark, text())
    return markdown


def _operations() -> str:
    document = create_app(TodoKitSettings()).openapi()
    found = [
        (operation, f"{method.upper()} {path.removeprefix('/api')}")
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    tags = dict.fromkeys(operation["tags"][-1] for operation, _ in found)
    parts = []
    for tag in tags:
        parts.append(f"## {tag}\n")
        parts += [_operation(operation, heading) for operation, heading in found if operation["tags"][-1] == tag]
    return "\n".join(parts)


def _operation(operation: dict[str, Any], heading: str) -> str:
    name = operation["operationId"].removeprefix("todo_kit_")
    lines = [f"### `{heading}`\n", operation["description"], "", f"Name: `{name}`, action: `{_ACTIONS[name]}`", ""]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        lines += [f"Body: `{_name(body)}`", ""]
    lines += [
        f"- `{one['name']}` ({one['in']}){': ' + one['description'] if one.get('description') else ''}"
        for one in operation.get("parameters", ())
        if one["in"] != "path"
    ]
    lines += ["", "Answers: " + ", ".join(_answer(*one) for one in sorted(operation["responses"].items())), ""]
    return "\n".join(lines)


def _account_operations() -> str:
    features: tuple[APIRouter, ...] = accounts_router._FEATURES
    routes = [route for feature in features for route in feature.routes if isinstance(route, APIRoute)]
    lines = ["| method | path | who may | what |", "| --- | --- | --- | --- |"]
    for route in routes:
        what = " ".join((route.endpoint.__doc__ or "").split())
        lines.append(f"| {', '.join(sorted(route.methods or ()))} | `{route.path}` | {_who_may(route)} | {what} |")
    return "\n".join(lines)


def _who_may(route: APIRoute) -> str:
    hints = get_type_hints(route.endpoint, include_extras=True).values()
    dependencies = [getattr(one, "dependency", None) for hint in hints for one in getattr(hint, "__metadata__", ())]
    guard = next((one for one in dependencies if isinstance(one, Guard)), None)
    if guard is None:
        return "anybody"
    if guard.superuser:
        return "superusers, in a session"
    return "you, in a session" if guard.scope is None else f"you, or a token with `{guard.scope}`"


def _answer(status: str, response: dict[str, Any]) -> str:
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    return f"{status} `{_name(schema)}`" if schema and status.startswith("2") else status


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "object")).rpartition("/")[2]


def _roles() -> str:
    lines = [f"| action | {' | '.join(GRANTS)} |", "| --- " * (len(GRANTS) + 1) + "|"]
    for action in Action:
        marks = ("yes" if action in granted else "" for granted in GRANTS.values())
        lines.append(f"| `{action}` | {' | '.join(marks)} |")
    return "\n".join(lines)


def _events() -> str:
    lines = ["| type | class | what happened |", "| --- | --- | --- |"]
    lines += [
        f"| `{kind.__struct_config__.tag}` | `{kind.__name__}` | {kind.__doc__} |"
        for kind in ChangeEvent.__subclasses__()
    ]
    return "\n".join(lines)


MARKS: Final[Mapping[str, Callable[[], str]]] = {
    "<!-- operations -->": _operations,
    "<!-- account operations -->": _account_operations,
    "<!-- roles -->": _roles,
    "<!-- events -->": _events,
}
