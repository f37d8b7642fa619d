"""What the tests of recurrence share: moments, series, and the examples of RFC 5545."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fastapi_todo_kit.calendar.rule import Rule
from fastapi_todo_kit.calendar.series import Recurrence, Series
from fastapi_todo_kit.calendar.slots import _Expansion

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
UTC_ZONE = ZoneInfo("UTC")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    """Return an instant that is spelled in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def begin(rule: str, first: str, zone: ZoneInfo | None = None, *, is_all_day: bool = False, **others: Any) -> Series:
    """Return a series as it begins; `others` are those of `Recurrence`."""
    recurrence = Recurrence(rule=Rule.parse(rule), **others)
    return Series.beginning(recurrence, wall(first), zone, is_all_day=is_all_day)


def instant_of(slot: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall clock: the offset is that of the first reading, in a gap the old one (PEP 495)."""
    offset = slot.replace(tzinfo=zone, fold=0).utcoffset()
    assert offset is not None
    return (slot - offset).replace(tzinfo=UTC)


@contextmanager
def counted_steps() -> Iterator[Counter[str]]:
    """Count the periods, and the places in days, that searches look at."""
    counted: Counter[str] = Counter()

    def counting(name: str) -> Any:
        original = getattr(_Expansion, name)

        def count(*args: Any) -> Iterator[Any]:
            for one in original(*args):
                counted[name] += 1
                yield one

        return count

    with pytest.MonkeyPatch.context() as patch:
        for name in ("_periods", "_aligned"):
            patch.setattr(_Expansion, name, counting(name))
        yield counted


@dataclass(frozen=True)
class Example:
    """An example of the RFC."""

    rule: str
    start: datetime
    instances: list[datetime]

    @property
    def coming(self) -> list[datetime]:
        """The instances behind the start, which is the first slot of a todo in any case."""
        return [one for one in self.instances if one != self.start]

    def __str__(self) -> str:
        return f"{self.rule} from {self.start:%Y-%m-%d}"


def examples() -> Iterator[Example]:
    text = (Path(__file__).parent / "rfc5545-examples.txt").read_text()
    for block in text.split("\n\n"):
        lines = dict(line.split(":", 1) for line in block.splitlines() if not line.startswith("#"))
        if lines:
            instances = [wall(one) for one in lines["INSTANCES"].split(",")]
            yield Example(lines["RRULE"], wall(lines["DTSTART"]), instances)


EXAMPLES = list(examples())
