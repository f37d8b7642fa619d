"""Recurrence rules: RFC 5545, section 3.3.10, read from text and written back. What a rule means is in `slots.py`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, Self

from fastapi_todo_kit.core.fields import FIRST_YEAR, LAST_YEAR

Frequency = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]
FREQUENCIES: Final[tuple[Frequency, ...]] = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_RULE: Final = 500
MOST_SLOTS: Final = 1_000
"""The largest COUNT."""
LONGEST_INTERVAL: Final = 1_000

_LIST: Final = re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*")
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"\d{8}(T\d{6}Z?)?")


class RuleError(ValueError):
    """A rule that is not accepted; the message says what to write."""


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A day of the week, 0 for Monday; with `nth` the first, second, or, counted from the end, last of its period."""

    day: int
    nth: int | None = None

    def __str__(self) -> str:
        """Return it as a rule spells it."""
        return f"{'' if self.nth is None else self.nth}{WEEKDAYS[self.day]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule. Tuples are sorted and hold nothing twice; empty ones restrict nothing.

    `until` is the last moment that may be a slot: a date means all of that day, a naive datetime the wall clock, an
    aware one the instant.
    """

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_month: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[Weekday, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the rule that a text spells, such as `FREQ=WEEKLY;BYDAY=MO,TH`; `RRULE:` may stand before it.

        Raises:
            RuleError: the text is no rule, or asks for what is not accepted.
        """
        if len(text) > LONGEST_RULE:
            raise RuleError(f"A rule has at most {LONGEST_RULE} characters.")
        if not text.isascii():
            raise RuleError("A rule is written in ASCII.")
        values: dict[str, Any] = {}
        for part in text.upper().removeprefix("RRULE:").rstrip(";").split(";"):
            name, _, value = part.partition("=")
            if name not in _PARTS:
                raise RuleError(f"{name[:20]!r} is no part of a rule; the parts are {', '.join(_PARTS)}.")
            field, read = _PARTS[name]
            if field in values:
                raise RuleError(f"{name} stands there twice.")
            values[field] = read(name, value)
        if "freq" not in values:
            raise RuleError("A rule begins with FREQ, as in FREQ=WEEKLY;BYDAY=MO.")
        rule = cls(**values)
        _check(rule)
        return rule

    def __str__(self) -> str:
        """Return the rule as RFC 5545 spells it; parts that say nothing new are left out."""
        spelled = {name: _spell(getattr(self, field)) for name, (field, _) in _PARTS.items()}
        silent = {"INTERVAL": "1", "WKST": WEEKDAYS[0]}
        spelled["WKST"] = WEEKDAYS[self.week_start]
        return ";".join(f"{name}={value}" for name, value in spelled.items() if value and silent.get(name) != value)

    def anchored(self, start: datetime) -> "Rule":
        """Return the rule with all that it takes from its first value written out: the day of a month, the hour."""
        given: dict[str, Any] = {}
        if not (self.by_year_day or self.by_month_day or self.by_day):
            given = self._days_of(start)
        if not self.by_second:
            given["by_second"] = (start.second,)
        if not self.by_minute and self.freq != "MINUTELY":
            given["by_minute"] = (start.minute,)
        if not self.by_hour and self.freq not in SHORT:
            given["by_hour"] = (start.hour,)
        return replace(self, **given)

    def _days_of(self, start: datetime) -> dict[str, Any]:
        match self.freq:
            case "YEARLY" if self.by_week_no:
                return {"by_day": (Weekday(start.weekday()),)}
            case "YEARLY":
                return {"by_month": self.by_month or (start.month,), "by_month_day": (start.day,)}
            case "MONTHLY":
                return {"by_month_day": (start.day,)}
            case "WEEKLY":
                return {"by_day": (Weekday(start.weekday()),)}
        return {}


SHORT: Final = ("HOURLY", "MINUTELY")
"""Frequencies of which a day has many slots."""


def _frequency(_name: str, value: str) -> Frequency:
    if value not in FREQUENCIES:
        raise RuleError(f"FREQ must be one of {', '.join(FREQUENCIES)}.")
    return value


def _number(largest: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value) or not 1 <= int(value) <= largest:
            raise RuleError(f"{name} must be a number from 1 to {largest}.")
        return int(value)

    return read


def _numbers(lowest: int, largest: int) -> Callable[[str, str], tuple[int, ...]]:
    """Return what reads a list of numbers; with a negative bound they may count from the end, and 0 is none of them."""

    def read(name: str, value: str) -> tuple[int, ...]:
        numbers = sorted({int(one) for one in value.split(",")}) if _LIST.fullmatch(value) else []
        wrong = not numbers or numbers[0] < lowest or numbers[-1] > largest or (lowest < 0 and 0 in numbers)
        if wrong:
            without = " without 0" if lowest < 0 else ""
            raise RuleError(f"{name} must list numbers from {lowest} to {largest}{without}.")
        return tuple(numbers)

    return read


def _weekdays(name: str, value: str) -> tuple[Weekday, ...]:
    found = [_WEEKDAY.fullmatch(one) for one in value.split(",")]
    days = {Weekday(WEEKDAYS.index(one[2]), None if one[1] is None else int(one[1])) for one in found if one}
    if None in found or any(one.nth is not None and not 1 <= abs(one.nth) <= 53 for one in days):  # noqa: PLR2004  (weeks)
        raise RuleError(f"{name} must list days such as MO,TH, or 1FR and -1SU for the first and the last.")
    return tuple(sorted(days, key=lambda one: (one.nth or 0, one.day)))


def _week_start(name: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise RuleError(f"{name} must be one of {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(value)


def _until(name: str, value: str) -> date:
    try:
        if not _UNTIL.fullmatch(value):
            raise ValueError  # noqa: TRY301  (the same as for a day that is none)
        until = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        raise RuleError(f"{name} must be a day or moment: 20261231, 20261231T170000 or 20261231T160000Z.") from None
    if not FIRST_YEAR <= until.year <= LAST_YEAR:
        raise RuleError(f"The year of {name} must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return until


_PARTS: Final[Mapping[str, tuple[str, Callable[[str, str], Any]]]] = {
    "FREQ": ("freq", _frequency),
    "INTERVAL": ("interval", _number(LONGEST_INTERVAL)),
    "COUNT": ("count", _number(MOST_SLOTS)),
    "UNTIL": ("until", _until),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYWEEKNO": ("by_week_no", _numbers(-53, 53)),
    "BYYEARDAY": ("by_year_day", _numbers(-366, 366)),
    "BYMONTHDAY": ("by_month_day", _numbers(-31, 31)),
    "BYDAY": ("by_day", _weekdays),
    "BYHOUR": ("by_hour", _numbers(0, 23)),
    "BYMINUTE": ("by_minute", _numbers(0, 59)),
    "BYSECOND": ("by_second", _numbers(0, 59)),
    "BYSETPOS": ("by_set_pos", _numbers(-366, 366)),
    "WKST": ("week_start", _week_start),
}


def _spell(value: Any) -> str:
    match value:
        case None | ():
            return ""
        case datetime(tzinfo=None):
            return value.strftime("%Y%m%dT%H%M%S")
        case datetime():
            return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        case date():
            return value.strftime("%Y%m%d")
        case tuple():
            return ",".join(map(str, value))
    return str(value)


def _check(rule: Rule) -> None:
    """Refuse what RFC 5545 forbids, and what would make a set too large to look for a position in it.

    Raises:
        RuleError
    """
    freq, has_nth = rule.freq, any(day.nth is not None for day in rule.by_day)
    refused = {
        "COUNT and UNTIL exclude each other.": rule.count is not None and rule.until is not None,
        "BYWEEKNO needs FREQ=YEARLY.": rule.by_week_no and freq != "YEARLY",
        "BYYEARDAY does not go with FREQ=MONTHLY, WEEKLY or DAILY.": rule.by_year_day
        and freq in {"MONTHLY", "WEEKLY", "DAILY"},
        "BYMONTHDAY does not go with FREQ=WEEKLY.": rule.by_month_day and freq == "WEEKLY",
        "Days such as 1FR in BYDAY need FREQ=MONTHLY or YEARLY.": has_nth and freq not in {"MONTHLY", "YEARLY"},
        "Days such as 1FR in BYDAY do not go with BYWEEKNO.": has_nth and rule.by_week_no,
        "BYSECOND takes one number.": len(rule.by_second) > 1,
        "BYSETPOS needs FREQ=DAILY or a longer one.": rule.by_set_pos and freq in SHORT,
        "BYSETPOS needs another part that begins with BY.": rule.by_set_pos and not _restricts(rule),
    }
    for problem, is_so in refused.items():
        if is_so:
            raise RuleError(problem)


def _restricts(rule: Rule) -> bool:
    days = (rule.by_month, rule.by_week_no, rule.by_year_day, rule.by_month_day, rule.by_day)
    return any((*days, rule.by_hour, rule.by_minute, rule.by_second))
