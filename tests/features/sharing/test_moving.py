"""Todos and lists that go to another space: what goes along, what does not, and where their old addresses lead."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, Action, LinkTarget, RolePolicy, TodoKitSettings
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.settings import Limits, Sharing
from tests.features.reminders.support import LATER, member, path, remind, user_space
from tests.storage.test_statements import recorded
from tests.support import Api, TestClock, make_app, running
from tests.teams import Teammate, join, team

LINK = {"source": "billing", "type": "invoice", "id": "42", "url": None, "title": None}
NOTHING = {"labels": [], "assignees": [], "links": 0, "reminders": 0}
WEEKLY = {"unit": "week"}


def move_of(thing: dict[str, Any]) -> str:
    return f"/{'lists' if 'is_inbox' in thing else 'todos'}/{thing['id']}/move"


async def moved(api: Api, thing: dict[str, Any], space: str, **target: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await api.post(move_of(thing), {"space_id": space, **target}, 200)
    return answer


async def space_of(api: Api) -> str:
    space: str = (await api.get("/spaces/current"))["id"]
    return space


async def test_a_todo_keeps_all_that_it_is(api: Api) -> None:
    there = await team(api)
    labels = [await api.label("Red", color="#ff0000"), await api.label("blue")]
    known = await there.label("BLUE")
    todo = await api.todo(
        "top", description="words", priority=1, due=LATER, deadline="2026-04-11", links=[LINK],
        label_ids=[one["id"] for one in labels], assignees=[api.user], extra={"a": 1},
    )  # fmt: skip
    child = await api.todo("child", parent_id=todo["id"])
    grandchild = await api.todo("grandchild", parent_id=child["id"])

    answer = await moved(api, todo, there.space)

    inbox = (await there.get("/lists"))["items"][0]
    changed = {"space_id": there.space, "list_id": inbox["id"], "version": 2}
    by_name = {one["name"]: one for one in (await there.get("/labels"))["items"]}
    assert sorted(by_name) == ["BLUE", "Red"] and by_name["Red"]["color"] == "#ff0000"  # noqa: PT018  (one statement)
    changed["label_ids"] = sorted([known["id"], by_name["Red"]["id"]])
    changed |= {name: answer[name] for name in ("updated_at", "position")}
    assert answer == {**todo, **changed, "dropped": NOTHING}
    assert await there.get(f"/todos/{todo['id']}") == {**todo, **changed}
    below = [(await there.get(f"/todos/{one['id']}")) for one in (child, grandchild)]
    assert [(one["parent_id"], one["list_id"], one["version"]) for one in below] == [
        (todo["id"], inbox["id"], 2),
        (child["id"], inbox["id"], 2),
    ]
    assert (await api.get("/todos"))["items"] == []


async def test_a_series_goes_on_where_it_was(api: Api) -> None:
    there = await team(api)
    todo = await api.todo(due={"date": "2026-03-28"}, recurrence=WEEKLY)
    child = await api.todo("below", parent_id=todo["id"])
    await api.post(f"/todos/{child['id']}/complete")
    await api.post(f"/todos/{todo['id']}/complete")
    before = await api.get(f"/todos/{todo['id']}/occurrences")

    await moved(api, todo, there.space)

    assert await there.get(f"/todos/{todo['id']}/occurrences") == before
    assert [one["occurrence_of"] for one in (await there.get("/todos", status="completed"))["items"]] == [todo["id"]]
    undone = await there.post(f"/todos/{todo['id']}/undo")
    assert undone["due"] == {"date": "2026-03-28"}
    assert (await there.get(f"/todos/{child['id']}"))["status"] == "completed"


async def test_a_list_goes_with_its_trash_and_its_archive(api: Api) -> None:
    there = await team(api)
    given = await api.list("Kitchen", description="words", color="#00ff00", extra={"a": 1})
    kept, gone = [await api.todo(title, list_id=given["id"]) for title in ("kept", "gone")]
    await api.todo("below", parent_id=gone["id"])
    await api.delete(f"/todos/{gone['id']}")
    given = await api.post(f"/lists/{given['id']}/archive")

    answer = await moved(api, given, there.space)

    stamp = {"space_id": there.space, "version": 3, "updated_at": answer["updated_at"], "position": answer["position"]}
    assert answer == {**given, **stamp, "dropped": NOTHING}
    assert await there.get(f"/lists/{given['id']}") == {**given, **stamp}
    assert [one["id"] for one in (await there.get("/todos", list=given["id"]))["items"]] == [kept["id"]]
    assert (await api.get("/trash"))["items"] == []
    await there.post(f"/lists/{given['id']}/unarchive")
    await there.post(f"/todos/{gone['id']}/restore")
    assert await there.titles(list=given["id"]) == ["kept", "gone", "below"]


async def test_places_are_found_in_the_other_space(api: Api) -> None:
    there = await team(api)
    one, two = await there.list("one"), await there.list("two")
    first = await there.todo("first", list_id=one["id"])
    todo, other = await api.todo("todo"), await api.todo("other")
    given = await api.list("given")

    await moved(api, todo, there.space, list_id=one["id"], before=first["id"])
    await moved(api, other, there.space, parent_id=first["id"])
    await moved(api, given, there.space, before=two["id"])

    assert await there.titles(list=one["id"]) == ["todo", "first", "other"]
    assert (await there.get(f"/todos/{other['id']}"))["parent_id"] == first["id"]
    assert [one["name"] for one in (await there.get("/lists"))["items"]] == ["one", "given", "two"]


async def test_what_is_not_there_is_no_place(api: Api) -> None:
    there = await team(api)
    closed, archived = await there.todo("closed"), await there.list("archived")
    await there.post(f"/todos/{closed['id']}/complete")
    await there.post(f"/lists/{archived['id']}/archive")
    todo, own = await api.todo(), await api.list()

    for target, code in (
        ({"list_id": own["id"]}, "list_not_found"),
        ({"parent_id": str(uuid.uuid4())}, "todo_not_found"),
        ({"before": todo["id"]}, "wrong_reference"),
        ({"parent_id": closed["id"]}, "todo_closed"),
        ({"list_id": archived["id"]}, "list_archived"),
    ):
        answer = await api.send("POST", move_of(todo), {"space_id": there.space, **target})
        assert (answer.json()["code"], target) == (code, target)
    assert (await api.get(f"/todos/{todo['id']}"))["version"] == 1
    assert (await api.post(move_of(todo), {"space_id": str(uuid.uuid4())}, 404))["code"] == "space_not_found"
    assert (await api.post(move_of(own), {"space_id": str(uuid.uuid4())}, 404))["code"] == "space_not_found"


async def test_a_move_into_the_space_where_it_is_is_an_ordinary_one(api: Api) -> None:
    todo, given, other = await api.todo(), await api.list("given"), await api.list("other")
    own = await space_of(api)

    answer = await moved(api, todo, own, list_id=other["id"])
    stayed = await moved(api, given, own)

    assert "dropped" not in answer
    assert (answer["list_id"], stayed["version"]) == (other["id"], 1)


async def test_old_addresses_lead_on(api: Api) -> None:
    there = await team(api)
    given = await api.list()
    todo = await api.todo("a todo", list_id=given["id"])
    await moved(api, given, there.space)

    for method, where, body in (
        ("GET", f"/todos/{todo['id']}", None),
        ("PATCH", f"/todos/{todo['id']}", {"title": "changed"}),
        ("POST", f"/todos/{todo['id']}/complete", None),
        ("GET", f"/todos/{todo['id']}/reminders", None),
        ("GET", f"/lists/{given['id']}", None),
        ("PATCH", f"/lists/{given['id']}", {"name": "changed"}),
        ("DELETE", f"/todos/{todo['id']}", None),
    ):
        answer = await api.send(method, where, body)
        assert (answer.status_code, answer.json()["space_id"]) == (308, there.space)
        assert answer.headers["Location"] == f"/api{where}?space={there.space}"
        followed = await api.send(method, where, body, follow_redirects=True)
        assert followed.status_code < 300, followed.text
    trashed = (await there.get("/trash"))["items"][0]
    assert (trashed["title"], (await there.get(f"/lists/{given['id']}"))["name"]) == ("changed", "changed")


async def test_old_addresses_keep_what_else_the_query_says(api: Api) -> None:
    there = await team(api)
    todo = await api.todo()
    await moved(api, todo, there.space)

    answer = await api.send("GET", f"/todos/{todo['id']}/upcoming?limit=3&space={await space_of(api)}")

    assert answer.headers["Location"] == f"/api/todos/{todo['id']}/upcoming?limit=3&space={there.space}"


async def test_old_addresses_lead_on_only_for_whoever_may_enter(api: Api) -> None:
    source = await team(api)
    ann, bob = await join(source, "viewer"), await join(source, "viewer")
    target = await team(api)
    await join(target, "viewer", ann.user)
    todo = await source.todo()
    await moved(source, todo, target.space)

    assert (await ann.send("GET", f"/todos/{todo['id']}")).status_code == 308
    assert (await bob.get(f"/todos/{todo['id']}", 404))["code"] == "todo_not_found"
    assert (await api.as_user().get(f"/todos/{todo['id']}", 404, space=source.space))["code"] == "space_not_found"
    await api.send("DELETE", f"/spaces/{target.space}/members/{ann.user}")
    assert (await ann.get(f"/todos/{todo['id']}", 404))["code"] == "todo_not_found"


async def test_addresses_lead_to_where_it_is_now_and_never_in_a_circle(api: Api) -> None:
    one, two = await team(api), await team(api)
    own = await space_of(api)
    todo = await api.todo()
    for here, there in ((api, one.space), (one, two.space), (two, own), (api, one.space), (one, own), (api, two.space)):
        await moved(here, todo, there)

    for here in (api, one):
        answer = await here.send("GET", f"/todos/{todo['id']}")
        assert (answer.status_code, answer.json()["space_id"]) == (308, two.space)
    assert (await two.get(f"/todos/{todo['id']}"))["version"] == 7

    await two.delete(f"/todos/{todo['id']}")
    await two.send("DELETE", "/trash")
    assert (await two.get(f"/todos/{todo['id']}", 404))["code"] == "todo_not_found"


async def test_it_takes_the_right_to_delete_here_and_to_create_there(api: Api) -> None:
    source, target = await team(api), await team(api)
    own = await space_of(api)
    for role, there, is_allowed in (
        ("editor", "viewer", False),
        ("editor", "completer", False),
        ("editor", "contributor", True),
        ("completer", "owner", False),
        ("contributor", "owner", False),
    ):
        mover = await join(source, role)
        await join(target, there, mover.user)
        todo = await source.todo()
        answer = await mover.send("POST", move_of(todo), {"space_id": target.space})
        assert (answer.status_code, role, there) == (200 if is_allowed else 403, role, there)
    contributor = await join(source, "contributor")
    await join(target, "contributor", contributor.user)
    assert (await moved(contributor, await contributor.todo("my own"), target.space))["space_id"] == target.space
    given = await source.list()
    assert (await contributor.send("POST", move_of(given), {"space_id": target.space})).status_code == 403
    foreign = await contributor.send("POST", move_of(await contributor.todo("mine")), {"space_id": own})
    assert (foreign.status_code, foreign.json()["code"]) == (404, "space_not_found")


async def test_only_those_in_the_other_space_are_assigned_and_reminded(module_url: str, clock: TestClock) -> None:
    settings = TodoKitSettings(database_url=module_url, sharing=Sharing(add_directly=True))
    async with running(make_app(settings, clock=clock)) as api:
        source, target = await team(api), await team(api)
        ann, bob = await join(source, "editor"), await join(source, "viewer")
        await join(target, "viewer", ann.user)
        todo = await source.todo(due=LATER, assignees=sorted([ann.user, bob.user]))
        child = await source.todo("child", parent_id=todo["id"], assignees=[bob.user])
        reminders = {one.user: await remind(one, todo) for one in (source, ann, bob)}

        answer = await moved(source, todo, target.space)

        assert answer["assignees"] == [ann.user]
        assert answer["dropped"] == {**NOTHING, "assignees": [bob.user], "reminders": 1}
        there = Teammate.of(ann, target.space)
        assert (await there.get(f"/todos/{child['id']}"))["assignees"] == []
        kept = (await there.get(path(todo)))["items"]
        assert kept == [{**reminders[ann.user], "space_id": target.space}]
        assert [one["id"] for one in (await target.get(path(todo)))["items"]] == [reminders[source.user]["id"]]
        home = await space_of(api)
        await moved(target, todo, home)
        assert (await api.get(f"/todos/{todo['id']}"))["assignees"] == []
        assert [one["id"] for one in (await api.get(path(todo)))["items"]] == [reminders[source.user]["id"]]


async def test_there_is_no_room_for_everything(database_url: str) -> None:
    limits = Limits(todos_per_move=3, lists_per_space=2, labels_per_space=2, todos_per_list=4, subtask_depth=1)
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(add_directly=True), limits=limits)
    async with running(make_app(settings)) as api:
        there = await team(api)
        labels = [(await api.label(name))["id"] for name in ("one", "two")]
        await there.label("other")
        todo = await api.todo(label_ids=labels)

        answer = await moved(api, todo, there.space)

        assert answer["dropped"]["labels"] == ["two"]
        assert len(answer["label_ids"]) == 1
        given = await api.list()
        for n in range(4):
            await api.todo(f"todo {n}", list_id=given["id"])
        problem = await api.post(move_of(given), {"space_id": there.space}, 409)
        assert (problem["code"], problem["limit"], problem["maximum"]) == ("too_large_to_move", "todos_per_move", 3)
        await there.list()
        problem = await api.post(move_of(given), {"space_id": there.space}, 409)
        assert problem["limit"] == "lists_per_space"
        top = await api.todo("top")
        await api.todo("below", parent_id=top["id"])
        problem = await api.post(move_of(top), {"space_id": there.space, "parent_id": todo["id"]}, 409)
        assert problem["code"] == "move_impossible"
        for n in range(2):
            await there.todo(f"there {n}")
        problem = await api.post(move_of(top), {"space_id": there.space}, 409)
        assert problem["limit"] == "todos_per_list"
        assert (await api.get(f"/todos/{top['id']}"))["version"] == 1


async def test_an_id_that_is_taken_there_moves_nothing(api: Api) -> None:
    there = await team(api)
    todo, given = await api.todo(), await api.list()
    child = await api.todo("child", parent_id=todo["id"])
    await there.todo("the same", id=child["id"])
    await there.list("the same", id=given["id"])

    for thing in (todo, given):
        assert (await api.post(move_of(thing), {"space_id": there.space}, 409))["code"] == "already_exists"

    assert (await api.get(f"/todos/{child['id']}"))["parent_id"] == todo["id"]
    assert (await there.get(f"/todos/{child['id']}"))["title"] == "the same"


async def test_an_inbox_and_what_is_a_tenants_stay(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url)
    async with running(make_app(settings, space=user_space, recipient=member)) as api:
        there = await team(api)
        todo = await api.todo()
        inbox = (await api.get("/lists"))["items"][0]
        assert (await api.post(move_of(inbox), {"space_id": there.space}, 409))["code"] == "inbox_stays"
        user = f"{uuid.uuid4().hex}@acme:owner"
        tenant = api.as_user(user)
        home = (await tenant.get("/spaces"))["items"][0]["id"]
        company = await tenant.todo()
        assert (await tenant.post(move_of(company), {"space_id": home}, 409))["code"] == "stays_with_tenant"
        mine = await tenant.post(f"/todos?space={home}", {"title": "mine"}, 201)
        problem = await tenant.post(f"{move_of(mine)}?space={home}", {"space_id": company["space_id"]}, 409)
        assert problem["code"] == "stays_with_tenant"
        assert (await api.get(f"/todos/{todo['id']}"))["version"] == 1


async def test_tenants_let_go_where_the_application_lets_them(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(across_tenants=True))
    async with running(make_app(settings, space=user_space, recipient=member)) as api:
        tenant = api.as_user(f"{uuid.uuid4().hex}@acme:editor")
        home = (await tenant.get("/spaces"))["items"][0]["id"]
        todo = await tenant.todo()

        answer = await moved(tenant, todo, home)
        back = await tenant.post(f"{move_of(todo)}?space={home}", {"space_id": todo["space_id"]})

        assert (answer["space_id"], back["space_id"]) == (home, todo["space_id"])
        viewer = tenant.as_user(f"{uuid.uuid4().hex}@acme:viewer")
        mine = (await viewer.get("/spaces"))["items"][0]["id"]
        assert (await viewer.send("POST", move_of(todo), {"space_id": mine})).status_code == 403


class Blinkers(RolePolicy):
    """Viewers of secrets are few: nobody but an owner sees what is called so."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Leave out secrets."""
        names = {"todo": "title", "label": "name"}
        return None if access.role == "owner" or entity not in names else rows.c[names[entity]] != "secret"


class Discreet(RolePolicy):
    """The same, by the object."""

    def allows(self, access: Access, action: Action, record: Any) -> bool:
        """Say what the role says, but of secrets."""
        is_secret = record is not None and "secret" in (record.get("title"), record.get("name"))
        is_secret = is_secret and access.role != "owner"
        return super().allows(access, action, record) and not is_secret


async def assert_no_editor_takes(source: Teammate, *things: dict[str, Any]) -> None:
    """Check that an editor, who does not see all that is in these things, cannot bring them home."""
    editor = await join(source, "editor")
    home = await space_of(editor.as_user(editor.user))
    for thing in things:
        assert (await editor.post(move_of(thing), {"space_id": home}, 403))["code"] == "hidden_parts"


@pytest.mark.parametrize("policy", [Blinkers(), Discreet()], ids=["narrow", "by-object"])
async def test_nobody_takes_along_what_he_does_not_see(database_url: str, policy: RolePolicy) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url), policy=policy)) as api:
        source = await team(api)
        given = await source.list()
        todo = await source.todo("a todo", list_id=given["id"])
        await source.todo("secret", parent_id=todo["id"])

        await assert_no_editor_takes(source, todo, given)
        assert (await moved(source, given, await space_of(api)))["dropped"] == NOTHING


@pytest.mark.parametrize("policy", [Blinkers(), Discreet()], ids=["narrow", "by-object"])
async def test_nobody_loses_labels_that_he_does_not_see(database_url: str, policy: RolePolicy) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url), policy=policy)) as api:
        source = await team(api)
        given = await source.list()
        todo = await source.todo(list_id=given["id"], label_ids=[(await source.label("secret"))["id"]])

        await assert_no_editor_takes(source, todo, given)
        moved_labels = (await moved(source, todo, await space_of(api)))["label_ids"]
        assert [one["name"] for one in (await api.get("/labels"))["items"] if one["id"] in moved_labels] == ["secret"]


async def test_links_that_cannot_be_made_there_are_left(database_url: str) -> None:
    def link_policy(access: Access, target: LinkTarget, _transaction: Any) -> bool:
        return access.space.kind == "personal" or target.id == "42"

    async with running(make_app(TodoKitSettings(database_url=database_url), link_policy=link_policy)) as api:
        there = await team(api)
        todo = await api.todo(links=[LINK, {**LINK, "id": "43"}])

        answer = await moved(api, todo, there.space)

        assert (answer["links"], answer["dropped"]["links"]) == ([LINK], 1)
        assert (await there.get(f"/todos/{todo['id']}"))["links"] == [LINK]


async def test_a_move_is_repeated_by_its_key_and_refused_by_a_version(api: Api) -> None:
    there = await team(api)
    todo = await api.todo()
    sent = {"headers": {"Idempotency-Key": uuid.uuid4().hex}}

    stale = await api.send("POST", move_of(todo), {"space_id": there.space}, headers={"If-Match": '"7"'})
    first = await api.send("POST", move_of(todo), {"space_id": there.space}, **sent)
    again = await api.send("POST", move_of(todo), {"space_id": there.space}, **sent)

    assert (stale.status_code, first.status_code, again.status_code) == (412, 200, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (await there.get(f"/todos/{todo['id']}"))["version"] == 2


async def test_a_todo_with_subtasks_and_labels_takes_few_statements(api: Api) -> None:
    there = await team(api)
    await there.todo("there is an inbox")
    labels = [(await api.label(f"label {n}"))["id"] for n in range(5)]
    todo = await api.todo(label_ids=labels)
    for n in range(3):
        await api.todo(f"child {n}", parent_id=todo["id"])

    with recorded() as statements:
        await moved(api, todo, there.space)

    assert len(statements) + 1 <= 16  # with COMMIT


async def test_many_cross_each_other_and_nobody_waits_for_ever(api: Api) -> None:
    one, two = await team(api), await team(api)
    todos = [await here.todo(f"todo {n}") for n in range(8) for here in (one, two)]
    other = {one.space: two, two.space: one}

    async def swap(todo: dict[str, Any]) -> None:
        here = other[other[todo["space_id"]].space]
        for _ in range(4):
            await moved(here, todo, other[here.space].space)
            here = other[here.space]

    await asyncio.gather(*map(swap, todos))

    there = [*await one.all_pages("/todos"), *await two.all_pages("/todos")]
    assert {(one["id"], one["space_id"], one["version"]) for one in there} == {
        (todo["id"], todo["space_id"], 5) for todo in todos
    }


async def test_of_two_who_move_one_todo_elsewhere_one_does(api: Api) -> None:
    source, one, two = await team(api), await team(api), await team(api)
    todo = await source.todo()

    answers = await asyncio.gather(
        *(source.send("POST", move_of(todo), {"space_id": there.space}) for there in (one, two, one, two))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 308, 308, 308]
    winner = next(answer.json()["space_id"] for answer in answers if answer.status_code == 200)
    assert {answer.json()["space_id"] for answer in answers} == {winner}
