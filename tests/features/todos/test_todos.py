import asyncio
import uuid
from typing import Any

import pytest

from fastapi_todo_kit import Limits, TodoKitSettings
from tests.support import Api, make_app, running

LINK = {"source": "billing", "type": "invoice", "id": "42", "url": "https://example.com/42", "title": "Invoice 42"}
EVERYTHING: dict[str, Any] = {
    "title": "Call the bank",
    "description": "About\nthe *loan*",
    "status": "in_progress",
    "priority": 1,
    "start": {"date": "2026-03-29"},
    "due": {"datetime": "2026-03-29T09:00:00", "timezone": "Europe/Berlin"},
    "deadline": "2026-04-01",
    "links": [LINK],
    "extra": {"cost": 12.5, "tags": ["a", {"b": None}], "é": "\u2028"},
}


async def test_a_todo_with_only_a_title_has_every_field(api: Api) -> None:
    todo = await api.todo("Call the bank")

    inbox = (await api.get("/lists"))["items"][0]
    assert inbox["is_inbox"] is True
    assert todo == {
        **dict.fromkeys(("parent_id", "start", "due", "deadline", "recurrence", "occurrence")),
        **dict.fromkeys(("completed_at", "completed_by", "deleted_at")),
        **{name: todo[name] for name in ("id", "position", "created_at")},
        "space_id": inbox["space_id"],
        "list_id": inbox["id"],
        "title": "Call the bank",
        "description": "",
        "status": "needs_action",
        "priority": 0,
        "label_ids": [],
        "assignees": [],
        "links": [],
        "extra": {},
        "created_by": api.user,
        "updated_at": todo["created_at"],
        "version": 1,
    }
    assert uuid.UUID(todo["id"]).version == 7


async def test_every_reader_shows_a_todo_alike(api: Api) -> None:
    home, label = await api.list(), await api.label("urgent")

    todo = await api.todo(**EVERYTHING, list_id=home["id"], label_ids=[label["id"]])

    assert {name: todo[name] for name in EVERYTHING} == EVERYTHING
    assert (todo["list_id"], todo["label_ids"]) == (home["id"], [label["id"]])
    assert await api.get(f"/todos/{todo['id']}") == todo
    assert (await api.get("/todos", list=home["id"]))["items"] == [todo]


async def test_new_todos_go_to_the_end_of_one_inbox(api: Api) -> None:
    todos = [await api.todo(f"todo {n}") for n in range(4)]

    assert await api.titles() == ["todo 0", "todo 1", "todo 2", "todo 3"]
    assert len({todo["list_id"] for todo in todos}) == 1
    positions = [todo["position"] for todo in todos]
    assert positions == sorted(set(positions))


async def test_a_created_todo_answers_with_its_place_and_version(api: Api) -> None:
    response = await api.send("POST", "/todos", {"title": "x"})

    todo = response.json()
    assert response.headers["location"] == f"/api/todos/{todo['id']}"
    assert response.headers["etag"] == '"1"'


async def test_a_client_chooses_the_id_of_a_todo_once(api: Api) -> None:
    chosen = str(uuid.uuid4())
    created = await api.todo("mine", id=chosen)

    assert created["id"] == chosen
    assert (await api.post("/todos", {"id": chosen, "title": "again"}, 409))["code"] == "already_exists"
    await api.delete(f"/todos/{chosen}")
    assert (await api.post("/todos", {"id": chosen, "title": "again"}, 409))["code"] == "already_exists"
    assert (await api.as_user().todo("theirs", id=chosen))["title"] == "theirs"
    assert (await api.post(f"/todos/{chosen}/restore"))["title"] == "mine"


async def test_forty_creations_with_one_id_make_one_todo(api: Api) -> None:
    body = {"id": str(uuid.uuid4()), "title": "x"}

    responses = await asyncio.gather(*(api.send("POST", "/todos", body) for _ in range(40)))

    assert sorted(response.status_code for response in responses) == [200] * 39 + [201]
    assert len((await api.get("/todos"))["items"]) == 1


async def test_a_todo_goes_only_into_a_list_that_is_there(api: Api) -> None:
    foreign, deleted = await api.as_user().list(), await api.list()
    await api.delete(f"/lists/{deleted['id']}")

    for list_id in (foreign["id"], deleted["id"], str(uuid.uuid4())):
        assert (await api.post("/todos", {"title": "x", "list_id": list_id}, 404))["code"] == "list_not_found"
    assert await api.titles() == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("  milk  ", "milk"),
        ("one\ntwo\tthree", "one two three"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u202eevil\u202c", "evil"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("x" * 500, "x" * 500),
    ],
)
async def test_a_title_is_one_clean_line(api: Api, sent: str, shown: str) -> None:
    todo = await api.todo(sent)

    assert todo["title"] == shown
    assert (await api.get(f"/todos/{todo['id']}"))["title"] == shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " \u200f"},
        {"title": "x" * 501},
        {"title": None},
        {"description": "x" * 16_385},
        {"description": None},
        {"priority": -1},
        {"priority": 10},
        {"priority": "1"},
        {"priority": 1.5},
        {"priority": True},
        {"status": "completed"},
        {"status": "cancelled"},
        {"status": None},
        {"links": [LINK, {**LINK, "title": "the same object"}]},
        {"links": [{**LINK, "url": "javascript:alert(1)"}]},
        {"links": None},
        {"extra": {"x": "y" * 16_384}},
        {"extra": None},
        {"extra": [1]},
        {"deadline": "2026-02-30"},
        {"label_ids": None},
        {"completed_at": "2026-03-29T07:00:00Z"},
        {"position": "a0"},
        {"version": 7},
        {"created_by": "somebody"},
    ],
)
async def test_what_a_todo_cannot_be_is_refused_and_changes_nothing(api: Api, wrong: dict[str, Any]) -> None:
    todo = await api.todo(**EVERYTHING)

    for problem in (
        await api.post("/todos", {"title": "x", **wrong}, 422),
        await api.patch(f"/todos/{todo['id']}", {"title": "x", **wrong}, 422),
    ):
        assert problem["code"] == "invalid_input"
        assert problem["errors"][0]["pointer"].startswith(f"#/{next(iter(wrong))}")
    assert (await api.get("/todos"))["items"] == [todo]


@pytest.mark.parametrize("field", ["list_id", "parent_id", "id"])
async def test_a_patch_does_not_move_a_todo(api: Api, field: str) -> None:
    todo, other = await api.todo(), await api.todo()

    problem = await api.patch(f"/todos/{todo['id']}", {field: other["id"]}, 422)

    assert problem["errors"][0]["pointer"] == f"#/{field}"
    assert await api.get(f"/todos/{todo['id']}") == todo


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Call somebody else"),
        ("description", ""),
        ("status", "needs_action"),
        ("priority", 9),
        ("start", None),
        ("due", {"date": "2026-05-01"}),
        ("due", None),
        ("deadline", None),
        ("links", []),
        ("links", [{**LINK, "title": "Another title", "url": None}]),
    ],
)
async def test_a_patch_changes_what_it_names_and_nothing_else(api: Api, field: str, value: Any) -> None:
    todo = await api.todo(**EVERYTHING)

    response = await api.send("PATCH", f"/todos/{todo['id']}", {field: value})

    changed = response.json()
    assert changed == {**todo, field: value, "version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > todo["updated_at"]
    assert response.headers["etag"] == '"2"'
    assert await api.get(f"/todos/{todo['id']}") == changed
    assert (await api.get("/todos"))["items"] == [changed]


async def test_a_patch_that_changes_nothing_keeps_version_and_etag(api: Api) -> None:
    label = await api.label("urgent")
    todo = await api.todo(**EVERYTHING, label_ids=[label["id"]])

    for body in ({}, EVERYTHING, {"label_ids": [label["id"]]}, {"title": "Call the bank "}):
        response = await api.send("PATCH", f"/todos/{todo['id']}", body)
        assert (response.status_code, response.headers["etag"], response.json()) == (200, '"1"', todo)


async def test_links_are_shown_in_one_order(api: Api) -> None:
    keys = [("crm", "deal", "2"), ("billing", "invoice", "9"), ("crm", "deal", "10"), ("billing", "order", "1")]
    links = [{"source": source, "type": kind, "id": number} for source, kind, number in keys]

    todo = await api.todo(links=links)

    assert [(one["source"], one["type"], one["id"]) for one in todo["links"]] == sorted(keys)
    assert todo["links"][0]["url"] is None
    assert await api.patch(f"/todos/{todo['id']}", {"links": links[::-1]}) == todo
    assert await api.get(f"/todos/{todo['id']}") == todo


async def test_a_todo_has_only_so_many_links(database_url: str) -> None:
    limited = TodoKitSettings(database_url=database_url, limits=Limits(links_per_todo=1))
    async with running(make_app(limited)) as api:
        todo = await api.todo(links=[LINK])

        problem = await api.patch(f"/todos/{todo['id']}", {"links": [LINK, {**LINK, "id": "43"}]}, 409)

        assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "links_per_todo", 1)
        assert (await api.get("/todos"))["items"] == [todo]


@pytest.mark.parametrize(
    "extra",
    [
        {"text": "ünï\u2028code", "n": 12_345_678_901_234_567, "f": 0.1, "b": True, "none": None},
        {"": "", "a/b": {"~": [[], {}, [None]]}},
        {"$ref": "x", "__proto__": 1, "a.b": '"'},
    ],
)
async def test_extra_comes_back_as_it_was_sent(api: Api, extra: dict[str, Any]) -> None:
    todo = await api.todo(extra=extra)

    assert todo["extra"] == extra
    assert (await api.get(f"/todos/{todo['id']}"))["extra"] == extra
    assert (await api.get("/todos"))["items"][0]["extra"] == extra


async def test_true_is_not_one_in_extra(api: Api) -> None:
    todo = await api.todo(extra={"paid": 1, "open": 0})

    changed = await api.patch(f"/todos/{todo['id']}", {"extra": {"paid": True, "open": False}})

    assert changed["version"] == 2
    read = (await api.get(f"/todos/{todo['id']}"))["extra"]
    assert (read["paid"] is True, read["open"] is False) == (True, True)


async def test_a_patch_of_extra_is_a_merge_patch_too(api: Api) -> None:
    todo = await api.todo(extra={"kept": 1, "changed": {"a": 1, "b": 2}, "gone": 3})

    merged = await api.patch(f"/todos/{todo['id']}", {"extra": {"changed": {"b": 3}, "gone": None, "new": 4}})

    assert merged["extra"] == {"kept": 1, "changed": {"a": 1, "b": 3}, "new": 4}  # RFC 7396, section 2


async def test_a_completed_todo_says_when_and_by_whom(api: Api) -> None:
    todo = await api.todo()

    done = await api.post(f"/todos/{todo['id']}/complete")

    assert (done["status"], done["completed_by"], done["version"]) == ("completed", api.user, 2)
    assert todo["created_at"] < done["completed_at"] == done["updated_at"]
    assert await api.get(f"/todos/{todo['id']}") == done


async def test_completing_twice_is_completing_once(api: Api) -> None:
    todo = await api.todo()
    responses = await asyncio.gather(*(api.send("POST", f"/todos/{todo['id']}/complete") for _ in range(5)))

    again = await api.send("POST", f"/todos/{todo['id']}/complete")

    assert {response.text for response in responses} == {again.text}
    assert (again.status_code, again.headers["etag"]) == (200, '"2"')


async def test_a_reopened_todo_forgets_its_completion(api: Api) -> None:
    todo = await api.todo(status="in_progress")
    await api.post(f"/todos/{todo['id']}/complete")

    reopened = await api.post(f"/todos/{todo['id']}/reopen")

    assert (reopened["status"], reopened["version"]) == ("needs_action", 3)
    assert (reopened["completed_at"], reopened["completed_by"]) == (None, None)
    assert await api.post(f"/todos/{todo['id']}/reopen") == reopened


async def test_a_cancelled_todo_was_not_completed(api: Api) -> None:
    todo = await api.todo()

    cancelled = await api.post(f"/todos/{todo['id']}/cancel")

    assert (cancelled["status"], cancelled["completed_at"], cancelled["completed_by"]) == ("cancelled", None, None)
    assert await api.post(f"/todos/{todo['id']}/cancel") == cancelled
    assert (await api.post(f"/todos/{todo['id']}/reopen"))["status"] == "needs_action"


@pytest.mark.parametrize(("closed", "other"), [("complete", "cancel"), ("cancel", "complete")])
async def test_a_closed_todo_changes_its_status_only_by_reopening(api: Api, closed: str, other: str) -> None:
    todo = await api.todo()
    shut = await api.post(f"/todos/{todo['id']}/{closed}")

    assert (await api.post(f"/todos/{todo['id']}/{other}", expect=409))["code"] == "todo_closed"
    assert (await api.patch(f"/todos/{todo['id']}", {"status": "in_progress"}, 409))["code"] == "todo_closed"
    assert await api.get(f"/todos/{todo['id']}") == shut
    edited = await api.patch(f"/todos/{todo['id']}", {"title": "edited"})
    assert edited == {**shut, "title": "edited", "version": 3, "updated_at": edited["updated_at"]}


async def test_patches_of_different_fields_at_once_are_both_kept(api: Api) -> None:
    todo = await api.todo()
    changes: dict[str, Any] = {"title": "new", "priority": 5, "description": "text", "due": {"date": "2026-04-01"}}

    await asyncio.gather(*(api.patch(f"/todos/{todo['id']}", {name: changes[name]}) for name in changes))

    after = await api.get(f"/todos/{todo['id']}")
    assert {name: after[name] for name in changes} == changes
    assert after["version"] == 5


async def test_of_many_writers_who_saw_one_version_one_succeeds(api: Api) -> None:
    todo = await api.todo()
    path = f"/todos/{todo['id']}"

    responses = await asyncio.gather(
        *(api.send("PATCH", path, {"title": f"by {n}"}, headers={"If-Match": '"1"'}) for n in range(10))
    )

    assert sorted(response.status_code for response in responses) == [200] + [412] * 9
    (winner,) = [response.json() for response in responses if response.status_code == 200]
    assert await api.get(path) == winner


@pytest.mark.parametrize("verb", ["complete", "reopen", "cancel", "move", "patch", "delete", "labels"])
async def test_a_stale_version_changes_no_todo(api: Api, verb: str) -> None:
    todo, label = await api.todo(), await api.label("label")
    current = await api.patch(f"/todos/{todo['id']}", {"title": "newer"})
    method, path, body = {
        "move": ("POST", "/move", {}),
        "patch": ("PATCH", "", {"title": "stale"}),
        "delete": ("DELETE", "", None),
        "labels": ("PUT", f"/labels/{label['id']}", None),
    }.get(verb, ("POST", f"/{verb}", None))

    response = await api.send(method, f"/todos/{todo['id']}{path}", body, headers={"If-Match": '"1"'})

    assert (response.status_code, response.json()["code"]) == (412, "precondition_failed")
    assert await api.get(f"/todos/{todo['id']}") == current


async def test_a_deleted_todo_is_gone_for_every_reader(api: Api) -> None:
    todo = await api.todo()

    await api.delete(f"/todos/{todo['id']}")

    assert (await api.get("/todos"))["items"] == []
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"title": "x"}),
        ("DELETE", "", None),
        ("GET", "/subtasks", None),
        *(("POST", f"/{verb}", None) for verb in ("complete", "reopen", "cancel", "duplicate")),
        ("POST", "/move", {}),
    ):
        response = await api.send(method, f"/todos/{todo['id']}{path}", body)
        assert (response.status_code, response.json()["code"]) == (404, "todo_not_found")
    assert (await api.post("/todos", {"title": "x", "parent_id": todo["id"]}, 404))["code"] == "todo_not_found"


async def test_a_restored_todo_is_the_same_at_the_end_of_its_list(api: Api) -> None:
    label = await api.label("label")
    todo = await api.todo(**EVERYTHING, label_ids=[label["id"]])
    await api.todo("later")
    await api.delete(f"/todos/{todo['id']}")

    restored = await api.post(f"/todos/{todo['id']}/restore")

    moved = {name: restored[name] for name in ("position", "updated_at")}
    assert restored == {**todo, **moved, "version": 3}
    assert await api.titles() == ["later", "Call the bank"]
    assert (await api.post(f"/todos/{todo['id']}/restore", expect=404))["code"] == "todo_not_found"


async def test_a_copy_is_open_new_and_at_the_end(api: Api) -> None:
    label = await api.label("label")
    todo = await api.todo(**EVERYTHING, label_ids=[label["id"]])
    await api.todo("later")
    await api.post(f"/todos/{todo['id']}/complete")

    copy = await api.post(f"/todos/{todo['id']}/duplicate", expect=201)

    own = {name: copy[name] for name in ("id", "position", "created_at", "updated_at")}
    assert copy == {**todo, **own, "status": "needs_action"}
    assert copy["id"] != todo["id"]
    assert await api.titles() == ["Call the bank", "later", "Call the bank"]
    assert await api.get(f"/todos/{copy['id']}") == copy


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"title": "taken over"}),
        ("DELETE", "", None),
        ("GET", "/subtasks", None),
        ("POST", "/complete", None),
        ("POST", "/reopen", None),
        ("POST", "/cancel", None),
        ("POST", "/duplicate", None),
        ("POST", "/restore", None),
        ("POST", "/move", {}),
    ],
)
async def test_the_todo_of_another_user_is_not_found(api: Api, method: str, path: str, body: Any) -> None:
    owner = api.as_user()
    theirs = await owner.todo("theirs")

    response = await api.send(method, f"/todos/{theirs['id']}{path}", body)

    assert (response.status_code, response.json()["code"]) == (404, "todo_not_found")
    assert await owner.get(f"/todos/{theirs['id']}") == theirs


async def test_a_body_that_names_objects_of_another_user_finds_nothing(api: Api) -> None:
    owner, own = api.as_user(), await api.todo()
    todo, home = await owner.todo(), await owner.list()
    move = f"/todos/{own['id']}/move"

    for path, body, code in (
        ("/todos", {"title": "x", "list_id": home["id"]}, "list_not_found"),
        ("/todos", {"title": "x", "parent_id": todo["id"]}, "todo_not_found"),
        (move, {"list_id": home["id"]}, "list_not_found"),
        (move, {"parent_id": todo["id"]}, "todo_not_found"),
        (move, {"before": todo["id"]}, "todo_not_found"),
        (move, {"after": todo["id"]}, "todo_not_found"),
    ):
        assert (await api.post(path, body, 404))["code"] == code
    assert (await api.get("/todos"))["items"] == [own]
    assert (await owner.get("/todos"))["items"] == [todo]


async def test_extra_grows_by_merging_up_to_its_limit(api: Api) -> None:
    todo = await api.todo(extra={"first": "x" * 10_000})

    problem = await api.patch(f"/todos/{todo['id']}", {"extra": {"second": "x" * 10_000}}, 409)

    assert (problem["code"], problem["limit"]) == ("limit_reached", "extra_bytes")
    assert await api.get(f"/todos/{todo['id']}") == todo
