"""Every filter in every order, over todos and completed occurrences with and without values: pages are the whole."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import BindParameter
from sqlalchemy.sql import visitors

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.features.todos.query import count_statement, filters_of, page_statement
from fastapi_todo_kit.features.todos.schemas import SORT_NAMES, TodoQuery
from tests.features.occurrences.support import act, day, fixed, recurring
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

Params = dict[str, Any]
STATUSES = ["needs_action", "in_progress", "completed", "cancelled"]
SORTS = [f"{sign}{name}" for name in SORT_NAMES for sign in ("", "-")]
ID = "01990000-0000-7000-8000-00000000000a"
# Each filter of todos with what the fixture has; a new one has to be added, or the first test fails.
FILTERS: dict[str, list[Any]] = {
    "status": [
        ["completed"],
        ["completed", "needs_action"],
        ["completed", "cancelled"],
        ["needs_action"],
        ["in_progress", "needs_action"],
    ],
    "list": ["{list}"],
    "parent": ["none", "{parent}"],
    "label": [["{label}"]],
    "label.all": [["{label}"]],
    "label.not": [["{label}"]],
    "label.name": [["RED", "blue"]],
    "no_label": ["true", "false"],
    "assignee": ["me", "none"],
    "priority.lte": [9],
    "start.gte": ["2026-03-28"],
    "start.lt": ["2026-03-30"],
    "deadline.gte": ["2026-03-28"],
    "deadline.lt": ["2026-04-30"],
    "due.gte": ["2026-03-28"],
    "due.lt": ["2026-03-30"],
    "overdue": ["true", "false"],
    "today": ["true", "false"],
    "no_due": ["true", "false"],
    "completed.gte": ["2026-03-28T00:00:00Z"],
    "completed.lt": ["2026-03-29T12:00:00Z", "2026-03-30"],
    "updated_since": ["2026-03-28T12:00:01Z", "2026-03-28"],
    "link.source": ["billing"],
    "link.type": ["invoice"],
    "link.id": ["42"],
    "q": ["o", "E o"],
    "tz": ["Asia/Tokyo"],
}
CASES = [(name, value) for name, values in FILTERS.items() for value in values]
each_filter = pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{name}={value}" for name, value in CASES])


def filled(value: Any, ids: dict[str, str]) -> Any:
    return [filled(one, ids) for one in value] if isinstance(value, list) else str(value).format(**ids)


def query_of(name: str, value: Any, ids: dict[str, str]) -> Params:
    """Return a filter, among all there is: open, cancelled and completed todos, and completed occurrences."""
    return {"status": STATUSES} | {name: filled(value, ids)}


@pytest.fixture(scope="module")
async def served(sqlite_url: str, postgres_url: str) -> AsyncIterator[dict[str, tuple[Api, dict[str, str]]]]:
    """For each database a client, and the ids of what its todos have to do with."""
    clock = TestClock()
    async with (
        running(make_app(TodoKitSettings(database_url=sqlite_url), clock=clock)) as sqlite,
        running(make_app(TodoKitSettings(database_url=postgres_url), clock=clock)) as postgresql,
    ):
        yield {
            "sqlite": (sqlite, await populated(sqlite, clock)),
            "postgresql": (postgresql, await populated(postgresql, clock)),
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, served: dict[str, Any]) -> tuple[Api, dict[str, str]]:
    """A client, and the ids of what its todos have to do with."""
    made: tuple[Api, dict[str, str]] = served[request.param]
    return made


async def populated(api: Api, clock: TestClock) -> dict[str, str]:
    """Make todos that tie, with and without each value, some of them closed, and some that were done several times."""
    moment = clock.now = TestClock().now
    home, label = await api.list("home"), await api.label("red")
    link = {"source": "billing", "type": "invoice", "id": "42"}
    all_of_it: Params = {"list_id": home["id"], "label_ids": [label["id"]], "links": [link], "priority": 5}
    all_of_it["assignees"] = [api.user]
    parent = await api.todo("parent", list_id=home["id"])
    deadlines = [None, "2026-03-28", "2026-04-01"]
    dues = [None, day("2026-03-28"), fixed("2026-03-28T09:00:00"), None]
    for n, (due, verb) in enumerate(itertools.product(dues[:3], ("", "complete", "cancel"))):
        clock.now = moment
        fields = all_of_it if n % 2 else {"parent_id": parent["id"]}
        todo = await api.todo(
            ("one", "One", "other")[n % 3], due=due, start=dues[n % 4], deadline=deadlines[n % 3], **fields
        )
        clock.now = moment
        if verb:
            await act(api, todo, verb)
    for n in range(3):
        begun = {"start": day("2026-03-27")} if n else {}
        todo = await recurring(
            api, "One", recurrence={"rrule": "FREQ=DAILY;COUNT=3"}, **begun, **(all_of_it if n else {})
        )
        for done in range(3 - n):
            clock.now = moment.replace(day=28 + done)
            await act(api, todo, "complete")
    return {"list": home["id"], "label": label["id"], "parent": parent["id"]}


def test_every_filter_is_among_these() -> None:
    no_filters = {"limit", "cursor", "sort", "count"}
    names = {field.alias or name for name, field in TodoQuery.model_fields.items()}

    assert names - no_filters == set(FILTERS)


@each_filter
async def test_the_pages_of_every_query_are_the_whole(
    client: tuple[Api, dict[str, str]], name: str, value: Any
) -> None:
    api, ids = client

    for n, sort in enumerate(SORTS):
        query = {**query_of(name, value, ids), "sort": sort}
        whole = await api.get("/todos", limit=200, count="exact", **query)
        # At 1 each row is where a page begins; the other limits take turns.
        limit = 1 if name == "status" else 1 + (n + len(name)) % 5
        pages = await api.all_pages("/todos", limit=limit, **query)
        assert [todo["id"] for todo in pages] == [todo["id"] for todo in whole["items"]], (query, limit)
        assert len({todo["id"] for todo in pages}) == whole["count"] == len(pages), (query, limit)


async def test_there_is_something_of_every_kind(client: tuple[Api, dict[str, str]]) -> None:
    api, ids = client

    whole = (await api.get("/todos", status=STATUSES, limit=200))["items"]

    done = [todo for todo in whole if "occurrence_of" in todo]
    assert {todo["start"] is None for todo in done} == {True, False}
    assert {(todo["due"] is None, todo["completed_at"] is None) for todo in whole} == set(
        itertools.product((True, False), repeat=2)
    )
    for name, value in CASES:
        assert (await api.get("/todos", limit=1, **query_of(name, value, ids)))["items"], (name, value)


@each_filter
def test_a_statement_binds_each_name_as_one_type(name: str, value: Any) -> None:
    """What is bound as the type of one column and compared with another is another value, or none, there."""
    query = TodoQuery.model_validate(query_of(name, value, dict.fromkeys(("list", "label", "parent"), ID)))
    names, _ = filters_of(query, datetime(2026, 3, 28, tzinfo=UTC), ZoneInfo("UTC"))

    pages = [page_statement(names, sort, continued=True) for sort in SORTS]
    for statement in (*pages, count_statement(names)):
        types: dict[str, str] = {}
        for element in visitors.iterate(statement):
            if isinstance(element, BindParameter) and not element.unique:
                assert types.setdefault(element.key, repr(element.type)) == repr(element.type), element.key
