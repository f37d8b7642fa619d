"""Reminders over HTTP: how they are set, read, changed and removed, and what is refused."""

import uuid
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.settings import Limits
from tests.features.reminders.support import LATER, path, remind
from tests.support import Api, TestClock, make_app, running


async def test_without_a_body_it_is_at_the_due(api: Api) -> None:
    todo = await api.todo(due=LATER)

    created = await remind(api, todo)

    assert created == await api.get(path(created))
    assert (created["relative_to"], created["minutes_before"], created["at"]) == ("due", 0, None)
    assert (created["next_at"], created["version"], created["todo_id"]) == ("2026-04-10T07:00:00Z", 1, todo["id"])
    assert (created["fired_at"], created["snoozed_until"]) == (None, None)
    assert "user_id" not in created


@pytest.mark.parametrize(
    ("body", "next_at"),
    [
        ({"minutes_before": 30}, "2026-04-10T06:30:00Z"),
        ({"relative_to": "start"}, "2026-04-09T07:00:00Z"),
        ({"relative_to": "deadline", "minutes_before": 60}, "2026-04-11T06:00:00Z"),
        ({"minutes_before": -30}, "2026-04-10T07:30:00Z"),
        ({"at": {"datetime": "2026-04-01T08:00:00"}}, "2026-04-01T06:00:00Z"),
        ({"at": {"datetime": "2026-04-01T08:00:00", "timezone": "UTC"}}, "2026-04-01T08:00:00Z"),
    ],
)
async def test_it_is_at_a_time_or_relative_to_one(api: Api, body: Any, next_at: str) -> None:
    berlin = api.as_user(zone="Europe/Berlin")
    todo = await berlin.todo(start={"date": "2026-04-09"}, due=LATER, deadline="2026-04-11")

    created = await remind(berlin, todo, **body)

    assert created["next_at"] == next_at
    assert {name: created[name] for name in body} == body
    assert (await berlin.get(path(todo)))["items"] == [created]


async def test_what_has_passed_already_does_not_remind(api: Api) -> None:
    todo = await api.todo(due={"date": "2026-03-27"})

    created = await remind(api, todo)

    assert created["next_at"] is None
    assert (await api.get("/reminders"))["items"] == []


async def test_a_new_one_may_bring_its_id_once(api: Api) -> None:
    todo, reminder_id = await api.todo(due=LATER), str(uuid.uuid4())

    created = await remind(api, todo, id=reminder_id)
    again = await api.post(path(todo), {"id": reminder_id, "minutes_before": 5}, 409)

    assert created["id"] == reminder_id
    assert again["code"] == "already_exists"


WRONG = {
    "at and relative": {"at": {"datetime": "2026-04-01T08:00:00"}, "relative_to": "due"},
    "at and minutes": {"at": {"datetime": "2026-04-01T08:00:00"}, "minutes_before": 5},
    "at in the past": {"at": {"datetime": "2026-03-28T11:59:00"}},
    "at without a time": {"at": {"date": "2026-04-01"}},
    "at null": {"at": None},
    "no such zone": {"at": {"datetime": "2026-04-01T08:00:00", "timezone": "Mars/Olympus"}},
    "no such anchor": {"relative_to": "created_at"},
    "minutes past a year": {"minutes_before": 366 * 24 * 60 + 1},
    "minutes past a year after": {"minutes_before": -366 * 24 * 60 - 1},
    "huge minutes": {"minutes_before": 10**30},
    "minutes as text": {"minutes_before": "five"},
    "half minutes": {"minutes_before": 0.5},
    "unknown field": {"minutes_before": 5, "sound": "bell"},
    "not its own to set": {"next_at": "2026-04-01T08:00:00Z"},
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_body_is_refused_by_post_and_patch(api: Api, case: str) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo)

    answers = [await api.post(path(todo), WRONG[case], 422), await api.patch(path(reminder), WRONG[case], 422)]

    assert [answer["code"] for answer in answers] == ["invalid_input"] * 2
    assert (await api.get(path(todo)))["items"] == [reminder]


async def test_a_past_time_is_pointed_at(api: Api) -> None:
    refused = await api.post(path(await api.todo()), WRONG["at in the past"], 422)

    assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("#/at", "in_the_past")]


async def test_a_todo_has_so_many_of_each_user(settings: TodoKitSettings, clock: TestClock) -> None:
    limited = settings.model_copy(update={"limits": Limits(reminders_per_todo=2)})
    async with running(make_app(limited, clock=clock)) as api:
        todo = await api.todo(due=LATER)
        first, _ = await remind(api, todo), await remind(api, todo, minutes_before=1)
        refused = await api.post(path(todo), {"minutes_before": 2}, 409)
        await api.delete(path(first), 204)
        await remind(api, todo)

    assert (refused["code"], refused["limit"], refused["maximum"]) == ("limit_reached", "reminders_per_todo", 2)


async def test_patch_gives_it_another_time(api: Api) -> None:
    todo = await api.todo(start={"date": "2026-04-09"}, due=LATER)
    reminder = await remind(api, todo, minutes_before=15)

    shapes = [
        {"minutes_before": 30},
        {"relative_to": "start"},
        {"at": {"datetime": "2026-04-01T08:00:00"}},
        {"minutes_before": 5},
    ]
    found = [await api.patch(path(reminder), body) for body in shapes]

    whens = [(one["relative_to"], one["minutes_before"], one["next_at"]) for one in found]
    assert whens == [
        ("due", 30, "2026-04-10T06:30:00Z"),
        ("start", 30, "2026-04-09T08:30:00Z"),
        (None, None, "2026-04-01T08:00:00Z"),
        ("due", 5, "2026-04-10T06:55:00Z"),
    ]
    assert [one["version"] for one in found] == [2, 3, 4, 5]
    assert found[-1]["at"] is None


async def test_a_patch_of_nothing_changes_nothing(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER), minutes_before=15)

    assert await api.patch(path(reminder), {}) == reminder
    assert await api.patch(path(reminder), {"minutes_before": 15}) == reminder


async def test_what_is_deleted_is_gone(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminder, other = await remind(api, todo), await remind(api, todo, minutes_before=1)

    await api.delete(path(reminder), 204)

    assert (await api.get(path(reminder), 404))["code"] == "reminder_not_found"
    assert (await api.delete(path(reminder), 404))["code"] == "reminder_not_found"
    assert (await api.get(path(todo)))["items"] == [other]


async def test_a_reminder_is_found_below_its_own_todo_only(api: Api) -> None:
    todo, other = await api.todo(due=LATER), await api.todo(due=LATER)
    reminder = await remind(api, todo)

    for wrong in (f"{path(other)}/{reminder['id']}", f"{path(todo)}/{uuid.uuid4()}", f"{path(todo)}/nonsense"):
        assert (await api.get(wrong, 404))["code"] == "reminder_not_found"
    assert (await api.get(f"/todos/{uuid.uuid4()}/reminders", 404))["code"] == "todo_not_found"


@pytest.mark.parametrize("verb", ["patch", "delete", "snooze", "dismiss"])
async def test_a_stale_version_is_refused_and_changes_nothing(api: Api, verb: str) -> None:
    reminder = await remind(api, await api.todo(due=LATER))
    changed = await api.patch(path(reminder), {"minutes_before": 5}, If_Match='"1"')
    bodies: dict[str, Any] = {"patch": {"minutes_before": 9}, "snooze": {"until": "2026-04-20T00:00:00Z"}}
    method = verb.upper() if verb in {"patch", "delete"} else "POST"
    where = path(reminder) if method != "POST" else f"{path(reminder)}/{verb}"

    stale = await api.send(method, where, bodies.get(verb), headers={"If-Match": '"1"'})

    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert await api.get(path(reminder)) == changed
    assert (await api.send(method, where, bodies.get(verb), headers={"If-Match": '"2"'})).is_success


async def test_a_reminder_that_has_not_changed_is_not_sent_again(api: Api) -> None:
    reminder = await remind(api, await api.todo(due=LATER))
    first = await api.send("GET", path(reminder))

    again = await api.send("GET", path(reminder), headers={"If-None-Match": first.headers["etag"]})

    assert (first.headers["etag"], again.status_code, again.content) == ('"1"', 304, b"")


async def test_a_repeated_key_sets_one(api: Api) -> None:
    todo = await api.todo(due=LATER)

    first, second = [await api.post(path(todo), {}, 201, Idempotency_Key="once") for _ in range(2)]

    assert first == second
    assert len((await api.get(path(todo)))["items"]) == 1
