"""Several workers at once, workers that die, and workers that take long: what each is given, and when another is."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Pool, event

from fastapi_todo_kit import Notification, run_due
from fastapi_todo_kit.storage import jobs
from fastapi_todo_kit.testing import MemoryNotifier
from fastapi_todo_kit.worker import runner
from tests.features.reminders.support import remind
from tests.worker.support import NOBODY, Office


async def twenty_of_each(office: Office, users: int) -> set[str]:
    """Set twenty reminders of each of some users that are due at the same moment."""
    reminders = []
    for _ in range(users):
        user = office.api.as_user()
        todo = await user.todo(due={"datetime": "2026-03-28T14:00:00"})
        reminders += [await remind(user, todo, minutes_before=minutes) for minutes in range(20)]
    return {one["id"] for one in reminders}


async def test_two_workers_at_once_tell_each_reminder_once(office: Office) -> None:
    reminders = await twenty_of_each(office, 10)
    office.clock.advance(hours=3)

    reports = await asyncio.gather(*(office.run_due() for _ in range(2)))

    assert sum(report["done"] for report in reports) == 200
    assert Counter(office.told()) == dict.fromkeys(reminders, 1)
    assert await office.jobs() == []


class Dying(MemoryNotifier):
    """Tells its user, and dies before anybody hears of it."""

    async def notify(self, notification: Notification) -> None:
        await super().notify(notification)
        raise asyncio.CancelledError


async def test_what_a_worker_had_that_died_is_told_again_after_its_lease_with_the_same_id(office: Office) -> None:
    await office.reminder()
    notifier = Dying()
    office.clock.advance(hours=1)
    with pytest.raises(asyncio.CancelledError):
        await office.with_host(notifier=notifier).run_due()

    office.clock.advance(seconds=29)
    assert await office.run_due() == NOBODY, "somebody has it"
    office.clock.advance(seconds=2)
    assert await office.run_due() == {**NOBODY, "done": 1}

    assert [one.id for one in office.notifier.notifications] == [one.id for one in notifier.notifications]


async def test_what_another_has_taken_over_is_not_finished_by_the_first(office: Office) -> None:
    class Sleepy(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:
            await super().notify(notification)
            office.clock.advance(seconds=31)  # its lease ends
            assert (await office.with_host(notifier=failing).run_due())["failed"] == 1

    class Failing(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:
            raise RuntimeError(notification.id)

    failing = Failing()
    await office.reminder()
    office.clock.advance(hours=1)

    await office.with_host(notifier=Sleepy()).run_due()

    (job,) = await office.jobs()
    assert job["attempts"] == 2
    assert job["error"].startswith("RuntimeError")


class Lasting(MemoryNotifier):
    """Takes several leases' time, and lets another worker look for work in each of them."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.given: list[int] = []

    async def notify(self, notification: Notification) -> None:
        for _ in range(4):
            self._office.clock.advance(seconds=20)
            await asyncio.sleep(0.2)  # real time, in which the heart beats
            self.given.append((await run_due(self._office.settings, self._office.host))["done"])
        await super().notify(notification)


@pytest.mark.parametrize("at_once", [1, 20])
async def test_a_heartbeat_keeps_the_lease_of_one_that_takes_long(
    office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(runner, "_HEARTBEAT", 0.02)
    await office.reminder()
    office.clock.advance(hours=1)
    notifier = Lasting(office)
    worker = office.settings.worker.model_copy(update={"at_once": at_once})

    report = await run_due(
        office.settings.model_copy(update={"worker": worker}), office.with_host(notifier=notifier).host
    )

    assert report == {**NOBODY, "done": 1}
    assert notifier.given == [0, 0, 0, 0]
    assert office.told() == []
    assert len(notifier.notifications) == 1


async def test_without_a_heartbeat_another_would_be_given_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_HEARTBEAT", 600.0)
    await office.reminder()
    office.clock.advance(hours=1)
    notifier = Lasting(office)

    await office.with_host(notifier=notifier).run_due()

    assert sum(notifier.given) == 1
    assert [one.id for one in office.notifier.notifications] == [one.id for one in notifier.notifications]


async def test_a_heart_that_misses_a_beat_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beats = []

    async def extend(*_: object, **__: object) -> None:
        beats.append(1)
        raise ConnectionError("away")

    class Waiting(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:
            while len(beats) < 3:  # noqa: ASYNC110  (the heart tells nobody)
                await asyncio.sleep(0.01)
            await super().notify(notification)

    monkeypatch.setattr(runner, "_HEARTBEAT", 0.01)
    monkeypatch.setattr(jobs, "extend", extend)
    await office.reminder()
    office.clock.advance(hours=1)

    assert await office.with_host(notifier=Waiting()).run_due() == {**NOBODY, "done": 1}
    assert "could not be extended" in caplog.text


async def test_a_lease_outlasts_several_heartbeats() -> None:
    assert timedelta(seconds=2 * runner._HEARTBEAT) < runner._LEASE


async def test_connections_are_kept_while_there_is_something_to_do(office: Office) -> None:
    await twenty_of_each(office, 3)
    office.clock.advance(hours=3)
    opened: list[object] = []

    def count(connection: object, _record: object) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", count)
    try:
        assert (await office.run_due())["done"] == 60
    finally:
        event.remove(Pool, "connect", count)

    assert 1 <= len(opened) <= office.settings.worker.at_once + 1
