import uuid
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastapi_todo_kit import Limits, TodoKitSettings
from tests.support import Api, TestClock, make_app, running


async def names(api: Api, **params: Any) -> list[str]:
    return [one["name"] for one in await api.all_pages("/lists", **params)]


async def counted(api: Api, list_id: str, **params: Any) -> tuple[int, int, int]:
    (one,) = [
        one for one in await api.all_pages("/lists", counts=True, archived="any", **params) if one["id"] == list_id
    ]
    return one["open_count"], one["overdue_count"], one["total_count"]


async def test_a_new_list_goes_to_the_end(api: Api) -> None:
    first = await api.list("first")
    second = await api.list("second", description="why", color="#D97706", icon="🛒")

    assert await names(api) == ["first", "second"]
    assert first["position"] < second["position"]
    assert (second["description"], second["color"], second["icon"]) == ("why", "#D97706", "🛒")
    assert (first["description"], first["color"], first["icon"]) == ("", None, None)
    assert (first["is_inbox"], first["archived_at"], first["version"]) == (False, None, 1)
    assert first["created_by"] == api.user
    assert await api.get(f"/lists/{first['id']}") == first


async def test_a_client_chooses_the_id_of_a_list_once(api: Api) -> None:
    chosen = str(uuid.uuid4())
    await api.list("mine", id=chosen)

    assert (await api.post("/lists", {"id": chosen, "name": "again"}, 409))["code"] == "already_exists"
    await api.delete(f"/lists/{chosen}")
    assert (await api.post("/lists", {"id": chosen, "name": "again"}, 409))["code"] == "already_exists"
    assert await names(api) == []


async def test_the_same_id_may_be_a_list_of_another_user(api: Api) -> None:
    chosen = str(uuid.uuid4())
    await api.list("mine", id=chosen)

    theirs = await api.as_user().list("theirs", id=chosen)

    assert theirs["id"] == chosen
    assert await names(api) == ["mine"]


async def test_a_patch_changes_what_it_names_and_null_clears(api: Api) -> None:
    created = await api.list("before", description="text", color="#aabbcc", icon="x")

    renamed = await api.patch(f"/lists/{created['id']}", {"name": "after"})
    cleared = await api.patch(f"/lists/{created['id']}", {"color": None, "icon": None})

    assert renamed == {**created, "name": "after", "version": 2, "updated_at": renamed["updated_at"]}
    assert cleared == {**renamed, "color": None, "icon": None, "version": 3, "updated_at": cleared["updated_at"]}
    assert created["updated_at"] < renamed["updated_at"] < cleared["updated_at"]
    assert await api.get(f"/lists/{created['id']}") == cleared


@pytest.mark.parametrize(
    "body",
    [
        {"name": None},
        {"description": None},
        {"name": " \u200f "},
        {"position": "a0"},
        {"is_inbox": True},
        {"color": "red"},
        {"name": "x" * 121},
    ],
)
async def test_a_patch_refuses_what_cannot_be_set(api: Api, body: dict[str, Any]) -> None:
    created = await api.list()

    problem = await api.patch(f"/lists/{created['id']}", body, 422)

    assert problem["code"] == "invalid_input"
    assert problem["errors"][0]["pointer"] == f"#/{next(iter(body))}"
    assert await api.get(f"/lists/{created['id']}") == created


async def test_a_patch_that_changes_nothing_keeps_the_version(api: Api) -> None:
    created = await api.list("same", color="#aabbcc")
    seq = (await api.get("/spaces/current"))["seq"]

    response = await api.send("PATCH", f"/lists/{created['id']}", {"name": "same", "color": "#aabbcc"})

    assert (response.json(), response.headers["etag"]) == (created, '"1"')
    assert await api.patch(f"/lists/{created['id']}", {}) == created
    assert (await api.get("/spaces/current"))["seq"] >= seq


@pytest.mark.parametrize("verb", ["archive", "unarchive", "move"])
async def test_a_stale_version_changes_no_list(api: Api, verb: str) -> None:
    created, neighbour = await api.list(), await api.list("neighbour")
    current = await api.patch(f"/lists/{created['id']}", {"name": "newer"})

    problem = await api.post(
        f"/lists/{created['id']}/{verb}", {"after": neighbour["id"]} if verb == "move" else None, 412, If_Match='"1"'
    )

    assert problem["version"] == 2
    await api.patch(f"/lists/{created['id']}", {"name": "x"}, 412, If_Match='"1"')
    await api.delete(f"/lists/{created['id']}", 412, If_Match='"1"')
    assert await api.get(f"/lists/{created['id']}") == current


async def test_the_inbox_is_neither_deleted_nor_archived(api: Api) -> None:
    inbox = (await api.todo())["list_id"]
    other = await api.list()

    for method, path in (
        ("DELETE", f"/lists/{inbox}"),
        ("DELETE", f"/lists/{inbox}?todos=move&to={other['id']}"),
        ("POST", f"/lists/{inbox}/archive"),
    ):
        response = await api.send(method, path)
        assert (response.status_code, response.json()["code"]) == (409, "inbox_protected")
    assert (await api.get(f"/lists/{inbox}"))["is_inbox"] is True
    assert (await api.get("/todos", list=inbox))["items"] != []


async def test_the_inbox_can_be_renamed_and_stays_the_inbox(api: Api) -> None:
    inbox = (await api.todo())["list_id"]

    renamed = await api.patch(f"/lists/{inbox}", {"name": "Eingang"})

    assert (renamed["name"], renamed["is_inbox"]) == ("Eingang", True)
    assert (await api.todo())["list_id"] == inbox


async def test_a_copy_of_the_inbox_is_an_ordinary_list(api: Api) -> None:
    inbox = (await api.todo("note"))["list_id"]

    copy = await api.post(f"/lists/{inbox}/duplicate", expect=201)

    assert copy["is_inbox"] is False
    assert (await api.todo())["list_id"] == inbox
    await api.delete(f"/lists/{copy['id']}")


async def test_an_archived_list_is_hidden_and_takes_nothing_in(api: Api) -> None:
    shelf, other = await api.list("shelf"), await api.list("other")
    todo, outside = await api.todo(list_id=shelf["id"]), await api.todo(list_id=other["id"])
    archived = await api.post(f"/lists/{shelf['id']}/archive")

    assert archived["archived_at"] is not None
    assert await names(api) == ["other"]
    assert await names(api, archived="true") == ["shelf"]
    assert await names(api, archived="any") == ["shelf", "other"]
    for path, body in (
        ("/todos", {"title": "x", "list_id": shelf["id"]}),
        ("/todos", {"title": "x", "parent_id": todo["id"]}),
        (f"/todos/{outside['id']}/move", {"list_id": shelf["id"]}),
        (f"/todos/{todo['id']}/duplicate", None),
    ):
        assert (await api.post(path, body, 409))["code"] == "list_archived"


async def test_archiving_twice_keeps_the_first_moment(api: Api) -> None:
    shelf = await api.list()

    once = await api.post(f"/lists/{shelf['id']}/archive")
    twice = await api.post(f"/lists/{shelf['id']}/archive")

    assert twice == once
    back = await api.post(f"/lists/{shelf['id']}/unarchive")
    assert (back["archived_at"], back["version"]) == (None, 3)
    assert await api.post(f"/lists/{shelf['id']}/unarchive") == back
    assert (await api.todo(list_id=shelf["id"]))["list_id"] == shelf["id"]


async def test_a_list_moves_before_and_after_others(api: Api) -> None:
    a, b, c = [await api.list(name) for name in "abc"]

    await api.post(f"/lists/{c['id']}/move", {"before": a["id"]})
    assert await names(api) == ["c", "a", "b"]
    await api.post(f"/lists/{c['id']}/move", {"after": a["id"]})
    assert await names(api) == ["a", "c", "b"]
    moved = await api.post(f"/lists/{a['id']}/move", {"after": b["id"]})
    assert await names(api) == ["c", "b", "a"]

    assert moved["version"] == 2
    assert (await api.get(f"/lists/{b['id']}"))["version"] == 1


async def test_a_list_moves_only_beside_another_of_its_space(api: Api) -> None:
    a, b = await api.list("a"), await api.list("b")
    foreign = await api.as_user().list()
    move = f"/lists/{a['id']}/move"

    assert (await api.post(move, {"after": a["id"]}, 422))["code"] == "wrong_reference"
    assert (await api.post(move, {"after": foreign["id"]}, 404))["code"] == "list_not_found"
    assert (await api.post(move, {}, 422))["code"] == "invalid_input"
    assert (await api.post(move, {"before": b["id"], "after": b["id"]}, 422))["code"] == "invalid_input"
    await api.delete(f"/lists/{b['id']}")
    assert (await api.post(move, {"after": b["id"]}, 404))["code"] == "list_not_found"
    assert await names(api) == ["a"]


async def test_moving_lists_at_one_spot_for_ever_keeps_positions_short(api: Api) -> None:
    first, one, other = [await api.list(name) for name in ("first", "one", "other")]
    last = await api.list("last")
    longest = 0

    for n in range(420):
        moved = await api.post(f"/lists/{(one, other)[n % 2]['id']}/move", {"after": first["id"]})
        longest = max(longest, len(moved["position"]))

    assert longest <= 65
    assert await names(api) == ["first", "other", "one", "last"]
    assert (await api.get(f"/lists/{last['id']}"))["version"] == 2
    assert (await api.get(f"/lists/{one['id']}"))["version"] == 212


async def test_a_copied_list_holds_open_copies_in_the_same_order(api: Api) -> None:
    source = await api.list("source", color="#aabbcc")
    label = await api.label("red")
    link = {"source": "crm", "type": "deal", "id": "7", "url": None, "title": None}
    parent = await api.todo("parent", list_id=source["id"], label_ids=[label["id"]], links=[link], extra={"n": 1})
    child = await api.todo("child", parent_id=parent["id"])
    await api.todo("gone", list_id=source["id"])
    await api.delete(f"/todos/{(await api.todo('trashed', list_id=source['id']))['id']}")
    await api.post(f"/todos/{parent['id']}/complete")

    copy = await api.post(f"/lists/{source['id']}/duplicate", expect=201)

    assert (copy["name"], copy["color"], copy["version"]) == ("source", "#aabbcc", 1)
    copies = await api.all_pages("/todos", list=copy["id"])
    assert [(one["title"], one["status"], one["completed_at"]) for one in copies] == [
        (title, "needs_action", None) for title in ("parent", "child", "gone")
    ]
    assert (copies[0]["label_ids"], copies[0]["links"], copies[0]["extra"]) == ([label["id"]], [link], {"n": 1})
    assert copies[1]["parent_id"] == copies[0]["id"]
    assert not {parent["id"], child["id"]} & {one["id"] for one in copies}


async def test_counts_count_living_todos_with_their_subtasks(api: Api) -> None:
    home = (await api.list())["id"]
    late = {"date": "2026-03-27"}
    parent = await api.todo("late", list_id=home, due=late)
    await api.todo("late child", parent_id=parent["id"], due=late)
    done = await api.todo("done", list_id=home, due=late)
    dropped = await api.todo("dropped", list_id=home, due=late)
    trashed = await api.todo("trashed", list_id=home, due=late)

    await api.post(f"/todos/{done['id']}/complete")
    await api.post(f"/todos/{dropped['id']}/cancel")
    await api.delete(f"/todos/{trashed['id']}")

    assert await counted(api, home) == (2, 2, 4)
    assert "open_count" not in (await api.get("/lists"))["items"][0]


async def test_the_overdue_count_is_the_viewers(api: Api, clock: TestClock) -> None:
    home = (await api.list())["id"]
    await api.todo(list_id=home, due={"date": "2026-03-28"})
    tokyo = api.as_user(api.user, zone="Asia/Tokyo")
    clock.advance(hours=4)  # 2026-03-28T16:00Z is the 29th in Tokyo

    assert await counted(api, home) == (1, 0, 1)
    assert await counted(tokyo, home) == (1, 1, 1)
    assert await counted(api, home, tz="Asia/Tokyo") == (1, 1, 1)


def some_operation(random: Random, lists: list[str], todos: list[str], trash: list[str]) -> tuple[str, str, Any]:
    home, todo = random.choice(lists), random.choice(todos or [str(uuid.uuid4())])
    due = random.choice([{"date": "2026-03-01"}, {"datetime": "2026-04-01T09:00:00"}, None])
    return random.choice(
        [
            ("POST", "/todos", {"title": "root", "list_id": home, "due": due}),
            ("POST", "/todos", {"title": "root", "list_id": home, "due": due}),
            ("POST", "/todos", {"title": "child", "parent_id": todo, "due": due}),
            *(("POST", f"/todos/{todo}/{verb}", None) for verb in ("complete", "reopen", "cancel", "duplicate")),
            ("POST", f"/todos/{todo}/move", {"list_id": home}),
            ("DELETE", f"/todos/{todo}", None),
            ("DELETE", f"/lists/{home}", None),
            *(("POST", f"/{kind}s/{one}/restore", None) for one in trash for kind in ("todo", "list")),
        ]
    )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 65_535))
async def test_counts_equal_counting_after_any_operations(api: Api, seed: int) -> None:
    api = api.as_user()
    random = Random(seed)
    lists = [(await api.list(f"list {n}"))["id"] for n in range(3)]

    for _ in range(20):
        todos = [one["id"] for one in await api.all_pages("/todos")]
        trash = [one["id"] for one in await api.all_pages("/trash")]
        response = await api.send(*some_operation(random, lists, todos, trash))
        assert response.status_code < 500

    for home in (await api.get("/lists", counts=True))["items"]:
        todos = await api.all_pages("/todos", list=home["id"])
        opened = [one for one in todos if one["status"] == "needs_action"]
        late = [one for one in opened if one["due"] == {"date": "2026-03-01"}]
        counts = (home["open_count"], home["overdue_count"], home["total_count"])
        assert counts == (len(opened), len(late), len(todos))
        assert (await api.get("/todos", list=home["id"], overdue=True, count="exact"))["count"] == len(late)


async def test_a_deleted_list_comes_back_with_exactly_what_went_with_it(api: Api) -> None:
    home, other = await api.list("home"), await api.list("other")
    earlier = await api.todo("deleted earlier", list_id=home["id"])
    parent = await api.todo("parent", list_id=home["id"])
    child = await api.todo("child", parent_id=parent["id"])
    await api.delete(f"/todos/{earlier['id']}")

    await api.delete(f"/lists/{home['id']}")
    await api.get(f"/lists/{home['id']}", expect=404)
    await api.get(f"/todos/{child['id']}", expect=404)
    assert (await api.get("/todos", list=home["id"]))["items"] == []
    restored = await api.post(f"/lists/{home['id']}/restore")

    assert await names(api) == ["other", "home"]
    assert restored == {**home, **{name: restored[name] for name in ("position", "updated_at")}, "version": 3}
    assert other["position"] < restored["position"]
    assert await api.titles(list=home["id"]) == ["parent", "child"]
    assert [one["id"] for one in (await api.get("/trash"))["items"]] == [earlier["id"]]
    back = await api.get(f"/todos/{child['id']}")
    assert (back["parent_id"], back["version"], back["deleted_at"]) == (parent["id"], 3, None)


async def test_two_deletions_of_a_list_are_two_batches(api: Api) -> None:
    home = (await api.list())["id"]
    first = await api.todo("first", list_id=home)

    await api.delete(f"/lists/{home}")
    await api.post(f"/lists/{home}/restore")
    await api.todo("second", list_id=home)
    await api.delete(f"/todos/{first['id']}")
    await api.delete(f"/lists/{home}")
    await api.post(f"/lists/{home}/restore")

    assert await api.titles(list=home) == ["second"]
    assert (await api.post(f"/todos/{first['id']}/restore"))["list_id"] == home


async def test_only_a_deleted_list_can_be_restored(api: Api) -> None:
    living = await api.list()

    assert (await api.post(f"/lists/{living['id']}/restore", expect=404))["code"] == "list_not_found"
    assert (await api.post(f"/lists/{uuid.uuid4()}/restore", expect=404))["code"] == "list_not_found"
    await api.delete(f"/lists/{living['id']}")
    assert (await api.delete(f"/lists/{living['id']}", 404))["code"] == "list_not_found"


async def test_an_archived_list_comes_back_archived(api: Api) -> None:
    shelf = await api.list("shelf")
    archived = await api.post(f"/lists/{shelf['id']}/archive")

    await api.delete(f"/lists/{shelf['id']}")
    restored = await api.post(f"/lists/{shelf['id']}/restore")

    assert restored["archived_at"] == archived["archived_at"]
    assert await names(api) == []


async def test_the_todos_of_a_deleted_list_can_move_to_another(api: Api) -> None:
    source, target = await api.list("source"), await api.list("target")
    await api.todo("there", list_id=target["id"])
    parent = await api.todo("parent", list_id=source["id"])
    child = await api.todo("child", parent_id=parent["id"])
    await api.todo("last", list_id=source["id"])

    await api.delete(f"/lists/{source['id']}?todos=move&to={target['id']}")

    todos = await api.all_pages("/todos", list=target["id"])
    assert [one["title"] for one in todos] == ["there", "parent", "child", "last"]
    assert [one["version"] for one in todos] == [1, 2, 2, 2]
    assert todos[2]["parent_id"] == parent["id"]
    assert {one["id"] for one in todos} >= {parent["id"], child["id"]}
    assert [one["id"] for one in (await api.get("/trash"))["items"]] == [source["id"]]
    await api.post(f"/lists/{source['id']}/restore")
    assert await api.titles(list=source["id"]) == []


async def test_todos_move_only_to_a_list_that_takes_them(api: Api) -> None:
    source, shelf = await api.list("source"), await api.list("shelf")
    foreign = await api.as_user().list()
    await api.todo("stays", list_id=source["id"])
    await api.post(f"/lists/{shelf['id']}/archive")

    for query, status, code in (
        ("todos=move", 422, "wrong_reference"),
        (f"to={shelf['id']}", 422, "wrong_reference"),
        (f"todos=move&to={source['id']}", 422, "wrong_reference"),
        (f"todos=move&to={uuid.uuid4()}", 404, "list_not_found"),
        (f"todos=move&to={foreign['id']}", 404, "list_not_found"),
        (f"todos=move&to={shelf['id']}", 409, "list_archived"),
    ):
        assert (await api.delete(f"/lists/{source['id']}?{query}", status))["code"] == code
    assert await api.titles(list=source["id"]) == ["stays"]


async def test_a_space_holds_only_so_many_lists(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(lists_per_space=2))
    async with running(make_app(limited)) as api:
        one, _ = await api.list("one"), await api.list("two")

        problem = await api.post("/lists", {"name": "three"}, 409)

        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "lists_per_space", 2)
        assert (await api.post(f"/lists/{one['id']}/duplicate", expect=409))["code"] == "limit_reached"
        await api.delete(f"/lists/{one['id']}")
        await api.list("three")
        assert (await api.post(f"/lists/{one['id']}/restore", expect=409))["limit"] == "lists_per_space"
        assert await names(api) == ["two", "three"]


async def test_a_space_full_of_lists_still_gets_its_inbox(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(lists_per_space=1))
    async with running(make_app(limited)) as api:
        await api.list()

        todo = await api.todo("quick note")

        assert (await api.get(f"/lists/{todo['list_id']}"))["is_inbox"] is True


async def test_a_list_holds_only_so_many_todos(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(todos_per_list=2))
    async with running(make_app(limited)) as api:
        full, other = await api.list("full"), await api.list("other")
        one, _ = [await api.todo(title, list_id=full["id"]) for title in ("one", "two")]
        outside = await api.todo("outside", list_id=other["id"])

        for path, body in (
            ("/todos", {"title": "three", "list_id": full["id"]}),
            ("/todos", {"title": "three", "parent_id": one["id"]}),
            (f"/todos/{outside['id']}/move", {"list_id": full["id"]}),
            (f"/todos/{one['id']}/duplicate", None),
        ):
            problem = await api.post(path, body, 409)
            assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "todos_per_list", 2)
        await api.delete(f"/lists/{other['id']}?todos=move&to={full['id']}", 409)
        assert await api.titles(list=full["id"]) == ["one", "two"]
        assert await api.titles(list=other["id"]) == ["outside"]


async def test_lists_are_paged_in_order_while_others_appear(api: Api) -> None:
    expected = [(await api.list(f"list {n}"))["name"] for n in range(7)]

    page = await api.get("/lists", limit=3)
    await api.list("late")
    second = await api.get("/lists", limit=3, cursor=page["next_cursor"])
    third = await api.get("/lists", limit=3, cursor=second["next_cursor"])

    pages = [[one["name"] for one in items] for items in (page["items"], second["items"], third["items"])]
    assert pages == [expected[:3], expected[3:6], [*expected[6:], "late"]]
    assert third["next_cursor"] is None
    assert (await api.get("/lists", limit=8))["next_cursor"] is None


async def test_a_list_cursor_belongs_to_its_query(api: Api) -> None:
    for n in range(3):
        await api.list(f"list {n}")
    cursor = (await api.get("/lists", limit=1))["next_cursor"]

    assert (await api.get("/lists", cursor=cursor, archived="any", expect=400))["code"] == "invalid_cursor"
    assert (await api.get("/labels", cursor=cursor, expect=400))["code"] == "invalid_cursor"
    assert (await api.get("/lists", cursor=cursor[:-8], expect=400))["code"] == "invalid_cursor"
    assert (await api.as_user().get("/lists", cursor=cursor, expect=400))["code"] == "invalid_cursor"
    assert len((await api.get("/lists", cursor=cursor, counts=True, limit=2))["items"]) == 2


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"name": "taken over"}),
        ("DELETE", "", None),
        ("POST", "/archive", None),
        ("POST", "/unarchive", None),
        ("POST", "/duplicate", None),
        ("POST", "/restore", None),
        ("POST", "/move", {"after": str(uuid.uuid4())}),
    ],
)
async def test_the_list_of_another_user_is_not_found(api: Api, method: str, path: str, body: Any) -> None:
    owner = api.as_user()
    theirs = await owner.list("theirs")

    response = await api.send(method, f"/lists/{theirs['id']}{path}", body)

    assert (response.status_code, response.json()["code"]) == (404, "list_not_found")
    assert await owner.get(f"/lists/{theirs['id']}") == theirs
