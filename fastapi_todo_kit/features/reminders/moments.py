"""When a reminder is due. Pure; no web, no database."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi_todo_kit.calendar.times import is_all_day, resolved, wall_clock_of

_MINUTES_OF_DAY: Final = 24 * 60
_WHEN: Final = ("at_local", "at_zone", "anchor", "minutes_before")


def timed(reminder: Mapping[str, Any], todo: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return when a reminder is due, and reminds; never at a moment that is done with, or has passed."""
    moment = moment_of(reminder, todo)
    is_coming = moment is not None and moment > now and moment != reminder["done_moment"]
    return {"moment": moment, "next_at": moment if is_coming else None}


def are_equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two reminders of one user and todo, where that user is now, would remind at the same moment.

    Of two that do not remind as things are, their words decide. What has reminded, or was dismissed, is equal to none.
    """
    if one["next_at"] is not None and one["next_at"] == other["next_at"]:
        return True
    is_done = other["next_at"] is None and other["moment"] is not None and other["moment"] == other["done_moment"]
    return not is_done and all(one[name] == other[name] for name in _WHEN)


def is_ahead(reminder: Mapping[str, Any], todo: Mapping[str, Any], now: datetime) -> bool:
    """Say whether what a reminder is relative to is still to come."""
    anchor = None if reminder["anchor"] is None else moment_of({**reminder, "minutes_before": 0}, todo)
    return anchor is not None and anchor > now


def moment_of(reminder: Mapping[str, Any], todo: Mapping[str, Any]) -> datetime | None:
    """Return the moment of a reminder; None where its todo lacks what it is relative to.

    Args:
        reminder: the columns `at_local`, `at_zone`, `anchor`, `minutes_before`, `zone` and `day_minute`.
        todo: `start`, `due` and `deadline`, as the API shows them.

    Whole days before, or after, are counted in the wall clock, so that a day before nine o'clock is nine o'clock; the
    rest in elapsed time, as in RFC 5545, section 3.3.6.
    """
    zone = ZoneInfo(reminder["zone"])
    if reminder["anchor"] is None:
        at_zone = reminder["at_zone"]
        wall = datetime.fromisoformat(reminder["at_local"])
        return resolved(wall, zone if at_zone is None else ZoneInfo(at_zone))
    value = todo[reminder["anchor"]]
    if value is None:
        return None
    days = int(reminder["minutes_before"] / _MINUTES_OF_DAY)  # towards zero: an hour after is no day after
    minutes = reminder["minutes_before"] - days * _MINUTES_OF_DAY
    if isinstance(value, date):
        wall = datetime.combine(value, time())
    else:
        wall, zone = wall_clock_of(value), ZoneInfo(value["timezone"]) if "timezone" in value else zone
    if isinstance(value, date) or is_all_day(value):
        wall += timedelta(minutes=reminder["day_minute"])
    return resolved(wall - timedelta(days=days), zone) - timedelta(minutes=minutes)
