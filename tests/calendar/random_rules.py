"""Rules at random, as people and their clients might write them. Each names days again and again, so a search ends."""

from datetime import datetime
from random import Random

from fastapi_todo_kit.calendar.rule import FREQUENCIES, SHORT, WEEKDAYS

_INTERVALS = (1, 1, 2, 3, 4, 5, 6, 12, 25, 90)


def random_rule(random: Random, start: datetime) -> str:
    """Return the text of a rule for a start.

    Left out is what python-dateutil reads otherwise than RFC 5545: days with and without a number in one BYDAY,
    BYSETPOS with WEEKLY or BYWEEKNO, and BYWEEKNO that is negative or has no BYDAY.
    """
    freq = random.choice(FREQUENCIES)
    parts = {"FREQ": freq, "INTERVAL": str(random.choice(_INTERVALS))}
    if random.random() < 0.3:
        parts["BYMONTH"] = _some(random, range(1, 13), 4, start.month)
    parts |= _days(random, freq, start, has_month="BYMONTH" in parts)
    if random.random() < 0.2:
        parts["BYHOUR"] = _some(random, range(24), 4)
    if random.random() < 0.2:
        parts["BYMINUTE"] = _some(random, range(60), 4)
    may_count = freq not in {"WEEKLY", *SHORT} and "BYWEEKNO" not in parts
    if may_count and any(name.startswith("BY") for name in parts) and random.random() < 0.3:
        parts["BYSETPOS"] = _some(random, _both_ways(5), 3, random.choice((1, -1)))
    if random.random() < 0.3:
        parts["WKST"] = random.choice(WEEKDAYS)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _days(random: Random, freq: str, start: datetime, *, has_month: bool) -> dict[str, str]:
    """Return the parts that choose days; which exclude each other depends on the frequency."""
    kinds = ["none", "weekdays"]
    kinds += ["month days", "both"] if freq != "WEEKLY" else []
    kinds += ["numbered"] if freq in {"MONTHLY", "YEARLY"} else []
    kinds += ["weeks"] if freq == "YEARLY" and not has_month else []
    kinds += ["year days"] if freq in {"YEARLY", *SHORT} and not has_month else []
    weekday = WEEKDAYS[start.weekday()]
    month_days = {"BYMONTHDAY": _some(random, _both_ways(31), 6, random.randint(1, 28))}
    weekdays = {"BYDAY": _some(random, WEEKDAYS, 4, weekday)}
    places = _both_ways(5) if freq == "MONTHLY" or has_month else _both_ways(53)
    numbered = [f"{place}{day}" for place in random.sample(places, 2) for day in random.sample(WEEKDAYS, 2)]
    parts = {
        "none": {},
        "weekdays": weekdays,
        "month days": month_days,
        "both": month_days | weekdays,
        "numbered": {"BYDAY": ",".join([*numbered, f"1{weekday}"])},
        "weeks": {"BYWEEKNO": _some(random, range(1, 54), 6, 20), **weekdays},
        "year days": {"BYYEARDAY": _some(random, _both_ways(366), 40, 100)},
    }
    return parts[random.choice(kinds)]


def _both_ways(largest: int) -> list[int]:
    return [number for number in range(-largest, largest + 1) if number]


def _some(random: Random, among: range | list[int] | tuple[str, ...], most: int, *always: int | str) -> str:
    chosen = {*random.sample(among, random.randint(1, most)), *always}
    return ",".join(map(str, sorted(chosen, key=str)))
