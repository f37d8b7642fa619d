"""The slots of a rule, in the wall clock: which days and times it names. Zones are in `series.py`, days in `days.py`.

What is asked for is reached by arithmetic and not by counting from the start, and a search ends after a number of
steps, whatever the rule.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import product
from typing import Final

from fastapi_todo_kit.calendar.days import Period, Skip, days_of
from fastapi_todo_kit.calendar.rule import SHORT, Frequency, Rule
from fastapi_todo_kit.core.fields import LAST_YEAR

MOST_STEPS: Final[Mapping[Frequency, int]] = {
    "YEARLY": 50,
    "MONTHLY": 500,
    "WEEKLY": 2_000,
    "DAILY": 3_660,
    "HOURLY": 3_000,
    "MINUTELY": 3_000,
}
"""How many periods a search for the next slot looks at, so that it takes a few milliseconds, whatever the rule.

Each is some forty years, or ten of days: 29 February on a Monday comes every 28 or 40 years.
"""
MOST_STEPS_IN_ALL: Final = 30_000
"""How many steps are taken for all slots that one request asks for: some 30 milliseconds."""

_LAST_DAY: Final = date(LAST_YEAR, 12, 31).toordinal()
_WEEK: Final = 7
_HOURS: Final = 24
_MINUTES: Final = 60


class OutOfSteps(Exception):
    """The slots that were asked for are too far apart to look for all of them."""


@dataclass(slots=True)
class Allowance:
    """How many steps may still be taken by searches together."""

    left: int = MOST_STEPS_IN_ALL

    def spend(self) -> None:
        """Take a step.

        Raises:
            OutOfSteps: it was one too many.
        """
        self.left -= 1
        if self.left < 0:
            raise OutOfSteps


def slots_after(
    rule: Rule,
    start: datetime,
    after: datetime,
    skip: Skip = "omit",
    *,
    allowance: Allowance | None = None,
    is_done_with_first: bool = False,
) -> Iterator[datetime]:
    """Yield the slots behind `after`, in their order, as long as each is within reach of the one before.

    `start` is the first slot and anchors the rule. COUNT and UNTIL are not looked at.

    Args:
        rule: what names the slots.
        start: the first one.
        after: behind which to look.
        skip: what becomes of days that a month lacks.
        allowance: how many steps may be taken; by default any, for whoever takes a few slots.
        is_done_with_first: leave out the rest of the year, month, week, day or hour in which `start` is.

    Raises:
        OutOfSteps: there were too few steps left.
    """
    allowance = allowance or Allowance(sys.maxsize)
    most, empty = MOST_STEPS[rule.freq], 0
    expansion = _Expansion(rule.anchored(start), start, skip, is_done_with_first=is_done_with_first)
    for slot in expansion.steps(max(after, start)):
        if slot is not None:
            yield slot
            empty = 0
            continue
        allowance.spend()
        empty += 1
        if empty >= most:
            return


class _Expansion:
    """A rule from its first slot on."""

    def __init__(self, rule: Rule, start: datetime, skip: Skip, *, is_done_with_first: bool) -> None:
        self._rule, self._start = rule, start
        self._first_period = 1 if is_done_with_first else 0
        self._days = days_of(rule, skip)
        self._times = _times_of(rule.by_hour, rule.by_minute, rule.by_second)

    def steps(self, after: datetime) -> Iterator[datetime | None]:
        """Yield the slots behind `after`, and None for each step on the way."""
        last = after
        if self._first_period and self._rule.freq == "HOURLY":
            last = max(last, self._start.replace(minute=59, second=59))
        for period in self._periods(after.date()):
            yield None
            for slot in self._slots_in(period, last) if period.days else ():
                if slot is None:
                    yield None
                elif slot > last:  # the first of a month may be there in its own right, and for a day that is missing
                    last = slot
                    yield slot

    def _slots_in(self, period: Period, after: datetime) -> Iterable[datetime | None]:
        if self._rule.by_set_pos:
            return self._at_positions(period, after)
        first, days = period
        coming = map(date.fromordinal, (first + day for day in days[bisect_left(days, after.toordinal() - first) :]))
        if self._rule.freq in SHORT:
            return (slot for day in coming for slot in self._aligned(day, after))
        return (slot for day in coming for slot in self._each_time(day, after))

    def _each_time(self, day: date, after: datetime) -> Iterator[datetime]:
        first = bisect_right(self._times, after.time()) if day == after.date() else 0
        return (datetime.combine(day, one) for one in self._times[first:])

    def _at_positions(self, period: Period, after: datetime) -> Iterator[datetime]:
        """Yield the slots at these places among all of a period, counted from 1, or from the end by negative ones."""
        first, days = period
        size, passed = len(days) * len(self._times), after.toordinal() - first
        indices = {position - 1 if position > 0 else size + position for position in self._rule.by_set_pos}
        for index in sorted(indices):
            day, at = divmod(index, len(self._times))
            if 0 <= index < size and days[day] >= passed:
                yield datetime.combine(date.fromordinal(first + days[day]), self._times[at])

    def _aligned(self, day: date, after: datetime) -> Iterator[datetime | None]:
        """Yield the slots of a day where the interval counts hours or minutes, and None for each hour."""
        rule, second = self._rule, self._rule.by_second[0]
        places = 1 if rule.freq == "HOURLY" else _MINUTES
        begun, passed = (_place(one, one.hour, one.minute, places) for one in (self._start, after))
        for hour in rule.by_hour or range(_HOURS):
            yield None
            first = _place(day, hour, 0, places)
            if places == 1 and first >= passed and (first - begun) % rule.interval == 0:
                yield from (datetime.combine(day, time(hour, minute, second)) for minute in rule.by_minute)
            elif places > 1 and rule.by_minute:
                named = (one for one in rule.by_minute if (first + one - begun) % rule.interval == 0)
                yield from (datetime.combine(day, time(hour, minute, second)) for minute in named)
            elif places > 1:
                earliest = max(first, passed)
                aligned = range(earliest + (begun - earliest) % rule.interval, first + places, rule.interval)
                yield from (datetime.combine(day, time(hour, place - first, second)) for place in aligned)

    def _periods(self, after: date) -> Iterator[Period]:
        """Yield the days of each period that counts, from one before that of `after` on."""
        match self._rule.freq:
            case "YEARLY":
                return self._years(after)
            case "MONTHLY":
                return self._months(after)
            case "WEEKLY":
                return self._weeks(after)
        return self._single_days(after)

    def _years(self, after: date) -> Iterator[Period]:
        for year in range(self._first(self._start.year, after.year), LAST_YEAR + 1, self._rule.interval):
            yield self._days.of_year(year)

    def _months(self, after: date) -> Iterator[Period]:
        first = self._first(_month_number(self._start), _month_number(after))
        for number in range(first, (LAST_YEAR + 1) * 12, self._rule.interval):
            year, month = divmod(number, 12)
            yield self._days.of_month(year, month + 1)

    def _weeks(self, after: date) -> Iterator[Period]:
        rule, day = self._rule, self._start.toordinal()
        begun = day - (self._start.weekday() - rule.week_start) % _WEEK
        days = sorted((one.day - rule.week_start) % _WEEK for one in rule.by_day)
        first = begun + _WEEK * self._first(0, (after.toordinal() - begun) // _WEEK)
        for week in range(first, _LAST_DAY + 1, _WEEK * rule.interval):
            yield Period(week, self._allowed_of_week(week, days) if rule.by_month or week + _WEEK > _LAST_DAY else days)

    def _allowed_of_week(self, week: int, days: Sequence[int]) -> Sequence[int]:
        """Return the days of a week that are in months that BYMONTH names, and not behind the last year."""
        months = self._rule.by_month
        first, last = (date.fromordinal(week + day).month for day in (0, _WEEK - 1))
        if months and first not in months and last not in months:
            return ()
        dated = ((one, date.fromordinal(week + one)) for one in days)
        return [one for one, day in dated if day.year <= LAST_YEAR and (not months or day.month in months)]

    def _single_days(self, after: date) -> Iterator[Period]:
        rule, begun = self._rule, self._start.toordinal()
        interval = rule.interval if rule.freq == "DAILY" else 1
        at = begun + self._first(0, after.toordinal() - begun, interval)
        while at <= _LAST_DAY:
            day = date.fromordinal(at)
            if rule.by_month and day.month not in rule.by_month:
                yield Period(at, ())
                year, month = divmod(_month_number(day) + 1, 12)
                at += -(-(date(year, month + 1, 1).toordinal() - at) // interval) * interval
            else:
                yield Period(at, _TODAY if self._days.allow(day) else ())
                at += interval

    def _first(self, begun: int, wanted: int, interval: int | None = None) -> int:
        """Return the number of the period before the wanted one, or of the first one where that comes later."""
        step = interval or self._rule.interval
        first = 0 if self._rule.freq in SHORT else self._first_period
        return begun + max(first, (wanted - begun) // step - 1) * step


_TODAY: Final = (0,)


@lru_cache(16)
def _times_of(hours: Sequence[int], minutes: Sequence[int], seconds: Sequence[int]) -> Sequence[time]:
    return [time(*one) for one in product(hours, minutes, seconds)]


def _place(day: date, hour: int, minute: int, places: int) -> int:
    """Return the number of an hour, or of a minute where each hour has 60 places."""
    return (day.toordinal() * _HOURS + hour) * places + (minute if places > 1 else 0)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1
