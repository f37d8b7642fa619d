"""The API against its own OpenAPI document, on both databases: what it promises it keeps, whatever is sent."""

import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any

import pytest
import schemathesis
from fastapi import HTTPException, Request
from hypothesis import strategies as st
from schemathesis.python.asgi import ASGIClient, shutdown_lifespans
from schemathesis.specs.openapi.checks import unsupported_method

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.core.fields import FIRST_YEAR, LAST_YEAR, known_zones
from fastapi_todo_kit.testing.examples import Step, filled
from tests.databases import ONLY_SQLITE
from tests.house.operations import COLLEAGUE, KNOWN, OPERATIONS, STEPS, Operation, each_operation, own_path
from tests.promises import Case, keep_promises
from tests.support import make_app

pytestmark = pytest.mark.thorough

LATER = "2199-01-01T09:00:00"
CONFIG = {
    "generation": {"deterministic": True, "allow-x00": False},
    "checks": {
        # FastAPI answers OPTIONS with the methods of the first route of a path, not with those of all.
        "allow_header_conformance": {"enabled": False},
        "positive_data_acceptance": {
            # 400: a cursor is opaque, so any text is a valid one that belongs to no query. 404, 409: well-formed ids
            # and names of what is not there, or is there already. 412: any ETag but the present one.
            "expected-statuses": ["2xx", "3xx", "400", "404", "409", "412"]
        },
        # 412 besides the usual: a precondition is looked at before the rest of a request.
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "409", "412", "413", "415", "422"]},
    },
}


def register_formats() -> None:
    """Say what the formats of the document look like, within the years that the API takes."""
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    local = st.datetimes(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 12, 31))  # noqa: DTZ001  (a wall clock)
    schemathesis.openapi.format("iana-time-zone", st.sampled_from(sorted(known_zones())))
    schemathesis.openapi.format("date", st.dates(first, last).map(date.isoformat))
    schemathesis.openapi.format("date-time-local", local.map(lambda moment: moment.isoformat(timespec="seconds")))
    schemathesis.openapi.format(
        "date-time", local.map(lambda moment: moment.replace(tzinfo=UTC).isoformat(timespec="seconds"))
    )

    rules = ("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=9", "FREQ=YEARLY")
    schemathesis.openapi.format("rrule", st.sampled_from(rules))


register_formats()


async def undeclared_user(request: Request) -> str:
    """Find the user without saying in the document how: the header is given to every request alike."""
    user = request.headers.get("x-user")
    if user is None:
        raise HTTPException(401)
    return user


def document() -> dict[str, Any]:
    return make_app(TodoKitSettings(database_url="sqlite+aiosqlite://"), current_user=undeclared_user).openapi()


schema = schemathesis.openapi.from_dict(document(), config=schemathesis.Config.from_dict(CONFIG))


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest) -> Iterator[list[ASGIClient]]:
    """A client of the application that answers, on each of the databases."""
    urls = [request.getfixturevalue(name) for name in ("sqlite_url", *(() if ONLY_SQLITE else ("postgres_url",)))]
    with ExitStack() as stack:
        yield [stack.enter_context(client_of(url)) for url in urls]
    shutdown_lifespans()


def client_of(url: str) -> ASGIClient:
    app: Any = make_app(TodoKitSettings(database_url=url, backdating=True), current_user=undeclared_user)
    client = ASGIClient(app)
    client.trust_env = False  # it would look for proxies before each request
    return client


def make_target(case: Case, client: ASGIClient, user: dict[str, str]) -> dict[str, str]:
    """Make what the path of a valid request names, so that it reaches more than a 404."""
    operation = OPERATIONS[case.operation.definition.raw["operationId"].removeprefix("todo_kit_")]
    things = dict(KNOWN)
    for step in STEPS:
        if step.thing in operation.places.values():
            answer = take(step, things, client, user)
            things |= {step.thing: str(answer.json()["id"])} if step.has_id else {}
    return own_path(operation, things)


def take(step: Step, things: dict[str, str], client: ASGIClient, user: dict[str, str]) -> Any:
    operation = OPERATIONS[step.operation]
    named = zip(operation.path_names, re.findall(r"{(\w+)}", step.path), strict=True)
    path = {name: things[thing] for name, thing in named}
    body = {} if step.body is None else {"body": filled(step.body, things), "media_type": "application/json"}
    case = schema[f"/api{operation.path}"][operation.method].Case(path_parameters=path, **body)
    return case.call(session=client, headers=user)


def make_meaningful(case: Case) -> None:
    """Take out of a valid request what no schema can tell is in vain: a foreign space, a stale tag, half of a pair."""
    case.query.pop("space", None)
    case.query.pop("completed_at", None)  # no schema tells that it lies between the creation and now
    case.headers.pop("if-match", None)
    if case.operation.definition.raw["operationId"] == "todo_kit_delete_list":
        case.query = {**case.query, "todos": "move"} if "to" in case.query else {}
    if isinstance(case.body, dict):
        # No integer in `extra` that is too large, no two links that become one when they are cleaned.
        body: dict[str, Any] = {
            name: in_64_bits(value) if name == "extra" else value for name, value in case.body.items()
        }
        # Roles are what the policy of the application says, people whom it knows, and nobody else is in this space.
        known = {
            "role": "owner",
            "inherits_max_role": "viewer",
            "user_id": COLLEAGUE,
            "assignees": [],
            "invite": [{"role": "viewer"}],
            "id": str(uuid.uuid4()),
        }
        body |= {name: value for name, value in known.items() if name in body}
        # How far a space was seen is the number of a change that there is, and not of a list.
        body = {name: value for name, value in body.items() if name not in {"seen_seq", "seq"}}
        if body.get("inherits_id"):
            del body["inherits_id"]
        if body.get("email"):
            body.pop("max_uses", None)  # of a link
        case.body = {**body, "links": body["links"][:1]} if "links" in body else body
        if body.get("recurrence"):
            make_recurring(case.body)
        if "at" in body:
            case.body["at"] = {**body["at"], "datetime": LATER}
        if "until" in body:
            case.body["until"] = f"{LATER}Z"


def make_recurring(body: dict[str, Any]) -> None:
    """Make the parts of a recurrence go together, and with its due: only some of them do."""
    body["due"] = body.get("due") or {"date": "2026-03-30"}
    together = {"rrule", "every", "mode", "skip", "catch_up", "reset_subtasks"}
    body["recurrence"] = {name: value for name, value in body["recurrence"].items() if name in together}
    if "rrule" not in body["recurrence"]:
        body["recurrence"]["unit"] = "week"


def in_64_bits(value: Any) -> Any:
    """Return a JSON value whose integers all have at most 64 bits."""
    if isinstance(value, dict):
        return {name: in_64_bits(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_64_bits(one) for one in value]
    return value % 2**63 if isinstance(value, int) and not isinstance(value, bool) else value


@each_operation
def test_every_operation_keeps_what_its_document_promises(operation: Operation, served: list[ASGIClient]) -> None:
    def check(case: Case) -> None:
        is_valid = case.meta is not None and case.meta.generation.mode.is_positive
        if is_valid:
            make_meaningful(case)
        for client in served:
            user = {"X-User": uuid.uuid4().hex}
            if is_valid:
                case.path_parameters = make_target(case, client, user) if case.path_parameters else {}
            case.call_and_validate(session=client, headers=user, excluded_checks=excluded)

    # What is sent to `/spaces/current` with another method is a space of that id, which nobody has.
    excluded = [unsupported_method] if operation.name == "get_current_space" else []
    keep_promises(schema, f"todo_kit_{operation.name}", check, examples=20)
