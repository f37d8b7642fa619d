"""When a reminder is due, without a database: whole days, gaps and folds, and what a day before is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from fastapi_todo_kit.features.reminders.moments import moment_of

BERLIN = "Europe/Berlin"
ABSOLUTE = {"anchor": None, "minutes_before": None}
DAY = 24 * 60


def moment(todo: Any = None, **columns: Any) -> str | None:
    """Return the moment in UTC; by default of a reminder at the due of a user in Berlin who is reminded at nine."""
    reminder = {"at_local": None, "at_zone": None, "anchor": "due", "minutes_before": 0, "zone": BERLIN}
    found = moment_of(
        {**reminder, "day_minute": 9 * 60, **columns}, {"start": None, "due": None, "deadline": None, **(todo or {})}
    )
    return None if found is None else found.strftime("%Y-%m-%d %H:%M")


def floating(wall: str) -> dict[str, Any]:
    return {"due": {"datetime": f"{wall}:00"}}


def fixed(wall: str, zone: str) -> dict[str, Any]:
    return {"due": {"datetime": f"{wall}:00", "timezone": zone}}


@pytest.mark.parametrize(
    ("todo", "expected"),
    [
        ({"due": {"date": "2026-07-01"}}, "2026-07-01 07:00"),
        ({"due": {"date": "2026-12-01"}}, "2026-12-01 08:00"),
        (floating("2026-07-01T18:30"), "2026-07-01 16:30"),
        (fixed("2026-07-01T18:30", "America/New_York"), "2026-07-01 22:30"),
        ({}, None),
    ],
)
def test_at_the_due_is_the_hour_of_a_whole_day_and_else_its_time(todo: Any, expected: str | None) -> None:
    assert moment(todo) == expected


def test_the_hour_of_whole_days_is_the_users_own() -> None:
    assert moment({"due": {"date": "2026-07-01"}}, day_minute=7 * 60 + 30) == "2026-07-01 05:30"
    assert moment({"due": {"date": "2026-07-01"}}, day_minute=0) == "2026-06-30 22:00"
    assert moment(floating("2026-07-01T18:30"), day_minute=0) == "2026-07-01 16:30"


def test_each_anchor_is_looked_at_by_itself() -> None:
    todo = {"start": {"date": "2026-07-01"}, "due": {"date": "2026-07-02"}, "deadline": date(2026, 7, 3)}

    found = [moment(todo, anchor=anchor) for anchor in ("start", "due", "deadline")]

    assert found == ["2026-07-01 07:00", "2026-07-02 07:00", "2026-07-03 07:00"]


@pytest.mark.parametrize(
    ("at_zone", "expected"),
    [(None, "2026-07-01 16:30"), ("Asia/Tokyo", "2026-07-01 09:30"), ("UTC", "2026-07-01 18:30")],
)
def test_a_time_of_its_own_is_in_its_zone_or_the_users(at_zone: str | None, expected: str) -> None:
    assert moment(**ABSOLUTE, at_local="2026-07-01T18:30:00", at_zone=at_zone) == expected


# In Berlin 2026-03-29 has 23 hours, and 2026-10-25 has 25.
@pytest.mark.parametrize(
    ("due", "minutes", "expected"),
    [
        ("2026-03-29T12:00", DAY, "2026-03-28 11:00"),  # noon, as on any other day
        ("2026-10-25T12:00", DAY, "2026-10-24 10:00"),
        ("2026-10-26T12:00", 7 * DAY, "2026-10-19 10:00"),
        ("2026-03-29T12:00", 12 * 60, "2026-03-28 22:00"),  # twelve hours, whatever the clocks did
        ("2026-03-29T12:00", DAY + 60, "2026-03-28 10:00"),
        ("2026-03-29T03:30", 60, "2026-03-29 00:30"),
    ],
)
def test_days_before_go_by_the_wall_clock_and_the_rest_is_elapsed(due: str, minutes: int, expected: str) -> None:
    assert moment(floating(due), minutes_before=minutes) == expected
    assert moment(fixed(due, BERLIN), zone="Asia/Tokyo", minutes_before=minutes) == expected


@pytest.mark.parametrize(
    ("due", "minutes", "expected"),
    [
        ("2026-07-01T12:00", -90, "2026-07-01 11:30"),
        ("2026-03-28T12:00", -90, "2026-03-28 12:30"),
        ("2026-10-24T12:00", -90, "2026-10-24 11:30"),
        ("2026-03-28T12:00", -DAY, "2026-03-29 10:00"),
        ("2026-03-28T12:00", -DAY - 90, "2026-03-29 11:30"),
        ("2026-03-28T20:00", -12 * 60, "2026-03-29 07:00"),
    ],
)
def test_negative_minutes_come_after_in_the_same_way(due: str, minutes: int, expected: str) -> None:
    assert moment(floating(due), minutes_before=minutes) == expected


def test_a_time_that_the_clocks_leave_out_moves_on_by_the_gap() -> None:
    assert moment(floating("2026-03-29T02:30")) == "2026-03-29 01:30"
    assert moment(floating("2026-03-30T02:30"), minutes_before=DAY) == "2026-03-29 01:30"
    assert moment({"due": {"date": "2026-03-29"}}, day_minute=2 * 60) == "2026-03-29 01:00"


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    assert moment(floating("2026-10-25T02:30")) == "2026-10-25 00:30"
    assert moment(**ABSOLUTE, at_local="2026-10-25T02:30:00", at_zone=BERLIN) == "2026-10-25 00:30"


def test_every_day_of_three_years_has_one_moment_for_each_reminder() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 365)]

    found = [moment({"due": {"date": day.isoformat()}}, minutes_before=DAY, day_minute=150) for day in days]

    moments = [datetime.strptime(str(one), "%Y-%m-%d %H:%M").replace(tzinfo=UTC) for one in found]
    assert all(timedelta(hours=22) < b - a < timedelta(hours=26) for a, b in pairwise(moments))
