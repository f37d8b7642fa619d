"""Fills the HTTP reference from the OpenAPI document, so that it cannot say anything else than the code does."""

from typing import Any

from example_app.app import create_app
from fastapi_todo_kit import TodoKitSettings

_MARK = "<!-- operations -->"
_METHODS = ("get", "post", "patch", "put", "delete")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs asks for each page; the reference is the one with the mark."""
    return markdown.replace(_MARK, _operations()) if _MARK in markdown else markdown


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
    lines = [f"### `{heading}`\n", operation["description"], ""]
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


def _answer(status: str, response: dict[str, Any]) -> str:
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    return f"{status} `{_name(schema)}`" if schema and status.startswith("2") else status


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "object")).rpartition("/")[2]
