import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

Todo = dict[str, Any]
Params = dict[str, Any]
SORTS = ["position", "due", "start", "deadline", "priority", "title", "created_at", "updated_at", "completed_at"]
LINK = {"source": "billing", "type": "invoice", "id": "42", "url": None, "title": None}
MOMENT = "2026-03-28T12:00:00.050Z"

# Few different values, so that most rows tie in some column.
times = st.sampled_from(
    [
        None,
        {"date": "2026-03-28"},
        {"datetime": "2026-03-28T00:00:00"},
        {"datetime": "2026-03-28T00:00:00", "timezone": "UTC"},
        {"datetime": "2026-03-28T20:00:00", "timezone": "America/New_York"},
        {"date": "2026-04-01"},
    ]
)
bodies: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["milk", "Milk", "äpfel", "ÄPFEL", "50% off", "x" * 80 + "a", "x" * 80 + "b"]),
        "priority": st.sampled_from([0, 0, 1, 5, 9]),
        "due": times,
        "start": times,
        "links": st.sampled_from([[], [LINK]]),
        "status": st.sampled_from(["needs_action", "in_progress"]),
    }
)
changes = st.one_of(
    bodies.map(lambda body: ("PATCH", "", {"title": body["title"]})),
    bodies.map(lambda body: ("PATCH", "", {"due": body["due"], "priority": body["priority"]})),
    st.just(("PATCH", "", {"description": "changed"})),
    st.sampled_from([("POST", "/complete", None), ("POST", "/cancel", None), ("DELETE", "", None)]),
    st.sampled_from([("POST", "/move", {}), ("POST", "/move", {"parent_id": None})]),
)


def filters(lists: list[str], labels: list[str]) -> st.SearchStrategy[Params]:
    statuses = st.sampled_from(["needs_action", "in_progress", "completed", "cancelled"])
    days = st.sampled_from(["2026-03-28", "2026-03-29", "2026-03-28T12:00:00Z"])
    moments = st.sampled_from([MOMENT, "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z"])
    each: dict[str, st.SearchStrategy[Any]] = {
        "status": st.lists(statuses, min_size=1, max_size=3),
        "list": st.sampled_from(lists),
        "parent": st.just("none"),
        "label": st.lists(st.sampled_from(labels), min_size=1, max_size=2),
        "label.all": st.lists(st.sampled_from(labels), min_size=1, max_size=2),
        "priority.lte": st.sampled_from([1, 5, 9]),
        "due.gte": days,
        "due.lt": days,
        **dict.fromkeys(("overdue", "today", "no_due"), st.booleans()),
        **dict.fromkeys(("completed.gte", "completed.lt", "updated_since"), moments),
        **{f"link.{name}": st.just(LINK[name]) for name in ("source", "type", "id")},
        "q": st.sampled_from(["m", "MILK", "%", "x"]),
        "tz": st.sampled_from(["Asia/Tokyo", "America/New_York"]),
    }
    names = st.lists(st.sampled_from(sorted(each)), unique=True, max_size=2)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: each[name] for name in chosen}))


orders = st.lists(st.sampled_from(SORTS), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.tuples(*(st.sampled_from([name, f"-{name}"]) for name in names)).map(",".join)
)


async def some_todos(api: Api, data: st.DataObject, lists: list[str], labels: list[str]) -> list[Todo]:
    todos: list[Todo] = []
    for body in data.draw(st.lists(bodies, min_size=6, max_size=14)):
        roots = [{"parent_id": todo["id"]} for todo in todos if todo["parent_id"] is None][:2]
        place = data.draw(st.sampled_from([*({"list_id": one} for one in lists), *roots]))
        carried = data.draw(st.lists(st.sampled_from(labels), unique=True))
        response = await api.send("POST", "/todos", {**body, **place, "label_ids": carried})
        if response.status_code == 201:  # a closed parent takes no subtask
            todos.append(response.json())
            if data.draw(st.integers(0, 3)) == 0:
                await api.post(f"/todos/{todos[-1]['id']}/complete")
    return todos


async def disturb(api: Api, data: st.DataObject, untouched: list[Todo]) -> None:
    """Insert a row, at the end or in the middle, or change one that was not changed before."""
    body: Any
    if not untouched or data.draw(st.integers(0, 1)):
        body = data.draw(bodies)
        new = await api.todo(**body)
        if bool(untouched) and data.draw(st.booleans()):
            beside = untouched[0]
            target = {"list_id": beside["list_id"], "parent_id": beside["parent_id"], "before": beside["id"]}
            assert (await api.send("POST", f"/todos/{new['id']}/move", target)).status_code in (200, 404, 409)
    else:
        todo = untouched.pop(data.draw(st.integers(0, len(untouched) - 1)))
        method, path, body = data.draw(changes)
        response = await api.send(method, f"/todos/{todo['id']}{path}", body)
        assert response.status_code in (200, 204, 404, 409), response.text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_row_is_lost_or_repeated_while_others_come_and_change(api: Api, data: st.DataObject) -> None:
    api = api.as_user()
    lists = [(await api.list(name))["id"] for name in ("one", "two")]
    labels = [(await api.label(name))["id"] for name in ("red", "green")]
    todos = await some_todos(api, data, lists, labels)
    params = {**data.draw(filters(lists, labels)), "sort": data.draw(orders)}
    before = (await api.get("/todos", limit=200, **params))["items"]

    seen: list[str] = []
    cursor: Params = {}
    for page_number in range(100):
        page = await api.get("/todos", limit=data.draw(st.integers(1, 4)), **params, **cursor)
        seen += [todo["id"] for todo in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
        if page_number < 6:
            await disturb(api, data, todos)

    after = (await api.get("/todos", limit=200, **params))["items"]
    stayed = stayed_in_place(before, after, params["sort"])
    assert [one for one in seen if one in stayed] == stayed


def stayed_in_place(before: list[Todo], after: list[Todo], sort: str) -> list[str]:
    """Return the ids that were there before and after, in one order, with the same values in the columns of the sort.

    What changed twice may have been away in between.
    """
    names = [name.removeprefix("-") for name in sort.split(",")]
    old = {todo["id"]: todo for todo in before}
    return [
        todo["id"]
        for todo in after
        if todo["id"] in old
        and todo["version"] <= old[todo["id"]]["version"] + 1
        and all(todo[name] == old[todo["id"]][name] for name in names)
    ]


@pytest.fixture
async def tied(api: Api, clock: TestClock) -> Api:
    """A client whose todos tie in every column but the position: they were all made at one moment."""
    lists = [(await api.list(name))["id"] for name in ("one", "two")]
    labels = [(await api.label(name))["id"] for name in ("red", "green")]
    moment, days = clock.now, [None, {"date": "2026-03-28"}, {"datetime": "2026-03-28T00:00:00", "timezone": "UTC"}]
    for n in range(18):
        clock.now = moment
        fields: Params = {"priority": n % 3, "due": days[n % 3], "start": days[n // 2 % 3], "links": [LINK][: n % 2]}
        title = ("milk", "Milk", "äpfel", "ÄPFEL")[n // 3 % 4]
        todo = await api.todo(title, list_id=lists[n // 5 % 2], label_ids=labels[: n % 3], **fields)
        if n % 4 == 0:
            clock.now = moment
            await api.post(f"/todos/{todo['id']}/complete")
    return api


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), sort=orders, size=st.integers(1, 7))
async def test_pages_of_any_size_are_the_whole_in_its_order(
    tied: Api, data: st.DataObject, sort: str, size: int
) -> None:
    lists, labels = [[one["id"] for one in (await tied.get(path))["items"]] for path in ("/lists", "/labels")]
    params = {**data.draw(filters(lists, labels)), "sort": sort}
    whole = await tied.get("/todos", limit=200, count="exact", **params)

    pages = await tied.all_pages("/todos", limit=size, **params)

    assert [todo["id"] for todo in pages] == [todo["id"] for todo in whole["items"]]
    assert len({todo["id"] for todo in pages}) == whole["count"] == len(pages)


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS), "-due,position", "priority,-created_at"])
async def test_a_cursor_goes_on_behind_a_row_that_is_gone(api: Api, sort: str) -> None:
    for n in range(5):
        await api.todo(f"todo {n}", priority=n, due={"date": f"2026-04-0{n + 1}"})
    expected = await api.titles(sort=sort)

    page = await api.get("/todos", sort=sort, limit=2)
    await api.delete(f"/todos/{page['items'][1]['id']}")
    rest = await api.get("/todos", sort=sort, limit=5, cursor=page["next_cursor"])

    assert [todo["title"] for todo in (*page["items"], *rest["items"])] == expected
    assert rest["next_cursor"] is None


async def test_pages_hold_fifty_unless_asked(api: Api) -> None:
    for n in range(51):
        await api.todo(f"todo {n}")

    page = await api.get("/todos")

    assert (len(page["items"]), len((await api.get("/todos", limit=200))["items"])) == (50, 51)
    assert (await api.get("/todos", limit=51))["next_cursor"] is None
    last = await api.get("/todos", cursor=page["next_cursor"])
    assert ([todo["title"] for todo in last["items"]], last["next_cursor"]) == (["todo 50"], None)


async def test_the_size_of_a_page_and_its_count_are_no_part_of_the_query(api: Api) -> None:
    for n in range(6):
        await api.todo(f"todo {n}", priority=n)

    first = await api.get("/todos", priority__lte=9, limit=1)
    second = await api.get("/todos", priority__lte=9, limit=2, count="exact", cursor=first["next_cursor"])
    third = await api.get("/todos", priority__lte=9, limit=9, cursor=second["next_cursor"])

    assert [todo["priority"] for page in (first, second, third) for todo in page["items"]] == [1, 2, 3, 4, 5]
    assert "count" not in first
    assert second["count"] == 5


async def test_the_exact_count_is_of_all_pages(api: Api) -> None:
    for n in range(5):
        await api.todo(f"todo {n % 2}")

    page = await api.get("/todos", q="todo 0", count="exact", limit=2)

    assert (page["count"], len(page["items"])) == (3, 2)
    await api.todo("todo 0")
    assert (await api.get("/todos", q="todo 0", count="exact", limit=2, cursor=page["next_cursor"]))["count"] == 4
    assert (await api.get("/todos", count="exact", q="none"))["count"] == 0


async def test_a_rebalance_between_pages_loses_no_row(api: Api) -> None:
    todos = [await api.todo(f"todo {n}") for n in range(6)]
    page = await api.get("/todos", limit=2)

    for n in range(420):
        await api.post(f"/todos/{todos[4 + n % 2]['id']}/move", {"after": todos[0]["id"]})
    rest = await api.get("/todos", limit=200, cursor=page["next_cursor"])

    seen = {todo["id"] for todo in (*page["items"], *rest["items"])}
    assert seen >= {todo["id"] for todo in todos[:4]}


async def three_todos(api: Api, **query: Any) -> str:
    for n in range(3):
        await api.todo(f"todo {n}", priority=n + 1, due={"date": f"2026-04-0{n + 1}"})
    cursor: str = (await api.get("/todos", limit=1, **query))["next_cursor"]
    return cursor


@pytest.mark.parametrize(
    "other",
    [
        {"sort": "-priority"},
        {"sort": "priority,title"},
        {"priority.lte": 8},
        {"status": "completed"},
        {"q": "todo"},
        {"tz": "Asia/Tokyo"},
        {"no_due": False},
        {"parent": "none"},
    ],
)
async def test_a_cursor_belongs_to_its_query(api: Api, other: Params) -> None:
    query: Params = {"sort": "priority", "priority.lte": 9}
    cursor = await three_todos(api, **query)

    assert (await api.get("/todos", cursor=cursor, expect=400, **{**query, **other}))["code"] == "invalid_cursor"

    assert len((await api.get("/todos", cursor=cursor, **query))["items"]) == 2


async def test_a_cursor_belongs_to_its_space_and_its_collection(api: Api) -> None:
    cursor = await three_todos(api)
    parent = (await api.get("/todos"))["items"][0]["id"]

    for client, path in (
        (api.as_user(), "/todos"),
        (api.as_user(api.user, zone="Asia/Tokyo"), "/todos"),
        (api, f"/todos/{parent}/subtasks"),
        (api, "/lists"),
        (api, "/labels"),
        (api, "/trash"),
    ):
        assert (await client.get(path, cursor=cursor, expect=400))["code"] == "invalid_cursor"


async def test_a_truncated_cursor_is_refused(api: Api) -> None:
    cursor = await three_todos(api, sort="due")

    for length in range(len(cursor)):
        problem = await api.get("/todos", sort="due", cursor=cursor[:length], expect=400)
        assert problem["code"] == "invalid_cursor"


async def test_a_damaged_cursor_is_refused_or_only_names_another_place(api: Api) -> None:
    cursor = await three_todos(api, sort="due,title")

    for place in range(len(cursor)):
        for character in "A_*":
            damaged = cursor[:place] + character + cursor[place + 1 :]
            response = await api.send("GET", "/todos", params={"sort": "due,title", "cursor": damaged})
            assert response.status_code in (200, 400), damaged
            assert response.status_code == 200 or response.json()["code"] == "invalid_cursor"


def written(payload: Any) -> str:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


ROW = "01a2064b-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("position", []),
        ("position", ["a0"]),
        ("position", ["a0", ROW, ROW]),
        ("position", [1, ROW]),
        ("position", [None, ROW]),
        ("position", ["a\u0000", ROW]),
        ("position", ["\ud800", ROW]),
        ("position", ["a0", "no id"]),
        ("position", ["a0", None]),
        ("position", [["a0"], ROW]),
        ("priority", [-1, ROW]),
        ("priority", [10, ROW]),
        ("priority", [1.5, ROW]),
        ("priority", [True, ROW]),
        ("priority", ["1", ROW]),
        ("priority", [None, ROW]),
        ("priority", [2**63, ROW]),
        ("priority", [10**400, ROW]),
        ("created_at", [None, ROW]),
        ("due", ["tomorrow", ROW]),
        ("due", [1_774_742_400, ROW]),
        ("due", ["2026-04-01T00:00:00", ROW]),
        ("due", ["2026-04-01", ROW]),
        ("due", ["0001-01-01T00:00:00Z", ROW]),
        ("due", ["0001-01-01T00:00:00+14:00", ROW]),
        ("due", ["9999-12-31T23:59:59-12:00", ROW]),
        ("-due", ["9999-12-31T23:59:59-23:59", ROW]),
    ],
)
async def test_a_cursor_written_by_hand_is_refused(api: Api, sort: str, values: list[Any]) -> None:
    cursor = await three_todos(api, sort=sort)
    version, digest, real = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))

    problem = await api.get("/todos", sort=sort, cursor=written([version, digest, values]), expect=400)

    assert problem["code"] == "invalid_cursor"
    assert len((await api.get("/todos", sort=sort, cursor=written([version, digest, real])))["items"]) == 2


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        " ",
        "=",
        "!!!!",
        "é",
        "a",
        "a" * 4_096,
        written(""),
        written("null"),
        written("{}"),
        written("[]"),
        written('"text"'),
        written("[1,"),
        written("[NaN,NaN,NaN]"),
        written("[" * 2_000),
        written([1, "0" * 16, ["a0", ROW]]),
        written([2, "0" * 16, ["a0", ROW]]),
        written([1, 0, ["a0", ROW]]),
        written(["1", "0" * 16, ["a0", ROW]]),
        written([1, "0" * 16, ["a0", ROW], "more"]),
    ],
)
async def test_what_is_no_cursor_is_refused(api: Api, cursor: str) -> None:
    for path in ("/todos", "/lists", "/labels", "/trash"):
        assert (await api.get(path, cursor=cursor, expect=400))["code"] == "invalid_cursor"


async def test_a_cursor_that_is_too_long_is_no_cursor(api: Api) -> None:
    problem = await api.get("/todos", cursor="a" * 4_097, expect=422)

    assert problem["errors"][0]["parameter"] == "cursor"
