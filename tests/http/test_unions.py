"""Whether a client that takes the first member of a union that fits reads what was written: of every union there is.

Generated clients do so (openapi-python-client, zod), and let members pass that a schema does not name.
"""

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from fastapi_todo_kit import Host, TodoKitSettings, auth_router, health_router, todo_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import auth_settings
from tests.support import header_user

Schema = dict[str, Any]
DOCUMENTS = ("todos", "typed todos", "accounts and health")


class Terms(BaseModel):
    """A model of a host for `extra`."""

    amount: float | None = None


@cache
def document(name: str) -> Schema:
    """Return a document that nobody changes."""
    app = FastAPI()
    if name == "accounts and health":
        app.include_router(auth_router(auth_settings("sqlite://"), Host(mailer=MemoryMailer())))
        app.include_router(health_router(auth_settings("sqlite://")))
    else:
        host = Host(current_user=header_user, extra=Terms if name == "typed todos" else None)
        app.include_router(todo_router(TodoKitSettings(database_url="sqlite://"), host))
    return app.openapi()


def unions_of(schema: Any, where: str = "") -> Iterator[tuple[str, list[Schema]]]:
    """Yield every union of a document, with its place."""
    if isinstance(schema, dict):
        for name in ("anyOf", "oneOf"):
            members = schema.get(name, [])
            # What only says which members must be there is no union.
            if not all(set(member) <= {"required", "not"} for member in members):
                yield where, members
        for name, below in schema.items():
            yield from unions_of(below, f"{where}/{name}")
    elif isinstance(schema, list):
        for number, below in enumerate(schema):
            yield from unions_of(below, f"{where}/{number}")


def resolved(members: list[Schema], described: Schema) -> Iterator[Schema]:
    """Yield the members themselves: what a reference names, and those of a union within."""
    for member in members:
        name = member.get("$ref", "").rpartition("/")[2]
        target: Schema = described["components"]["schemas"][name] if name else member
        within = target.get("anyOf", target.get("oneOf"))
        yield from [target] if within is None else resolved(within, described)


def swallows(earlier: Schema, later: Schema) -> bool:
    """Whether somebody who knows only the earlier one would take a value of the later one for his."""
    if earlier.get("type") != later.get("type"):
        return (earlier.get("type"), later.get("type")) in {("number", "integer"), (None, later.get("type"))}
    if earlier.get("type") == "object":
        return set(earlier.get("required", ())) <= set(later.get("properties", ()))
    told_apart_by = [
        {name: one.get(name) for name in ("format", "const", "enum", "pattern")} for one in (earlier, later)
    ]
    return not any(told_apart_by[0].values()) or told_apart_by[0] == told_apart_by[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_member_of_a_union_takes_what_a_later_one_needs(name: str) -> None:
    described = document(name)

    for where, members in unions_of(described):
        for earlier, later in itertools.combinations(resolved(members, described), 2):
            assert not swallows(earlier, later), f"{where}: {earlier} before {later}"


def test_a_zoned_time_is_found_before_a_floating_one() -> None:
    described = document("todos")
    members = resolved(described["components"]["schemas"]["TodoRead"]["properties"]["due"]["anyOf"], described)

    assert [one.get("title") for one in members] == ["FixedValue", "FloatingValue", "DateValue", None]
