"""Users move, clocks are changed and set back: each reminder is told once, at the wall clock where its user is."""

from datetime import UTC, datetime, timedelta

import pytest

from fastapi_todo_kit import Recipient, refresh_reminders
from tests.features.reminders.support import path, remind
from tests.worker.support import NOBODY, Office


async def test_nothing_is_told_twice_when_the_clock_is_set_back(office: Office) -> None:
    first, second = await office.reminder(hours=1), await office.reminder(hours=2)
    office.clock.advance(hours=1.5)
    await office.run_due()

    office.clock.advance(hours=-1)
    for _ in range(5):
        await office.run_due()
        office.clock.advance(minutes=30)

    assert office.told() == [first["id"], second["id"]]


async def test_one_that_was_claimed_when_the_clock_was_set_back_is_told_in_time(office: Office) -> None:
    reminder = await office.reminder(hours=1)
    office.clock.advance(hours=1)
    moments = [office.clock.now]  # of the claim; behind it the clock is set back

    def clock() -> datetime:
        return moments.pop() if moments else office.clock.now - timedelta(hours=1)

    await office.with_host(clock=clock).run_due()
    assert office.told() == []
    office.clock.advance(seconds=1)
    await office.run_due()

    assert office.told() == [reminder["id"]]


async def test_none_is_lost_or_doubled_while_clocks_are_changed(office: Office) -> None:
    berlin = office.api.as_user(office.api.user, zone="Europe/Berlin")
    # The hour from two to three is left out on 29 March; each of these is at a wall clock of its own.
    walls = [datetime(2026, 3, 29) + timedelta(minutes=30 * n) for n in range(12)]  # noqa: DTZ001  (a wall clock)
    reminders = [await remind(berlin, await berlin.todo(due={"datetime": wall.isoformat()})) for wall in walls]

    for _ in range(48):
        office.clock.advance(minutes=30)
        await office.run_due()

    assert sorted(office.told()) == sorted(one["id"] for one in reminders)
    late = [one.at for one in office.notifier.notifications if one.at < datetime(2026, 3, 28, 23, tzinfo=UTC)]
    assert late == []


async def test_a_user_who_has_moved_west_is_told_later(office: Office) -> None:
    reminder = await remind(office.api, await office.api.todo(due={"date": "2026-03-29"}))
    office.people.known[office.api.user] = Recipient(time_zone="America/New_York")
    office.clock.now = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)

    assert (await office.run_due())["failed"] == 0
    assert office.told() == []
    assert (await office.api.get(path(reminder)))["next_at"] == "2026-03-29T13:00:00Z"
    office.clock.advance(hours=4)
    await office.run_due()

    assert office.told() == [reminder["id"]]
    assert (await office.api.get(path(reminder)))["fired_at"] is not None


async def test_a_user_who_has_moved_east_is_told_once(office: Office) -> None:
    reminder = await remind(office.api, await office.api.todo(due={"date": "2026-03-29"}))
    office.people.known[office.api.user] = Recipient(time_zone="Asia/Tokyo", hour=8)
    office.clock.now = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)

    await office.run_due()
    await office.run_due()

    assert office.told() == [reminder["id"]]
    assert office.notifier.notifications[0].at == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert (await office.api.get(path(reminder)))["fired_at"] is not None


async def test_a_move_does_not_touch_a_moment_that_is_fixed(office: Office) -> None:
    reminder = await office.reminder(hours=1)
    office.people.known[office.api.user] = Recipient(time_zone="Asia/Tokyo", hour=7)
    office.clock.advance(hours=1)

    await office.run_due()

    assert office.told() == [reminder["id"]]
    fired = await office.api.get(path(reminder))
    assert (fired["next_at"], fired["fired_at"] is None) == (None, False)


async def test_a_snooze_ends_when_it_said_wherever_its_user_is(office: Office) -> None:
    reminder = await remind(office.api, await office.api.todo(due={"date": "2026-03-29"}))
    await office.api.post(f"{path(reminder)}/snooze", {"until": "2026-03-28T18:00:00Z"})
    office.people.known[office.api.user] = Recipient(time_zone="Pacific/Honolulu")
    office.clock.advance(hours=7)

    await office.run_due()
    office.clock.advance(days=2)
    await office.run_due()

    assert office.told() == [reminder["id"]]


async def test_the_hour_of_whole_days_is_that_of_now(office: Office) -> None:
    reminder = await remind(office.api, await office.api.todo(due={"date": "2026-03-29"}))
    office.people.known[office.api.user] = Recipient(hour=17)
    office.clock.now = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)

    await office.run_due()

    assert office.told() == []
    assert (await office.api.get(path(reminder)))["next_at"] == "2026-03-29T17:00:00Z"


async def test_everybodys_reminders_are_found_out_anew(office: Office) -> None:
    users = [office.api, office.api.as_user()]
    reminders = [await remind(user, await user.todo(due={"date": "2026-04-10"})) for user in users]
    for user in users:
        office.people.known[user.user] = Recipient(time_zone="Asia/Tokyo")

    await refresh_reminders(office.settings, office.host)

    found = [await user.get(path(one)) for user, one in zip(users, reminders, strict=True)]
    assert [(one["next_at"], one["version"]) for one in found] == [("2026-04-10T00:00:00Z", 2)] * 2
    await refresh_reminders(office.settings, office.host)
    assert [await user.get(path(one)) for user, one in zip(users, reminders, strict=True)] == found


async def test_or_those_of_one_user(office: Office) -> None:
    users = [office.api, office.api.as_user()]
    reminders = [await remind(user, await user.todo(due={"date": "2026-04-10"})) for user in users]
    for user in users:
        office.people.known[user.user] = Recipient(time_zone="Asia/Tokyo")

    await refresh_reminders(office.settings, office.host, user_id=users[1].user)

    found = [await user.get(path(one)) for user, one in zip(users, reminders, strict=True)]
    assert [one["next_at"] for one in found] == ["2026-04-10T09:00:00Z", "2026-04-10T00:00:00Z"]


async def test_a_refresh_leaves_alone_who_is_gone_and_what_has_fired(office: Office) -> None:
    gone, fired = office.api.as_user(), await office.reminder()
    pending = await remind(gone, await gone.todo(due={"date": "2026-04-10"}))
    office.clock.advance(hours=2)
    await office.run_due()
    office.people.known |= {gone.user: None, office.api.user: Recipient(time_zone="Pacific/Honolulu")}

    await refresh_reminders(office.settings, office.host)

    assert await gone.get(path(pending)) == pending
    assert (await office.api.get(path(fired)))["next_at"] is None
    assert await office.run_due() == NOBODY


@pytest.mark.parametrize("zones", [("Pacific/Niue", "Pacific/Kiritimati"), ("Pacific/Kiritimati", "Pacific/Niue")])
async def test_what_has_fired_has_fired_wherever_its_user_goes(office: Office, zones: tuple[str, str]) -> None:
    todo = await office.api.todo(due={"date": "2026-03-30"})
    fired, dismissed = await remind(office.api, todo), await remind(office.api, todo, minutes_before=5)
    await office.api.post(f"{path(dismissed)}/dismiss")
    office.people.known[office.api.user] = Recipient(time_zone="UTC")
    office.clock.now = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
    await office.run_due()
    before = await office.api.get(path(fired))

    for zone in zones:
        mover = office.api.as_user(office.api.user, zone=zone)
        await remind(mover, await mover.todo(due={"date": "2026-06-01"}))
        shown = [await mover.get(path(one)) for one in (fired, dismissed)]

        assert [one["state"] for one in shown] == ["fired", "dismissed"]
        assert shown[0]["fired_at"] == before["fired_at"] is not None


async def test_one_that_was_snoozed_to_an_earlier_time_has_fired(office: Office) -> None:
    reminder = await office.reminder(hours=5)
    await office.api.post(f"{path(reminder)}/snooze", {"until": (office.clock.now + timedelta(hours=1)).isoformat()})
    office.clock.advance(hours=2)

    await office.run_due()

    assert (await office.api.get(path(reminder)))["state"] == "fired"
