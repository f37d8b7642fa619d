import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

Todo = dict[str, Any]
INVOICE = {"source": "billing", "type": "invoice", "id": "42"}
ORDER = {"source": "billing", "type": "order", "id": "7"}
DEAL = {"source": "crm", "type": "deal", "id": "42"}


async def act(api: Api, todo: Todo, verb: str) -> Todo:
    changed: Todo = await api.post(f"/todos/{todo['id']}/{verb}")
    return changed


async def test_status_names_one_or_several(api: Api) -> None:
    for title, verb in (("open", None), ("done", "complete"), ("dropped", "cancel")):
        todo = await api.todo(title)
        if verb:
            await act(api, todo, verb)
    await api.todo("begun", status="in_progress")

    assert await api.titles(status="needs_action") == ["open"]
    assert await api.titles(status=["completed", "cancelled"]) == ["done", "dropped"]
    assert await api.titles(status=["needs_action", "in_progress"]) == ["open", "begun"]
    assert await api.titles() == ["open", "done", "dropped", "begun"]


async def test_list_and_parent_name_a_place(api: Api) -> None:
    home = await api.list()
    root = await api.todo("root", list_id=home["id"])
    child = await api.todo("child", parent_id=root["id"])
    await api.todo("grandchild", parent_id=child["id"])
    await api.todo("elsewhere")

    assert await api.titles(list=home["id"]) == ["root", "child", "grandchild"]
    assert await api.titles(parent=root["id"]) == ["child"]
    assert await api.titles(parent="none", sort="created_at") == ["root", "elsewhere"]
    assert await api.titles(parent="none", list=home["id"]) == ["root"]
    assert await api.titles(parent=str(uuid.uuid4())) == []
    assert await api.titles(list=str(uuid.uuid4())) == []


async def test_labels_match_any_or_all(api: Api) -> None:
    red, blue, green = [(await api.label(name))["id"] for name in ("red", "blue", "green")]
    for title, labels in (("red", [red]), ("both", [red, blue]), ("blue", [blue]), ("plain", [])):
        await api.todo(title, label_ids=labels)

    assert await api.titles(label=red) == ["red", "both"]
    assert await api.titles(label=[red, blue]) == ["red", "both", "blue"]
    assert await api.titles(label__all=[red, blue]) == ["both"]
    assert await api.titles(label__all=[red, red]) == ["red", "both"]
    assert await api.titles(label=[blue, green], label__all=red) == ["both"]
    assert await api.titles(label=green) == await api.titles(label__all=[red, str(uuid.uuid4())]) == []


async def test_priority_is_at_most_and_none_is_no_priority(api: Api) -> None:
    for priority in (0, 1, 5, 9):
        await api.todo(str(priority), priority=priority)

    assert await api.titles(priority__lte=1) == ["1"]
    assert await api.titles(priority__lte=5) == ["1", "5"]
    assert await api.titles(priority__lte=9) == ["1", "5", "9"]
    await api.get("/todos", **{"priority.lte": 0}, expect=422)


async def test_a_due_value_is_there_or_not(api: Api) -> None:
    await api.todo("some", due={"date": "2026-03-29"})
    await api.todo("none", start={"date": "2026-03-29"}, deadline="2026-03-29")

    assert await api.titles(no_due=True) == ["none"]
    assert await api.titles(no_due=False) == ["some"]
    assert await api.titles(no_due=True, due__lt="2200-01-01") == []
    assert await api.titles(overdue=False) == ["some", "none"]
    assert await api.titles(today=False) == ["some", "none"]


async def test_a_closed_todo_is_not_overdue(api: Api) -> None:
    for title, verb in (("late", None), ("done", "complete"), ("dropped", "cancel")):
        todo = await api.todo(title, due={"date": "2026-03-01"})
        if verb:
            await act(api, todo, verb)

    assert await api.titles(overdue=True) == ["late"]
    assert await api.titles(overdue=False) == ["done", "dropped"]


async def test_completion_and_change_are_searched_by_moment(api: Api, clock: TestClock) -> None:
    todos = [await api.todo(title) for title in ("one", "two", "three", "open")]
    done = []
    for todo in todos[:3]:
        clock.advance(hours=1)
        done.append(await act(api, todo, "complete"))
    await act(api, done[0], "reopen")
    await act(api, done[0], "cancel")

    assert await api.titles(completed__gte="1900-01-01T00:00:00Z") == ["two", "three"]
    assert await api.titles(completed__gte=done[1]["completed_at"]) == ["two", "three"]
    assert await api.titles(completed__lt=done[2]["completed_at"]) == ["two"]
    assert await api.titles(completed__gte=done[2]["completed_at"], completed__lt="2200-12-31T00:00:00Z") == ["three"]
    assert await api.titles(updated_since=done[1]["updated_at"]) == ["one", "two", "three"]
    assert await api.titles(updated_since="2026-03-28T00:00:00+14:00") == ["one", "two", "three", "open"]


async def test_a_link_matches_as_a_whole(api: Api) -> None:
    for title, links in (("invoice", [INVOICE]), ("deal", [DEAL]), ("both", [ORDER, DEAL]), ("none", [])):
        await api.todo(title, links=links)

    assert await api.titles(link__source="billing") == ["invoice", "both"]
    assert await api.titles(link__id="42") == ["invoice", "deal", "both"]
    assert await api.titles(link__type="deal", link__id="42") == ["deal", "both"]
    assert await api.titles(link__source="billing", link__type="invoice", link__id="42") == ["invoice"]
    assert await api.titles(link__source="billing", link__id="42") == ["invoice"]
    assert await api.titles(link__source="Billing") == []


@pytest.mark.parametrize(
    ("q", "matches"),
    [
        ("%", ["100% sure"]),
        ("_", ["snake_case"]),
        ("\\", ["C:\\temp"]),
        ("\\t", ["C:\\temp"]),
        ("0%", ["100% sure"]),
        ("'", ['it\'s "quoted"']),
        ("SURE", ["100% sure"]),
        ("über", ["ÜBER Straße"]),
        ("STRASSE", ["ÜBER Straße"]),
        ("u\u0308ber", ["ÜBER Straße"]),
        ("σίσυφοσ", ["ΣΊΣΥΦΟΣ"]),
        ("σίσυφος", ["ΣΊΣΥΦΟΣ"]),
        ("🚀", ["to the 🚀"]),
        ("Hidden Words", ["to the 🚀"]),
        ("hidden  words", ["to the 🚀"]),
        ("WORDS to HIDD 🚀", ["to the 🚀"]),
        ("words sure", []),
        ("strasse Uber", ["ÜBER Straße"]),
        ("uber", ["ÜBER Straße"]),
        ("σισυφος", ["ΣΊΣΥΦΟΣ"]),
        ("_ase", []),
        ("%sure", []),
        (".*", []),
        ("", ["100% sure", "snake_case", "C:\\temp", 'it\'s "quoted"', "ÜBER Straße", "ΣΊΣΥΦΟΣ", "to the 🚀"]),
    ],
)
async def test_search_is_literal_and_without_regard_to_case(api: Api, q: str, matches: list[str]) -> None:
    for title in ("100% sure", "snake_case", "C:\\temp", 'it\'s "quoted"', "ÜBER Straße", "ΣΊΣΥΦΟΣ"):
        await api.todo(title)
    await api.todo("to the 🚀", description="some\nhidden words")

    assert await api.titles(q=q) == matches


async def test_search_follows_changes_of_title_and_description(api: Api) -> None:
    todo = await api.todo("Milk", description="two litres")

    await api.patch(f"/todos/{todo['id']}", {"description": "Three bottles"})
    assert await api.titles(q="milk") == await api.titles(q="three") == ["Milk"]
    assert await api.titles(q="litres") == []
    await api.patch(f"/todos/{todo['id']}", {"title": "Oat drink"})

    assert await api.titles(q="OAT") == await api.titles(q="three bottles") == ["Oat drink"]
    assert await api.titles(q="milk") == []


async def test_search_does_not_run_from_the_title_into_the_description(api: Api) -> None:
    await api.todo("buy milk", description="and bread")

    for q in ("milkand", "milk\x1eand"):
        assert (await api.titles(q=q) == []) == (q == "milkand"), q


async def test_blanks_around_a_search_are_not_searched_for(api: Api) -> None:
    await api.todo("buy milk")

    for q in (" milk", "milk ", "\u00a0buy milk\n", "\t"):
        assert await api.titles(q=q) == ["buy milk"], q
    assert await api.titles(q="milk  buy") == ["buy milk"]


async def test_a_search_has_so_many_words(api: Api) -> None:
    words = [f"w{n}" for n in range(21)]
    await api.todo(" ".join(words))

    assert len(await api.titles(q=" ".join([*words[:20], "W1"]))) == 1
    error = (await api.get("/todos?q=" + "+".join(words), 422))["errors"][0]
    assert (error["parameter"], error["code"]) == ("q", "too_many_words")


async def test_what_starts_or_must_be_done_at_a_time(api: Api) -> None:
    for title, start, deadline in (
        ("none", None, None),
        ("day", {"date": "2026-03-29"}, "2026-03-29"),
        ("floating", {"datetime": "2026-03-29T23:30:00"}, "2026-03-30"),
        ("fixed", {"datetime": "2026-03-29T23:30:00", "timezone": "America/New_York"}, "2026-03-31"),
    ):
        await api.todo(title, start=start, deadline=deadline)

    assert await api.titles(start__gte="2026-03-29") == ["day", "floating", "fixed"]
    assert await api.titles(start__lt="2026-03-30") == ["day", "floating"]
    assert await api.titles(start__lt="2026-03-30", tz="America/New_York") == ["day", "floating", "fixed"]
    assert await api.titles(start__gte="2026-03-30T00:00:00Z") == ["fixed"]
    assert await api.titles(deadline__gte="2026-03-30") == ["floating", "fixed"]
    assert await api.titles(deadline__gte="2026-03-29", deadline__lt="2026-03-31") == ["day", "floating"]
    assert (await api.get("/todos?deadline.lt=2026-03-31T00:00:00Z", 422))["errors"][0]["code"] == "date_parsing"


async def test_what_carries_no_label_or_not_these(api: Api) -> None:
    red, blue = [(await api.label(name))["id"] for name in ("red", "blue")]
    for title, labels in (("none", []), ("red", [red]), ("both", [red, blue])):
        await api.todo(title, label_ids=labels)

    assert await api.titles(no_label=True) == ["none"]
    assert await api.titles(no_label=False) == ["red", "both"]
    assert await api.titles(label__not=blue) == ["none", "red"]
    assert await api.titles(label__not=[red, blue]) == ["none"]
    assert await api.titles(label=red, label__not=blue) == ["red"]


async def test_a_date_is_a_day_of_the_viewer_where_a_moment_is_asked_for(api: Api, clock: TestClock) -> None:
    todo = await api.todo("late")
    clock.now = datetime.fromisoformat("2026-03-28T23:30:00Z")
    await api.post(f"/todos/{todo['id']}/complete")

    for tz, day in (("UTC", "2026-03-28"), ("Europe/Berlin", "2026-03-29")):
        following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        for name in ("completed__gte", "updated_since"):
            assert await api.titles(**{name: day}, tz=tz) == ["late"]
            assert await api.titles(**{name: following}, tz=tz) == []
        assert await api.titles(completed__lt=following, tz=tz) == ["late"]
        assert await api.titles(completed__lt=day, tz=tz) == []


async def test_todos_of_archived_lists_are_shown_where_the_list_is_named(api: Api) -> None:
    shelf, home = await api.list(), await api.list()
    parent = await api.todo("put away", list_id=shelf["id"])
    child = await api.todo("child", parent_id=parent["id"])
    await api.todo("in use", list_id=home["id"])
    await api.post(f"/lists/{shelf['id']}/archive")

    assert await api.titles() == await api.titles(parent="none") == ["in use"]
    assert await api.titles(q="put") == await api.titles(q="child", parent="none") == []
    assert await api.titles(list=shelf["id"]) == ["put away", "child"]
    assert await api.titles(list=shelf["id"], parent="none") == ["put away"]
    assert (await api.get(f"/todos/{parent['id']}/subtasks"))["items"] == [child]
    assert (await api.get("/todos", count="exact"))["count"] == 1
    await api.post(f"/lists/{shelf['id']}/unarchive")
    assert sorted(await api.titles()) == ["child", "in use", "put away"]


async def test_what_is_in_the_trash_is_never_found(api: Api) -> None:
    home = await api.list()
    todo = await api.todo("gone", list_id=home["id"], due={"date": "2026-03-01"}, links=[INVOICE], priority=1)
    await api.delete(f"/todos/{todo['id']}")

    for params in ({}, {"list": home["id"]}, {"q": "gone"}, {"overdue": True}, {"link.id": "42"}, {"priority.lte": 9}):
        assert await api.get("/todos", count="exact", **params) == {"items": [], "next_cursor": None, "count": 0}


async def test_filters_find_nothing_of_another_user(api: Api) -> None:
    owner = api.as_user()
    home, label = await owner.list(), await owner.label("red")
    todo = await owner.todo("theirs", list_id=home["id"], label_ids=[label["id"]], links=[INVOICE])
    await owner.todo("child", parent_id=todo["id"])

    for params in ({"list": home["id"]}, {"label": label["id"]}, {"label.all": label["id"]}, {"parent": todo["id"]}):
        assert (await owner.get("/todos", count="exact", **params))["count"] > 0
        assert (await api.get("/todos", count="exact", **params))["count"] == 0


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("position", "abcd"),
        ("-position", "dcba"),
        ("title", "dbac"),
        ("-title", "cabd"),
        ("priority", "cbad"),
        ("-priority", "dabc"),
        ("due", "bdac"),
        ("-due", "cadb"),
        ("start", "dcab"),
        ("-start", "bacd"),
        ("created_at", "abcd"),
        ("-created_at", "dcba"),
        ("updated_at", "cdba"),
        ("-updated_at", "abdc"),
        ("completed_at", "bacd"),
        ("-completed_at", "dcab"),
        ("-completed_at,created_at", "cdab"),
        ("-completed_at,title", "dcab"),
        ("completed_at,-priority", "badc"),
    ],
)
async def test_in_every_order_no_value_is_the_largest(api: Api, sort: str, expected: str) -> None:
    made = {
        "a": await api.todo("Zebra", priority=9, due={"date": "2026-03-03"}, start={"date": "2026-03-04"}),
        "b": await api.todo("beta", priority=5, due={"date": "2026-03-01"}),
        "c": await api.todo("éclair", priority=1, start={"date": "2026-03-03"}),
        "d": await api.todo("ALPHA", priority=0, due={"date": "2026-03-02"}, start={"date": "2026-03-02"}),
    }
    for name in "ba":
        await act(api, made[name], "complete")

    shown = [todo["id"] for todo in (await api.get("/todos", sort=sort))["items"]]

    assert shown == [made[name]["id"] for name in expected]


async def test_equal_values_are_ordered_by_id(api: Api) -> None:
    ids = sorted(str(uuid.uuid4()) for _ in range(5))
    for chosen in ids[::2] + ids[1::2]:
        await api.todo("same", id=chosen, priority=3)

    for sort, expected in (("title", ids), ("-title", ids[::-1]), ("-priority,title", ids), ("-due,-title", ids[::-1])):
        assert [todo["id"] for todo in (await api.get("/todos", sort=sort))["items"]] == expected


@pytest.mark.parametrize(
    "sort", ["", "id", "title;", "title,", "--title", "+title", "title desc", "description", "extra"]
)
async def test_an_unknown_order_is_refused(api: Api, sort: str) -> None:
    problem = await api.get("/todos", sort=sort, expect=422)

    assert problem["errors"][0]["parameter"] == "sort"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "done"),
        ("list", "inbox"),
        ("parent", "any"),
        ("label", "red"),
        ("label.all", "red"),
        ("priority.lte", "high"),
        ("overdue", "maybe"),
        ("completed.gte", "2026-3-29"),
        ("updated_since", "yesterday"),
        ("link.id", "x" * 121),
        ("q", "x" * 201),
        ("q", "a\0b"),
        ("limit", "0"),
        ("limit", "201"),
        ("count", "estimated"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(api: Api, name: str, value: str) -> None:
    problem = await api.get("/todos", expect=422, **{name: value})

    assert problem["code"] == "invalid_input"
    assert problem["errors"][0]["parameter"] == name


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def links_match(todo: Todo, **wanted: str) -> bool:
    return any(all(link[name] == value for name, value in wanted.items()) for link in todo["links"])


def some_filter(random: Random, todos: list[Todo], labels: list[str]) -> tuple[dict[str, Any], Callable[[Todo], bool]]:
    """Return the parameters of one filter, and what it means."""
    one, two = random.choice(todos), random.choice(todos)
    wanted = random.sample(labels, 2)
    statuses = random.sample(["needs_action", "in_progress", "completed", "cancelled"], 2)
    moment, day, priority = one["updated_at"], random.choice(["2026-03-02", "2026-03-04"]), random.randint(1, 9)
    is_late = {"date": "2026-03-02"}
    filters: list[tuple[dict[str, Any], Callable[[Todo], bool]]] = [
        ({"status": statuses}, lambda todo: todo["status"] in statuses),
        ({"list": one["list_id"]}, lambda todo: todo["list_id"] == one["list_id"]),
        ({"parent": one["id"]}, lambda todo: todo["parent_id"] == one["id"]),
        ({"parent": "none"}, lambda todo: todo["parent_id"] is None),
        ({"label": wanted}, lambda todo: bool(set(wanted) & set(todo["label_ids"]))),
        ({"label.all": wanted}, lambda todo: set(wanted) <= set(todo["label_ids"])),
        ({"priority.lte": priority}, lambda todo: 0 < todo["priority"] <= priority),
        ({"due.gte": day}, lambda todo: todo["due"] is not None and todo["due"]["date"] >= day),
        ({"due.lt": day}, lambda todo: todo["due"] is not None and todo["due"]["date"] < day),
        ({"no_due": True}, lambda todo: todo["due"] is None),
        ({"no_due": False}, lambda todo: todo["due"] is not None),
        ({"overdue": True}, lambda todo: todo["due"] == is_late and todo["status"] in ("needs_action", "in_progress")),
        ({"updated_since": moment}, lambda todo: at(todo["updated_at"]) >= at(moment)),
        ({"completed.gte": moment}, lambda todo: bool(todo["completed_at"]) and at(todo["completed_at"]) >= at(moment)),
        ({"completed.lt": moment}, lambda todo: bool(todo["completed_at"]) and at(todo["completed_at"]) < at(moment)),
        ({"link.id": "42", "link.source": "crm"}, lambda todo: links_match(todo, id="42", source="crm")),
        ({"q": two["title"][:3].upper()}, lambda todo: two["title"][:3] in todo["title"] + todo["description"]),
    ]
    return random.choice(filters)


async def some_todos(api: Api, random: Random, labels: list[str]) -> list[Todo]:
    homes = [(await api.list(f"list {n}"))["id"] for n in range(2)]
    todos: list[Todo] = []
    for _ in range(12):
        roots = [todo["id"] for todo in todos if todo["parent_id"] is None]
        place = {"parent_id": random.choice(roots)} if roots and random.random() < 0.4 else None
        todo = await api.todo(
            random.choice(["milk", "bread", "milkshake", "straße"]),
            description=random.choice(["", "with bread"]),
            status=random.choice(["needs_action", "in_progress"]),
            priority=random.randint(0, 9),
            due=random.choice([None, {"date": "2026-03-02"}, {"date": "2026-04-04"}]),
            label_ids=random.sample(labels, random.randint(0, 3)),
            links=random.sample([INVOICE, ORDER, DEAL], random.randint(0, 2)),
            **place or {"list_id": random.choice(homes)},
        )
        todos.append(todo)
    for todo in todos:
        await api.send("POST", f"/todos/{todo['id']}/{random.choice(['complete', 'cancel', 'reopen', 'restore'])}")
    return [await api.get(f"/todos/{todo['id']}") for todo in todos]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 65_535))
async def test_filters_that_are_combined_all_hold(api: Api, seed: int) -> None:
    api = api.as_user()
    random = Random(seed)
    labels = [(await api.label(name))["id"] for name in ("red", "green", "blue")]
    todos = await some_todos(api, random, labels)

    for _ in range(15):
        chosen = [some_filter(random, todos, labels) for _ in range(random.randint(1, 3))]
        params = {name: value for filters, _ in chosen for name, value in filters.items()}
        if len(params) < sum(len(filters) for filters, _ in chosen):
            continue  # a filter twice: the later parameter replaced the earlier one
        expected = {todo["id"] for todo in todos if all(holds(todo) for _, holds in chosen)}
        page = await api.get("/todos", count="exact", **params)
        assert ({todo["id"] for todo in page["items"]}, page["count"]) == (expected, len(expected)), params
