import asyncio
import uuid
from typing import Any

import pytest

from fastapi_todo_kit import Limits, TodoKitSettings
from tests.support import Api, make_app, running


async def names(api: Api, **params: Any) -> list[str]:
    return [one["name"] for one in await api.all_pages("/labels", **params)]


async def test_a_new_label_is_shown_as_it_was_made(api: Api) -> None:
    label = await api.label("  urgent ", color="#FF0000")

    assert (label["name"], label["color"], label["version"]) == ("urgent", "#FF0000", 1)
    assert label["created_by"] == api.user
    assert await api.get(f"/labels/{label['id']}") == label
    assert (await api.label("plain"))["color"] is None


@pytest.mark.parametrize(
    ("taken", "asked"),
    [
        ("urgent", "URGENT"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("CAFE\u0301", "caf\u00e9"),
        ("Ωmega", "ωMEGA"),
        ("two words", " Two\tWords "),
        ("\u01f0", "J\u030c"),
    ],
)
async def test_a_name_is_unique_without_regard_to_case_and_composition(api: Api, taken: str, asked: str) -> None:
    label, other = await api.label(taken), await api.label("other")

    assert (await api.post("/labels", {"name": asked}, 409))["code"] == "already_exists"
    assert (await api.patch(f"/labels/{other['id']}", {"name": asked}, 409))["code"] == "already_exists"

    assert sorted(await names(api)) == sorted([label["name"], "other"])
    await api.as_user().label(asked)


async def test_similar_names_are_different_labels(api: Api) -> None:
    made = [await api.label(name) for name in ("resume", "résumé", "resumé", "re sume")]

    assert len(await names(api)) == len(made)


async def test_one_of_many_concurrent_labels_of_a_name_is_made(api: Api) -> None:
    sent = [api.send("POST", "/labels", {"name": name}) for name in ("Straße", "STRASSE") * 5]

    statuses = sorted(response.status_code for response in await asyncio.gather(*sent))

    assert statuses == [201] + [409] * 9
    assert len(await names(api)) == 1


async def test_a_client_chooses_the_id_of_a_label_once(api: Api) -> None:
    chosen = str(uuid.uuid4())
    await api.label("mine", id=chosen)

    assert (await api.post("/labels", {"id": chosen, "name": "again"}, 409))["code"] == "already_exists"
    assert (await api.as_user().label("theirs", id=chosen))["id"] == chosen
    assert await names(api) == ["mine"]


async def test_a_label_may_be_renamed_to_another_case_of_itself(api: Api) -> None:
    label = await api.label("urgent")

    renamed = await api.patch(f"/labels/{label['id']}", {"name": "Urgent"})

    assert (renamed["name"], renamed["version"]) == ("Urgent", 2)
    assert await names(api) == ["Urgent"]
    assert (await api.post("/labels", {"name": "URGENT"}, 409))["code"] == "already_exists"


async def test_a_freed_name_can_be_used_again(api: Api) -> None:
    renamed, deleted = await api.label("renamed"), await api.label("deleted")

    await api.patch(f"/labels/{renamed['id']}", {"name": "other"})
    await api.delete(f"/labels/{deleted['id']}")

    await api.label("Renamed")
    await api.label("Deleted")
    assert await names(api) == ["Deleted", "other", "Renamed"]


async def test_a_patch_changes_what_it_names_and_null_clears(api: Api) -> None:
    label = await api.label("red", color="#ff0000")

    cleared = await api.patch(f"/labels/{label['id']}", {"color": None})

    assert cleared == {**label, "color": None, "version": 2, "updated_at": cleared["updated_at"]}
    assert await api.patch(f"/labels/{label['id']}", {"name": "red", "color": None}) == cleared
    assert await api.patch(f"/labels/{label['id']}", {}) == cleared
    assert (await api.patch(f"/labels/{label['id']}", {"name": None}, 422))["code"] == "invalid_input"
    assert (await api.patch(f"/labels/{label['id']}", {"name_key": "x"}, 422))["code"] == "invalid_input"


async def test_renaming_a_label_keeps_it_on_its_todos_untouched(api: Api) -> None:
    label = await api.label("before")
    todo = await api.todo(label_ids=[label["id"]])

    await api.patch(f"/labels/{label['id']}", {"name": "after"})

    assert await api.get(f"/todos/{todo['id']}") == todo
    assert todo["label_ids"] == [label["id"]]


async def test_deleting_a_label_takes_it_off_every_todo(api: Api) -> None:
    gone, kept = await api.label("gone"), await api.label("kept")
    both = await api.todo(label_ids=[gone["id"], kept["id"]])
    other = await api.todo(label_ids=[kept["id"]])
    trashed = await api.todo(label_ids=[gone["id"]])
    await api.delete(f"/todos/{trashed['id']}")

    await api.delete(f"/labels/{gone['id']}")

    after = await api.get(f"/todos/{both['id']}")
    assert (after["label_ids"], after["version"]) == ([kept["id"]], 2)
    assert after["updated_at"] > both["updated_at"]
    assert await api.get(f"/todos/{other['id']}") == other
    assert (await api.post(f"/todos/{trashed['id']}/restore"))["label_ids"] == []
    assert (await api.get(f"/labels/{gone['id']}", expect=404))["code"] == "label_not_found"


async def test_merging_replaces_a_label_on_every_todo_once(api: Api) -> None:
    source, target = await api.label("todo"), await api.label("to do")
    one = await api.todo("one", label_ids=[source["id"]])
    both = await api.todo("both", label_ids=[source["id"], target["id"]])
    untouched = await api.todo("untouched", label_ids=[target["id"]])

    remaining = await api.post(f"/labels/{source['id']}/merge", {"into": target["id"]})

    assert remaining == target
    for todo in (one, both):
        after = await api.get(f"/todos/{todo['id']}")
        assert (after["label_ids"], after["version"]) == ([target["id"]], 2)
    assert await api.get(f"/todos/{untouched['id']}") == untouched
    assert await names(api) == ["to do"]
    assert await api.titles(label=target["id"]) == ["one", "both", "untouched"]


async def test_a_label_merges_only_into_another_of_its_space(api: Api) -> None:
    label = await api.label("one")
    foreign = await api.as_user().label("two")
    merge = f"/labels/{label['id']}/merge"

    assert (await api.post(merge, {"into": label["id"]}, 422))["code"] == "wrong_reference"
    assert (await api.post(merge, {"into": foreign["id"]}, 404))["code"] == "label_not_found"
    assert (await api.post(merge, {"into": str(uuid.uuid4())}, 404))["code"] == "label_not_found"
    assert (await api.post(merge, {}, 422))["code"] == "invalid_input"
    assert await names(api) == ["one"]


async def test_a_stale_version_changes_no_label(api: Api) -> None:
    label, target = await api.label("one"), await api.label("two")
    current = await api.patch(f"/labels/{label['id']}", {"name": "newer"})
    todo = await api.todo(label_ids=[label["id"]])

    await api.patch(f"/labels/{label['id']}", {"name": "x"}, 412, If_Match='"1"')
    await api.delete(f"/labels/{label['id']}", 412, If_Match='"1"')
    problem = await api.post(f"/labels/{label['id']}/merge", {"into": target["id"]}, 412, If_Match='"1"')

    assert (problem["code"], problem["version"]) == ("precondition_failed", 2)
    assert await api.get(f"/labels/{label['id']}") == current
    assert await api.get(f"/todos/{todo['id']}") == todo


async def test_putting_a_label_on_a_todo_twice_is_putting_it_once(api: Api) -> None:
    one, two = await api.label("one"), await api.label("two")
    todo = await api.todo(label_ids=[one["id"]])
    path = f"/todos/{todo['id']}/labels/{two['id']}"

    once = await api.put(path)
    twice = await api.put(path)

    assert (once["label_ids"], once["version"]) == (sorted([one["id"], two["id"]]), 2)
    assert twice == once == await api.get(f"/todos/{todo['id']}")


async def test_taking_a_label_off_a_todo_twice_is_taking_it_off_once(api: Api) -> None:
    one, two = await api.label("one"), await api.label("two")
    todo = await api.todo(label_ids=[one["id"], two["id"]])
    path = f"/todos/{todo['id']}/labels/{two['id']}"

    once = await api.delete(path)
    twice = await api.delete(path)

    assert (once["label_ids"], once["version"]) == ([one["id"]], 2)
    assert twice == once == await api.get(f"/todos/{todo['id']}")


async def test_labels_put_on_a_todo_at_once_are_all_there(api: Api) -> None:
    labels = [(await api.label(f"label {n}"))["id"] for n in range(8)]
    todo = await api.todo()

    await asyncio.gather(*(api.put(f"/todos/{todo['id']}/labels/{label}") for label in labels))

    after = await api.get(f"/todos/{todo['id']}")
    assert (after["label_ids"], after["version"]) == (sorted(labels), 9)


async def test_a_patch_sets_all_labels_at_once(api: Api) -> None:
    one, two, three = [(await api.label(name))["id"] for name in ("one", "two", "three")]
    todo = await api.todo(label_ids=[one, two])

    replaced = await api.patch(f"/todos/{todo['id']}", {"label_ids": [three, two]})

    assert (replaced["label_ids"], replaced["version"]) == (sorted([two, three]), 2)
    assert await api.patch(f"/todos/{todo['id']}", {"label_ids": [two, three]}) == replaced
    assert (await api.patch(f"/todos/{todo['id']}", {"label_ids": []}))["label_ids"] == []
    assert (await api.patch(f"/todos/{todo['id']}", {"label_ids": None}, 422))["code"] == "invalid_input"
    assert (await api.patch(f"/todos/{todo['id']}", {"label_ids": [one, one]}, 422))["code"] == "invalid_input"


async def test_a_todo_carries_only_labels_of_its_space(api: Api) -> None:
    own, foreign = await api.label("own"), await api.as_user().label("foreign")
    todo = await api.todo(label_ids=[own["id"]])

    for label in (foreign["id"], str(uuid.uuid4())):
        for response in (
            await api.send("POST", "/todos", {"title": "x", "label_ids": [own["id"], label]}),
            await api.send("PATCH", f"/todos/{todo['id']}", {"label_ids": [label]}),
            await api.send("PUT", f"/todos/{todo['id']}/labels/{label}"),
            await api.send("DELETE", f"/todos/{todo['id']}/labels/{label}"),
        ):
            assert (response.status_code, response.json()["code"]) == (404, "label_not_found")
    assert (await api.get("/todos"))["items"] == [todo]


async def test_a_label_is_put_only_on_a_todo_of_its_space(api: Api) -> None:
    label, foreign = await api.label("own"), await api.as_user().todo()
    trashed = await api.todo()
    await api.delete(f"/todos/{trashed['id']}")

    for todo in (foreign["id"], trashed["id"], str(uuid.uuid4())):
        assert (await api.put(f"/todos/{todo}/labels/{label['id']}", 404))["code"] == "todo_not_found"
        assert (await api.delete(f"/todos/{todo}/labels/{label['id']}", 404))["code"] == "todo_not_found"


async def test_a_todo_carries_only_so_many_labels(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(labels_per_todo=2))
    async with running(make_app(limited)) as api:
        one, two, three = [(await api.label(name))["id"] for name in ("one", "two", "three")]
        todo = await api.todo(label_ids=[one, two])

        problem = await api.put(f"/todos/{todo['id']}/labels/{three}", 409)

        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "labels_per_todo", 2)
        await api.patch(f"/todos/{todo['id']}", {"label_ids": [one, two, three]}, 409)
        await api.post("/todos", {"title": "x", "label_ids": [one, two, three]}, 409)
        assert await api.put(f"/todos/{todo['id']}/labels/{two}") == todo


async def test_a_space_holds_only_so_many_labels(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(labels_per_space=1))
    async with running(make_app(limited)) as api:
        label = await api.label("one")

        problem = await api.post("/labels", {"name": "two"}, 409)

        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "labels_per_space", 1)
        await api.delete(f"/labels/{label['id']}")
        await api.label("two")


async def test_labels_are_paged_by_name_without_regard_to_case(api: Api) -> None:
    for name in ("delta", "Alpha", "charlie", "Bravo", "echo"):
        await api.label(name)

    page = await api.get("/labels", limit=2)
    await api.label("aardvark")
    await api.label("Coda")
    rest = await api.get("/labels", limit=10, cursor=page["next_cursor"])

    assert [one["name"] for one in page["items"]] == ["Alpha", "Bravo"]
    assert [one["name"] for one in rest["items"]] == ["charlie", "Coda", "delta", "echo"]
    assert rest["next_cursor"] is None
    assert await names(api, limit=1) == ["aardvark", "Alpha", "Bravo", "charlie", "Coda", "delta", "echo"]


async def test_a_label_cursor_belongs_to_its_space(api: Api) -> None:
    await api.label("one")
    await api.label("two")
    cursor = (await api.get("/labels", limit=1))["next_cursor"]

    for client, path, sent in (
        (api.as_user(), "/labels", cursor),
        (api, "/lists", cursor),
        (api, "/labels", cursor[: len(cursor) // 2]),
        (api, "/labels", f"!{cursor}"),
        (api, "/labels", ""),
    ):
        assert (await client.get(path, cursor=sent, expect=400))["code"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"name": "taken over"}),
        ("DELETE", "", None),
        ("POST", "/merge", {"into": str(uuid.uuid4())}),
    ],
)
async def test_the_label_of_another_user_is_not_found(api: Api, method: str, path: str, body: Any) -> None:
    owner = api.as_user()
    theirs = await owner.label("theirs")

    response = await api.send(method, f"/labels/{theirs['id']}{path}", body)

    assert (response.status_code, response.json()["code"]) == (404, "label_not_found")
    assert await owner.get(f"/labels/{theirs['id']}") == theirs
