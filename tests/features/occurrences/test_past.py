"""`completed_at` at `complete`: when something was really done."""

import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Host, Membership, TodoKitSettings, todo_services
from fastapi_todo_kit.errors import InvalidInput
from fastapi_todo_kit.schemas import TodoCreate, TodoImport
from tests.features.occurrences.support import act, day, floating, recurring
from tests.support import Api, TestClock, make_app, running

YESTERDAY = "2026-03-27T09:00:00Z"


@pytest.fixture
async def past(settings: TodoKitSettings, clock: TestClock) -> AsyncIterator[Api]:
    """A client of an application that takes `completed_at`; it was used a week ago already."""
    clock.now = datetime.fromisoformat("2026-03-21T12:00:00Z")
    async with running(make_app(settings.model_copy(update={"backdating": True}), clock=clock)) as api:
        yield api


def today(clock: TestClock) -> None:
    clock.now = datetime.fromisoformat("2026-03-28T12:00:00Z")


async def complete(api: Api, todo: dict[str, Any], completed_at: str = YESTERDAY, expect: int = 200) -> Any:
    return await api.post(f"/todos/{todo['id']}/complete?completed_at={completed_at}", expect=expect)


async def test_a_todo_was_done_when_somebody_says(past: Api, clock: TestClock) -> None:
    todo = await past.todo("x")
    today(clock)

    done = await complete(past, todo, "2026-03-27T10:00:00%2B01:00")

    assert (done["completed_at"], done["completed_by"]) == (YESTERDAY, past.user)
    assert done["updated_at"].startswith("2026-03-28")
    assert await complete(past, todo, "2026-03-26T09:00:00Z") == done
    assert (await past.get(f"/todos/{todo['id']}")) == done


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-03-28T12:01:00Z", "in_the_future"),
        ("2026-03-21T11:59:00Z", "before_creation"),
        ("2026-03-27", "datetime_parsing"),
        ("1899-03-27T09:00:00Z", "year_out_of_range"),
    ],
)
async def test_but_not_in_the_future_nor_before_it_was_there(
    past: Api, clock: TestClock, moment: str, code: str
) -> None:
    todo = await past.todo("x")
    today(clock)

    error = (await complete(past, todo, moment, expect=422))["errors"][0]

    assert (error["parameter"], error["code"]) == ("completed_at", code)
    assert (await past.get(f"/todos/{todo['id']}"))["status"] == "needs_action"


async def test_by_default_no_client_says_it(api: Api) -> None:
    todo = await api.todo("x")

    assert "completed_at" in (await complete(api, todo, expect=403))["detail"]
    assert (await act(api, todo, "complete"))["status"] == "completed"


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("admin", 200)])
async def test_nor_does_a_role_that_may_not(
    settings: TodoKitSettings, clock: TestClock, role: str, status: int
) -> None:
    taking = settings.model_copy(update={"backdating": True})
    clock.now = datetime.fromisoformat("2026-03-26T12:00:00Z")
    async with running(make_app(taking, clock=clock, space=lambda: Membership("org", role))) as member:
        todo = await member.todo("x")
        today(clock)

        await complete(member, todo, expect=status)


async def test_a_subtask_that_is_newer_was_done_when_it_was_made(past: Api, clock: TestClock) -> None:
    todo = await past.todo("x")
    older = await past.todo("older", parent_id=todo["id"])
    today(clock)
    newer = await past.todo("newer", parent_id=todo["id"])

    await complete(past, todo)

    assert (await past.get(f"/todos/{older['id']}"))["completed_at"] == YESTERDAY
    assert (await past.get(f"/todos/{newer['id']}"))["completed_at"] == newer["created_at"]


async def test_by_completion_the_next_occurrence_counts_from_then(past: Api, clock: TestClock) -> None:
    rule = {"rrule": "FREQ=DAILY;INTERVAL=5", "mode": "completion"}
    todo = await recurring(past, due=floating("2026-03-22T08:00:00"), recurrence=rule)
    today(clock)

    gone_on = await complete(past, todo, "2026-03-22T09:00:00Z")

    assert gone_on["due"] == floating("2026-03-27T08:00:00")
    ended = (await past.get(f"/todos/{todo['id']}/occurrences"))["items"][0]
    assert ended["ended_at"] == "2026-03-22T09:00:00Z"
    assert (await act(past, todo, "undo"))["due"] == todo["due"]


async def test_by_schedule_what_has_passed_is_caught_up_with_as_ever(past: Api, clock: TestClock) -> None:
    todo = await recurring(past, due=day("2026-03-22"))
    today(clock)

    gone_on = await complete(past, todo, "2026-03-22T09:00:00Z")

    assert gone_on["due"] == day("2026-03-29")
    query: dict[str, Any] = {"status": "completed", "completed.lt": "2026-03-23T00:00:00Z"}
    assert [one["occurrence_of"] for one in (await past.get("/todos", **query))["items"]] == [todo["id"]]


async def test_the_last_occurrence_completes_the_todo_then(past: Api, clock: TestClock) -> None:
    todo = await recurring(past, due=day("2026-03-22"), recurrence={"rrule": "FREQ=DAILY;COUNT=1"})
    today(clock)

    done = await complete(past, todo)

    assert (done["status"], done["completed_at"]) == ("completed", YESTERDAY)
    assert (await past.get("/todos", status="completed", count="exact"))["count"] == 1


async def test_services_say_it_whatever_the_setting(settings: TodoKitSettings, clock: TestClock) -> None:
    long_ago = datetime.fromisoformat("2015-03-28T12:00:00+00:00")
    engine = create_async_engine(settings.url)
    async with (
        AsyncSession(engine) as session,
        todo_services(settings, Host(clock=clock), session=session, user_id=uuid.uuid4().hex) as kit,
    ):
        (old,) = await kit.todos.create_many([TodoImport(title="x", created_at=long_ago)])
        new = await kit.todos.create(TodoCreate(title="x"))

        assert (await kit.todos.complete(old["id"], completed_at=long_ago))["completed_at"] == long_ago
        for wrong in (long_ago, datetime(2026, 3, 28)):  # noqa: DTZ001  (that is what is refused)
            with pytest.raises((InvalidInput, ValidationError)):
                await kit.todos.complete(new["id"], completed_at=wrong)
    await engine.dispose()
