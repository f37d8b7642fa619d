"""A series on its way: where it goes next, when it ends, and what completion, missed slots and days left out change."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fastapi_todo_kit.calendar.rule import Rule, RuleError
from fastapi_todo_kit.calendar.series import CatchUp, Series
from fastapi_todo_kit.calendar.slots import MOST_STEPS, slots_after
from tests.calendar.random_rules import random_rule
from tests.calendar.support import BERLIN, NEW_YORK, UTC_ZONE, at, begin, counted_steps, wall

pytestmark = pytest.mark.thorough


LONG_AGO = at("2000-01-01T00:00")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
PAGO_PAGO = ZoneInfo("Pacific/Pago_Pago")


def next_of(series: Series | None, now: str, viewer: ZoneInfo = BERLIN) -> str | None:
    """Return the slot that follows if the present one is done with at a moment of UTC."""
    assert series is not None
    following = series.following(at(now), viewer)
    return None if following is None else following.slot.isoformat().removesuffix(":00")


def coming(series: Series, count: int = 20, viewer: ZoneInfo = BERLIN) -> list[str]:
    """Return the slots that follow if each one is done with at its time."""
    return [f"{slot:%Y-%m-%dT%H:%M}" for slot in islice(series.upcoming(series.moment(viewer), viewer), count)]


@pytest.mark.parametrize(
    ("now", "next_future", "next_slot"),
    [
        ("2026-01-01T08:00", "2026-01-02T09:00", "2026-01-02T09:00"),  # at its time
        ("2025-12-20T08:00", "2026-01-02T09:00", "2026-01-02T09:00"),  # before its time
        ("2026-01-05T07:59", "2026-01-05T09:00", "2026-01-02T09:00"),  # days late
        ("2026-01-05T08:00", "2026-01-06T09:00", "2026-01-02T09:00"),  # a slot at this moment has passed
    ],
)
def test_slots_that_were_missed_are_left_out_or_come_one_by_one(now: str, next_future: str, next_slot: str) -> None:
    future = begin("FREQ=DAILY", "2026-01-01T09:00", BERLIN)
    each = begin("FREQ=DAILY", "2026-01-01T09:00", BERLIN, catch_up="next_slot")

    assert next_of(future, now) == next_future
    assert next_of(each, now) == next_slot
    assert next_of(each.following(at(now), BERLIN), now) == "2026-01-03T09:00"


@pytest.mark.parametrize(
    ("rule", "slots"),
    [
        ("FREQ=MONTHLY", ["2026-02-28T09:00", "2026-03-31T09:00", "2026-04-30T09:00"]),
        ("FREQ=MONTHLY;INTERVAL=13", ["2027-02-28T09:00", "2028-03-31T09:00"]),
        ("FREQ=WEEKLY;BYDAY=MO", ["2026-02-02T09:00", "2026-02-09T09:00"]),
        ("FREQ=YEARLY", ["2027-01-31T09:00", "2028-01-31T09:00"]),
        ("FREQ=DAILY;BYHOUR=9,17", ["2026-01-31T17:00", "2026-02-01T09:00"]),
    ],
)
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_the_first_slot_stays_the_anchor(rule: str, slots: list[str], catch_up: CatchUp) -> None:
    series = begin(rule, "2026-01-31T09:00", BERLIN, catch_up=catch_up)

    assert coming(series, len(slots)) == slots


@pytest.mark.parametrize(
    ("rule", "now", "slot"),
    [
        ("FREQ=DAILY", "2026-01-10T21:47", "2026-01-11T09:00"),  # 22:47 in Berlin, and the next is at 09:00
        ("FREQ=DAILY", "2026-01-10T23:30", "2026-01-12T09:00"),  # the 11th already in Berlin
        ("FREQ=DAILY;INTERVAL=3", "2026-01-10T21:47", "2026-01-13T09:00"),
        ("FREQ=MONTHLY", "2026-02-10T21:47", "2026-03-10T09:00"),
        ("FREQ=WEEKLY", "2026-01-10T21:47", "2026-01-17T09:00"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-01-10T21:47", "2026-01-12T09:00"),
        ("FREQ=DAILY", "2025-12-30T21:47", "2026-01-02T09:00"),  # early: not the same slot again
        ("FREQ=DAILY;INTERVAL=3", "2025-12-30T10:00", "2026-01-02T09:00"),
        ("FREQ=DAILY;INTERVAL=3", "2025-12-29T10:00", "2026-01-04T09:00"),  # three days later is the same slot
        ("FREQ=HOURLY;INTERVAL=5", "2026-01-10T21:47:31", "2026-01-11T03:47"),
        ("FREQ=MINUTELY;INTERVAL=90", "2026-01-10T21:47:31", "2026-01-11T00:17"),
        ("FREQ=HOURLY", "2025-12-31T21:47", "2026-01-01T09:47"),
    ],
)
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_after_completion_the_day_counts_and_the_time_stays(rule: str, now: str, slot: str, catch_up: CatchUp) -> None:
    series = begin(rule, "2026-01-01T09:00", BERLIN, mode="completion", catch_up=catch_up)

    assert next_of(series, now, KIRITIMATI) == slot


@pytest.mark.parametrize(
    ("rule", "slot"),
    [
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "2024-06-22T09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2024-06-10T09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "2024-06-09T09:00"),
        ("FREQ=WEEKLY;BYDAY=SA", "2024-06-01T09:00"),  # without an interval, what is left of the week
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2024-07-31T09:00"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "2024-07-26T09:00"),
        ("FREQ=MONTHLY;INTERVAL=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2024-11-29T09:00"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=9;BYMONTHDAY=1", "2026-09-01T09:00"),
        ("FREQ=DAILY;INTERVAL=3;BYHOUR=9,18", "2024-05-31T09:00"),
        ("FREQ=HOURLY;INTERVAL=4;BYMINUTE=0,45", "2024-05-28T16:00"),
    ],
)
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_after_completion_the_rest_of_its_period_is_not_the_first_of_the_interval(
    rule: str, slot: str, catch_up: CatchUp
) -> None:
    series = begin(rule, "2024-05-25T09:00", mode="completion", catch_up=catch_up)

    assert next_of(series, "2024-05-28T12:10", UTC_ZONE) == slot


def period_of(rule: Rule, slot: datetime) -> int:
    """Return the number of the year, month, week, day or hour of a slot."""
    day = slot.toordinal()
    numbers = {
        "YEARLY": slot.year,
        "MONTHLY": slot.year * 12 + slot.month,
        "WEEKLY": (day - 1 - rule.week_start) // 7,
        "DAILY": day,
        "HOURLY": day * 24 + slot.hour,
        "MINUTELY": (day * 24 + slot.hour) * 60 + slot.minute,
    }
    return numbers[rule.freq]


@pytest.mark.thorough
@settings(max_examples=400, deadline=None)
@given(random=st.randoms(use_true_random=False), start=st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001  (wall clocks)
def test_after_completion_whole_intervals_pass_whatever_the_rule(random: Random, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    rule = Rule.parse(random_rule(random, start)).anchored(start)
    assume(rule.interval > 1)

    found = next(slots_after(rule, start, start, is_done_with_first=True), None)

    each = islice(slots_after(replace(rule, interval=1), start, start), 3_000)
    passed = ((slot, period_of(rule, slot) - period_of(rule, start)) for slot in each)
    matching = ((slot, periods) for slot, periods in passed if periods > 0 and periods % rule.interval == 0)
    expected, periods = next(matching, (None, 0))
    # A search has an end: a rule may have its next slot 6,198 times 25 hours later, and finds none.
    is_too_far = found is None and periods // rule.interval > MOST_STEPS[rule.freq]
    assert expected is None or found == expected or is_too_far


def test_the_day_of_completion_is_that_of_the_viewer_where_a_value_has_no_zone() -> None:
    series = begin("FREQ=DAILY", "2026-01-01T09:00", mode="completion")

    assert next_of(series, "2026-01-10T10:30", KIRITIMATI) == "2026-01-12T09:00"
    assert next_of(series, "2026-01-10T10:30", PAGO_PAGO) == "2026-01-10T09:00"


def test_after_completion_whole_days_count_from_the_day_of_the_viewer() -> None:
    series = begin("FREQ=DAILY;INTERVAL=7", "2026-01-01", is_all_day=True, mode="completion")

    assert next_of(series, "2026-01-10T10:30", KIRITIMATI) == "2026-01-18T00:00"
    assert next_of(series, "2026-01-10T10:30", PAGO_PAGO) == "2026-01-16T00:00"


def test_each_completion_anchors_anew() -> None:
    series = begin("FREQ=DAILY;INTERVAL=10", "2026-01-01T09:00", BERLIN, mode="completion")

    late = series.following(at("2026-01-03T12:00"), BERLIN)

    assert late is not None
    assert (late.slot, late.start) == (wall("2026-01-13T09:00"), wall("2026-01-03T09:00"))
    assert next_of(late, "2026-01-20T12:00") == "2026-01-30T09:00"


def test_todays_slot_of_whole_days_has_passed_for_whoever_has_that_day() -> None:
    series = begin("FREQ=DAILY", "2026-01-01", is_all_day=True)

    assert next_of(series, "2026-01-10T10:30", KIRITIMATI) == "2026-01-12T00:00"
    assert next_of(series, "2026-01-10T10:30", UTC_ZONE) == "2026-01-11T00:00"
    assert next_of(series, "2026-01-10T10:30", PAGO_PAGO) == "2026-01-10T00:00"


def test_a_floating_slot_has_passed_by_the_clock_of_the_viewer() -> None:
    floating = begin("FREQ=DAILY", "2026-01-01T09:00")
    fixed = begin("FREQ=DAILY", "2026-01-01T09:00", UTC_ZONE)

    assert next_of(floating, "2026-01-10T08:30", BERLIN) == "2026-01-11T09:00"
    assert next_of(floating, "2026-01-10T08:30", UTC_ZONE) == "2026-01-10T09:00"
    assert next_of(fixed, "2026-01-10T08:30", BERLIN) == "2026-01-10T09:00"


def test_days_left_out_do_not_come_and_are_counted() -> None:
    left_out = frozenset({wall("2026-01-02T09:00"), wall("2026-01-04T09:00")})
    series = begin("FREQ=DAILY;COUNT=5", "2026-01-01T09:00", BERLIN, exdates=left_out)

    assert coming(series) == ["2026-01-03T09:00", "2026-01-05T09:00"]


def test_a_series_whose_last_slot_is_left_out_ends_before_it() -> None:
    left_out = frozenset({wall("2026-01-03T09:00")})
    series = begin("FREQ=DAILY;COUNT=3", "2026-01-01T09:00", BERLIN, exdates=left_out)

    assert coming(series) == ["2026-01-02T09:00"]


def test_an_exception_of_another_time_leaves_nothing_out() -> None:
    series = begin("FREQ=DAILY", "2026-01-01T09:00", exdates=frozenset({wall("2026-01-02T09:01")}))

    assert coming(series, 1) == ["2026-01-02T09:00"]


@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_count_counts_slots_that_were_missed(catch_up: CatchUp) -> None:
    series = begin("FREQ=DAILY;COUNT=3", "2026-01-01T09:00", BERLIN, catch_up=catch_up)

    assert coming(series) == ["2026-01-02T09:00", "2026-01-03T09:00"]
    assert next_of(series, "2026-01-03T07:00") == (
        "2026-01-03T09:00" if catch_up == "next_future" else "2026-01-02T09:00"
    )
    assert next_of(series, "2026-01-04T12:00") == (None if catch_up == "next_future" else "2026-01-02T09:00")


def test_count_counts_completions_where_they_anchor() -> None:
    series: Series | None = begin("FREQ=DAILY;COUNT=3", "2026-01-01T09:00", BERLIN, mode="completion")
    found = []

    for day in (5, 9, 20):
        assert series is not None
        series = series.following(at(f"2026-01-{day:02}T12:00"), BERLIN)
        found.append(series and series.slot.day)

    assert found == [6, 10, None]


@pytest.mark.parametrize("mode", ["schedule", "completion"])
def test_a_count_of_one_is_the_first_slot(mode: str) -> None:
    series = begin("FREQ=DAILY;COUNT=1", "2026-01-01T09:00", BERLIN, mode=mode)

    assert coming(series) == []
    assert series.following(LONG_AGO, BERLIN) is None


@pytest.mark.parametrize("mode", ["schedule", "completion"])
def test_the_first_slot_counts_though_the_rule_does_not_name_it(mode: str) -> None:
    series = begin("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-01-01T09:00", BERLIN, mode=mode)

    assert coming(series) == ["2026-01-05T09:00", "2026-01-12T09:00"]


@pytest.mark.parametrize(
    ("until", "zone", "is_all_day", "last_day"),
    [
        ("20260105", None, True, 5),
        ("20260105T000000", None, True, 5),
        ("20260104T235959", None, True, 4),
        ("20260105T000000Z", None, True, 5),
        ("20260104T235959Z", None, True, 4),
        ("20260105", None, False, 5),
        ("20260105T090000", None, False, 5),
        ("20260105T085959", None, False, 4),
        ("20260105T090000Z", None, False, 5),
        ("20260105T085959Z", None, False, 4),
        ("20260105", NEW_YORK, False, 5),
        ("20260105T090000", NEW_YORK, False, 5),
        ("20260105T085959", NEW_YORK, False, 4),
        ("20260105T140000Z", NEW_YORK, False, 5),
        ("20260105T135959Z", NEW_YORK, False, 4),
    ],
)
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_until_is_the_last_moment_that_may_be_a_slot(
    until: str, zone: ZoneInfo | None, is_all_day: bool, last_day: int, catch_up: CatchUp
) -> None:
    first = "2026-01-01" if is_all_day else "2026-01-01T09:00"
    series = begin(f"FREQ=DAILY;UNTIL={until}", first, zone, is_all_day=is_all_day, catch_up=catch_up)

    days = [wall(slot).day for slot in coming(series, viewer=NEW_YORK)]

    assert days == list(range(2, last_day + 1))


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260103"])
def test_what_is_exhausted_has_no_next_slot(rule: str) -> None:
    series = begin(rule, "2026-01-01T09:00", BERLIN)

    assert next_of(series, "2026-06-01T00:00") is None


@pytest.mark.parametrize(
    "rule",
    ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=DAILY;BYHOUR=0", "FREQ=DAILY;BYMINUTE=0", "FREQ=DAILY;BYSECOND=0"],
)
def test_whole_days_take_no_times(rule: str) -> None:
    with pytest.raises(RuleError, match="whole days takes neither times of day"):
        begin(rule, "2026-01-01", is_all_day=True)

    assert coming(begin(rule, "2026-01-01"), 1)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=HOURLY;INTERVAL=2;BYHOUR=2"],
)
def test_a_rule_that_names_nothing_is_refused_unless_it_ends(rule: str) -> None:
    with pytest.raises(RuleError, match="names no further day within reach"):
        begin(rule, "2026-01-01T09:00", BERLIN, skip="omit")

    assert coming(begin(f"{rule};COUNT=2", "2026-01-01T09:00", BERLIN, skip="omit")) == []
    assert coming(begin(f"{rule};UNTIL=20261231", "2026-01-01T09:00", BERLIN, skip="omit")) == []


@pytest.mark.parametrize("mode", ["schedule", "completion"])
@pytest.mark.parametrize(
    ("first", "zone", "is_all_day"),
    [("1900-01-01", None, True), ("1900-01-01T09:00", None, False), ("1900-01-01T09:00", BERLIN, False)],
    ids=["whole days", "floating", "fixed"],
)
def test_slots_missed_for_a_century_are_not_walked_through(
    first: str, zone: ZoneInfo | None, is_all_day: bool, mode: str
) -> None:
    series = begin("FREQ=DAILY", first, zone, is_all_day=is_all_day, mode=mode)

    with counted_steps() as steps:
        found = next_of(series, "2026-07-01T12:00")

    assert found == "2026-07-02T" + ("00:00" if is_all_day else "09:00")
    assert steps.total() <= 10


def test_a_first_slot_in_the_last_year_has_nothing_behind_it() -> None:
    with pytest.raises(RuleError, match="names no further day within reach"):
        begin("FREQ=YEARLY", "2200-06-01T09:00", BERLIN)

    assert coming(begin("FREQ=MONTHLY", "2200-10-01T09:00", BERLIN)) == ["2200-11-01T09:00", "2200-12-01T09:00"]


@settings(max_examples=100, deadline=None)
@given(
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=HOURLY"]),
    count=st.integers(1, 40),
    first=st.datetimes(wall("2020-01-01"), wall("2040-01-01")),
    viewer=st.sampled_from([BERLIN, KIRITIMATI, PAGO_PAGO]),
)
def test_a_count_is_the_number_of_slots(rule: str, count: int, first: datetime, viewer: ZoneInfo) -> None:
    start = f"{first:%Y-%m-%dT%H:%M}"
    series = begin(f"{rule};COUNT={count}", start, BERLIN, catch_up="next_slot")
    endless = begin(rule, start, BERLIN, catch_up="next_slot")

    found = coming(series, count + 5, viewer)

    assert found == coming(endless, count - 1, viewer)


@settings(max_examples=200, deadline=None)
@given(
    rule=st.sampled_from(["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY", "FREQ=HOURLY;INTERVAL=5"]),
    hours=st.integers(-1_000, 1_000),
    minutes=st.integers(0, 59),
    catch_up=st.sampled_from(["next_future", "next_slot"]),
)
def test_a_completed_slot_never_comes_again(rule: str, hours: int, minutes: int, catch_up: CatchUp) -> None:
    series = begin(rule, "2026-03-01T09:00", BERLIN, mode="completion", catch_up=catch_up)
    now = series.moment(BERLIN) + timedelta(hours=hours, minutes=minutes)

    following = series.following(now, BERLIN)

    assert following is not None
    assert following.slot > series.slot
    assert following.moment(BERLIN) > now
