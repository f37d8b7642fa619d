"""Which slots a rule names, by tables and against python-dateutil; and that no rule makes a search long."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from random import Random
from unittest.mock import patch

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fastapi_todo_kit.calendar.days import Days, Skip
from fastapi_todo_kit.calendar.rule import Rule, RuleError
from fastapi_todo_kit.calendar.series import Recurrence, Series
from fastapi_todo_kit.calendar.slots import MOST_STEPS, MOST_STEPS_IN_ALL, slots_after
from tests.calendar.random_rules import random_rule
from tests.calendar.support import UTC_ZONE, at, counted_steps, wall

pytestmark = pytest.mark.thorough


LONG_AGO = wall("1900-01-01T09:00")
TODAY = wall("2026-07-01T12:00")
SKIPS = st.sampled_from(("omit", "backward", "forward"))
STARTS = st.datetimes(wall("1996-01-01"), wall("2030-12-31")).map(lambda one: one.replace(second=0, microsecond=0))
RANDOMS = st.randoms(use_true_random=False)
SHORTEST_REACH = timedelta(days=3_650)


def named(rule: str, start: str, count: int, skip: Skip = "omit") -> list[str]:
    """Return the days of the first slots behind a start."""
    found = islice(slots_after(Rule.parse(rule), wall(start), wall(start), skip), count)
    return [f"{slot:%Y-%m-%d}" for slot in found]


# An oracle only: what it costs grows with the distance from the start, it may look for ever for what never comes, it
# knows no SKIP, and what `random_rule` leaves out it reads otherwise than the RFC.
def by_dateutil(rule: str, start: datetime, after: datetime, until: datetime) -> list[datetime]:
    try:
        coming = rrulestr(rule, dtstart=start, cache=False).xafter(after, count=8)
        return list(takewhile(lambda slot: slot <= until, coming))
    except ValueError:  # its word for a rule that names nothing
        return []


@settings(max_examples=400, deadline=None)
@given(random=RANDOMS, start=STARTS, share=st.floats(0, 1))
def test_slots_are_those_of_dateutil(random: Random, start: datetime, share: float) -> None:
    text = random_rule(random, start)
    rule = Rule.parse(text)
    longest = {"HOURLY": timedelta(days=50), "MINUTELY": timedelta(days=2)}.get(rule.freq, timedelta(days=2_000))
    after = start + timedelta(minutes=int(share * longest / timedelta(minutes=1)))

    until = after + SHORTEST_REACH
    found = list(takewhile(lambda slot: slot <= until, islice(slots_after(rule, start, after), 8)))

    assert found == by_dateutil(text, start, after, until)


@settings(max_examples=200, deadline=None)
@given(random=RANDOMS, start=STARTS, days=st.integers(0, 40_000), skip=SKIPS)
def test_slots_do_not_depend_on_where_one_begins_to_look(
    random: Random, start: datetime, days: int, skip: Skip
) -> None:
    rule = Rule.parse(random_rule(random, start))
    after = start + timedelta(days=days)
    coming = list(islice(slots_after(rule, start, after, skip), 12))
    assume(len(coming) == 12)

    from_the_middle = list(islice(slots_after(rule, start, coming[5], skip), 6))

    assert from_the_middle == coming[6:]
    assert sorted(set(coming)) == coming
    assert coming[0] > after


@pytest.mark.parametrize("day", [29, 30, 31])
@settings(max_examples=60, deadline=None)
@given(start=STARTS, interval=st.integers(1, 14))
def test_a_month_that_is_too_short_is_what_its_last_days_make_of_it_elsewhere(
    day: int, start: datetime, interval: int
) -> None:
    anchored = f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={day}"
    last_days = ",".join(map(str, range(28, day + 1)))
    plain = f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={last_days};BYSETPOS=-1"

    backward = list(islice(slots_after(Rule.parse(anchored), start, start, "backward"), 8))

    assert backward == list(islice(slots_after(Rule.parse(plain), start, start), 8))
    assert backward == by_dateutil(plain, start, start, wall("2200-12-31"))


@pytest.mark.parametrize(
    ("rule", "skip", "days"),
    [
        ("FREQ=MONTHLY", "omit", ["2026-03-31", "2026-05-31", "2026-07-31"]),
        ("FREQ=MONTHLY", "backward", ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY", "forward", ["2026-03-01", "2026-03-31", "2026-05-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "omit", ["2026-03-30", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "backward", ["2026-02-28", "2026-03-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "forward", ["2026-03-01", "2026-03-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "omit", ["2026-03-29", "2026-04-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "backward", ["2026-02-28", "2026-03-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "forward", ["2026-03-01", "2026-03-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "omit", ["2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "backward", ["2026-02-28", "2027-02-28", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "forward", ["2026-03-01", "2027-03-01", "2028-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-31", "backward", ["2026-03-01", "2026-05-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29,30,31", "backward", ["2026-02-28", "2026-03-29", "2026-03-30", "2026-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,31", "forward", ["2026-02-01", "2026-03-01", "2026-03-31", "2026-04-01"]),
        ("FREQ=YEARLY;BYMONTHDAY=1,31", "forward", ["2026-02-01", "2026-03-01", "2026-03-31", "2026-04-01"]),
    ],
)
def test_a_day_that_a_month_lacks_is_left_out_or_moves(rule: str, skip: Skip, days: list[str]) -> None:
    assert named(rule, "2026-01-31T09:00", len(days), skip) == days


def test_a_day_that_moved_into_the_next_month_is_found_from_there() -> None:
    start, after = wall("2026-01-31T09:00"), wall("2026-03-01T08:00")

    found = [next(slots_after(Rule.parse("FREQ=MONTHLY"), start, after, skip)) for skip in ("omit", "forward")]

    assert found == [wall("2026-03-31T09:00"), wall("2026-03-01T09:00")]


def test_29_february_of_every_year_keeps_its_day() -> None:
    assert named("FREQ=YEARLY", "2024-02-29T09:00", 1, "omit") == ["2028-02-29"]
    assert named("FREQ=YEARLY", "2024-02-29T09:00", 4, "backward")[2:] == ["2027-02-28", "2028-02-29"]
    assert named("FREQ=YEARLY", "2024-02-29T09:00", 4, "forward")[2:] == ["2027-03-01", "2028-02-29"]


def test_monthly_on_the_31st_is_the_last_day_of_each_month() -> None:
    found = named("FREQ=MONTHLY;BYMONTHDAY=31", "2025-12-31T09:00", 120, "backward")

    assert found == named("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-12-31T09:00", 120)
    assert Counter(day[:4] for day in found) == dict.fromkeys(map(str, range(2026, 2036)), 12)


@pytest.mark.parametrize("freq", ["MONTHLY", "YEARLY"])
def test_a_day_that_moved_forward_is_named_by_its_own_weekday(freq: str) -> None:
    rule = f"FREQ={freq};BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"

    assert date(2027, 3, 1).weekday() == 0
    assert named(rule, "2026-12-01T09:00", 2, "forward") == ["2027-03-01", "2038-03-01"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        # Days with and without a number in one BYDAY.
        ("FREQ=MONTHLY;BYDAY=1MO,FR", ["2026-01-02", "2026-01-05", "2026-01-09", "2026-01-16"]),
        # A position in a week counts from its first day, though that lies before the start.
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", ["2026-01-05", "2026-01-12"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TU;BYSETPOS=1", ["2027-01-04", "2028-01-03"]),
        # Without BYDAY a week is the weekday of the start, which is a Thursday; with a negative number the last week.
        ("FREQ=YEARLY;BYWEEKNO=10", ["2026-03-05", "2027-03-11"]),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH", ["2026-12-31", "2027-12-30"]),
    ],
)
def test_what_dateutil_reads_otherwise_is_read_as_the_rfc_says(rule: str, days: list[str]) -> None:
    assert named(rule, "2026-01-01T09:00", len(days)) == days


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY;BYYEARDAY=366", ["2028-12-31", "2032-12-31"]),
        ("FREQ=YEARLY;BYYEARDAY=-366", ["2028-01-01", "2032-01-01"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", ["2026-12-28", "2032-12-27"]),
        ("FREQ=YEARLY;BYWEEKNO=-53;BYDAY=SU", ["2026-01-04", "2032-01-04"]),
        ("FREQ=MONTHLY;BYDAY=5FR", ["2026-01-30", "2026-05-29", "2026-07-31"]),
    ],
)
def test_a_place_that_a_period_lacks_is_not_one_of_the_next(rule: str, days: list[str]) -> None:
    assert named(rule, "2026-01-01T09:00", len(days)) == days


@pytest.mark.parametrize(
    ("rule", "slot"),
    [
        ("FREQ=MINUTELY", "2026-07-01T12:01"),
        ("FREQ=MINUTELY;INTERVAL=7", "2026-07-01T12:06"),
        ("FREQ=MINUTELY;INTERVAL=1000", "2026-07-02T03:40"),
        ("FREQ=HOURLY", "2026-07-01T13:00"),
        ("FREQ=HOURLY;INTERVAL=1000", "2026-07-07T17:00"),
        ("FREQ=DAILY", "2026-07-02T09:00"),
        ("FREQ=DAILY;INTERVAL=1000", "2028-09-06T09:00"),
        ("FREQ=WEEKLY", "2026-07-06T09:00"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR", "2026-07-03T09:00"),
        ("FREQ=MONTHLY", "2026-08-01T09:00"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-07-31T09:00"),
        ("FREQ=YEARLY", "2027-01-01T09:00"),
        ("FREQ=YEARLY;INTERVAL=50", "2050-01-01T09:00"),
    ],
)
def test_a_start_long_ago_is_not_walked_from(rule: str, slot: str) -> None:
    with counted_steps() as steps:
        found = next(slots_after(Rule.parse(rule), LONG_AGO, TODAY))

    assert found == wall(slot)
    assert steps.total() <= 200


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=3;BYYEARDAY=1",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=-53MO",
        "FREQ=YEARLY;BYWEEKNO=30;BYMONTH=1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=2",
        "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=31,33",
        "FREQ=MINUTELY;INTERVAL=90;BYHOUR=2;BYMINUTE=0",
    ],
)
@pytest.mark.parametrize("after", [LONG_AGO, TODAY], ids=["1900", "2026"])
def test_a_search_for_what_never_comes_ends(rule: str, after: datetime) -> None:
    parsed = Rule.parse(rule)

    with counted_steps() as steps:
        found = list(slots_after(parsed, LONG_AGO, after))

    assert found == []
    assert steps.total() <= MOST_STEPS[parsed.freq]


@pytest.mark.parametrize(
    ("rule", "days"),
    [("FREQ=MINUTELY;INTERVAL=2;BYMINUTE=31,33", 120), ("FREQ=HOURLY;INTERVAL=2;BYHOUR=2", 2_000)],
)
def test_each_place_of_a_day_that_is_looked_at_is_a_step(rule: str, days: int) -> None:
    with counted_steps() as steps:
        assert not list(slots_after(Rule.parse(rule), LONG_AGO, LONG_AGO))

    assert steps["_periods"] <= days


def parts_of_rules() -> st.SearchStrategy[list[str]]:
    def numbers(name: str, lowest: int, largest: int) -> st.SearchStrategy[str]:
        listed = st.lists(st.integers(lowest, largest), min_size=1, max_size=6)
        return listed.map(lambda found: f"{name}={','.join(map(str, found))}")

    days = st.lists(st.sampled_from(["MO", "WE", "SU", "1MO", "5SA", "-1FR", "53TU"]), min_size=1, max_size=4)
    listed = [
        numbers("BYMONTH", 1, 12),
        numbers("BYWEEKNO", -53, 53),
        numbers("BYYEARDAY", -366, 366),
        numbers("BYMONTHDAY", -31, 31),
        numbers("BYHOUR", 0, 23),
        numbers("BYMINUTE", 0, 59),
        numbers("BYSETPOS", -366, 366),
        days.map(lambda found: f"BYDAY={','.join(found)}"),
        st.integers(1, 1_000).map(lambda number: f"INTERVAL={number}"),
    ]
    return st.lists(st.one_of(listed), max_size=5, unique_by=lambda part: part.partition("=")[0])


@settings(max_examples=300, deadline=None)
@given(freq=st.sampled_from(list(MOST_STEPS)), parts=parts_of_rules(), start=STARTS, skip=SKIPS)
def test_no_rule_makes_a_search_long(freq: str, parts: list[str], start: datetime, skip: Skip) -> None:
    try:
        rule = Rule.parse(";".join([f"FREQ={freq}", *parts]))
    except RuleError:
        assume(False)

    with counted_steps() as steps:
        found = next(slots_after(rule, start, max(start, TODAY), skip), None)

    assert found is None or found > TODAY
    assert steps.total() <= MOST_STEPS[rule.freq]


MANY_DAYS = ",".join(map(str, range(-366, 0, 4)))
DEMANDING = [
    "FREQ=DAILY;BYMONTHDAY=31;BYDAY=MO",
    "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    "FREQ=HOURLY;BYHOUR=3;BYMONTHDAY=31;BYDAY=MO",
    "FREQ=MINUTELY;BYHOUR=8;BYMINUTE=59;BYMONTHDAY=31",
    "FREQ=MINUTELY;INTERVAL=7;BYMINUTE=59;BYMONTHDAY=31",
    f"FREQ=YEARLY;BYYEARDAY={MANY_DAYS};BYDAY=MO;BYSETPOS=-1",
    "FREQ=WEEKLY;INTERVAL=53;BYDAY=MO;BYMONTH=2",
]


@pytest.mark.parametrize("rule", DEMANDING)
def test_what_is_asked_for_together_takes_a_bounded_number_of_steps(rule: str) -> None:
    series = Series.beginning(Recurrence(rule=Rule.parse(rule)), LONG_AGO, UTC_ZONE, is_all_day=False)

    with counted_steps() as steps:
        found = list(islice(series.upcoming(at("1900-01-01T09:00"), UTC_ZONE), 1_000))

    assert found == sorted(set(found))
    assert steps.total() <= MOST_STEPS_IN_ALL + 4 * len(found)  # the watcher counts slots, too, which are no steps


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY;BYHOUR=3;BYMONTHDAY=31;BYDAY=MO", "FREQ=MINUTELY;BYHOUR=1;BYMONTHDAY=31"]
)
def test_a_count_of_slots_that_are_far_apart_is_refused_or_counted(rule: str) -> None:
    parsed = Rule.parse(f"{rule};COUNT=1000")

    with counted_steps() as steps, suppress(RuleError):
        Series.beginning(Recurrence(rule=parsed), LONG_AGO, UTC_ZONE, is_all_day=False)

    assert steps.total() <= MOST_STEPS_IN_ALL + 1_000


def test_days_that_are_left_out_do_not_make_a_search_long() -> None:
    rule = Rule.parse("FREQ=MINUTELY;BYHOUR=3;BYMINUTE=0;BYMONTHDAY=31;BYDAY=MO")
    first = list(islice(slots_after(rule, LONG_AGO, TODAY), 200))
    series = Series.beginning(Recurrence(rule=rule, exdates=frozenset(first)), LONG_AGO, UTC_ZONE, is_all_day=False)

    with counted_steps() as steps:
        series.following(TODAY.replace(tzinfo=UTC), UTC_ZONE)

    assert steps.total() <= MOST_STEPS[rule.freq] + 42 * len(first)


def test_a_month_and_a_year_are_looked_through_once_for_each_shape() -> None:
    days = Days(Rule.parse(f"FREQ=YEARLY;BYYEARDAY={MANY_DAYS};BYDAY=MO"), "omit")

    with patch.object(Days, "_find_in_year", autospec=True, side_effect=Days._find_in_year) as find:
        for year in range(1900, 2201):
            days.of_year(year)

    assert find.call_count == 14


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MINUTELY;INTERVAL=600",
        "FREQ=HOURLY;INTERVAL=9",
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=FR,SU",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=TH,FR,SA",
    ],
)
def test_nothing_comes_after_the_last_year(rule: str) -> None:
    start = wall("2200-10-01T09:00")

    found = list(slots_after(Rule.parse(rule), start, start, "forward"))

    assert found or "YEARLY" in rule
    assert {slot.year for slot in found} <= {2200}
    assert not list(slots_after(Rule.parse(rule), start, wall("2300-01-01T00:00")))


def test_a_rule_of_minutes_names_each_in_its_hours_only() -> None:
    rule = Rule.parse("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,11")

    found = list(islice(slots_after(rule, wall("2026-01-01T09:00"), wall("2026-01-01T09:20")), 5))

    assert [f"{slot:%d %H:%M}" for slot in found] == ["01 09:40", "01 11:00", "01 11:20", "01 11:40", "02 09:00"]


@pytest.mark.parametrize("freq", list(MOST_STEPS))
def test_nothing_comes_before_the_start(freq: str) -> None:
    rule, start = Rule.parse(f"FREQ={freq}"), wall("2026-01-30T09:00")

    found = next(slots_after(rule, start, LONG_AGO))

    assert found == next(slots_after(rule, start, start)) > start
