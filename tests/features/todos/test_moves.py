import asyncio
import uuid
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Limits, TodoKitSettings
from fastapi_todo_kit.features.todos.models import Todo as TodoRow
from fastapi_todo_kit.storage.ordering import LONGEST_KEY
from fastapi_todo_kit.storage.tables import table_of
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

Todo = dict[str, Any]


async def todos_named(api: Api, names: str, **fields: Any) -> list[Todo]:
    return [await api.todo(name, **fields) for name in names]


async def order(api: Api, list_id: str) -> str:
    return "".join(await api.titles(list=list_id, limit=200))


async def move(api: Api, todo: Todo, expect: int = 200, **target: Any) -> Any:
    return await api.post(f"/todos/{todo['id']}/move", target, expect)


async def test_a_todo_moves_before_and_after_others(api: Api) -> None:
    a, b, c, d = await todos_named(api, "abcd")
    home = a["list_id"]

    for target, expected in (
        ({"before": a["id"]}, "dabc"),
        ({"after": a["id"]}, "adbc"),
        ({"before": c["id"]}, "abdc"),
        ({"after": c["id"]}, "abcd"),
        ({"after": b["id"]}, "abdc"),
        ({}, "abcd"),
    ):
        await move(api, d, **target)
        assert await order(api, home) == expected
    assert [(await api.get(f"/todos/{one['id']}")) for one in (a, b, c)] == [a, b, c]
    assert (await api.get(f"/todos/{d['id']}"))["version"] == 7


async def test_a_move_changes_only_the_place(api: Api) -> None:
    home, label = await api.list(), await api.label("label")
    link = {"source": "crm", "type": "deal", "id": "7", "url": None, "title": None}
    fields = {"description": "text", "priority": 3, "due": {"date": "2026-05-01"}, "extra": {"n": 1}, "links": [link]}
    todo = await api.todo("todo", label_ids=[label["id"]], **fields)
    done = await api.post(f"/todos/{todo['id']}/complete")

    moved = await move(api, todo, list_id=home["id"])

    place = {name: moved[name] for name in ("position", "updated_at")}
    assert moved == {**done, **place, "list_id": home["id"], "version": 3}
    assert await api.get(f"/todos/{todo['id']}") == moved


async def test_a_subtree_moves_to_another_list_as_a_whole(api: Api) -> None:
    home, other = await api.list(), await api.list()
    parent, tail = await todos_named(api, "pt", list_id=home["id"])
    child = await api.todo("c", parent_id=parent["id"])
    grandchild = await api.todo("g", parent_id=child["id"])
    there, _ = await todos_named(api, "xy", list_id=other["id"])

    moved = await move(api, parent, list_id=other["id"], after=there["id"])

    assert (moved["list_id"], moved["parent_id"]) == (other["id"], None)
    assert (await order(api, home["id"]), await order(api, other["id"])) == ("t", "xpycg")
    for todo, above in ((child, parent), (grandchild, child)):
        after = await api.get(f"/todos/{todo['id']}")
        assert (after["list_id"], after["parent_id"], after["version"]) == (other["id"], above["id"], 2)
    assert await api.get(f"/todos/{tail['id']}") == tail


async def test_a_subtask_becomes_a_root_of_its_list(api: Api) -> None:
    home = await api.list()
    parent = await api.todo("p", list_id=home["id"])
    child = await api.todo("c", parent_id=parent["id"])

    moved = await move(api, child, parent_id=None, before=parent["id"])

    assert (moved["parent_id"], moved["list_id"]) == (None, home["id"])
    assert await order(api, home["id"]) == "cp"


async def test_a_todo_that_goes_below_another_goes_to_its_list(api: Api) -> None:
    home, other = await api.list(), await api.list()
    parent, todo = await api.todo("p", list_id=home["id"]), await api.todo("t", list_id=other["id"])
    child = await api.todo("c", parent_id=todo["id"])

    moved = await move(api, todo, parent_id=parent["id"])

    assert (moved["list_id"], moved["parent_id"]) == (home["id"], parent["id"])
    assert (await api.get(f"/todos/{child['id']}"))["list_id"] == home["id"]
    contradiction = await move(api, todo, 422, parent_id=parent["id"], list_id=other["id"])
    assert contradiction["code"] == "wrong_reference"


async def test_naming_only_another_list_makes_a_subtask_a_root(api: Api) -> None:
    home, other = await api.list(), await api.list()
    parent = await api.todo("p", list_id=home["id"])
    child = await api.todo("c", parent_id=parent["id"])

    assert (await move(api, child, list_id=home["id"]))["parent_id"] == parent["id"]

    assert (await move(api, child, list_id=other["id"]))["parent_id"] is None
    assert (await api.get(f"/todos/{parent['id']}/subtasks"))["items"] == []


async def test_the_neighbour_is_a_sibling_in_the_new_place(api: Api) -> None:
    home, other = await api.list(), await api.list()
    a, b = await todos_named(api, "ab", list_id=home["id"])
    child = await api.todo("c", parent_id=a["id"])
    elsewhere, trashed = await api.todo("x", list_id=other["id"]), await api.todo("t", list_id=home["id"])
    await api.delete(f"/todos/{trashed['id']}")

    for target, status, code in (
        ({"before": b["id"]}, 422, "wrong_reference"),
        ({"before": child["id"]}, 422, "wrong_reference"),
        ({"after": elsewhere["id"]}, 422, "wrong_reference"),
        ({"list_id": other["id"], "after": a["id"]}, 422, "wrong_reference"),
        ({"after": trashed["id"]}, 404, "todo_not_found"),
        ({"after": str(uuid.uuid4())}, 404, "todo_not_found"),
        ({"before": a["id"], "after": a["id"]}, 422, "invalid_input"),
        ({"before": None}, 422, "invalid_input"),
        ({"list_id": None}, 422, "invalid_input"),
        ({"position": "a0"}, 422, "invalid_input"),
    ):
        assert (await move(api, b, status, **target))["code"] == code
    assert await api.get(f"/todos/{b['id']}") == b
    assert (await move(api, b, parent_id=a["id"], before=child["id"]))["parent_id"] == a["id"]


async def test_todos_of_an_archived_list_can_be_reordered_and_leave(api: Api) -> None:
    shelf, home = await api.list(), await api.list()
    a, b = await todos_named(api, "ab", list_id=shelf["id"])
    await api.post(f"/lists/{shelf['id']}/archive")

    await move(api, b, before=a["id"])
    assert await order(api, shelf["id"]) == "ba"

    await move(api, a, list_id=home["id"])
    assert (await order(api, shelf["id"]), await order(api, home["id"])) == ("b", "a")


async def test_a_subtree_moves_only_into_a_list_with_room_for_all_of_it(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(todos_per_list=3))
    async with running(make_app(limited)) as api:
        home, full = await api.list(), await api.list()
        parent, _ = await api.todo("p", list_id=home["id"]), await todos_named(api, "xy", list_id=full["id"])
        child = await api.todo("c", parent_id=parent["id"])

        problem = await move(api, parent, 409, list_id=full["id"])

        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "todos_per_list", 3)
        assert (await order(api, home["id"]), await order(api, full["id"])) == ("pc", "xy")
        await move(api, child, list_id=full["id"])
        await move(api, child, parent_id=None)


async def test_forty_moves_to_one_spot_at_once_get_distinct_positions(api: Api) -> None:
    home = (await api.list())["id"]
    anchor = await api.todo("anchor", list_id=home)
    todos = [await api.todo(f"todo {n}", list_id=home) for n in range(40)]

    await asyncio.gather(*(move(api, todo, before=anchor["id"]) for todo in todos))

    after = (await api.get("/todos", list=home, limit=200))["items"]
    assert len({todo["position"] for todo in after}) == 41
    assert after[-1]["id"] == anchor["id"]
    assert {todo["version"] for todo in after[:-1]} == {2}


async def test_hundreds_of_moves_to_one_spot_keep_positions_short(api: Api) -> None:
    first, one, other, last, trashed = await todos_named(api, "fabzt")
    home, longest = first["list_id"], 0
    await api.delete(f"/todos/{trashed['id']}")

    for n in range(420):
        moved = await move(api, (one, other)[n % 2], after=first["id"])
        longest = max(longest, len(moved["position"]))
    await api.todo("n")
    await api.post(f"/todos/{trashed['id']}/restore")

    assert LONGEST_KEY - 10 < longest <= LONGEST_KEY + 1
    assert await order(api, home) == "fbaznt"
    for bystander in (first, last):
        after = await api.get(f"/todos/{bystander['id']}")
        changed = {name: after[name] for name in ("position", "updated_at")}
        assert after == {**bystander, **changed, "version": 2}
    assert last["position"] < after["position"]


async def stored_depths(settings: TodoKitSettings, ids: list[str]) -> dict[str, int]:
    engine = create_async_engine(settings.database_url)
    table = table_of(TodoRow)
    async with engine.connect() as connection:
        wanted = table.c.id.in_([uuid.UUID(one) for one in ids])
        rows = (await connection.execute(select(table.c.id, table.c.depth).where(wanted))).all()
    await engine.dispose()
    return {str(row.id): row.depth for row in rows}


class Board:
    """What the lists should look like: one order for each list, and the parent of each todo."""

    def __init__(self, lists: list[str]) -> None:
        self.orders: dict[str, list[str]] = {one: [] for one in lists}
        self.parents: dict[str, str | None] = {}

    def add(self, todo: Todo) -> None:
        self.orders[todo["list_id"]].append(todo["id"])
        self.parents[todo["id"]] = todo["parent_id"]

    def list_of(self, todo: str) -> str:
        return next(home for home, order in self.orders.items() if todo in order)

    def depth_of(self, todo: str) -> int:
        parent = self.parents[todo]
        return 0 if parent is None else 1 + self.depth_of(parent)

    def below(self, todo: str) -> list[str]:
        return [one for one in self.orders[self.list_of(todo)] if self._is_above(todo, one)]

    def _is_above(self, todo: str, one: str) -> bool:
        parent = self.parents[one]
        return parent is not None and (parent == todo or self._is_above(todo, parent))

    def move(self, todo: str, home: str, parent: str | None, beside: str | None, *, before: bool) -> None:
        below, old = self.below(todo), self.list_of(todo)
        self.orders[old].remove(todo)
        order = self.orders[home]
        place = len(order) if beside is None else order.index(beside) + (not before)
        order.insert(place, todo)
        if home != old:
            self.orders[old] = [one for one in self.orders[old] if one not in below]
            order.extend(below)
        self.parents[todo] = parent


async def random_move(api: Api, board: Board, random: Random) -> None:
    todo, home = random.choice(list(board.parents)), random.choice(list(board.orders))
    others = [one for one in board.orders[home] if one not in (todo, *board.below(todo))]
    parent = random.choice([None, *others])
    siblings = [one for one in others if board.parents[one] == parent]
    beside, before = random.choice([None, *siblings, *siblings]), random.random() < 0.5
    target = {"list_id": home, "parent_id": parent} | ({("before" if before else "after"): beside} if beside else {})
    response = await api.send("POST", f"/todos/{todo}/move", target)
    if response.status_code == 409:
        assert response.json()["limit"] == "subtask_depth"
    else:
        assert response.status_code == 200, response.text
        board.move(todo, home, parent, beside, before=before)


async def compare(api: Api, board: Board) -> None:
    for home, expected in board.orders.items():
        todos = (await api.get("/todos", list=home, limit=200))["items"]
        assert [todo["id"] for todo in todos] == expected
        assert len({todo["position"] for todo in todos}) == len(todos)
        assert all(board.parents[todo["id"]] == todo["parent_id"] for todo in todos)
        assert all(todo["parent_id"] in (None, *expected) for todo in todos)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 65_535))
async def test_any_moves_leave_the_order_that_was_asked_for(api: Api, settings: TodoKitSettings, seed: int) -> None:
    api = api.as_user()
    random = Random(seed)
    board = Board([(await api.list(f"list {n}"))["id"] for n in range(2)])
    for n in range(4):
        for home in board.orders:
            board.add(await api.todo(f"todo {n}", list_id=home))

    for _ in range(15):
        await random_move(api, board, random)
        await compare(api, board)

    assert await stored_depths(settings, list(board.parents)) == {one: board.depth_of(one) for one in board.parents}
