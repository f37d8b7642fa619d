"""Whose day it is: whole days and floating times are in the zone of whoever completes them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.features.occurrences.support import DAILY, act, day, fixed, floating, recurring
from tests.support import Api, TestClock

pytestmark = pytest.mark.thorough

AHEAD, BEHIND = "Pacific/Kiritimati", "Pacific/Pago_Pago"  # UTC+14 and UTC-11: one is a day ahead of the other


@pytest.fixture
def noon(clock: TestClock) -> TestClock:
    """29 March, 11:30 UTC: half past one on the 30th in Kiritimati, half past midnight on the 29th in Pago Pago."""
    clock.now = datetime(2026, 3, 29, 11, 30, tzinfo=UTC)
    return clock


CASES = [
    (DAILY, day("2026-03-28"), "2026-03-31", "2026-03-30"),
    (DAILY, floating("2026-03-28T01:00:00"), "2026-03-31T01:00:00", "2026-03-29T01:00:00"),
    ({**DAILY, "mode": "completion"}, day("2026-03-20"), "2026-03-31", "2026-03-30"),
    (
        {"unit": "week", "mode": "completion"},
        floating("2026-03-20T09:00:00"),
        "2026-04-06T09:00:00",
        "2026-04-05T09:00:00",
    ),
    (DAILY, fixed("2026-03-28T09:00:00"), "2026-03-30T09:00:00", "2026-03-30T09:00:00"),
]


@pytest.mark.parametrize(("recurrence", "due", "ahead", "behind"), CASES)
@pytest.mark.usefixtures("noon")
async def test_the_day_is_that_of_whoever_completes(
    api: Api, recurrence: Any, due: dict[str, str], ahead: str, behind: str
) -> None:
    for zone, expected in ((AHEAD, ahead), (BEHIND, behind)):
        user = api.as_user(zone=zone)
        todo = await recurring(user, due=due, recurrence=recurrence)
        coming = (await user.get(f"/todos/{todo['id']}/upcoming", limit=1))["items"]

        following = await act(user, todo, "complete")

        assert (following["occurrence"], [one["occurrence"] for one in coming]) == (expected, [expected])


@pytest.mark.usefixtures("noon")
async def test_two_who_share_a_todo_see_one_occurrence(api: Api) -> None:
    ann = api.as_user(zone=AHEAD)
    bob = api.as_user(ann.user, zone=BEHIND)
    todo = await recurring(ann)

    first = await act(ann, todo, "complete", occurrence="2026-03-28")
    second = await act(bob, todo, "complete", occurrence="2026-03-28")

    assert first == second
    assert first["occurrence"] == "2026-03-31"
