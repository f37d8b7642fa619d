"""Two reminders of one user at one moment: refused, however they are spelled, while the first is still to come."""

from typing import Any

import pytest

from tests.features.reminders.support import LATER, path, remind
from tests.support import Api

# All of them at 07:00 UTC on 10 April, for a user in UTC.
SPELLINGS: list[dict[str, Any]] = [
    {},
    {"minutes_before": 0},
    {"at": {"datetime": "2026-04-10T07:00:00"}},
    {"at": {"datetime": "2026-04-10T09:00:00", "timezone": "Europe/Berlin"}},
    {"relative_to": "start", "minutes_before": 60},
]
START = {"datetime": "2026-04-10T08:00:00"}


@pytest.mark.parametrize("other", SPELLINGS, ids=str)
@pytest.mark.parametrize("first", SPELLINGS, ids=str)
async def test_no_spelling_makes_a_second_one(sqlite_api: Api, first: dict[str, Any], other: dict[str, Any]) -> None:
    api = sqlite_api.as_user()
    todo = await api.todo(due=LATER, start=START)
    one, elsewhere = await remind(api, todo, **first), await remind(api, todo, minutes_before=7)

    refused = await api.post(path(todo), other, 409)
    patch = other if "at" in other else {"relative_to": "due", "minutes_before": 0, **other}
    patched = await api.patch(path(elsewhere), patch, 409)

    assert (refused["code"], refused["id"], patched["id"]) == ("already_exists", one["id"], one["id"])
    assert (await api.patch(path(one), patch))["next_at"] == one["next_at"]


async def test_it_is_the_moment_where_the_user_is_now(api: Api) -> None:
    berlin, tokyo = api.as_user(api.user, zone="Europe/Berlin"), api.as_user(api.user, zone="Asia/Tokyo")
    todo = await berlin.todo(due={"date": "2026-04-10"})
    await remind(berlin, todo)

    in_tokyo = await tokyo.post(path(todo), {"at": {"datetime": "2026-04-10T00:00:00", "timezone": "UTC"}}, 409)
    in_berlin = await remind(tokyo, todo, at={"datetime": "2026-04-10T07:00:00", "timezone": "UTC"})

    assert (in_tokyo["code"], in_berlin["state"]) == ("already_exists", "pending")


async def test_what_waits_for_a_time_is_equal_by_its_words(api: Api) -> None:
    todo = await api.todo()
    await remind(api, todo)

    assert (await api.post(path(todo), {"minutes_before": 0}, 409))["code"] == "already_exists"
    assert (await remind(api, todo, relative_to="start"))["state"] == "without_time"


@pytest.mark.parametrize("spelling", SPELLINGS, ids=str)
async def test_what_was_dismissed_stands_in_nobodys_way(api: Api, spelling: dict[str, Any]) -> None:
    todo = await api.todo(due=LATER, start=START)
    first = await remind(api, todo)
    await api.post(f"{path(first)}/dismiss")

    again = await remind(api, todo, **spelling)

    states = {one["id"]: one["state"] for one in (await api.get(path(todo)))["items"]}
    assert states == {first["id"]: "dismissed", again["id"]: "pending"}


async def test_a_snoozed_one_is_where_it_will_remind(api: Api) -> None:
    todo = await api.todo(due=LATER)
    first = await remind(api, todo, minutes_before=5)
    await api.post(f"{path(first)}/snooze", {"until": "2026-04-10T08:00:00Z"})

    refused = await api.post(path(todo), {"at": {"datetime": "2026-04-10T08:00:00"}}, 409)
    free = await remind(api, todo, at={"datetime": "2026-04-10T06:55:00"})

    assert (refused["code"], free["state"]) == ("already_exists", "pending")


async def test_a_repeated_create_of_a_dismissed_one_shows_what_became_of_it(api: Api) -> None:
    todo = await api.todo(due=LATER)
    body = {"id": "01990000-0000-7000-8000-0000000000aa", "minutes_before": 5}
    first = await remind(api, todo, **body)
    await api.post(f"{path(first)}/dismiss")

    again = await api.post(path(todo), body, 200)

    assert (again["id"], again["state"], again["next_at"]) == (first["id"], "dismissed", None)


async def test_copies_of_what_was_snoozed_or_dismissed_are_new(api: Api) -> None:
    todo = await api.todo(due=LATER)
    for minutes, verb, body in ((5, "dismiss", None), (6, "snooze", {"until": "2026-05-01T00:00:00Z"})):
        await api.post(f"{path(await remind(api, todo, minutes_before=minutes))}/{verb}", body)

    copy = await api.post(f"/todos/{todo['id']}/duplicate")

    copied = (await api.get(path(copy)))["items"]
    assert [(one["minutes_before"], one["state"], one["snoozed_until"]) for one in copied] == [
        (5, "pending", None),
        (6, "pending", None),
    ]


@pytest.mark.parametrize("verb", ["complete", "cancel"])
async def test_of_a_closed_todo_it_says_so_and_comes_back(api: Api, verb: str) -> None:
    todo = await api.todo(due=LATER)
    pending, snoozed, dismissed = [await remind(api, todo, minutes_before=n) for n in range(3)]
    snoozed = await api.post(f"{path(snoozed)}/snooze", {"until": "2026-05-01T00:00:00Z"})
    dismissed = await api.post(f"{path(dismissed)}/dismiss")

    await api.post(f"/todos/{todo['id']}/{verb}")
    closed = (await api.get(path(todo)))["items"]
    await api.post(f"/todos/{todo['id']}/reopen")

    assert [(one["state"], one["next_at"]) for one in closed] == [("todo_closed", None)] * 2 + [("dismissed", None)]
    assert (await api.get(path(todo)))["items"] == [pending, snoozed, dismissed]


async def test_of_a_closed_todo_none_can_be_set_or_snoozed(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)
    await api.post(f"/todos/{todo['id']}/complete")

    refused = [
        await api.post(path(todo), {"minutes_before": 5}, 409),
        await api.patch(path(reminder), {"minutes_before": 5}, 409),
        await api.post(f"{path(reminder)}/snooze", {"until": "2026-05-01T00:00:00Z"}, 409),
    ]

    assert [one["code"] for one in refused] == ["todo_closed"] * 3
    assert (await api.patch(path(reminder), {}))["state"] == "todo_closed"
    assert (await api.post(f"{path(reminder)}/dismiss"))["state"] == "dismissed"
    await api.delete(path(reminder), 204)


async def test_another_state_has_another_tag(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)
    await api.post(f"/todos/{todo['id']}/complete")

    changed = await api.send("GET", path(reminder), headers={"If-None-Match": '"1"'})
    same = await api.send("GET", path(reminder), headers={"If-None-Match": f'"7", W/{changed.headers["etag"]}'})
    await api.send("DELETE", path(reminder), headers={"If-Match": changed.headers["etag"]})

    assert (changed.status_code, changed.headers["etag"]) == (200, '"1-closed"')
    assert (same.status_code, same.headers["etag"]) == (304, '"1-closed"')
    assert (await api.get(path(todo)))["items"] == []
