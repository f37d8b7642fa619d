"""How long the next slot takes from a start in 1900, beside python-dateutil: `hatch run benchmarks:recurrence`."""

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from random import Random
from typing import Final

from dateutil.rrule import rrulestr

from fastapi_todo_kit.calendar.rule import Rule
from fastapi_todo_kit.calendar.series import Recurrence, Series
from fastapi_todo_kit.calendar.slots import slots_after
from tests.calendar.random_rules import random_rule

START: Final = datetime(1900, 1, 1, 9)  # noqa: DTZ001  (a wall clock)
NOW: Final = datetime(2026, 7, 1, 12)  # noqa: DTZ001  (a wall clock)
ROUNDS: Final = 21
RANDOM_RULES: Final = 500
HOURS: Final = ",".join(map(str, range(24)))
MINUTES: Final = ",".join(map(str, range(60)))
EACH_DAY: Final = "BYDAY=MO,TU,WE,TH,FR,SA,SU"
ORDINARY: Final = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
)
WORST: Final = (
    "FREQ=MINUTELY",
    "FREQ=WEEKLY;" + EACH_DAY,
    "FREQ=DAILY;BYMONTHDAY=30,31;BYMONTH=2",
    "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
    "FREQ=HOURLY;INTERVAL=2;BYHOUR=2",
    "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=31,33",
    "FREQ=MINUTELY;BYHOUR=8;BYMINUTE=59;BYDAY=WE",
    "FREQ=MONTHLY;BYMONTHDAY=-20,-17,30;BYDAY=2SU,5WE,3TH,-5FR;BYSETPOS=-5",
    "FREQ=YEARLY;BYDAY=-53MO;BYMONTH=2",
    "FREQ=YEARLY;BYYEARDAY=366,-366;BYDAY=MO;BYMONTH=7",
    f"FREQ=YEARLY;BYWEEKNO={','.join(map(str, range(10, 54)))};BYMONTH=1;{EACH_DAY}",
    f"FREQ=DAILY;BYHOUR={HOURS};BYMINUTE={MINUTES}",
    f"FREQ=YEARLY;{EACH_DAY};BYHOUR={HOURS};BYMINUTE={MINUTES};BYSETPOS=366,-366",
)
COUNTED: Final = (
    "FREQ=DAILY;COUNT=1000",
    "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;COUNT=1000",
    "FREQ=MINUTELY;BYHOUR=8;BYMINUTE=59;COUNT=1000",
)


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return how long a piece of work takes each time."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(1_000 * (time.perf_counter() - began))
    return taken


def next_slot(text: str) -> datetime | None:
    """Read a rule and return its next slot, as a request does."""
    return next(slots_after(Rule.parse(text), START, NOW), None)


def next_by_dateutil(text: str) -> datetime | None:
    """Do the same with python-dateutil."""
    return rrulestr(text, dtstart=START, cache=False).after(NOW)


def measure_beside_dateutil() -> None:
    """Print ordinary rules, and how much longer python-dateutil takes for them."""
    print("Ordinary rules: median, maximum, that of python-dateutil, ratio")
    for text in ORDINARY:
        if next_slot(text) != next_by_dateutil(text):
            raise RuntimeError(text)
        ours, theirs = milliseconds(lambda: next_slot(text)), milliseconds(lambda: next_by_dateutil(text), rounds=3)  # noqa: B023  (called here)
        median, others = statistics.median(ours), statistics.median(theirs)
        print(f"{median:8.3f} ms {max(ours):8.3f} ms {others:9.1f} ms {others / median:7.0f}  {text}", flush=True)


def measure(title: str, rules: tuple[str, ...], work: Callable[[str], object]) -> None:
    """Print the median and the maximum of each rule."""
    print(f"{title}: median, maximum")
    for text in rules:
        taken = milliseconds(lambda: work(text))  # noqa: B023  (called here)
        print(f"{statistics.median(taken):8.3f} ms {max(taken):8.3f} ms  {text[:80]}", flush=True)


def measure_random() -> None:
    """Print the median and the worst of rules at random, each at its best of three."""
    random = Random(1)
    rules = [random_rule(random, START) for _ in range(RANDOM_RULES)]
    taken = {text: min(milliseconds(lambda: next_slot(text), rounds=3)) for text in rules}  # noqa: B023  (called here)
    worst = max(taken, key=taken.__getitem__)
    print(f"{RANDOM_RULES} rules at random: median, maximum")
    print(f"{statistics.median(taken.values()):8.3f} ms {taken[worst]:8.3f} ms  {worst}")


def count(text: str) -> Series:
    """Begin a series that ends with a count, which looks for its last slot."""
    return Series.beginning(Recurrence(rule=Rule.parse(text)), START, is_all_day=False)


def preview(text: str) -> list[datetime]:
    """Return ten slots, as a preview does."""
    return list(islice(slots_after(Rule.parse(text), START, NOW), 10))


def main() -> None:
    """Print all tables."""
    measure_beside_dateutil()
    measure("Worst rules that are accepted", WORST, next_slot)
    measure("Ten slots of the same", WORST, preview)
    measure_random()
    measure("The last slot of a count", COUNTED, count)


if __name__ == "__main__":
    main()
