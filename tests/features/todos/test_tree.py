import asyncio
import uuid
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastapi_todo_kit import Limits, TodoKitSettings
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

Todo = dict[str, Any]


async def chain(api: Api, length: int, **fields: Any) -> list[Todo]:
    todos = [await api.todo("level 0", **fields)]
    for level in range(1, length):
        todos.append(await api.todo(f"level {level}", parent_id=todos[-1]["id"]))
    return todos


async def family(api: Api) -> tuple[Todo, Todo, Todo]:
    parent = await api.todo("parent")
    return parent, await api.todo("one", parent_id=parent["id"]), await api.todo("two", parent_id=parent["id"])


async def read(api: Api, *todos: Todo) -> list[Todo]:
    return [await api.get(f"/todos/{todo['id']}") for todo in todos]


async def statuses(api: Api, *todos: Todo) -> list[str]:
    return [todo["status"] for todo in await read(api, *todos)]


async def act(api: Api, todo: Todo, verb: str) -> Todo:
    changed: Todo = await api.post(f"/todos/{todo['id']}/{verb}")
    return changed


async def test_a_subtask_is_in_the_list_of_its_parent(api: Api) -> None:
    home, other = await api.list("home"), await api.list("other")
    parent = await api.todo(list_id=home["id"])

    child = await api.todo("child", parent_id=parent["id"])
    named = await api.todo("named", parent_id=parent["id"], list_id=home["id"])

    assert (child["list_id"], child["parent_id"]) == (home["id"], parent["id"])
    assert named["list_id"] == home["id"]
    wrong = {"title": "x", "parent_id": parent["id"], "list_id": other["id"]}
    assert (await api.post("/todos", wrong, 422))["code"] == "wrong_reference"


async def test_subtasks_are_the_direct_ones_in_their_order(api: Api) -> None:
    parent, one, two = await family(api)
    await api.todo("grandchild", parent_id=one["id"])
    await api.post(f"/todos/{two['id']}/move", {"before": one["id"]})

    page = await api.get(f"/todos/{parent['id']}/subtasks", limit=1)
    rest = await api.get(f"/todos/{parent['id']}/subtasks", limit=1, cursor=page["next_cursor"])

    assert [one["title"] for one in (*page["items"], *rest["items"])] == ["two", "one"]
    assert rest["next_cursor"] is None
    assert (await api.get(f"/todos/{two['id']}/subtasks")) == {"items": [], "next_cursor": None}
    await api.get(f"/todos/{one['id']}/subtasks", cursor=page["next_cursor"], expect=400)
    await api.get(f"/todos/{uuid.uuid4()}/subtasks", expect=404)


async def test_subtasks_nest_to_depth_five(api: Api) -> None:
    todos = await chain(api, 6)

    problem = await api.post("/todos", {"title": "level 6", "parent_id": todos[5]["id"]}, 409)

    assert (problem["code"], problem["limit"]) == ("move_impossible", "subtask_depth")
    assert len(await api.all_pages("/todos")) == 6


async def test_a_subtree_moves_only_where_it_fits(api: Api) -> None:
    levels, tree = await chain(api, 4), await chain(api, 3)

    problem = await api.post(f"/todos/{tree[0]['id']}/move", {"parent_id": levels[3]["id"]}, 409)
    assert (problem["code"], problem["limit"]) == ("move_impossible", "subtask_depth")
    assert await read(api, *tree) == tree

    await api.post(f"/todos/{tree[0]['id']}/move", {"parent_id": levels[2]["id"]})
    await api.post("/todos", {"title": "level 6", "parent_id": tree[2]["id"]}, 409)
    await api.post(f"/todos/{levels[0]['id']}/move", {"parent_id": (await api.todo())["id"]}, 409)


async def test_the_depth_of_subtasks_is_a_setting(database_url: str) -> None:
    flat = TodoKitSettings(database_url=database_url, limits=Limits(subtask_depth=0))
    async with running(make_app(flat)) as api:
        todo, other = await api.todo(), await api.todo()

        assert (await api.post("/todos", {"title": "x", "parent_id": todo["id"]}, 409))["code"] == "move_impossible"
        await api.post(f"/todos/{other['id']}/move", {"parent_id": todo["id"]}, 409)


async def test_completing_a_parent_completes_its_open_descendants(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)
    other = await api.todo("other")

    done = await act(api, top, "complete")

    descendants = await read(api, middle, bottom)
    for todo in (done, *descendants):
        assert (todo["status"], todo["completed_by"], todo["version"]) == ("completed", api.user, 2)
        assert todo["completed_at"] == done["completed_at"]
    assert await read(api, other) == [other]


async def test_completing_a_child_leaves_its_parent_open(api: Api) -> None:
    parent, one, two = await family(api)

    await act(api, one, "complete")
    await act(api, two, "complete")

    assert await read(api, parent) == [parent]


async def test_reopening_a_parent_reopens_exactly_what_was_closed_with_it(api: Api) -> None:
    parent, one, two = await family(api)
    three, grandchild = await api.todo("three", parent_id=parent["id"]), await api.todo("four", parent_id=two["id"])
    earlier = await act(api, one, "complete")
    cancelled = await act(api, three, "cancel")
    await act(api, parent, "complete")

    reopened = await act(api, parent, "reopen")

    assert (reopened["status"], reopened["completed_at"], reopened["completed_by"]) == ("needs_action", None, None)
    assert await read(api, one, three) == [earlier, cancelled]
    for todo in await read(api, two, grandchild):
        assert (todo["status"], todo["completed_at"], todo["version"]) == ("needs_action", None, 3)


async def test_each_completion_is_a_batch_of_its_own(api: Api) -> None:
    parent, one, two = await family(api)
    await act(api, parent, "complete")
    await act(api, one, "reopen")
    await act(api, parent, "complete")

    await act(api, parent, "reopen")

    assert await statuses(api, parent, one, two) == ["needs_action", "needs_action", "completed"]


async def test_reopening_a_child_reopens_its_ancestors_and_no_sibling(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)
    sibling = await api.todo("sibling", parent_id=middle["id"])
    await act(api, top, "complete")

    await act(api, bottom, "reopen")

    opened = await read(api, top, middle, bottom)
    assert [(one["status"], one["completed_at"], one["completed_by"]) for one in opened] == [
        ("needs_action", None, None)
    ] * 3
    assert await statuses(api, sibling) == ["completed"]


async def test_reopening_in_the_middle_reopens_below_and_above(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)
    uncle = await api.todo("uncle", parent_id=top["id"])
    await act(api, top, "complete")

    await act(api, middle, "reopen")

    assert await statuses(api, top, middle, bottom, uncle) == ["needs_action"] * 3 + ["completed"]


async def test_cancelling_a_parent_cancels_its_open_descendants(api: Api) -> None:
    parent, one, two = await family(api)
    done = await act(api, one, "complete")

    await act(api, parent, "cancel")

    assert await statuses(api, parent, two) == ["cancelled", "cancelled"]
    assert await read(api, one) == [done]
    await act(api, parent, "reopen")
    assert await statuses(api, parent, one, two) == ["needs_action", "completed", "needs_action"]


@pytest.mark.parametrize("verb", ["complete", "cancel"])
async def test_a_closed_todo_takes_no_open_subtask(api: Api, verb: str) -> None:
    parent, child = await chain(api, 2)
    other, closed = await api.todo("other"), await api.todo("closed")
    await act(api, parent, verb)
    await act(api, closed, "complete")

    assert (await api.post("/todos", {"title": "x", "parent_id": parent["id"]}, 409))["code"] == "todo_closed"
    refused = await api.post(f"/todos/{other['id']}/move", {"parent_id": parent["id"]}, 409)
    assert refused["code"] == "todo_closed"
    assert (await api.post(f"/todos/{child['id']}/duplicate", expect=409))["code"] == "todo_closed"

    moved = await api.post(f"/todos/{closed['id']}/move", {"parent_id": parent["id"]})
    assert (moved["parent_id"], moved["status"]) == (parent["id"], "completed")


async def test_an_open_subtask_hides_in_no_closed_tree_that_moves(api: Api) -> None:
    parent, one, two = await family(api)
    await act(api, one, "complete")
    await act(api, parent, "complete")
    await api.post(f"/todos/{two['id']}/move", {"parent_id": one["id"]})

    await act(api, parent, "reopen")

    parent, one, two = await read(api, parent, one, two)
    assert not (two["status"] == "needs_action" and one["status"] == "completed")


async def test_a_todo_cannot_be_its_own_ancestor(api: Api) -> None:
    todos = await chain(api, 3)

    for target in todos:
        problem = await api.post(f"/todos/{todos[0]['id']}/move", {"parent_id": target["id"]}, 409)
        assert problem["code"] == "move_impossible"
    assert await read(api, *todos) == todos


async def test_of_two_moves_that_cross_one_is_refused(api: Api) -> None:
    for _ in range(5):
        one, two = await api.todo("one"), await api.todo("two")

        responses = await asyncio.gather(
            api.send("POST", f"/todos/{one['id']}/move", {"parent_id": two["id"]}),
            api.send("POST", f"/todos/{two['id']}/move", {"parent_id": one["id"]}),
        )

        assert sorted(response.status_code for response in responses) == [200, 409]
        parents = [todo["parent_id"] for todo in await read(api, one, two)]
        assert parents.count(None) == 1


async def test_deleting_a_parent_deletes_its_descendants_as_one_batch(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)

    await api.delete(f"/todos/{top['id']}")

    trash = (await api.get("/trash"))["items"]
    assert {one["id"] for one in trash} == {top["id"], middle["id"], bottom["id"]}
    assert len({(one["delete_batch_id"], one["deleted_at"]) for one in trash}) == 1
    assert await api.titles() == []


async def test_restoring_a_parent_brings_back_exactly_its_batch(api: Api) -> None:
    parent, one, two = await family(api)
    grandchild = await api.todo("grandchild", parent_id=two["id"])
    await api.delete(f"/todos/{one['id']}")
    await api.delete(f"/todos/{parent['id']}")

    restored = await act(api, parent, "restore")

    assert (restored["deleted_at"], restored["version"]) == (None, 3)
    assert await api.titles() == ["parent", "two", "grandchild"]
    assert [todo["parent_id"] for todo in await read(api, two, grandchild)] == [parent["id"], two["id"]]
    back = await act(api, one, "restore")
    assert (back["parent_id"], back["version"]) == (parent["id"], 3)


async def test_a_restored_child_whose_parent_is_gone_becomes_a_root(api: Api) -> None:
    home = await api.list()
    top, middle, bottom = await chain(api, 3, list_id=home["id"])
    await api.delete(f"/todos/{top['id']}")

    restored = await act(api, middle, "restore")

    assert (restored["parent_id"], restored["list_id"]) == (None, home["id"])
    assert (await read(api, bottom))[0]["parent_id"] == middle["id"]
    await chain_below(api, bottom, 4)
    assert (await act(api, top, "restore"))["parent_id"] is None
    assert (await api.get(f"/todos/{top['id']}/subtasks"))["items"] == []


async def chain_below(api: Api, todo: Todo, levels: int) -> None:
    """Check that exactly so many more levels fit below a todo."""
    for _ in range(levels):
        todo = await api.todo(parent_id=todo["id"])
    await api.post("/todos", {"title": "too deep", "parent_id": todo["id"]}, 409)


async def test_a_restored_child_follows_its_parent_that_moved_deeper(api: Api) -> None:
    parent, child = await chain(api, 2)
    levels = await chain(api, 3)
    await api.delete(f"/todos/{child['id']}")
    await api.post(f"/todos/{parent['id']}/move", {"parent_id": levels[2]["id"]})

    restored = await act(api, child, "restore")

    assert restored["parent_id"] == parent["id"]
    await chain_below(api, restored, 1)


async def test_a_restored_subtree_that_is_too_deep_now_becomes_a_root(api: Api) -> None:
    parent, child, grandchild = await chain(api, 3)
    levels = await chain(api, 4)
    await api.delete(f"/todos/{child['id']}")
    await api.post(f"/todos/{parent['id']}/move", {"parent_id": levels[3]["id"]})

    restored = await act(api, child, "restore")

    assert restored["parent_id"] is None
    assert (await read(api, grandchild))[0]["parent_id"] == child["id"]
    await chain_below(api, (await read(api, grandchild))[0], 4)


async def test_a_restored_child_stays_in_its_list_when_its_parent_left(api: Api) -> None:
    home, other = await api.list(), await api.list()
    parent, child = await chain(api, 2, list_id=home["id"])
    await api.delete(f"/todos/{child['id']}")
    await api.post(f"/todos/{parent['id']}/move", {"list_id": other["id"]})

    restored = await act(api, child, "restore")

    assert (restored["list_id"], restored["parent_id"]) == (home["id"], None)


async def test_an_open_todo_restored_below_a_completed_parent_reopens_it(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)
    await api.delete(f"/todos/{bottom['id']}")
    await act(api, top, "complete")

    await act(api, bottom, "restore")

    assert await statuses(api, top, middle, bottom) == ["needs_action"] * 3


async def test_a_completed_todo_restored_below_a_completed_parent_reopens_nothing(api: Api) -> None:
    parent, child = await chain(api, 2)
    await act(api, parent, "complete")
    await api.delete(f"/todos/{child['id']}")

    await act(api, child, "restore")

    assert await statuses(api, parent, child) == ["completed", "completed"]


async def test_nothing_is_restored_into_a_deleted_or_archived_list(api: Api) -> None:
    home = await api.list()
    earlier, along = await api.todo("earlier", list_id=home["id"]), await api.todo("along", list_id=home["id"])
    await api.delete(f"/todos/{earlier['id']}")
    await api.delete(f"/lists/{home['id']}")

    for todo in (earlier, along):
        assert (await api.post(f"/todos/{todo['id']}/restore", expect=409))["code"] == "list_deleted"
    await api.post(f"/lists/{home['id']}/restore")
    await api.post(f"/lists/{home['id']}/archive")
    assert (await api.post(f"/todos/{earlier['id']}/restore", expect=409))["code"] == "list_archived"
    await api.post(f"/lists/{home['id']}/unarchive")
    await act(api, earlier, "restore")
    assert await api.titles(list=home["id"]) == ["along", "earlier"]


async def test_nothing_is_restored_into_a_full_list(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(todos_per_list=2))
    async with running(make_app(limited)) as api:
        parent, _ = await chain(api, 2)
        await api.delete(f"/todos/{parent['id']}")
        await api.todo("in between")

        problem = await api.post(f"/todos/{parent['id']}/restore", expect=409)

        assert (problem["code"], problem["limit"]) == ("limit_reached", "todos_per_list")
        assert await api.titles() == ["in between"]


async def test_a_copied_tree_keeps_its_shape_and_is_open(api: Api) -> None:
    top, middle, bottom = await chain(api, 3)
    await act(api, middle, "complete")

    copy = await api.post(f"/todos/{top['id']}/duplicate", expect=201)

    (child,) = (await api.get(f"/todos/{copy['id']}/subtasks"))["items"]
    (grandchild,) = (await api.get(f"/todos/{child['id']}/subtasks"))["items"]
    assert [one["title"] for one in (copy, child, grandchild)] == ["level 0", "level 1", "level 2"]
    assert {one["status"] for one in (copy, child, grandchild)} == {"needs_action"}
    assert not {copy["id"], child["id"], grandchild["id"]} & {top["id"], middle["id"], bottom["id"]}
    assert await api.titles() == ["level 0", "level 1", "level 2"] * 2
    await chain_below(api, grandchild, 3)


async def test_a_copied_subtask_stays_below_its_parent(api: Api) -> None:
    parent, one, _ = await family(api)

    copy = await api.post(f"/todos/{one['id']}/duplicate", expect=201)

    assert copy["parent_id"] == parent["id"]
    assert [one["title"] for one in (await api.get(f"/todos/{parent['id']}/subtasks"))["items"]] == [
        "one",
        "two",
        "one",
    ]


def some_operation(random: Random, lists: list[str], todos: list[str], trash: list[str]) -> tuple[str, str, Any]:
    todo, other, home = random.choice(todos), random.choice(todos), random.choice(lists)
    return random.choice(
        [
            *(("POST", "/todos", {"title": "child", "parent_id": one}) for one in (todo, other)),
            ("POST", "/todos", {"title": "root", "list_id": home}),
            *(("POST", f"/todos/{todo}/{verb}", None) for verb in ("complete", "complete", "reopen", "cancel")),
            *(("POST", f"/todos/{todo}/move", {"parent_id": one}) for one in (other, other, None)),
            ("POST", f"/todos/{todo}/move", {"list_id": home}),
            ("POST", f"/todos/{todo}/duplicate", None),
            ("DELETE", f"/todos/{todo}", None),
            *(("POST", f"/todos/{one}/restore", None) for one in trash[:3]),
        ]
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 65_535))
async def test_a_tree_stays_sound_whatever_happens_to_it(api: Api, seed: int) -> None:
    api = api.as_user()
    random = Random(seed)
    lists = [(await api.list(f"list {n}"))["id"] for n in range(2)]
    todos = [await api.todo(list_id=home) for home in lists]

    for _ in range(20):
        trash = [one["id"] for one in (await api.get("/trash"))["items"]]
        response = await api.send(*some_operation(random, lists, [one["id"] for one in todos], trash))
        assert response.status_code < 500, response.text
        todos = await api.all_pages("/todos") or [await api.todo(list_id=lists[0])]
        assert_sound(todos)


def assert_sound(todos: list[Todo]) -> None:
    by_id = {todo["id"]: todo for todo in todos}
    assert len({(todo["list_id"], todo["position"]) for todo in todos}) == len(todos)
    for todo in todos:
        depth, above = 0, todo
        while above["parent_id"] is not None:
            above = by_id[above["parent_id"]]
            depth += 1
            assert above["list_id"] == todo["list_id"]
            assert todo["status"] != "needs_action" or above["status"] == "needs_action"
        assert depth <= 5
