"""A worker inside of an application: off by default, begun and ended with its lifespan."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from fastapi_todo_kit import ConfigurationError, Host, Notification, Recipient, TodoKitSettings, todo_router
from fastapi_todo_kit.host import utc_now
from fastapi_todo_kit.testing import MemoryNotifier
from fastapi_todo_kit.worker import loop
from fastapi_todo_kit.worker.runner import Runner
from tests.features.reminders.support import path, remind
from tests.support import Api, header_user, make_app, running
from tests.worker.support import Directory

WORKER = {"in_app": True, "poll": 0.05}


def working(url: str, **worker: Any) -> TodoKitSettings:
    return TodoKitSettings(database_url=url, worker={**WORKER, **worker})


async def until(condition: Any, seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (the worker tells nobody)
            await asyncio.sleep(0.02)


class LateClock:
    """The real time, but for what a test adds to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


async def test_the_lifespan_begins_and_ends_it(own_url: str) -> None:
    notifier, clock = MemoryNotifier(), LateClock()
    before = asyncio.all_tasks()
    async with running(make_app(working(own_url), clock=clock, notifier=notifier)) as api:
        reminder = await remind(api, await api.todo(due={"date": f"{clock() + timedelta(days=2):%Y-%m-%d}"}))
        clock.ahead = timedelta(days=4)
        await until(lambda: notifier.notifications)
        await until_fired(api, reminder)

    assert [str(one.reminder_id) for one in notifier.notifications] == [reminder["id"]]
    assert [task for task in asyncio.all_tasks() - before if "Worker" in repr(task)] == []


async def until_fired(api: Api, reminder: dict[str, Any]) -> None:
    async with asyncio.timeout(15):
        while (await api.get(path(reminder)))["fired_at"] is None:  # noqa: ASYNC110  (the worker tells nobody)
            await asyncio.sleep(0.02)


async def test_by_default_there_is_none(own_url: str) -> None:
    notifier, clock = MemoryNotifier(), LateClock()
    settings = TodoKitSettings(database_url=own_url, worker={"poll": 0.01})
    async with running(make_app(settings, clock=clock, notifier=notifier)) as api:
        await remind(api, await api.todo(due={"date": f"{clock() + timedelta(days=2):%Y-%m-%d}"}))
        clock.ahead = timedelta(days=4)
        await asyncio.sleep(0.3)

    assert notifier.notifications == []


async def test_what_is_begun_is_finished_when_the_application_ends(own_url: str) -> None:
    class Slow(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:
            began.set()
            await asyncio.sleep(0.5)
            await super().notify(notification)

    began, notifier, clock = asyncio.Event(), Slow(), LateClock()
    async with running(make_app(working(own_url), clock=clock, notifier=notifier)) as api:
        await remind(api, await api.todo(due={"date": f"{clock() + timedelta(days=2):%Y-%m-%d}"}))
        clock.ahead = timedelta(days=4)
        await asyncio.wait_for(began.wait(), 15)
        assert notifier.notifications == []

    assert len(notifier.notifications) == 1


async def test_what_lasts_for_ever_is_given_up_in_the_end(own_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:  # noqa: ARG002  (the protocol's)
            began.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(loop, "_LAST_WORDS", 0.2)
    began, clock = asyncio.Event(), LateClock()
    async with asyncio.timeout(15), running(make_app(working(own_url), clock=clock, notifier=Hanging())) as api:
        await remind(api, await api.todo(due={"date": f"{clock() + timedelta(days=2):%Y-%m-%d}"}))
        clock.ahead = timedelta(days=4)
        await asyncio.wait_for(began.wait(), 10)


async def test_it_goes_on_after_an_error(own_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    async def run_due(_self: object) -> None:
        calls.append(1)
        raise ConnectionError("away")

    monkeypatch.setattr(Runner, "run_due", run_due)
    async with running(make_app(working(own_url))):
        await until(lambda: len(calls) > 3)


async def test_it_empties_the_trash_and_finds_reminders_out_anew(own_url: str) -> None:
    clock, people = LateClock(), Directory()
    async with running(make_app(TodoKitSettings(database_url=own_url), clock=clock)) as api:
        await api.delete(f"/todos/{(await api.todo())['id']}")
        day = clock() + timedelta(days=90)
        reminder = await remind(api, await api.todo(due={"date": f"{day:%Y-%m-%d}"}))
    clock.ahead = timedelta(days=31)
    people.known[api.user] = Recipient(time_zone="Asia/Tokyo")
    async with running(make_app(working(own_url), clock=clock, recipient=people), api.user) as api, asyncio.timeout(15):
        while (await api.get("/trash"))["items"]:  # noqa: ASYNC110  (the worker tells nobody)
            await asyncio.sleep(0.05)
        while (await api.get(path(reminder)))["next_at"] != f"{day:%Y-%m-%d}T00:00:00Z":  # noqa: ASYNC110  (the same)
            await asyncio.sleep(0.05)


def test_it_needs_connections_of_its_own() -> None:
    host = Host(current_user=header_user, session=lambda: None)

    with pytest.raises(ConfigurationError, match=r"worker\.in_app.* not Host\.session"):
        FastAPI().include_router(todo_router(TodoKitSettings(worker=WORKER), host))


@pytest.mark.parametrize("wrong", [{"poll": 0}, {"poll": 3_601}, {"at_once": 0}, {"at_once": 1_001}, {"threads": 2}])
def test_settings_of_the_worker_are_bounded(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^argument worker\."):
        TodoKitSettings(worker=wrong)
