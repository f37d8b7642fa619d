"""Completed occurrences among completed todos: in pages, filters, counts, and never where a policy hides their todo."""

import uuid
from typing import Any

import pytest
from sqlalchemy import ColumnElement, FromClause, literal

from fastapi_todo_kit import Access, RolePolicy, TodoKitSettings
from fastapi_todo_kit.policy import Entity
from tests.features.occurrences.support import act, day, fixed, recurring
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough

Query = dict[str, Any]
DONE: Query = {"status": "completed", "count": "exact"}


async def mixed(api: Api, clock: TestClock) -> list[str]:
    """Complete two recurring todos and three others, in turns; return the titles in the order of completion."""
    one = await recurring(api, "one", recurrence={"rrule": "FREQ=DAILY;COUNT=3"})
    other = await recurring(api, "other", due=fixed("2026-03-28T09:00:00"))
    plain = [await api.todo(f"plain {n}") for n in range(3)]
    order = [one, plain[0], other, one, plain[1], other, one, plain[2]]
    for todo in order:
        clock.advance(hours=1)
        await act(api, todo, "complete")
    return [todo["title"] for todo in order]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
@pytest.mark.parametrize(
    "sort", ["-completed_at", "completed_at", "title,-completed_at", "position", "due", "-updated_at"]
)
async def test_pages_of_both_kinds_lose_and_double_nothing(api: Api, clock: TestClock, sort: str, limit: int) -> None:
    order = await mixed(api, clock)

    items = await api.all_pages("/todos", status="completed", sort=sort, limit=limit)

    assert len({one["id"] for one in items}) == len(items) == len(order)
    assert sorted(one["title"] for one in items) == sorted(order)
    key = {"-completed_at": "completed_at", "-updated_at": "updated_at"}.get(sort, sort)
    if key in {"completed_at", "updated_at", "position"}:
        assert [one[key] for one in items] == sorted((one[key] for one in items), reverse=sort.startswith("-"))


async def test_an_occurrence_is_shown_as_the_todo_was(api: Api) -> None:
    label = await api.label("urgent")
    link = {"source": "billing", "type": "invoice", "id": "42"}
    todo = await recurring(api, start=day("2026-03-27"), label_ids=[label["id"]], links=[link], extra={"a": 1})
    await act(api, todo, "complete")

    (done,) = (await api.get("/todos", **DONE))["items"]

    (occurrence,) = (await api.get(f"/todos/{todo['id']}/occurrences"))["items"]
    changed = {
        "id": occurrence["id"],
        "occurrence_of": todo["id"],
        "status": "completed",
        "completed_at": occurrence["ended_at"],
        "completed_by": api.user,
        "updated_at": occurrence["ended_at"],
    }
    assert done == {**todo, **changed}


async def test_only_what_asks_for_completed_todos_finds_occurrences(api: Api) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    everything: Query = {"completed__gte": "2026-03-01T00:00:00Z"}

    before: Query = {"completed__lt": "2027-01-01T00:00:00Z"}
    for found in (DONE, everything, before, {"status": ["completed", "cancelled"]}):
        assert [one.get("occurrence_of") for one in (await api.get("/todos", **found))["items"]] == [todo["id"]]
    still_open: Query = {"status": "needs_action"}
    for other in ({}, still_open, {**still_open, **everything}, {"status": "cancelled"}):
        assert not [one for one in (await api.get("/todos", **other))["items"] if "occurrence_of" in one]


async def test_completed_bounds_are_of_the_occurrence(api: Api, clock: TestClock) -> None:
    todo = await recurring(api)
    for _ in range(3):
        await act(api, todo, "complete")
        clock.advance(days=1)
    bounds: Query = {"completed__gte": "2026-03-29T00:00:00Z", "completed__lt": "2026-03-30T00:00:00Z"}

    page = await api.get("/todos", count="exact", **bounds)

    assert ([one["occurrence"] for one in page["items"]], page["count"]) == (["2026-03-29"], 1)


async def test_filters_are_of_the_todo(api: Api) -> None:
    home, label, parent = await api.list(), await api.label("urgent"), await api.todo("parent")
    link = {"source": "billing", "type": "invoice", "id": "42"}
    fields: Query = {"label_ids": [label["id"]], "links": [link], "priority": 2, "description": "Büro"}
    todo = await recurring(api, list_id=home["id"], **fields)
    child = await recurring(api, "child", parent_id=parent["id"])
    for one in (todo, child):
        await act(api, one, "complete")

    of_todo: list[Query] = [
        {"list": home["id"]},
        {"label": label["id"]},
        {"label__all": label["id"]},
        {"link__source": "billing", "link__type": "invoice", "link__id": "42"},
        {"priority__lte": 2},
        {"q": "BÜRO"},
        {"parent": "none"},
    ]
    for query in of_todo:
        page = await api.get("/todos", **DONE, **query)
        assert ([one["occurrence_of"] for one in page["items"]], page["count"]) == ([todo["id"]], 1), query
    below = await api.get("/todos", **DONE, parent=parent["id"])
    assert ([one["occurrence_of"] for one in below["items"]], below["count"]) == ([child["id"]], 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"due__lt": "2026-03-29"}, 1),
        ({"due__gte": "2026-03-29"}, 1),
        ({"today": "true"}, 1),
        ({"overdue": "true"}, 0),
        ({"no_due": "true"}, 0),
        ({"label": "01990000-0000-7000-8000-00000000000a"}, 0),
        ({"updated_since": "2026-03-29T00:00:00Z"}, 1),
    ],
)
async def test_filters_of_time_are_of_the_occurrence(api: Api, clock: TestClock, query: Query, count: int) -> None:
    todo = await recurring(api)
    await act(api, todo, "complete")
    clock.advance(days=1)
    await act(api, todo, "complete")

    page = await api.get("/todos", **DONE, **query)

    assert (len(page["items"]), page["count"]) == (count, count)


async def test_occurrences_go_with_their_todo(api: Api) -> None:
    home, other = await api.list(), await api.list()
    todo = await recurring(api, list_id=home["id"])
    await act(api, todo, "complete")

    await api.post(f"/todos/{todo['id']}/move", {"list_id": other["id"]})
    assert (await api.get("/todos", list=home["id"], **DONE))["count"] == 0
    assert (await api.get("/todos", list=other["id"], **DONE))["count"] == 1

    await api.post(f"/lists/{other['id']}/archive")
    assert (await api.get("/todos", **DONE))["count"] == 0
    await api.post(f"/lists/{other['id']}/unarchive")
    await api.delete(f"/todos/{todo['id']}")
    assert (await api.get("/todos", **DONE))["count"] == 0


async def completed_count(api: Api, list_id: str) -> tuple[int, int]:
    """Return how many are completed, as the list says and as a query does."""
    (home,) = [one for one in (await api.get("/lists", counts="true"))["items"] if one["id"] == list_id]
    page = await api.get("/todos", list=list_id, **DONE)
    assert len(page["items"]) == page["count"]
    return home["completed_count"], page["count"]


async def test_lists_count_occurrences_and_an_exhausted_todo_once(api: Api) -> None:
    home = await api.list()
    todo = await recurring(api, list_id=home["id"], recurrence={"rrule": "FREQ=DAILY;COUNT=3"})
    await act(api, await api.todo(list_id=home["id"]), "complete")

    counts = [await completed_count(api, home["id"])]
    for verb in ("complete", "skip", "complete", "undo", "complete", "reopen"):
        await act(api, todo, verb)
        counts.append(await completed_count(api, home["id"]))

    assert counts == [(n, n) for n in (1, 2, 2, 3, 2, 3, 2)]
    (one,) = [one for one in (await api.get("/lists", counts="true"))["items"] if one["id"] == home["id"]]
    assert (one["open_count"], one["total_count"]) == (1, 2)


async def test_what_an_earlier_rule_ended_with_still_counts(api: Api, clock: TestClock) -> None:
    home = await api.list()
    todo = await recurring(api, list_id=home["id"], recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    await act(api, todo, "complete")
    clock.advance(days=1)
    again = {"recurrence": {"rrule": "FREQ=DAILY;COUNT=1"}, "due": day("2026-03-29")}
    await api.patch(f"/todos/{todo['id']}", again)
    await act(api, todo, "reopen")
    clock.advance(days=1)

    await act(api, todo, "complete")

    assert await completed_count(api, home["id"]) == (2, 2)


class Hiding(RolePolicy):
    """Hides one todo from everybody: by its id, as a policy does that knows a table of the host's."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = uuid.uuid4()

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        return rows.c.id != literal(self.hidden, rows.c.id.type) if entity == "todo" else None


async def test_a_policy_that_hides_a_todo_hides_its_occurrences(settings: TodoKitSettings, clock: TestClock) -> None:
    policy = Hiding()
    async with running(make_app(settings, clock=clock, policy=policy)) as api:
        home = await api.list()
        shown, hidden = [await recurring(api, title, list_id=home["id"]) for title in ("shown", "hidden")]
        for todo in (shown, hidden):
            await act(api, todo, "complete")

        policy.hidden = uuid.UUID(hidden["id"])

        page = await api.get("/todos", **DONE)
        assert ([one["occurrence_of"] for one in page["items"]], page["count"]) == ([shown["id"]], 1)
        assert await completed_count(api, home["id"]) == (1, 1)
        for path in ("occurrences", "upcoming"):
            assert (await api.get(f"/todos/{hidden['id']}/{path}", 404))["code"] == "todo_not_found"
