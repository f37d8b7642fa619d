"""What fails is tried again later and later, put aside at last, and done when somebody says so."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from fastapi_todo_kit import (
    ChangeRefused,
    ConfigurationError,
    Notification,
    OnChange,
    Recipient,
    TodoKitSettings,
    Transaction,
    redrive_jobs,
    run_due,
)
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.settings import Worker
from fastapi_todo_kit.testing import MemoryNotifier
from tests.features.reminders.support import path
from tests.worker.support import NOBODY, BrokenNotifier, Office

ATTEMPTS = 8
HURRIED = Worker(timeout=0.5)


async def test_a_failure_is_tried_again_later_and_later(office: Office) -> None:
    await office.reminder()
    notifier = BrokenNotifier()
    broken = office.with_host(notifier=notifier)
    office.clock.advance(hours=1)
    for attempt in range(1, ATTEMPTS):
        assert await broken.run_due() == {**NOBODY, "failed": 1}
        assert len(notifier.tried) == attempt
        office.clock.advance(seconds=15 * 2 ** (attempt - 1) * 0.5 - 1)
        assert await broken.run_due() == NOBODY, "it is too early"
        office.clock.advance(seconds=15 * 2 ** (attempt - 1) * 0.5 + 2)
    notifier.is_broken = False

    assert await broken.run_due() == {**NOBODY, "done": 1}
    assert {one.id for one in notifier.tried} == {notifier.notifications[0].id}
    assert await office.jobs() == []


async def park(office: Office, notifier: BrokenNotifier) -> None:
    """Let what is due fail until it is put aside."""
    office.clock.advance(hours=1)
    reports = []
    for _ in range(ATTEMPTS):
        reports.append(await office.with_host(notifier=notifier).run_due())
        office.clock.advance(hours=1)
    assert [report["parked"] for report in reports] == [0] * (ATTEMPTS - 1) + [1]


async def test_what_failed_eight_times_is_put_aside_with_its_error(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    reminder, notifier = await office.reminder(), BrokenNotifier()

    await park(office, notifier)
    assert await office.with_host(notifier=notifier).run_due() == NOBODY

    (job,) = await office.jobs()
    assert (job["attempts"], job["error"]) == (ATTEMPTS, "RuntimeError: the line is dead")
    assert job["parked_at"] is not None
    assert len(notifier.tried) == ATTEMPTS
    assert "put aside" in caplog.text
    assert (await office.api.get(path(reminder)))["fired_at"] is None


async def test_what_was_put_aside_is_done_when_somebody_says_so(office: Office) -> None:
    reminder, notifier = await office.reminder(), BrokenNotifier()
    await park(office, notifier)

    assert await redrive_jobs(office.settings, office.host) == 1
    assert await office.run_due() == {**NOBODY, "done": 1}

    assert office.told() == [reminder["id"]]
    assert office.notifier.notifications[0].id == notifier.tried[0].id
    assert await redrive_jobs(office.settings, office.host) == 0


async def test_a_redriven_one_that_fails_again_has_eight_attempts_again(office: Office) -> None:
    await office.reminder()
    notifier = BrokenNotifier()
    await park(office, notifier)

    await redrive_jobs(office.settings, office.host)
    report = await office.with_host(notifier=notifier).run_due()

    assert report == {**NOBODY, "failed": 1}
    assert (await office.jobs())[0]["attempts"] == 1


async def test_others_are_told_while_one_fails(office: Office) -> None:
    class Picky(MemoryNotifier):
        async def notify(self, notification: Notification) -> None:
            if notification.title == "bad":
                raise RuntimeError("a\0b" * 1_000)
            await super().notify(notification)

    notifier = Picky()
    _, good = await office.reminder(title="bad"), await office.reminder(title="good")
    office.clock.advance(hours=2)

    report = await office.with_host(notifier=notifier).run_due()

    assert report == {"done": 1, "failed": 1, "parked": 0}
    assert [str(one.reminder_id) for one in notifier.notifications] == [good["id"]]


async def test_a_directory_that_fails_is_asked_again(office: Office) -> None:
    def away(user_id: str, tenant: str | None) -> Recipient | None:
        raise ConnectionError(f"no directory for {user_id} {tenant}")

    reminder = await office.reminder()
    office.clock.advance(hours=1)

    assert await office.with_host(recipient=away).run_due() == {**NOBODY, "failed": 1}
    office.clock.advance(minutes=1)
    await office.run_due()

    assert office.told() == [reminder["id"]]


async def test_a_zone_that_nobody_knows_is_an_error_that_says_so(office: Office) -> None:
    await office.reminder()
    office.people.known[office.api.user] = Recipient(time_zone="Mars/Olympus")
    office.clock.advance(hours=1)

    assert await office.run_due() == {**NOBODY, "failed": 1}

    assert "Mars/Olympus" in (await office.jobs())[0]["error"]


class Slow(MemoryNotifier):
    """Tells when it is asked, and waits for a sign."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def notify(self, notification: Notification) -> None:
        self.began.set()
        await asyncio.wait_for(self.go_on.wait(), 30)
        await super().notify(notification)


async def test_a_change_that_comes_while_its_user_is_told_is_kept(office: Office) -> None:
    reminder, notifier = await office.reminder(), Slow()
    office.clock.advance(hours=1)
    worker = asyncio.create_task(office.with_host(notifier=notifier).run_due())
    await asyncio.wait_for(notifier.began.wait(), 30)

    changed = await office.api.patch(path(reminder), {"minutes_before": -120})
    notifier.go_on.set()
    await worker

    assert await office.api.get(path(reminder)) == changed
    assert changed["next_at"] == "2026-03-28T15:00:00Z"
    office.clock.advance(hours=3)
    await office.run_due()
    assert office.told() == [reminder["id"]]


async def test_a_move_that_comes_while_its_user_is_told_is_kept(office: Office) -> None:
    reminder, notifier = await office.reminder(), Slow()
    office.clock.advance(hours=1)
    worker = asyncio.create_task(office.with_host(notifier=notifier).run_due())
    await asyncio.wait_for(notifier.began.wait(), 30)

    await office.reminder(office.api.as_user(office.api.user, zone="Asia/Tokyo"), hours=10)
    moved = await office.api.get(path(reminder))
    notifier.go_on.set()
    await worker

    fired = await office.api.get(path(reminder))
    assert (moved["version"], fired["version"], fired["next_at"]) == (2, 3, None)
    assert fired["fired_at"] is not None
    zones = await office.rows("SELECT zone FROM todokit_reminder")
    assert [row["zone"] for row in zones] == ["Asia/Tokyo"] * 2


async def test_one_that_is_dismissed_while_its_user_is_told_stays_dismissed(office: Office) -> None:
    reminder, notifier = await office.reminder(), Slow()
    office.clock.advance(hours=1)
    worker = asyncio.create_task(office.with_host(notifier=notifier).run_due())
    await asyncio.wait_for(notifier.began.wait(), 30)
    await office.api.post(f"{path(reminder)}/dismiss")

    notifier.go_on.set()
    await worker

    dismissed = await office.api.get(path(reminder))
    assert (dismissed["fired_at"], dismissed["version"]) == (None, 2)


async def test_one_that_is_deleted_while_its_user_is_told_stays_deleted(office: Office) -> None:
    reminder, notifier = await office.reminder(), Slow()
    office.clock.advance(hours=1)
    worker = asyncio.create_task(office.with_host(notifier=notifier).run_due())
    await asyncio.wait_for(notifier.began.wait(), 30)
    await office.api.delete(path(reminder))

    notifier.go_on.set()

    assert await worker == {**NOBODY, "done": 1}
    await office.api.get(path(reminder), 404)
    assert await office.jobs() == []


async def test_backoff_does_not_grow_past_a_working_day(office: Office) -> None:
    await office.reminder()
    notifier = BrokenNotifier()
    broken = office.with_host(notifier=notifier)
    office.clock.advance(hours=1)
    began = office.clock.now
    while (await office.jobs())[0]["parked_at"] is None:
        await broken.run_due()
        office.clock.advance(minutes=10)

    assert timedelta(minutes=15) < office.clock.now - began < timedelta(hours=8)


async def test_one_that_is_told_for_too_long_has_failed(office: Office) -> None:
    await office.reminder()
    office.clock.advance(hours=1)

    hurried = replace(office, settings=TodoKitSettings(database_url=office.settings.database_url, worker=HURRIED))
    report = await hurried.with_host(notifier=EndlessNotifier()).run_due()

    assert report == {**NOBODY, "failed": 1}
    (job,) = await office.jobs()
    assert job["error"].startswith("TimeoutError")


class EndlessNotifier:
    """Never comes back."""

    async def notify(self, _notification: Notification) -> None:
        await asyncio.Event().wait()


async def test_a_database_in_memory_is_refused_with_a_reason() -> None:
    with pytest.raises(ConfigurationError, match="in memory: use a file"):
        await run_due(TodoKitSettings(database_url="sqlite://"))


@pytest.mark.parametrize("answer", [False, {}, "ann", Recipient])
async def test_a_recipient_that_is_none_is_the_hosts_mistake(office: Office, answer: object) -> None:
    await office.reminder()
    office.clock.advance(hours=1)

    assert await office.with_host(recipient=lambda _user, _tenant: answer).run_due() == {**NOBODY, "failed": 1}

    (job,) = await office.jobs()
    assert job["error"].startswith("ConfigurationError: Host.recipient must return a Recipient(...) or None, not ")


@pytest.mark.parametrize("error", [ChangeRefused("maintenance"), RuntimeError("the audit is away")])
async def test_a_user_is_told_once_though_what_is_written_down_behind_it_is_refused(
    office: Office, error: Exception
) -> None:
    def refuse(_events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
        raise error

    reminder = await office.reminder()
    refusing = office.with_host(on_change=OnChange(before_commit=refuse))
    office.clock.advance(hours=1)
    for _ in range(ATTEMPTS):
        await refusing.run_due()
        office.clock.advance(hours=1)
    assert office.told() == [reminder["id"]]
    (job,) = await office.jobs()
    assert job["parked_at"] is not None

    await redrive_jobs(office.settings, office.host)
    assert await office.run_due() == {**NOBODY, "done": 1}

    assert office.told() == [reminder["id"]]
    assert (await office.api.get(path(reminder)))["state"] == "fired"


async def test_a_user_is_told_once_though_what_is_written_down_behind_it_takes_too_long(office: Office) -> None:
    async def dawdle(_events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
        await asyncio.sleep(10)

    reminder = await office.reminder()
    slow = office.with_host(on_change=OnChange(before_commit=dawdle))
    slow.settings = office.settings.model_copy(update={"worker": HURRIED})
    office.clock.advance(hours=1)
    assert await slow.run_due() == {**NOBODY, "failed": 1}
    office.clock.advance(hours=1)

    assert await office.run_due() == {**NOBODY, "done": 1}
    assert office.told() == [reminder["id"]]


async def test_a_reminder_that_failed_behind_the_telling_tells_of_its_next_moment(office: Office) -> None:
    def refuse(_events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
        raise ChangeRefused

    reminder = await office.reminder()
    office.clock.advance(hours=1)
    await office.with_host(on_change=OnChange(before_commit=refuse)).run_due()
    later = (office.clock.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    await office.api.post(f"{path(reminder)}/snooze", {"until": later})
    office.clock.advance(hours=2)

    await office.run_due()

    assert office.told() == [reminder["id"]] * 2


class PlainNotifier(MemoryNotifier):
    def notify(self, notification: Notification) -> None:  # type: ignore[override]  # some forget the `async`
        self.notifications.append(notification)


async def test_a_plain_notifier_tells_too(office: Office) -> None:
    await office.reminder()
    office.clock.advance(hours=1)
    notifier = PlainNotifier()

    assert await office.with_host(notifier=notifier).run_due() == {**NOBODY, "done": 1}
    assert len(notifier.notifications) == 1
