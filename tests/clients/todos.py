"""Every field of lists, todos, labels, reminders, spaces and the trash goes there and back through every client."""

from typing import Any

import pytest

from tests.clients.calling import Client, plain
from tests.clients.served import Served
from tests.clients.trips import RESOURCES, kept, new_id, patched_back, there_and_back


def test_a_label_comes_back(client: Client) -> None:
    there_and_back(client, "label", {"id": new_id(), **RESOURCES["label"]})


def test_a_list_comes_back(client: Client) -> None:
    there_and_back(client, "list", {"id": new_id(), **RESOURCES["list"]})


@pytest.mark.parametrize("times", RESOURCES["times"])
def test_a_todo_comes_back_with_every_kind_of_time(client: Client, times: str) -> None:
    labels = [client.call("create_label", {"name": name})["id"] for name in ("one", "two")]
    parent = client.call("create_todo", {"title": "the parent"})
    places = {"id": new_id(), "list_id": parent["list_id"], "parent_id": parent["id"], "label_ids": labels}
    places |= {"assignees": client.call("add_todo_assignee", todo_id=parent["id"], user_id="me")["assignees"]}

    there_and_back(client, "todo", {**RESOURCES["todo"], **RESOURCES["times"][times], **places})


@pytest.mark.parametrize("name", RESOURCES["recurrences"])
def test_a_todo_comes_back_with_every_kind_of_recurrence(client: Client, name: str) -> None:
    sent = RESOURCES["recurrences"][name]

    made = client.call("create_todo", {"title": name, **sent})

    previewed = client.call("preview_recurrence", {**sent, "limit": 3})
    assert made["recurrence"] == previewed["recurrence"]
    same = {key: value for key, value in sent["recurrence"].items() if key in made["recurrence"]}
    kept(same, made["recurrence"])
    assert client.call("get_todo", todo_id=made["id"])["recurrence"] == made["recurrence"]
    patched_back(client, "todo", made)


def test_a_reminder_comes_back_with_every_kind_of_time(client: Client, served: Served) -> None:
    todo = client.call("create_todo", {"title": "a todo", **RESOURCES["times"]["zoned"]})["id"]
    sent = [{"id": new_id(), **one} for one in RESOURCES["reminders"]]

    made = [client.call("create_reminder", one, todo_id=todo) for one in sent]

    for one, read in zip(sent, made, strict=True):
        kept(one, read)
        assert plain(client.call("get_reminder", todo_id=todo, reminder_id=read["id"])) == plain(read)
        patched_back(client, "reminder", read, todo_id=todo)
    assert len(client.call("list_reminders", todo_id=todo)["items"]) == len(sent)
    snoozed = {"todo_id": todo, "reminder_id": made[0]["id"]}
    client.call("snooze_reminder", {"until": "2031-03-29T20:00:00.5Z"}, **snoozed)
    assert client.call("get_reminder", **snoozed)["snoozed_until"]
    served.remind()
    assert client.call("get_reminder", todo_id=todo, reminder_id=made[1]["id"])["fired_at"]
    client.call("dismiss_reminder", todo_id=todo, reminder_id=made[1]["id"])
    client.call("delete_reminder", todo_id=todo, reminder_id=made[2]["id"])
    assert client.call("list_my_reminders", due__gte="2026-01-01T00:00:00Z", limit=2)["items"] is not None


def test_a_todo_is_moved_labelled_closed_and_copied(client: Client) -> None:
    first, second = (client.call("create_todo", {"title": title})["id"] for title in ("first", "second"))
    label = client.call("create_label", {"name": "home"})["id"]
    parent = client.call("create_todo", {"title": "parent"})

    client.call("move_todo", {"before": first}, todo_id=second)
    client.call("move_todo", {"after": first}, todo_id=second)
    client.call("move_todo", {"list_id": parent["list_id"], "parent_id": parent["id"]}, todo_id=second)
    assert client.call("list_subtasks", todo_id=parent["id"])["items"][0]["id"] == second
    assert client.call("add_todo_label", todo_id=first, label_id=label)["label_ids"] == [label]
    assert client.call("remove_todo_label", todo_id=first, label_id=label)["label_ids"] == []
    assert len(client.call("add_todo_assignee", todo_id=first, user_id="me")["assignees"]) == 1
    assert client.call("remove_todo_assignee", todo_id=first, user_id="me")["assignees"] == []
    assert client.call("complete_todo", todo_id=first)["status"] == "completed"
    assert client.call("get_todo", todo_id=first)["completed_by"]
    assert client.call("reopen_todo", todo_id=first)["completed_at"] is None
    assert client.call("cancel_todo", todo_id=first)["status"] == "cancelled"
    assert client.call("duplicate_todo", todo_id=first)["id"] != first


def test_occurrences_come_and_go(client: Client) -> None:
    sent = {"title": "water the plants", **RESOURCES["recurrences"]["rule"], "deadline": "2031-03-04"}
    todo = client.call("create_todo", {**sent, "start": sent["due"]})["id"]

    client.call("complete_todo", todo_id=todo)
    client.call("skip_todo", todo_id=todo)

    done = client.call("list_occurrences", todo_id=todo)["items"]
    assert {one["outcome"] for one in done} == {"completed", "skipped"}
    assert client.call("list_upcoming", todo_id=todo, limit=3)["items"][0]["due"]["timezone"] == "Europe/Berlin"
    found = client.call("list_todos", status=["completed"], sort="-completed_at")["items"]
    assert [one["occurrence_of"] for one in found] == [todo]
    client.call("undo_todo", todo_id=todo)
    assert len(client.call("list_occurrences", todo_id=todo)["items"]) == 1


def test_a_list_is_moved_archived_copied_and_counted(client: Client) -> None:
    first, second = (client.call("create_list", {"name": name})["id"] for name in ("first", "second"))
    client.call("create_todo", {"title": "a todo", "list_id": first})

    client.call("move_list", {"before": first}, list_id=second)
    client.call("move_list", {"after": first}, list_id=second)
    client.call("archive_list", list_id=second)
    assert client.call("get_list", list_id=second)["archived_at"]
    assert len(client.call("list_lists", archived="true")["items"]) == 1
    client.call("unarchive_list", list_id=second)
    assert client.call("duplicate_list", list_id=first)["id"] not in {first, second}
    assert [one["open_count"] for one in client.call("list_lists", counts=True)["items"]] == [1, 0, 1]


def test_pages_lead_to_the_next_one(client: Client) -> None:
    titles = [f"todo {number}" for number in range(5)]
    for title in titles:
        client.call("create_todo", {"title": title, "priority": 1})
    query: dict[str, Any] = {
        "limit": 2,
        "sort": "title",
        "count": "exact",
        "priority__lte": 5,
        "q": "todo",
        "parent": "none",
    }

    page = client.call("list_todos", **query)
    assert page["count"] == 5
    found = page["items"]
    while page["next_cursor"]:
        page = client.call("list_todos", **query, cursor=page["next_cursor"])
        found += page["items"]

    assert [one["title"] for one in found] == titles


def test_every_filter_finds_what_it_is_for(client: Client) -> None:
    label, other = (client.call("create_label", {"name": name})["id"] for name in ("home", "work"))
    bare = client.call("create_todo", {"title": "bare", "priority": 9})
    sent = {**RESOURCES["todo"], **RESOURCES["times"]["zoned"], "status": "needs_action", "label_ids": [label, other]}
    full = client.call("create_todo", sent)["id"]
    client.call("add_todo_assignee", todo_id=full, user_id="me")
    below = client.call("create_todo", {"title": "below", "parent_id": full, "due": {"date": "2020-01-01"}})["id"]
    link = sent["links"][0]
    finds: dict[str, tuple[Any, set[str]]] = {
        "status": (["needs_action", "in_progress"], {bare["id"], full, below}),
        "list": (bare["list_id"], {bare["id"], full, below}),
        "parent": (full, {below}),
        "label": ([label], {full}),
        "label__all": ([label, other], {full}),
        "label__not": ([label], {bare["id"], below}),
        "label__name": (["HOME"], {full}),
        "no_label": (True, {bare["id"], below}),
        "assignee": ("me", {full}),
        "priority__lte": (3, {full}),
        "start__gte": ("2031-03-28T00:00:00Z", {full}),
        "start__lt": ("2031-03-29", {full}),
        "due__gte": ("2031-03-29T12:59:59.5Z", {full}),
        "due__lt": ("2020-01-02", {below}),
        "overdue": (True, {below}),
        "today": (True, set()),
        "no_due": (True, {bare["id"]}),
        "deadline__gte": ("2031-03-31", {full}),
        "deadline__lt": ("2031-04-01", {full}),
        "completed__gte": ("2020-01-01", set()),
        "completed__lt": ("2020-01-01T00:00:00Z", set()),
        "updated_since": ("2020-01-01T00:00:00Z", {bare["id"], full, below}),
        "link__source": (link["source"], {full}),
        "link__type": (link["type"], {full}),
        "link__id": (link["id"], {full}),
        "q": ("PASSPORT renew", {full}),
    }

    for name, (value, ids) in finds.items():
        assert {one["id"] for one in client.call("list_todos", **{name: value})["items"]} == ids, name
    page = {"limit", "cursor", "sort", "count", "tz", "space"}
    assert {name.replace("__", ".") for name in finds} | page == parameters_of(client, "list_todos")


def parameters_of(client: Client, operation: str) -> set[str]:
    method, route = client.place_of(f"todo_kit_{operation}")
    return {one["name"] for one in client.document["paths"][route][method]["parameters"] if one["in"] == "query"}


def test_every_kind_of_page_has_a_cursor(client: Client) -> None:
    recurring = {"title": "again", **RESOURCES["recurrences"]["rule"]}
    todo = client.call("create_todo", recurring)["id"]
    for number in range(2):
        client.call("create_label", {"name": str(number)})
        client.call("create_list", {"name": str(number)})
        client.call("create_todo", {"title": str(number), "parent_id": todo})
        client.call("create_reminder", {"minutes_before": number}, todo_id=todo)
        client.call("delete_todo", todo_id=client.call("create_todo", {"title": "gone"})["id"])
        client.call("complete_todo", todo_id=todo)

    pages = {"list_labels", "list_lists", "list_todos", "list_trash", "list_my_reminders"}
    of_a_todo = {"list_subtasks", "list_occurrences", "list_reminders"}
    for name in sorted(pages | of_a_todo):
        named = {"todo_id": todo} if name in of_a_todo else {}
        first = client.call(name, limit=1, **named)
        second = client.call(name, limit=1, cursor=first["next_cursor"], **named)
        assert first["items"][0]["id"] != second["items"][0]["id"], name


def test_what_is_deleted_is_in_the_trash_and_comes_back(client: Client) -> None:
    kept_list, thrown = (client.call("create_list", {"name": name})["id"] for name in ("kept", "thrown"))
    parent = client.call("create_todo", {"title": "parent", "list_id": kept_list})["id"]
    child = client.call("create_todo", {"title": "child", "parent_id": parent})["id"]

    client.call("delete_todo", todo_id=child)
    client.call("delete_list", list_id=thrown, todos="trash")
    page = client.call("list_trash", limit=1)
    rest = client.call("list_trash", limit=1, cursor=page["next_cursor"])
    assert [one["entity"] for one in page["items"] + rest["items"]] == ["list", "todo"]
    assert client.call("restore_todo", todo_id=child)["deleted_at"] is None
    assert client.call("restore_list", list_id=thrown)["id"] == thrown
    client.call("delete_todo", todo_id=parent)
    assert client.call("purge_trash") == {"lists": 0, "todos": 2}


def test_labels_are_listed_merged_and_deleted(client: Client) -> None:
    one, two, three = (client.call("create_label", {"name": name})["id"] for name in ("one", "two", "three"))

    assert client.call("merge_label", {"into": two}, label_id=one)["id"] == two
    client.call("delete_label", label_id=three)
    assert [label["id"] for label in client.call("list_labels", limit=1)["items"]] == [two]


def test_spaces_and_health_come_back(client: Client) -> None:
    client.call("create_todo", {"title": "the first write makes the space"})

    space = client.call("get_current_space")
    assert client.call("list_spaces")["items"] == [space]
    assert client.call("list_todos", space=space["id"])["items"]
    assert [client.call(name)["status"] for name in ("live", "ready")] == ["ok", "ok"]
    assert client.call("version")["version"]


def test_a_space_is_made_shared_and_handed_over(client: Client) -> None:
    above = client.call("create_space", {"id": new_id(), "name": "Company", "color": "#d97706"})["id"]
    below = {"id": new_id(), "name": "Plan", "color": None, "inherits_id": above, "inherits_max_role": "viewer"}

    made = client.call("create_space", {**below, "invite": [{"role": "viewer", "max_uses": 2}]})
    kept(below, made)
    assert made["invitations"][0]["token"]
    assert plain(client.call("get_space", space_id=made["id"])["inherits_id"]) == plain(above)
    changed = {"name": "Plans", "color": "#000000", "inherits_max_role": "editor"}
    kept(changed, client.call("update_space", changed, space_id=made["id"]))
    assert client.call("update_space", {"inherits_id": None}, space_id=made["id"])["inherits_id"] is None
    client.call("delete_space", space_id=made["id"])
    assert client.call("restore_space", space_id=made["id"])["name"] == "Plans"
    assert len(client.call("list_spaces", limit=1)["items"]) >= 1

    client.call("put_member", {"role": "viewer"}, space_id=above, user_id="ann")
    assert client.call("put_member", {"role": "editor"}, space_id=above, user_id="bob")["name"] == "bob by name"
    assert len(client.call("list_members", space_id=above, limit=2)["items"]) == 2
    client.call("remove_member", space_id=above, user_id="ann")
    assert client.call("transfer_space", {"user_id": "bob"}, space_id=above)["role"] == "owner"
    client.call("leave_space", space_id=above)
    assert client.call("get_space", expect=404, space_id=above)["code"] == "space_not_found"


def test_lists_are_shared_and_moved(client: Client) -> None:
    above, target = (client.call("create_space", {"name": name})["id"] for name in ("Company", "Other"))
    given = client.call("create_list", {"name": "Kitchen"})["id"]
    todo = client.call("create_todo", {"title": "paint", "list_id": given})["id"]
    sharing = {"id": new_id(), "name": "Ours", "color": "#d97706", "inherits_id": above, "inherits_max_role": "viewer"}
    sharing["invite"] = [{"role": "viewer", "max_uses": 2, "expires_in_days": 3, "message": "Come in"}]

    shared = client.call("share_list", sharing, list_id=given)
    space = shared["space_id"]

    assert shared["invitations"][0]["token"]
    assert shared["dropped"] == {"labels": [], "assignees": [], "links": 0, "reminders": 0}
    assert client.call("get_space", space_id=space)["list_id"] == given
    assert client.call("move_todo", {"space_id": target}, todo_id=todo, space=space)["dropped"] == shared["dropped"]
    assert client.call("move_list", {"space_id": target}, list_id=given, space=space)["space_id"] == target
    assert client.call("get_todo", todo_id=todo, space=target)["title"] == "paint"


def test_people_are_invited_and_answer(client: Client) -> None:
    teams = [client.call("create_space", {"id": new_id(), "name": name, "color": "#d97706"})["id"] for name in "ab"]
    me = client.call("list_members", space_id=teams[0])["items"][0]["user_id"]
    body = {"role": "viewer", "max_uses": 2, "expires_in_days": 30, "message": "Come in"}
    link = client.call("create_invitation", body, space_id=teams[0])
    kept({name: body[name] for name in ("role", "max_uses", "message")}, link)
    for team in teams:
        client.call(
            "create_invitation", {"role": "viewer", "email": f"{me}@example.com", "message": "Come"}, space_id=team
        )

    assert client.call("list_invitations", space_id=teams[0], limit=1)["next_cursor"]
    assert {one["email"] for one in client.call("list_invitations", space_id=teams[0])["items"]} == {
        None,
        f"{me}@example.com",
    }
    first = client.call("list_my_invitations", limit=1)
    second = client.call("list_my_invitations", cursor=first["next_cursor"])
    tokens = [one["token"] for one in (*first["items"], *second["items"])]
    assert client.call("preview_invitation", {"token": link["token"]})["message"] == "Come in"
    assert client.call("accept_invitation", {"token": tokens[0]})["role"] == "owner"
    client.call("decline_invitation", {"token": tokens[1]})
    again = client.call("resend_invitation", space_id=teams[0], invitation_id=link["id"])
    assert again["token"] != link["token"]
    client.call("revoke_invitation", space_id=teams[0], invitation_id=link["id"])
    missing = client.call("accept_invitation", {"token": again["token"]}, expect=404)
    assert missing["code"] == "invitation_not_found"


def test_what_one_keeps_of_ones_own_comes_back(client: Client) -> None:
    space = client.call("create_space", {"id": new_id(), "name": "Kitchen"})["id"]
    first, second = (client.call("create_label", {"name": new_id()}, space=space)["id"] for _ in range(2))
    changes = {"is_favorite": True, "is_hidden": True, "color": "#d97706"}

    made = client.call("update_item", changes, space_id=space, kind="label", target_id=first)
    kept(changes, made)
    for side in ("before", "after"):
        beside = client.call("update_item", {side: made["id"]}, space_id=space, kind="label", target_id=second)
        assert beside["position"]
    seen = client.call("mark_space_seen", {"seq": 1}, space_id=space)
    assert client.call("mark_space_seen", {}, space_id=space)["seen_seq"] == 3
    changed = client.call("update_item", {"seen_seq": 2}, space_id=space, kind="space", target_id=space)
    assert (plain(changed["id"]), changed["seen_seq"]) == (plain(seen["id"]), 3)
    assert len(client.call("list_items", limit=2)["items"]) == 2
    client.call("reset_item", space_id=space, kind="label", target_id=first)


def test_an_error_says_what_is_wrong(client: Client) -> None:
    made = client.call("create_list", {"id": new_id(), "name": "there"})
    wrong = {"title": "never", "due": {"date": "2031-01-01"}, "recurrence": {"rrule": "FREQ=NEVER"}}

    exists = client.call("create_list", {"id": made["id"], "name": "another"}, expect=409)
    pointed = client.call("create_todo", wrong, expect=422)
    unknown = client.call("list_todos", tz="Middle/Earth", expect=422)
    links = [{"source": "billing", "type": "invoice", "id": str(number)} for number in range(51)]
    many = client.call("create_todo", {"title": "many", "links": links}, expect=409)

    assert (exists["code"], exists["entity"], exists["id"]) == ("already_exists", "list", made["id"])
    assert exists["in_trash"] is False
    assert pointed["errors"][0]["pointer"].startswith("#/recurrence")
    assert unknown["errors"][0]["parameter"] == "tz"
    assert many["limit"] == "links_per_todo"
    assert many["maximum"] == 50
    assert client.call("get_todo", todo_id=new_id(), expect=404)["request_id"]


def test_an_error_says_what_is_there_instead(client: Client) -> None:
    todo = client.call("create_todo", {"title": "again", **RESOURCES["recurrences"]["weeks"]})

    stale = {"If-Match": f'"{todo["version"] + 1}"'}
    changed = client.call("update_todo", {"title": "new"}, headers=stale, todo_id=todo["id"], expect=412)
    elsewhere = client.call("complete_todo", todo_id=todo["id"], occurrence="2031-01-20", expect=409)

    assert changed["version"] == todo["version"]
    assert elsewhere["occurrence"] == todo["occurrence"]
