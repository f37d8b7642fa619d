"""Which days of a month or a year a rule names: RFC 5545, section 3.3.10, with those of RFC 7529 that a month lacks.

Months come in 28 shapes and years in 14: a length and the weekday of the first. Days are found once for each shape, so
that to look at fifty years is to look fifty things up. They are numbers here, 0 for the first of the month or year.
"""

from array import array
from calendar import isleap
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeVar

from fastapi_todo_kit.calendar.rule import Rule

Skip = Literal["omit", "backward", "forward"]
"""What becomes of a day that a month lacks: nothing, the last day of the month, or the first of the next one."""
K = TypeVar("K")
T = TypeVar("T")
_KEPT_RULES: Final = 64
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEK: Final = 7
_YearShape = tuple[int, ...]
"""Its length and the weekday of its first day; where weeks are counted also the lengths of the years around it."""
_THURSDAY: Final = 3


class Period(NamedTuple):
    """Days of a month, year, week or day: the ordinal of its first one, and how far each is from that, ascending."""

    first: int
    days: Sequence[int]


@lru_cache(_KEPT_RULES)
def days_of(rule: Rule, skip: Skip) -> "Days":
    """Return the days of a rule that is anchored; what was found for it before is not looked for again."""
    return Days(rule, skip)


class Days:
    """The days that a rule names."""

    def __init__(self, rule: Rule, skip: Skip) -> None:
        self._rule, self._skip = rule, skip
        self._any_month = range(1, 13)
        self._weekdays: Sequence[int] = [one.day for one in rule.by_day if one.nth is None]
        self._year_days = frozenset(rule.by_year_day)
        self._months: dict[tuple[int, int], Sequence[int]] = {}
        self._years: dict[_YearShape, Sequence[int]] = {}
        self._allowed: dict[tuple[int, int], frozenset[int]] = {}

    def of_year(self, year: int) -> Period:
        """Return the days of a year."""
        first = date(year, 1, 1)
        around = (year - 1, year + 1) if self._rule.by_week_no else ()
        shape = (length_of_year(year), first.weekday(), *map(length_of_year, around))
        return Period(first.toordinal(), _known(self._years, shape, self._find_in_year))

    def of_month(self, year: int, month: int) -> Period:
        """Return the days of a month; one that is moved forward lies behind its end."""
        first = date(year, month, 1)
        if self._rule.by_month and month not in self._rule.by_month:
            return Period(first.toordinal(), ())
        return Period(
            first.toordinal(), _known(self._months, (length_of_month(year, month), first.weekday()), self._find)
        )

    def allow(self, day: date) -> bool:
        """Say whether a day is one of those to which BYMONTHDAY, BYDAY and BYYEARDAY restrict shorter periods."""
        shape = (length_of_month(day.year, day.month), (day.weekday() - day.day + 1) % _WEEK)
        if day.day not in _known(self._allowed, shape, self._find_allowed):
            return False
        if not self._year_days:
            return True
        number = (day - date(day.year, 1, 1)).days + 1
        return not self._year_days.isdisjoint((number, number - length_of_year(day.year) - 1))

    def _find_allowed(self, shape: tuple[int, int]) -> frozenset[int]:
        length, weekday = shape
        rule, numbers = self._rule, set(range(1, length + 1))
        if rule.by_month_day:
            numbers &= {one if one > 0 else length + 1 + one for one in rule.by_month_day}
        if rule.by_day:
            numbers = {one for one in numbers if (weekday + one - 1) % _WEEK in self._weekdays}
        return frozenset(numbers)

    def _find(self, shape: tuple[int, int]) -> Sequence[int]:
        length, weekday = shape
        rule, whole = self._rule, range(length)
        if not rule.by_month_day:
            return _ascending(self._on_weekdays(whole, weekday))
        days = set(self._named(whole))
        if rule.by_day:
            days = days & self._on_weekdays(whole, weekday) | self._plainly(days, weekday)
        return _ascending(days)

    def _find_in_year(self, shape: _YearShape) -> Sequence[int]:
        length, weekday, *around = shape
        rule, months = self._rule, _months_of(length)
        sets: list[set[int]] = []
        named: set[int] = set()
        if rule.by_month_day:
            named = {day for month in rule.by_month or self._any_month for day in self._named(months[month - 1])}
            sets.append(named)
        if rule.by_year_day:
            numbers = (one - 1 if one > 0 else length + one for one in rule.by_year_day)
            sets.append({one for one in numbers if 0 <= one < length})
        if rule.by_week_no:
            sets.append(set(self._of_weeks(length, weekday, *around)))
        if rule.by_day:
            spans = [months[month - 1] for month in rule.by_month] or [range(length)]
            on_weekdays = {day for span in spans for day in self._on_weekdays(span, weekday)}
            sets.append(on_weekdays | self._plainly(named, weekday))
        days = set.intersection(*sets)
        if rule.by_month and not rule.by_month_day:  # a day moved forward stays, though it left its month
            days &= {day for month in rule.by_month for day in months[month - 1]}
        return _ascending(days)

    def _plainly(self, days: set[int], weekday: int) -> set[int]:
        """Return those of some days whose weekday BYDAY names; moved forward, they may have left their month."""
        return {day for day in days if (weekday + day) % _WEEK in self._weekdays}

    def _named(self, month: range) -> Iterator[int]:
        """Yield the days of a month that BYMONTHDAY names. What counts from the end of a month is never moved."""
        length = len(month)
        for number in self._rule.by_month_day:
            if 0 < number <= length:
                yield month[number - 1]
            elif -length <= number < 0:
                yield month[number]
            elif number > 0 and self._skip != "omit":
                yield month[-1] if self._skip == "backward" else month.stop

    def _on_weekdays(self, span: range, weekday: int) -> set[int]:
        """Return the days of a span that BYDAY names, in a month or year whose first day is a weekday."""
        days: set[int] = set()
        for one in self._rule.by_day:
            matching = range(span.start + (one.day - weekday - span.start) % _WEEK, span.stop, _WEEK)
            if one.nth is None:
                days.update(matching)
            elif -len(matching) <= one.nth - (one.nth > 0) < len(matching):
                days.add(matching[one.nth - (one.nth > 0)])
        return days

    def _of_weeks(self, length: int, weekday: int, before: int, behind: int) -> Iterator[int]:
        """Yield the days of a year in weeks that BYWEEKNO names; the first and last may be of another year's."""
        for start, of_year in ((-before, before), (0, length), (length, behind)):
            first = self._first_week(start, weekday)
            count = (self._first_week(start + of_year, weekday) - first) // _WEEK
            for number in self._rule.by_week_no:
                week = number if number > 0 else count + 1 + number
                begun = first + _WEEK * (week - 1)
                if 1 <= week <= count and -_WEEK < begun < length:
                    yield from range(max(begun, 0), min(begun + _WEEK, length))

    def _first_week(self, start: int, weekday: int) -> int:
        """Return the first day of week 1: the first week of which at least four days are in the year (ISO 8601)."""
        fourth = start + _THURSDAY
        return fourth - (weekday + fourth - self._rule.week_start) % _WEEK


def _ascending(days: set[int]) -> Sequence[int]:
    return array("H", sorted(days))  # many are kept


def _known(found: dict[K, T], shape: K, find: Callable[[K], T]) -> T:
    days = found.get(shape)
    if days is None:
        days = found[shape] = find(shape)
    return days


@lru_cache(2)
def _months_of(length: int) -> Sequence[range]:
    """Return the days of each month in a year of this length."""
    starts, at = [], 0
    for month in range(1, 13):
        last = at + (29 if month == 2 and length > 365 else _LENGTHS[month - 1])  # noqa: PLR2004  (February of a leap year)
        starts.append(range(at, last))
        at = last
    return starts


def length_of_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]  # noqa: PLR2004  (February)


def length_of_year(year: int) -> int:
    """Return how many days a year has."""
    return 366 if isleap(year) else 365
