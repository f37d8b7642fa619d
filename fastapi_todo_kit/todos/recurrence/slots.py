"""The slots of a rule, in the wall clock: which days and times it names. Zones are in `series.py`.

RFC 5545, section 3.3.10, and for days that a month lacks RFC 7529, section 4.1. What is asked for is reached by
arithmetic and not by counting from the start, and a search ends after a number of steps, whatever the rule.
"""

from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from typing import Final, Literal

from fastapi_todo_kit.fields import LAST_YEAR
from fastapi_todo_kit.todos.recurrence.rule import SHORT, Frequency, Rule, Weekday

Skip = Literal["omit", "backward", "forward"]
"""What becomes of a day that a month lacks: nothing, the last day of the month, or the first of the next one."""
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

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HOURS: Final = 24
_MINUTES: Final = 60


def slots_after(rule: Rule, start: datetime, after: datetime, skip: Skip = "omit") -> Iterator[datetime]:
    """Yield the slots behind `after`, in their order, as long as each is within reach of the one before.

    `start` is the first slot and anchors the rule. COUNT and UNTIL are not looked at.
    """
    steps = _Expansion(rule.anchored(start), start, skip).steps(max(after, start))
    while (slot := next(filter(None, islice(steps, MOST_STEPS[rule.freq])), None)) is not None:
        yield slot


class _Expansion:
    """A rule from its first slot on."""

    def __init__(self, rule: Rule, start: datetime, skip: Skip) -> None:
        self._rule, self._start, self._skip = rule, start, skip
        self._month_days, self._year_days = set(rule.by_month_day), set(rule.by_year_day)
        self._times = [time(*one) for one in product(rule.by_hour, rule.by_minute, rule.by_second)]

    def steps(self, after: datetime) -> Iterator[datetime | None]:
        """Yield the slots behind `after`, and None for each step that found none."""
        last = after
        for days in self._periods(after.date()):
            yield None
            for slot in self._slots_on(days, last):
                if slot is None:
                    yield None
                elif slot > last:  # the first of a month may be there in its own right, and for a day that is missing
                    last = slot
                    yield slot

    def _slots_on(self, days: Sequence[date], after: datetime) -> Iterable[datetime | None]:
        if self._rule.by_set_pos:
            return self._at_positions(days)
        coming = [day for day in days if day >= after.date()]
        if self._rule.freq in SHORT:
            return (slot for day in coming for slot in self._aligned(day, after))
        return (slot for day in coming for slot in self._each_time(day, after))

    def _each_time(self, day: date, after: datetime) -> Iterator[datetime]:
        first = bisect_right(self._times, after.time()) if day == after.date() else 0
        return (datetime.combine(day, one) for one in self._times[first:])

    def _at_positions(self, days: Sequence[date]) -> Iterator[datetime]:
        """Yield the slots at these places among all of a period, counted from 1, or from the end by negative ones."""
        size = len(days) * len(self._times)
        indices = {position - 1 if position > 0 else size + position for position in self._rule.by_set_pos}
        for index in sorted(indices):
            if 0 <= index < size:
                day, at = divmod(index, len(self._times))
                yield datetime.combine(days[day], self._times[at])

    def _aligned(self, day: date, after: datetime) -> Iterator[datetime | None]:
        """Yield the slots of a day where the interval counts hours or minutes, and None for what BY... leaves out."""
        rule, second = self._rule, self._rule.by_second[0]
        places = 1 if rule.freq == "HOURLY" else _MINUTES
        begun, passed = (_place(one, one.hour, one.minute, places) for one in (self._start, after))
        for hour in rule.by_hour or range(_HOURS):
            yield None
            first = _place(day, hour, 0, places)
            earliest = max(first, passed)
            earliest += (begun - earliest) % rule.interval
            for place in range(earliest, first + places, rule.interval):
                if places == 1:
                    yield from (datetime.combine(day, time(hour, minute, second)) for minute in rule.by_minute)
                elif rule.by_minute and place - first not in rule.by_minute:
                    yield None
                else:
                    yield datetime.combine(day, time(hour, place - first, second))

    def _periods(self, after: date) -> Iterator[Sequence[date]]:
        """Yield the days of each period that the interval does not leave out, from one before that of `after` on."""
        match self._rule.freq:
            case "YEARLY":
                return self._years(after)
            case "MONTHLY":
                return self._months(after)
            case "WEEKLY":
                return self._weeks(after)
        return self._single_days(after)

    def _years(self, after: date) -> Iterator[Sequence[date]]:
        for year in range(self._first(self._start.year, after.year), LAST_YEAR + 1, self._rule.interval):
            yield sorted(self._days_of_year(year))

    def _months(self, after: date) -> Iterator[Sequence[date]]:
        first = self._first(_month_number(self._start), _month_number(after))
        for number in range(first, (LAST_YEAR + 1) * 12, self._rule.interval):
            year, month = divmod(number, 12)
            yield sorted(self._days_of_month(year, month + 1))

    def _weeks(self, after: date) -> Iterator[Sequence[date]]:
        rule, day = self._rule, self._start.date()
        begun = day - _DAY * ((day.weekday() - rule.week_start) % 7)
        week = begun + _WEEK * self._first(0, (after - begun).days // 7)
        offsets = sorted((one.day - rule.week_start) % 7 for one in rule.by_day)
        while week.year <= LAST_YEAR:
            days = (week + _DAY * offset for offset in offsets)
            yield [one for one in days if one.year <= LAST_YEAR and (not rule.by_month or one.month in rule.by_month)]
            week += _WEEK * rule.interval

    def _single_days(self, after: date) -> Iterator[Sequence[date]]:
        rule, begun = self._rule, self._start.date()
        interval = rule.interval if rule.freq == "DAILY" else 1
        day = begun + _DAY * self._first(0, (after - begun).days, interval)
        while day.year <= LAST_YEAR:
            if rule.by_month and day.month not in rule.by_month:
                yield []
                year, month = divmod(_month_number(day) + 1, 12)
                day += _DAY * (-(-(date(year, month + 1, 1) - day).days // interval) * interval)
            else:
                yield [day] if self._allows(day) else []
                day += _DAY * interval

    def _first(self, begun: int, wanted: int, interval: int | None = None) -> int:
        """Return the number of the period before the wanted one, or of the first one where that comes later."""
        step = interval or self._rule.interval
        return begun + max(0, (wanted - begun) // step - 1) * step

    def _days_of_year(self, year: int) -> set[date]:
        rule = self._rule
        first, last = date(year, 1, 1), date(year, 12, 31)
        sets: list[set[date]] = []
        named: set[date] = set()
        if rule.by_month_day:
            named = {day for month in rule.by_month or range(1, 13) for day in self._named(year, month)}
            sets.append(named)
        if rule.by_year_day:
            sets.append(self._named_of_year(year))
        if rule.by_week_no:
            sets.append(set(self._days_of_weeks(year)))
        if rule.by_day:
            spans = [_month(year, month) for month in rule.by_month] or [(first, last)]
            sets.append({day for span in spans for day in self._weekdays(*span)} | self._on_weekdays(named))
        days = set.intersection(*sets)
        return {day for day in days if day.month in rule.by_month} if _needs_month(rule) else days

    def _days_of_month(self, year: int, month: int) -> set[date]:
        rule = self._rule
        if rule.by_month and month not in rule.by_month:
            return set()
        if not rule.by_month_day:
            return self._weekdays(*_month(year, month))
        days = self._named(year, month)
        if not rule.by_day:
            return days
        return days & self._weekdays(*_month(year, month)) | self._on_weekdays(days)

    def _on_weekdays(self, days: set[date]) -> set[date]:
        """Return those of some days whose weekday BYDAY names; moved forward, they may have left their month."""
        return {day for day in days if Weekday(day.weekday()) in self._rule.by_day}

    def _named(self, year: int, month: int) -> set[date]:
        """Return the days of a month that BYMONTHDAY names. What counts from the end of a month is never moved."""
        first, last = _month(year, month)
        days = set()
        for number in self._rule.by_month_day:
            if 0 < number <= last.day:
                days.add(first.replace(day=number))
            elif -last.day <= number < 0:
                days.add(first.replace(day=last.day + 1 + number))
            elif number > 0 and self._skip != "omit":
                days.add(last if self._skip == "backward" else last + _DAY)
        return days

    def _named_of_year(self, year: int) -> set[date]:
        """Return the days of a year that BYYEARDAY names."""
        length = _length_of_year(year)
        numbers = (one if one > 0 else length + 1 + one for one in self._rule.by_year_day)
        return {date(year, 1, 1) + _DAY * (one - 1) for one in numbers if 1 <= one <= length}

    def _weekdays(self, first: date, last: date) -> set[date]:
        """Return the days from the first to the last that BYDAY names."""
        days: set[date] = set()
        for one in self._rule.by_day:
            earliest = first + _DAY * ((one.day - first.weekday()) % 7)
            latest = last - _DAY * ((last.weekday() - one.day) % 7)
            if one.nth is None:
                days.update(earliest + _DAY * n for n in range(0, (latest - earliest).days + 1, 7))
                continue
            day = earliest + _WEEK * (one.nth - 1) if one.nth > 0 else latest + _WEEK * (one.nth + 1)
            if first <= day <= last:
                days.add(day)
        return days

    def _days_of_weeks(self, year: int) -> Iterator[date]:
        """Yield the days of a year that are in weeks which BYWEEKNO names; the first and last may be of another's."""
        for of_year in (year - 1, year, year + 1):
            first = self._first_week(of_year)
            count = (self._first_week(of_year + 1) - first).days // 7
            for number in self._rule.by_week_no:
                week = number if number > 0 else count + 1 + number
                begun = first + _WEEK * (week - 1)
                if 1 <= week <= count and year in (begun.year, (begun + _DAY * 6).year):
                    yield from (day for n in range(7) if (day := begun + _DAY * n).year == year)

    def _first_week(self, year: int) -> date:
        """Return the first day of week 1: the first week of which at least four days are in the year (ISO 8601)."""
        fourth = date(year, 1, 4)
        return fourth - _DAY * ((fourth.weekday() - self._rule.week_start) % 7)

    def _allows(self, day: date) -> bool:
        rule = self._rule
        if rule.by_day and Weekday(day.weekday()) not in rule.by_day:
            return False
        from_end = day.day - _length(day.year, day.month) - 1
        if rule.by_month_day and self._month_days.isdisjoint((day.day, from_end)):
            return False
        if not rule.by_year_day:
            return True
        number = (day - date(day.year, 1, 1)).days + 1
        return not self._year_days.isdisjoint((number, number - _length_of_year(day.year) - 1))


def _needs_month(rule: Rule) -> bool:
    return bool(rule.by_month) and not rule.by_month_day  # a day moved forward stays, though it left its month


def _place(day: date, hour: int, minute: int, places: int) -> int:
    """Return the number of an hour, or of a minute where each hour has 60 places."""
    return (day.toordinal() * _HOURS + hour) * places + (minute if places > 1 else 0)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, _length(year, month))


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]  # noqa: PLR2004  (February)


def _length_of_year(year: int) -> int:
    return 366 if isleap(year) else 365
