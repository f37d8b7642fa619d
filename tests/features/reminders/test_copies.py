"""Copies are reminded of as their sources were, by whoever copies; and what a reminder says of itself."""

from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.reminders.support import LATER, path, remind, shared_space
from tests.invariants import assert_invariants
from tests.support import Api, TestClock

KINDS: list[dict[str, Any]] = [
    {},
    {"minutes_before": 60},
    {"relative_to": "start", "minutes_before": -5},
    {"at": {"datetime": "2026-04-05T10:00:00"}},
    {"at": {"datetime": "2026-04-05T10:00:00", "timezone": "Asia/Tokyo"}},
]


async def reminders(api: Api, todo: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get(path(todo)))["items"]
    return found


async def test_a_copy_has_the_reminders_of_its_source(api: Api, settings: TodoKitSettings) -> None:
    todo = await api.todo(due=LATER)
    child = await api.todo(parent_id=todo["id"], due=LATER)
    made = [await remind(api, one, **kind) for one in (todo, child) for kind in KINDS]

    copy = await api.post(f"/todos/{todo['id']}/duplicate")
    (copied_child,) = (await api.get(f"/todos/{copy['id']}/subtasks"))["items"]

    copied = [*await reminders(api, copy), *await reminders(api, copied_child)]
    own = {"id", "todo_id", "created_at", "updated_at"}
    assert [{**one, **dict.fromkeys(own)} for one in copied] == [{**one, **dict.fromkeys(own)} for one in made]
    assert not {one["id"] for one in copied} & {one["id"] for one in made}
    await assert_invariants(settings)


async def test_a_copied_list_reminds_too_and_of_what_is_to_come_only(api: Api, clock: TestClock) -> None:
    soon, later = [await api.todo(due={"date": day}) for day in ("2026-03-29", "2026-04-20")]
    for todo in (soon, later):
        await remind(api, todo)
    clock.advance(days=2)

    copy = await api.post(f"/lists/{soon['list_id']}/duplicate")

    todos = (await api.get("/todos", list=copy["id"]))["items"]
    states = [one["state"] for todo in todos for one in await reminders(api, todo)]
    assert states == ["passed", "pending"]


async def test_only_who_copies_is_reminded(settings: TodoKitSettings, clock: TestClock) -> None:
    async with shared_space(settings, clock) as api:
        ann, bob = [api.as_user(f"{name}@{api.user}:editor") for name in ("ann", "bob")]
        todo = await ann.todo(due=LATER)
        for user in (ann, bob):
            await remind(user, todo)

        copy = await bob.post(f"/todos/{todo['id']}/duplicate")

        assert [len(await reminders(user, copy)) for user in (ann, bob)] == [0, 1]


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_nobody_is_reminded_twice_at_one_time(api: Api, kind: dict[str, Any]) -> None:
    todo = await api.todo(due=LATER, start=LATER)
    first = await remind(api, todo, **kind)
    other = await remind(api, todo, minutes_before=7)

    refused = await api.post(path(todo), kind, 409)
    await api.patch(path(other), kind or {"minutes_before": 0}, 409)

    assert refused["type"].endswith("already_exists") or refused["code"] == "already_exists"
    assert await reminders(api, todo) == [first, other]
    assert (await api.patch(path(first), kind or {"minutes_before": 0}))["id"] == first["id"]


async def test_two_users_are_reminded_at_one_time(settings: TodoKitSettings, clock: TestClock) -> None:
    async with shared_space(settings, clock) as api:
        ann, bob = [api.as_user(f"{name}@{api.user}:editor") for name in ("ann", "bob")]
        todo = await ann.todo(due=LATER)

        states = [(await remind(user, todo))["state"] for user in (ann, bob)]

    assert states == ["pending", "pending"]


async def test_a_due_moved_nearer_than_the_lead_reminds_at_once(api: Api, clock: TestClock) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo, minutes_before=60)
    half_an_hour = {"datetime": "2026-03-28T12:30:00", "timezone": "UTC"}

    await api.patch(f"/todos/{todo['id']}", {"due": half_an_hour})

    moved = await api.get(path(reminder))
    assert (moved["state"], moved["next_at"][:16]) == ("pending", f"{clock.now:%Y-%m-%dT%H:%M}")


async def test_it_says_why_it_does_not_remind(api: Api, clock: TestClock) -> None:
    todo = await api.todo(due=LATER)
    reminder = await remind(api, todo, minutes_before=60)
    states = [reminder["state"]]
    for change in ({"due": None}, {"due": {"date": "2026-03-01"}}, {"due": LATER}):
        await api.patch(f"/todos/{todo['id']}", change)
        states.append((await api.get(path(reminder)))["state"])
    until = clock.now.replace(hour=23).isoformat()
    states.append((await api.post(f"{path(reminder)}/snooze", {"until": until}))["state"])
    states.append((await api.post(f"{path(reminder)}/dismiss"))["state"])

    assert states == ["pending", "without_time", "passed", "pending", "snoozed", "dismissed"]
