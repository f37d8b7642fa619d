"""A client in a process of its own, what is sent through it, and what of the document was seen to pass."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx2

from tests.clients.generating import BIN, HERE

CLIENTS: Final = {
    "openapi-typescript": ("node", "openapi-fetch.ts"),
    "hey-api": ("node", "hey-api.ts"),
    "orval": ("node", "orval.ts"),
    "openapi-python-client": ("python", str(HERE / "python_client.py")),
}
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
JSON_TYPES: Final = {"string": str, "boolean": bool, "integer": int, "number": int | float, "null": type(None)}


def plain(value: Any) -> Any:
    """Return a value of JSON in which a moment is spelled in one way."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    is_instant = isinstance(value, str) and INSTANT.fullmatch(value)
    return datetime.fromisoformat(value).astimezone(UTC) if is_instant else value


@dataclass
class Seen:
    """The properties of components that had a value, in requests and in answers."""

    document: dict[str, Any]
    sent: set[tuple[str, str]] = field(default_factory=set)
    answered: set[tuple[str, str]] = field(default_factory=set)

    def note(self, into: set[tuple[str, str]], schema: dict[str, Any], value: Any) -> None:
        """Note what of a schema a value has."""
        name, schema = self._resolved(schema)
        for member in schema.get("anyOf", schema.get("oneOf", ())):
            if self._fits(member, value):
                self.note(into, member, value)
                break
        if isinstance(value, list):
            for one in value:
                self.note(into, schema.get("items", {}), one)
        if isinstance(value, dict):
            for key, one in value.items():
                if one is not None and key in schema.get("properties", {}):
                    into.add((name, key))
                    self.note(into, schema["properties"][key], one)

    def _resolved(self, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        name = schema.get("$ref", "").rpartition("/")[2]
        return name, self.document["components"]["schemas"][name] if name else schema

    def _fits(self, schema: dict[str, Any], value: Any) -> bool:
        _, schema = self._resolved(schema)
        if members := schema.get("anyOf", schema.get("oneOf")):
            return any(self._fits(one, value) for one in members)
        if isinstance(value, dict):
            return set(schema.get("required", ())) <= set(value) <= set(schema.get("properties", ()))
        return isinstance(value, JSON_TYPES.get(schema.get("type", ""), list))

    def every(self, schemas: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
        """Return each property that values of these schemas can have, with the name of its component."""
        found: set[tuple[str, str]] = set()
        names = {name for schema in schemas for name in self._named_in(schema)}
        known: set[str] = set()
        while names:
            known |= names
            below = {name: self.document["components"]["schemas"][name] for name in names}
            found |= {(name, key) for name, schema in below.items() for key in schema.get("properties", ())}
            names = {one for schema in below.values() for one in self._named_in(schema)} - known
        return found

    def _named_in(self, schema: Any) -> set[str]:
        return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema)))


@dataclass
class Client:
    """Sends what a test says through a generated client, as somebody who is logged in."""

    document: dict[str, Any]
    bare: httpx2.Client
    """Sends without any generated client."""
    process: subprocess.Popen[str]
    seen: Seen
    called: set[str] = field(default_factory=set)
    token: str = ""

    def call(self, operation: str, body: Any = None, expect: int | None = None, **given: Any) -> Any:
        """Call an operation and return what the client made of its answer.

        Parameters are given by their names, with `__` for a dot, and headers as `headers`. What is read is compared
        with the JSON that the server sends.
        """
        call = self._call(f"todo_kit_{operation}", body, given.pop("headers", {}), given)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(call) + "\n")
        self.process.stdin.flush()
        answer = {"body": None, **json.loads(self.process.stdout.readline())}
        assert "failure" not in answer, (call, answer)
        fine = answer["status"] == expect if expect else answer["status"] < 300
        assert fine, (call, answer)
        self._note(call, answer)
        if call["method"] == "get" and answer["status"] < 300:
            assert plain(answer["body"]) == plain(self.raw(call)), (call, answer)
        return answer["body"]

    def raw(self, call: dict[str, Any]) -> Any:
        """Return what the server sends, without any client."""
        url = call["route"].format(**call["path"])
        response = self.bare.request(call["method"], url, params=call["query"], headers=call["headers"])
        is_json = response.headers["Content-Type"] == "application/json"
        return response.json() if is_json else response.text

    def place_of(self, operation: str) -> tuple[str, str]:
        """Return the method and the route of an operation."""
        return next(
            (method, route)
            for route, methods in self.document["paths"].items()
            for method, described in methods.items()
            if described["operationId"] == operation
        )

    def _call(self, operation: str, body: Any, headers: dict[str, str], given: dict[str, Any]) -> dict[str, Any]:
        method, route = self.place_of(operation)
        names = re.findall(r"{(\w+)}", route)
        return {
            "operation": operation,
            "method": method,
            "route": route,
            "path": {name: given[name] for name in names},
            "query": {name.replace("__", "."): value for name, value in given.items() if name not in names},
            "headers": headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            **({} if body is None else {"body": body}),
        }

    def _note(self, call: dict[str, Any], answer: dict[str, Any]) -> None:
        described = self.document["paths"][call["route"]][call["method"]]
        self.called.add(call["operation"])
        if "body" in call:
            self.seen.note(self.seen.sent, schema_of(described["requestBody"]), call["body"])
        self.seen.note(self.seen.answered, schema_of(described["responses"][str(answer["status"])]), answer["body"])


def schema_of(described: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a body that is described, whatever it is written in; an empty one where there is none."""
    return next((content.get("schema", {}) for content in described.get("content", {}).values()), {})


@contextmanager
def talking(name: str, folder: Path, url: str, document: dict[str, Any]) -> Iterator[Client]:
    """Run a client."""
    program, *arguments = CLIENTS[name]
    environment = {**os.environ, "API_URL": url, "PYTHONPATH": str(folder)}
    command = [str(BIN / program), *arguments]
    with (
        httpx2.Client(base_url=url) as bare,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        yield Client(document, bare, process, Seen(document))
