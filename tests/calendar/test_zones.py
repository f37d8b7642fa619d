"""Where clocks change: a series keeps the wall clock in every zone, and no moment is lost or comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_todo_kit.calendar.series import CatchUp, Series
from tests.calendar.support import APIA, BERLIN, UTC_ZONE, at, begin, instant_of, wall

pytestmark = pytest.mark.thorough


ZONES = sorted(available_timezones())
YEARS = (2020, 2040)
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = 7 * _DAY


@cache
def changes_of(zone: ZoneInfo) -> list[datetime]:
    """Return the instants from 2020 to 2040 at which the clocks of a zone change."""
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in YEARS)
    weeks = [first + _WEEK * n for n in range((last - first) // _WEEK)]
    offsets = [offset(zone, week) for week in weeks]
    return [
        change_between(zone, *between)
        for between, (one, other) in zip(pairwise(weeks), pairwise(offsets), strict=True)
        if one != other
    ]


def change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if offset(zone, middle) == offset(zone, before) else (before, middle)
    return after.replace(microsecond=0)


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found


def strange_hour(zone: ZoneInfo, change: datetime) -> datetime:
    """Return a wall clock in the middle of what a change leaves out, or lets come twice."""
    before, after = offset(zone, change - timedelta(seconds=1)), offset(zone, change)
    middle = (change + (before + after) / 2).replace(tzinfo=None)
    return middle.replace(second=0, microsecond=0)


def zones_that_change() -> st.SearchStrategy[ZoneInfo]:
    return st.sampled_from([name for name in ZONES if changes_of(ZoneInfo(name))]).map(ZoneInfo)


@cache
def different_changes() -> list[tuple[ZoneInfo, datetime]]:
    """Return the changes of all zones; those that some zones share are there once."""
    found: dict[tuple[datetime, timedelta, timedelta], tuple[ZoneInfo, datetime]] = {}
    for zone in map(ZoneInfo, ZONES):
        for change in changes_of(zone):
            found[change, offset(zone, change - _HOUR), offset(zone, change)] = (zone, change)
    return list(found.values())


def first_at(rule: str, first: datetime, zone: ZoneInfo | None, catch_up: CatchUp = "next_future") -> Series:
    return begin(rule, f"{first:%Y-%m-%dT%H:%M:%S}", zone, catch_up=catch_up)


def slots_of(series: Series, count: int, viewer: ZoneInfo = UTC_ZONE) -> list[datetime]:
    """Return the present slot and those that follow if each is done with at its time."""
    return [series.slot, *islice(series.upcoming(series.moment(viewer), viewer), count)]


def local(moments: list[datetime]) -> list[str]:
    return [f"{moment:%m-%d %H:%M}" for moment in moments]


def check_days(slots: list[datetime], zone: ZoneInfo, step: timedelta) -> None:
    """Check that days follow each other at the same time of day, and that their instants increase."""
    instants = [instant_of(slot, zone) for slot in slots]

    assert [other - one for one, other in pairwise(slots)] == [step] * (len(slots) - 1)
    assert all(one < other for one, other in pairwise(instants))


def check_hours(slots: list[datetime], zone: ZoneInfo) -> None:
    """Check that each instant that an hour of the wall clock has is there once, and in order."""
    every_hour = [slots[0] + _HOUR * n for n in range((slots[-1] - slots[0]) // _HOUR + 1)]
    instants = [instant_of(slot, zone) for slot in slots]

    assert instants == sorted({instant_of(hour, zone) for hour in every_hour})


@pytest.mark.thorough
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_no_change_of_any_zone_moves_loses_or_doubles_a_slot(catch_up: CatchUp) -> None:
    for zone, change in different_changes():
        strange = strange_hour(zone, change)

        check_days(slots_of(first_at("FREQ=DAILY", strange - _DAY, zone, catch_up), 3), zone, _DAY)
        check_days(slots_of(first_at("FREQ=WEEKLY", strange - _WEEK, zone, catch_up), 2), zone, _WEEK)
        check_hours(slots_of(first_at("FREQ=HOURLY", strange - 3 * _HOUR, zone, catch_up), 6), zone)


@pytest.mark.thorough
def test_no_change_of_any_zone_loses_or_doubles_a_whole_day() -> None:
    for zone, change in different_changes():
        day = datetime.combine(strange_hour(zone, change) - 2 * _DAY, time())

        slots = slots_of(begin("FREQ=DAILY", f"{day}", is_all_day=True), 4, viewer=zone)

        assert slots == [day + _DAY * n for n in range(5)]


def test_changes_are_found() -> None:
    found = different_changes()

    assert len(found) > 500
    assert at("2026-03-29T01:00") in changes_of(BERLIN)
    assert strange_hour(BERLIN, at("2026-03-29T01:00")) == wall("2026-03-29T02:30")


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    first=st.datetimes(wall("2020-01-01"), wall("2039-12-01")),
    catch_up=st.sampled_from(("next_future", "next_slot")),
)
def test_the_wall_clock_is_kept_in_every_zone(zone: ZoneInfo, first: datetime, catch_up: CatchUp) -> None:
    first = first.replace(microsecond=0)

    check_days(slots_of(first_at("FREQ=DAILY", first, zone, catch_up), 30), zone, _DAY)
    check_days(slots_of(first_at("FREQ=WEEKLY", first, zone, catch_up), 30), zone, _WEEK)
    check_hours(slots_of(first_at("FREQ=HOURLY", first, zone, catch_up), 30), zone)


@settings(max_examples=400, deadline=None)
@given(
    zone=st.deferred(zones_that_change),  # when the test runs, not where it is collected
    pick=st.integers(0, 1_000),
    rule=st.sampled_from(("FREQ=DAILY", "FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=25", "FREQ=DAILY;BYHOUR=0,1,2,3,23")),
    minutes=st.integers(-300, 300),
    lead=st.integers(200, 2_000),
)
def test_the_next_slot_is_the_first_whose_moment_is_to_come(
    zone: ZoneInfo, pick: int, rule: str, minutes: int, lead: int
) -> None:
    change = changes_of(zone)[pick % len(changes_of(zone))]
    now = change + timedelta(minutes=minutes)
    first = strange_hour(zone, change) - timedelta(minutes=lead)
    each = first_at(rule, first, zone, "next_slot")
    moments = [instant_of(slot, zone) for slot in slots_of(each, 200)]

    following = first_at(rule, first, zone).following(now, zone)

    assert following is not None
    assert following.moment(UTC_ZONE) == next(one for one in moments[1:] if one > now)


@pytest.mark.parametrize(
    ("rule", "first", "slots", "moments"),
    [
        (  # The gap: 02:30 is at 03:30 for a day, and stays 02:30.
            "FREQ=DAILY",
            "2026-03-28T02:30",
            ["03-28 02:30", "03-29 02:30", "03-30 02:30"],
            ["03-28 01:30", "03-29 01:30", "03-30 00:30"],
        ),
        (  # What comes twice is the first of both.
            "FREQ=DAILY",
            "2026-10-24T02:30",
            ["10-24 02:30", "10-25 02:30", "10-26 02:30"],
            ["10-24 00:30", "10-25 00:30", "10-26 01:30"],
        ),
        (
            "FREQ=DAILY",
            "2026-10-24T09:00",
            ["10-24 09:00", "10-25 09:00", "10-26 09:00"],
            ["10-24 07:00", "10-25 08:00", "10-26 08:00"],
        ),
        (  # 03:00 is the moment of 02:00 in the gap, and left out.
            "FREQ=HOURLY",
            "2026-03-29T01:00",
            ["03-29 01:00", "03-29 02:00", "03-29 04:00"],
            ["03-29 00:00", "03-29 01:00", "03-29 02:00"],
        ),
        (
            "FREQ=HOURLY",
            "2026-10-25T01:00",
            ["10-25 01:00", "10-25 02:00", "10-25 03:00"],
            ["10-24 23:00", "10-25 00:00", "10-25 02:00"],
        ),
    ],
)
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_the_clocks_of_berlin(rule: str, first: str, slots: list[str], moments: list[str], catch_up: CatchUp) -> None:
    series = begin(rule, first, BERLIN, catch_up=catch_up)

    found = slots_of(series, 2)

    assert local(found) == slots
    assert local([instant_of(slot, BERLIN) for slot in found]) == moments


@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_a_day_that_samoa_never_had_has_the_moment_of_the_next_one(catch_up: CatchUp) -> None:
    series = begin("FREQ=DAILY", "2011-12-29T09:00", APIA, catch_up=catch_up)

    found = slots_of(series, 3)

    assert local(found) == ["12-29 09:00", "12-30 09:00", "01-01 09:00", "01-02 09:00"]
    assert local([instant_of(slot, APIA) for slot in found]) == [
        "12-29 19:00",
        "12-30 19:00",
        "12-31 19:00",
        "01-01 19:00",
    ]


def test_late_on_the_day_behind_the_missing_one_its_slots_are_still_to_come() -> None:
    series = begin("FREQ=DAILY", "2011-12-29T23:00", APIA)

    following = series.following(at("2011-12-31T08:30"), APIA)  # 22:30 on the 31st

    assert following is not None
    assert following.slot == wall("2011-12-30T23:00")
    assert following.moment(APIA) == at("2011-12-31T09:00")


def test_half_an_hour_is_a_change_as_well() -> None:
    forward = slots_of(begin("FREQ=DAILY", "2026-10-03T02:15", LORD_HOWE), 2)
    back = slots_of(begin("FREQ=DAILY", "2026-04-04T01:45", LORD_HOWE), 2)

    assert local(forward) == ["10-03 02:15", "10-04 02:15", "10-05 02:15"]
    assert local([instant_of(slot, LORD_HOWE) for slot in forward]) == ["10-02 15:45", "10-03 15:45", "10-04 15:15"]
    assert local([instant_of(slot, LORD_HOWE) for slot in back]) == ["04-03 14:45", "04-04 14:45", "04-05 15:15"]


@pytest.mark.parametrize(
    ("rule", "first", "now", "slot"),
    [
        # In the hour behind the gap, the slots that it left out are still to come.
        ("FREQ=DAILY", "2026-03-20T02:30", "2026-03-29T01:10", "2026-03-29T02:30"),
        ("FREQ=DAILY", "2026-03-20T02:30", "2026-03-29T01:30", "2026-03-30T02:30"),
        ("FREQ=MINUTELY;INTERVAL=20", "2026-03-29T00:00", "2026-03-29T01:10", "2026-03-29T02:20"),
        ("FREQ=MINUTELY;INTERVAL=20", "2026-03-29T00:00", "2026-03-29T01:50", "2026-03-29T04:00"),
        ("FREQ=HOURLY", "2026-03-29T00:30", "2026-03-29T01:30", "2026-03-29T04:30"),
        # In the hour that comes twice there are slots the first time only.
        ("FREQ=DAILY", "2026-10-20T02:30", "2026-10-25T00:10", "2026-10-25T02:30"),
        ("FREQ=DAILY", "2026-10-20T02:30", "2026-10-25T00:40", "2026-10-26T02:30"),
        ("FREQ=DAILY", "2026-10-20T02:30", "2026-10-25T01:10", "2026-10-26T02:30"),
        ("FREQ=MINUTELY;INTERVAL=20", "2026-10-25T00:00", "2026-10-25T00:10", "2026-10-25T02:20"),
        ("FREQ=MINUTELY;INTERVAL=20", "2026-10-25T00:00", "2026-10-25T01:10", "2026-10-25T03:00"),
    ],
)
def test_slots_have_passed_by_their_moments_and_not_by_the_wall_clock(
    rule: str, first: str, now: str, slot: str
) -> None:
    fixed = begin(rule, first, BERLIN).following(at(now), UTC_ZONE)
    floating = begin(rule, first).following(at(now), BERLIN)

    assert fixed is not None
    assert floating is not None
    assert fixed.slot == floating.slot == wall(slot)


@pytest.mark.parametrize(
    ("rule", "now", "slot"),
    [
        ("FREQ=HOURLY", "2026-03-29T00:40", "2026-03-29T02:40"),  # at 01:40: an hour later is 03:40 on the clock
        ("FREQ=HOURLY", "2026-10-25T00:40", "2026-10-25T03:40"),  # at 02:40, the first time
        ("FREQ=MINUTELY;INTERVAL=15", "2026-10-25T00:50", "2026-10-25T03:05"),
        ("FREQ=MINUTELY;INTERVAL=15", "2026-10-25T01:10", "2026-10-25T03:10"),  # at 02:10, the second time
        ("FREQ=DAILY", "2026-03-29T00:40", "2026-03-30T02:30"),
        ("FREQ=DAILY", "2026-10-25T01:10", "2026-10-26T02:30"),
    ],
)
def test_completion_on_the_day_of_a_change(rule: str, now: str, slot: str) -> None:
    series = begin(rule, "2026-03-01T02:30", BERLIN, mode="completion")

    following = series.following(at(now), UTC_ZONE)

    assert following is not None
    assert following.slot == wall(slot)
    assert following.moment(UTC_ZONE) > at(now)


def test_a_whole_day_that_samoa_never_had_has_passed_with_the_next_one() -> None:
    series = begin("FREQ=DAILY", "2011-12-29", is_all_day=True)

    days = [slot.date() for slot in slots_of(series, 3, APIA)]

    assert days == [date(2011, 12, 29), date(2011, 12, 30), date(2012, 1, 1), date(2012, 1, 2)]
