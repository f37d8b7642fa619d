"""A rule in words. The words are data: another language is another `Wording`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from fastapi_todo_kit.calendar.rule import Frequency, Rule, Weekday

_WORKDAYS: Final = tuple(Weekday(day) for day in range(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one language. Templates name what they take in braces."""

    every: Mapping[Frequency, str]
    """Such as "every day"."""
    every_nth: Mapping[Frequency, str]
    """Such as "every {n} days"."""
    weekdays: Sequence[str]
    months: Sequence[str]
    ordinal: Callable[[int], str]
    """Returns "first" for 1 and "last" for -1."""
    listed: Callable[[Sequence[str]], str]
    """Joins words as in "a, b and c"."""
    day: Callable[[date], str]
    on_workdays: str
    on_weekdays: str
    nth_weekday: str
    on_month_days: str
    on_year_days: str
    in_weeks: str
    in_months: str
    at: str
    at_hours: str
    at_minutes: str
    at_positions: str
    until: str
    times: str
    once: str


def in_words(rule: Rule, wording: Wording | None = None) -> str:
    """Return a rule as a sentence without its full stop, in English by default."""
    return " ".join(_phrases(rule, wording or ENGLISH))


def _phrases(rule: Rule, words: Wording) -> Iterator[str]:
    template = words.every if rule.interval == 1 else words.every_nth
    yield template[rule.freq].format(n=rule.interval)
    yield from _days(rule, words)
    yield from _times(rule, words)
    if rule.by_set_pos:
        yield words.at_positions.format(positions=words.listed([words.ordinal(one) for one in rule.by_set_pos]))
    if rule.until is not None:
        # A moment with a zone is one in UTC, and `%Z` says so.
        time = f" {rule.until:%H:%M %Z}".rstrip() if isinstance(rule.until, datetime) else ""
        yield words.until.format(day=words.day(rule.until) + time)
    if rule.count is not None:
        yield words.once if rule.count == 1 else words.times.format(n=rule.count)


def _days(rule: Rule, words: Wording) -> Iterator[str]:
    if rule.by_day == _WORKDAYS:
        yield words.on_workdays
    elif rule.by_day:
        yield words.on_weekdays.format(days=words.listed([_weekday(one, words) for one in rule.by_day]))
    for template, numbers in (
        (words.on_month_days, rule.by_month_day),
        (words.on_year_days, rule.by_year_day),
        (words.in_weeks, rule.by_week_no),
    ):
        if numbers:
            # Those that count from the end are named behind the others.
            in_order = sorted(numbers, key=lambda one: (one < 0, one))
            yield template.format(numbers=words.listed([words.ordinal(one) for one in in_order]))
    if rule.by_month:
        yield words.in_months.format(months=words.listed([words.months[one - 1] for one in rule.by_month]))


def _weekday(one: Weekday, words: Wording) -> str:
    name = words.weekdays[one.day]
    return name if one.nth is None else words.nth_weekday.format(nth=words.ordinal(one.nth), day=name)


def _times(rule: Rule, words: Wording) -> Iterator[str]:
    if rule.by_hour and rule.by_minute:
        times = [f"{hour:02}:{minute:02}" for hour in rule.by_hour for minute in rule.by_minute]
        yield words.at.format(times=words.listed(times))
    elif rule.by_hour:
        yield words.at_hours.format(hours=words.listed([f"{hour:02}" for hour in rule.by_hour]))
    elif rule.by_minute:
        yield words.at_minutes.format(minutes=words.listed([f"{minute:02}" for minute in rule.by_minute]))


_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = (11, 12, 13)


def _english_ordinal(number: int) -> str:
    if number == -1:
        return "last"
    of_number = abs(number)
    ending = "th" if of_number % 100 in _TEENS else _ENDINGS.get(of_number % 10, "th")
    return f"{of_number}{ending}" if number > 0 else f"{of_number}{ending} to last"


def _english_list(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH: Final = Wording(
    every={
        "YEARLY": "every year",
        "MONTHLY": "every month",
        "WEEKLY": "every week",
        "DAILY": "every day",
        "HOURLY": "every hour",
        "MINUTELY": "every minute",
    },
    every_nth={
        "YEARLY": "every {n} years",
        "MONTHLY": "every {n} months",
        "WEEKLY": "every {n} weeks",
        "DAILY": "every {n} days",
        "HOURLY": "every {n} hours",
        "MINUTELY": "every {n} minutes",
    },
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=_MONTHS,
    ordinal=_english_ordinal,
    listed=_english_list,
    day=lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    on_workdays="from Monday to Friday",
    on_weekdays="on {days}",
    nth_weekday="the {nth} {day}",
    on_month_days="on the {numbers} of the month",
    on_year_days="on the {numbers} day of the year",
    in_weeks="in the {numbers} week",
    in_months="in {months}",
    at="at {times}",
    at_hours="in the hours {hours}",
    at_minutes="at the minutes {minutes}",
    at_positions="(of these only the {positions})",
    until="until {day}",
    times="({n} times)",
    once="(once)",
)
