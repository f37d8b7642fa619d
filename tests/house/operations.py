"""Every operation, listed by OpenAPI and tried as its feature says: a new one is tested without being named here."""

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.testing.examples import (
    BODIES,
    FILTERS,
    GIVEN,
    THINGS,
    filled,
    given_in,
    kind_of,
    named_in,
    needed_by,
    places_of,
    steps_to,
    trial_of,
)
from tests.house.copies import Copies, Rows
from tests.support import Api, make_app


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any] | None
    """The JSON schema of the body."""

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET" or self.name.startswith("preview_")

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def places(self) -> dict[str, str]:
        """Which thing each parameter of the path has to name."""
        return places_of(self.name, self.path)

    @property
    def query_names(self) -> list[str]:
        return [one["name"] for one in self.parameters if one["in"] == "query"]

    @property
    def id_parameters(self) -> list[str]:
        """The names of the query parameters that take ids."""
        return [
            one["name"] for one in self.parameters if one["in"] == "query" and '"uuid"' in str(one).replace("'", '"')
        ]

    @property
    def bodies(self) -> list[Mapping[str, Any] | None]:
        return [None] if self.body is None else [*BODIES[self.name]]


def read_operations() -> list[Operation]:
    document = make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")).openapi()
    schemas = document["components"]["schemas"]
    found = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            found.append(
                Operation(
                    operation["operationId"].removeprefix("todo_kit_"),
                    method.upper(),
                    path.removeprefix("/api"),
                    tuple(operation["parameters"]),
                    schemas[body["$ref"].rpartition("/")[2]] if body else None,
                )
            )
    return found


OPERATIONS = {operation.name: operation for operation in read_operations()}
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.name)
each_write = pytest.mark.parametrize(
    "operation",
    [operation for operation in OPERATIONS.values() if not operation.is_read],
    ids=lambda operation: operation.name,
)


@dataclass(frozen=True)
class Request:
    """A request in which one object is foreign, or none."""

    path: str
    params: Mapping[str, str]
    body: Any


def own_path(operation: Operation, own: Mapping[str, str]) -> dict[str, str]:
    """Return what each parameter of the path is, on which the operation succeeds."""
    return {name: own[thing] for name, thing in operation.places.items()}


def own_requests(operation: Operation, own: Mapping[str, str]) -> list[Request]:
    path = operation.path.format(**own_path(operation, own))
    return [Request(path, {}, filled(body, own)) for body in operation.bodies]


def foreign_requests(operation: Operation, own: Mapping[str, str], foreign: Mapping[str, str]) -> list[Request]:
    """Return the requests of a stranger that name one object of somebody else, everything else being the stranger's."""
    valid = own_path(operation, own)
    path = operation.path.format(**valid)
    made = []
    for name, thing in operation.places.items():
        if thing in GIVEN:
            continue
        for kind, body in itertools.product(kind_of(thing), operation.bodies):
            made.append(Request(operation.path.format(**{**valid, name: foreign[kind]}), {}, filled(body, own)))
    for name in operation.id_parameters:
        for kind, body in itertools.product(kind_of(FILTERS[name].named), operation.bodies):
            made.append(Request(path, {name: foreign[kind], **FILTERS[name].beside}, filled(body, own)))
    return [*made, *(Request(path, {}, filled(body, foreign)) for body in operation.bodies if named_in(body))]


async def send(api: Api, operation: Operation, request: Request) -> httpx2.Response:
    return await api.send(operation.method, request.path, request.body, params=dict(request.params))


COLLEAGUE = "a-colleague"
"""Whom everybody knows."""
KNOWN = {"colleague": COLLEAGUE, "oneself": "me", "kind_of_item": "list"}
"""What no operation makes."""
STEPS = steps_to({operation.name: operation.path for operation in OPERATIONS.values()})
# What the examples leave to hosts, which may have models for it.
BESIDES: dict[str, dict[str, Any]] = {"create_todo": {"extra": {"secret": True}}}


shared: Copies | None = None
"""What makes copies for the tests of a file that has them."""


async def make_things(api: Api, only: Collection[str] = THINGS, **things: str) -> dict[str, str]:
    """Make one of each thing that an operation can name, or a copy of these, and return their ids."""
    if shared is not None and only is THINGS and not things:
        return await shared.things(api, take_steps)
    return await take_steps(api, only, **things)


async def take_steps(api: Api, only: Collection[str] = THINGS, **things: str) -> dict[str, str]:
    """Make one of each thing that an operation can name by requests, and return their ids."""
    things |= KNOWN
    if only is THINGS or "invitation_token" in only:
        things["invitation_token"] = await token_of_a_stranger(api)
    for step in STEPS:
        if step.thing in only:
            body = None if step.body is None else {**filled(step.body, things), **BESIDES.get(step.operation, {})}
            answer = await api.send(OPERATIONS[step.operation].method, filled(step.path, things), body)
            assert answer.is_success, (step, answer.text)
            things |= {step.thing: answer.json()["id"]} if step.has_id else {}
    return things


async def token_of_a_stranger(api: Api) -> str:
    """Return the token of a link to a team in which nobody is but a stranger."""
    stranger = api.as_user()
    team = await stranger.post("/spaces", {"name": "elsewhere"}, 201)
    made = await stranger.post(f"/spaces/{team['id']}/invitations", {"role": "viewer", "max_uses": 100}, 201)
    return str(made["token"])


def needed_for(operation: Operation) -> set[str]:
    """Return the things without which an operation cannot be tried."""
    trial = trial_of(operation.name, operation.path)
    return needed_by(trial, STEPS) | given_in(trial)


async def everything(api: Api) -> Rows:
    """Return all that there is in a user's space, with the number of its last change."""
    assert shared is not None
    return await shared.rows(api)


def without_request_id(response: httpx2.Response) -> tuple[Any, ...]:
    """Return what a client gets to know from a response, but for the id of its own request."""
    body = {name: value for name, value in response.json().items() if name != "request_id"}
    return response.status_code, response.headers, body


def finds_nothing(request: Request, answer: httpx2.Response) -> bool:
    """Whether a page holds nothing, or what it holds wherever there is no such object."""
    if answer.status_code != 200:
        return False
    return answer.json().get("items") == [] or any(FILTERS[name].leaves_out for name in FILTERS.keys() & request.params)
