"""The examples of RFC 5545, section 3.8.5.3, all of them."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from fastapi_todo_kit.calendar.rule import Rule
from fastapi_todo_kit.calendar.series import CatchUp, Recurrence, Series
from fastapi_todo_kit.calendar.slots import slots_after
from tests.calendar.support import EXAMPLES, NEW_YORK, UTC_ZONE, Example, instant_of

pytestmark = pytest.mark.thorough


ENDING = [one for one in EXAMPLES if "COUNT" in one.rule or "UNTIL" in one.rule]


def test_the_table_is_complete() -> None:
    assert len(EXAMPLES) == 37
    assert len(ENDING) == 37


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_rule_names_the_instances_of_the_rfc(example: Example) -> None:
    coming = slots_after(Rule.parse(example.rule), example.start, example.start)

    found = list(islice(coming, len(example.coming)))

    assert found == example.coming


@pytest.mark.parametrize("example", ENDING, ids=str)
@pytest.mark.parametrize("zone", [None, NEW_YORK], ids=["floating", "New York"])
@pytest.mark.parametrize("catch_up", ["next_future", "next_slot"])
def test_a_series_ends_where_count_or_until_says(example: Example, zone: ZoneInfo | None, catch_up: CatchUp) -> None:
    rule = Rule.parse(example.rule)
    series = Series.beginning(Recurrence(rule=rule, catch_up=catch_up), example.start, zone, is_all_day=False)

    found = list(series.upcoming(series.moment(UTC_ZONE), UTC_ZONE))

    assert found == expected(example, rule, zone or UTC_ZONE)


def expected(example: Example, rule: Rule, zone: ZoneInfo) -> list[datetime]:
    """Return what remains of the instances where the start counts, and where UNTIL is an instant."""
    if isinstance(rule.until, datetime):
        return [one for one in example.coming if instant_of(one, zone) <= rule.until]
    assert rule.count is not None
    return example.coming[: rule.count - 1]


def test_until_is_an_instant_and_ends_sooner_in_the_west() -> None:
    example = next(one for one in EXAMPLES if "HOURLY" in one.rule)
    recurrence = Recurrence(rule=Rule.parse(example.rule))
    floating = Series.beginning(recurrence, example.start, is_all_day=False)
    western = Series.beginning(recurrence, example.start, NEW_YORK, is_all_day=False)

    now = example.start.replace(tzinfo=UTC)

    assert [one.hour for one in floating.upcoming(now, UTC_ZONE)] == [12, 15]
    assert [one.hour for one in western.upcoming(now, NEW_YORK)] == [12]
