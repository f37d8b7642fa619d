from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fastapi_todo_kit.calendar.times import TimeValue, as_wall_clock, both_readings, columns_for, day_of, spell, spelled
from tests.support import Api, TestClock

Shown = dict[str, str]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # its clocks change at midnight
    "America/Havana",  # the same, at another midnight
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",
    "Pacific/Kiritimati",  # 14 hours ahead
    "Pacific/Pago_Pago",  # 11 hours behind
]
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def fixed(wall_clock: str, zone: str = "Europe/Berlin") -> Shown:
    return {"datetime": wall_clock, "timezone": zone}


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ({"date": "2026-03-29"}, "2026-03-29T00:00:00"),
        ({"datetime": "2026-03-29T02:30:00"}, "2026-03-29T02:30:00"),
        (fixed("2026-03-29T01:59:59"), "2026-03-29T00:59:59"),
        (fixed("2026-03-29T02:30:00"), "2026-03-29T01:30:00"),  # the gap: 02:30 moves on to 03:30
        (fixed("2026-03-29T03:30:00"), "2026-03-29T01:30:00"),
        (fixed("2026-10-25T02:30:00"), "2026-10-25T00:30:00"),  # comes twice: the first
        (fixed("2026-10-25T03:00:00"), "2026-10-25T02:00:00"),
        (fixed("2026-03-28T23:30:00", "America/New_York"), "2026-03-29T03:30:00"),
    ],
)
def test_the_instant_is_derived_from_wall_clock_and_zone(value: Shown, instant: str) -> None:
    columns = columns_for("due", value)

    assert columns["due_at"] == at(instant)
    assert spelled(columns["due_local"], columns["due_zone"]) == value


def test_no_value_has_no_columns() -> None:
    assert columns_for("start", None) == {"start_local": None, "start_zone": None, "start_at": None}
    assert spelled(None, None) is None
    assert spell(None) is None


@given(wall_clock=st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30)), zone=st.sampled_from(ZONES))  # noqa: DTZ001  (a wall clock)
def test_every_wall_clock_keeps_its_spelling_and_its_moment(wall_clock: datetime, zone: str) -> None:
    shown = fixed(wall_clock.replace(microsecond=0).isoformat(), zone)
    value = TypeAdapter[Any](TimeValue).validate_python(shown)

    columns = columns_for("due", spell(value))

    back = columns["due_at"].astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert spelled(columns["due_local"], columns["due_zone"]) == shown
    assert timedelta(0) <= back - wall_clock.replace(microsecond=0) <= timedelta(days=1)


def test_a_viewers_day_starts_where_the_clocks_say() -> None:
    berlin = both_readings(date(2026, 3, 29), BERLIN)
    havana = both_readings(date(2026, 3, 8), ZoneInfo("America/Havana"))

    assert berlin == (at("2026-03-29T00:00:00"), at("2026-03-28T23:00:00"))
    assert havana == (at("2026-03-08T00:00:00"), at("2026-03-08T05:00:00"))  # midnight is left out there
    assert both_readings(at("2026-03-29T12:00:00"), BERLIN) == (at("2026-03-29T14:00:00"), at("2026-03-29T12:00:00"))
    assert as_wall_clock(at("2026-03-29T01:00:00"), BERLIN) == at("2026-03-29T03:00:00")
    assert day_of(at("2026-03-28T23:30:00"), BERLIN) == (date(2026, 3, 29), date(2026, 3, 30))


@pytest.mark.parametrize(
    "value",
    [
        {"date": "2026-03-29"},
        {"datetime": "2026-03-29T02:30:00"},
        fixed("2026-03-29T02:30:00"),
        fixed("2026-10-25T02:30:00", "Pacific/Kiritimati"),
        {"date": "1900-01-01"},
        {"date": "2200-12-31"},
        fixed("2200-12-31T23:59:59", "Pacific/Pago_Pago"),
        fixed("1900-01-01T00:00:00", "Pacific/Kiritimati"),
    ],
)
async def test_a_time_value_comes_back_as_it_was_sent(api: Api, value: Shown) -> None:
    todo = await api.todo(due=value, start=value)

    read = await api.get(f"/todos/{todo['id']}")

    assert read["due"] == read["start"] == todo["due"] == value
    assert (await api.get("/todos", sort="due,start"))["items"] == [todo]
    cleared = await api.patch(f"/todos/{todo['id']}", {"due": None})
    assert (cleared["due"], cleared["start"]) == (None, value)


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-03-29",
        1_774_742_400,
        {},
        {"date": "2026-03-29T00:00:00"},
        {"date": 20_260_329},
        {"date": "253402300800"},
        {"date": "20260329"},
        {"date": "2026-02-30"},
        {"date": "1899-12-31"},
        {"date": "2201-01-01"},
        {"date": "2026-03-29", "timezone": "Europe/Berlin"},
        {"date": "2026-03-29", "datetime": "2026-03-29T09:00:00"},
        {"datetime": "2026-03-29T09:00:00Z"},
        {"datetime": "2026-03-29T09:00:00+02:00", "timezone": "Europe/Berlin"},
        {"datetime": "2026-03-29T09:00"},
        {"datetime": "2026-03-29 09:00:00"},
        {"datetime": "2026-03-29T23:59:60"},
        {"datetime": "2026-03-29T24:00:00"},
        {"datetime": "2201-01-01T00:00:00"},
        {"datetime": "2026-03-29T09:00:00", "timezone": "Mars/Olympus"},
        {"datetime": "2026-03-29T09:00:00", "timezone": "../../etc/passwd"},
        {"datetime": "2026-03-29T09:00:00", "timezone": None},
        {"timezone": "Europe/Berlin"},
    ],
)
async def test_what_is_no_time_value_is_refused(api: Api, wrong: Any) -> None:
    todo = await api.todo(due={"date": "2026-03-29"})

    for name in ("due", "start"):
        for problem in (
            await api.post("/todos", {"title": "x", name: wrong}, 422),
            await api.patch(f"/todos/{todo['id']}", {name: wrong}, 422),
        ):
            assert problem["errors"][0]["pointer"].startswith(f"#/{name}")
    assert (await api.get("/todos"))["items"] == [todo]


async def test_a_patch_replaces_one_kind_of_value_by_another(api: Api) -> None:
    todo = await api.todo(due=fixed("2026-03-29T09:00:00"))

    for value in ({"date": "2026-03-29"}, {"datetime": "2026-03-29T09:00:00"}, fixed("2026-03-29T09:00:00")):
        assert (await api.patch(f"/todos/{todo['id']}", {"due": value}))["due"] == value
    assert (await api.get(f"/todos/{todo['id']}"))["version"] == 4


async def test_values_of_all_kinds_are_sorted_on_one_line_of_time(api: Api) -> None:
    for title, due in (
        ("none", None),
        ("noon", {"datetime": "2026-03-29T12:00:00"}),
        ("day", {"date": "2026-03-29"}),
        ("Berlin", fixed("2026-03-29T02:30:00")),
        ("New York", fixed("2026-03-28T19:59:59", "America/New_York")),
    ):
        await api.todo(title, due=due, start=due)

    expected = ["New York", "day", "Berlin", "noon", "none"]
    assert await api.titles(sort="due") == await api.titles(sort="start") == expected
    assert await api.titles(sort="-due") == await api.titles(sort="-start") == expected[::-1]


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("UTC", "2026-03-29T00:00:00"),
        ("Europe/Berlin", "2026-03-28T23:00:00"),
        ("America/New_York", "2026-03-29T04:00:00"),
        ("Pacific/Kiritimati", "2026-03-28T10:00:00"),
        ("Pacific/Pago_Pago", "2026-03-29T11:00:00"),
    ],
)
async def test_a_whole_day_is_overdue_when_it_has_ended_for_the_viewer(
    api: Api, clock: TestClock, zone: str, end: str
) -> None:
    viewer = api.as_user(api.user, zone=zone)
    await api.todo("day", due={"date": "2026-03-28"})

    clock.now = at(end) - timedelta(seconds=1)
    assert (await viewer.titles(overdue=True), await viewer.titles(today=True)) == ([], ["day"])

    clock.now = at(end)
    assert (await viewer.titles(overdue=True), await viewer.titles(today=True)) == (["day"], [])


async def test_a_floating_time_passes_on_the_viewers_own_clock(api: Api, clock: TestClock) -> None:
    berlin, tokyo = api.as_user(api.user, zone="Europe/Berlin"), api.as_user(api.user, zone="Asia/Tokyo")
    await api.todo("nine", due={"datetime": "2026-03-29T09:00:00"})

    clock.now = at("2026-03-29T00:00:01")
    assert [await one.titles(overdue=True) for one in (tokyo, berlin, api)] == [["nine"], [], []]

    clock.now = at("2026-03-29T07:00:01")
    assert [await one.titles(overdue=True) for one in (tokyo, berlin, api)] == [["nine"], ["nine"], []]


async def test_a_fixed_time_passes_for_everybody_at_once(api: Api, clock: TestClock) -> None:
    viewers = [api.as_user(api.user, zone=zone) for zone in ("Europe/Berlin", "Asia/Tokyo", "America/New_York")]
    await api.todo("gap", due=fixed("2026-03-29T02:30:00"))

    clock.now = at("2026-03-29T01:29:59")
    assert [await one.titles(overdue=True) for one in viewers] == [[], [], []]

    clock.now = at("2026-03-29T01:30:01")
    assert [await one.titles(overdue=True) for one in viewers] == [["gap"]] * 3


async def test_two_viewers_disagree_about_today(api: Api) -> None:
    tokyo, new_york = api.as_user(api.user, zone="Asia/Tokyo"), api.as_user(api.user, zone="America/New_York")
    for title, due in (
        ("party", fixed("2026-03-28T23:30:00", "America/New_York")),
        ("call", fixed("2026-03-29T00:30:00", "Asia/Tokyo")),
        ("day", {"date": "2026-03-28"}),
        ("evening", {"datetime": "2026-03-28T23:30:00"}),
    ):
        await api.todo(title, due=due)

    assert await new_york.titles(today=True) == ["party", "call", "day", "evening"]
    assert await tokyo.titles(today=True) == ["day", "evening"]
    assert await tokyo.titles(today=False) == ["party", "call"]
    assert await api.titles(today=True) == ["call", "day", "evening"]


async def test_the_tz_parameter_wins_over_the_users_zone(api: Api, clock: TestClock) -> None:
    tokyo = api.as_user(api.user, zone="Asia/Tokyo")
    await api.todo("day", due={"date": "2026-03-28"})
    clock.now = at("2026-03-28T16:00:00")  # the 29th in Tokyo

    assert await tokyo.titles(overdue=True) == ["day"]

    assert await tokyo.titles(overdue=True, tz="America/New_York") == []
    assert await api.titles(overdue=True, tz="Asia/Tokyo") == ["day"]
    assert (await api.get("/todos", tz="Mars/Olympus", expect=422))["errors"][0]["parameter"] == "tz"
    assert await api.as_user(api.user, zone="Mars/Olympus").titles(overdue=True) == []


async def test_a_day_that_loses_an_hour_is_today_to_its_end(api: Api, clock: TestClock) -> None:
    berlin = api.as_user(api.user, zone="Europe/Berlin")
    for title in ("00:00:00", "02:30:00", "23:59:59"):
        await api.todo(title, due=fixed(f"2026-03-29T{title}"))
    await api.todo("before", due=fixed("2026-03-28T23:59:59"))
    await api.todo("after", due=fixed("2026-03-30T00:00:00"))
    clock.now = at("2026-03-29T10:00:00")

    assert await berlin.titles(today=True) == ["00:00:00", "02:30:00", "23:59:59"]
    assert await berlin.titles(due__gte="2026-03-29", due__lt="2026-03-30") == ["00:00:00", "02:30:00", "23:59:59"]


async def test_days_in_filters_are_days_of_the_viewer(api: Api) -> None:
    tokyo = api.as_user(api.user, zone="Asia/Tokyo")
    for title, due in (
        ("day", {"date": "2026-03-29"}),
        ("floating", {"datetime": "2026-03-29T00:00:00"}),
        ("Tokyo", fixed("2026-03-29T00:00:00", "Asia/Tokyo")),
        ("UTC", fixed("2026-03-29T00:00:00", "UTC")),
        ("none", None),
    ):
        await api.todo(title, due=due)

    assert await tokyo.titles(due__gte="2026-03-29") == ["day", "floating", "Tokyo", "UTC"]
    assert await api.titles(due__gte="2026-03-29") == ["day", "floating", "UTC"]
    assert await api.titles(due__lt="2026-03-29") == ["Tokyo"]
    assert await tokyo.titles(due__lt="2026-03-29") == []
    assert await tokyo.titles(due__gte="2026-03-29", due__lt="2026-03-30") == ["day", "floating", "Tokyo", "UTC"]


async def test_moments_in_filters_are_compared_with_the_viewers_clock(api: Api) -> None:
    berlin = api.as_user(api.user, zone="Europe/Berlin")
    for title, due in (
        ("day", {"date": "2026-03-28"}),
        ("floating", {"datetime": "2026-03-28T12:30:00"}),
        ("fixed", fixed("2026-03-28T13:30:00")),
    ):
        await api.todo(title, due=due)

    assert await api.titles(due__gte="2026-03-28T12:00:00Z") == ["floating", "fixed"]
    assert await berlin.titles(due__gte="2026-03-28T12:00:00Z") == ["fixed"]
    assert await berlin.titles(due__lt="2026-03-28T13:00:00+01:00") == ["day", "floating"]
    assert await berlin.titles(due__gte="2026-03-28T12:30:01Z") == []


@pytest.mark.parametrize("wrong", ["2026-03-29T09:00:00", "253402300800", "1", "tomorrow", "2201-01-01", ""])
async def test_what_is_no_moment_is_refused_in_a_filter(api: Api, wrong: str) -> None:
    for name in ("due.gte", "due.lt"):
        problem = await api.get("/todos", expect=422, **{name: wrong})
        assert problem["errors"][0]["parameter"] == name


def due_of(value: Shown) -> date | datetime:
    if "date" in value:
        return date.fromisoformat(value["date"])
    wall_clock = datetime.fromisoformat(value["datetime"])
    return wall_clock.replace(tzinfo=ZoneInfo(value["timezone"])).astimezone(UTC) if "timezone" in value else wall_clock


def is_passed(value: Shown, now: datetime, zone: ZoneInfo) -> bool:
    match due_of(value):
        case datetime(tzinfo=None) as wall_clock:
            return wall_clock < now.astimezone(zone).replace(tzinfo=None)
        case datetime() as moment:
            return moment < now
        case day:
            return day < now.astimezone(zone).date()


def is_today(value: Shown, now: datetime, zone: ZoneInfo) -> bool:
    match due_of(value):
        case datetime(tzinfo=None) as wall_clock:
            day = wall_clock.date()
        case datetime() as moment:
            day = moment.astimezone(zone).date()
        case day:
            pass
    return day == now.astimezone(zone).date()


@st.composite
def values_around(draw: st.DrawFn, now: datetime) -> Shown:
    wall_clock = (now + draw(st.timedeltas(timedelta(days=-2), timedelta(days=2)))).replace(microsecond=0, tzinfo=None)
    kind = draw(st.sampled_from(["day", "floating", *ZONES]))
    if kind == "day":
        return {"date": wall_clock.date().isoformat()}
    return {"datetime": wall_clock.isoformat()} | ({} if kind == "floating" else {"timezone": kind})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_overdue_and_today_are_what_a_calendar_says(api: Api, clock: TestClock, data: st.DataObject) -> None:
    now = data.draw(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  (a bound)
    zone = ZoneInfo(data.draw(st.sampled_from(ZONES)))
    values = data.draw(st.lists(values_around(now), min_size=1, max_size=8))
    viewer = api.as_user(zone=zone.key)
    clock.now = now - timedelta(days=10)
    for number, value in enumerate(values):
        await viewer.todo(str(number), due=value)
    frozen = now + timedelta(milliseconds=1)  # what the clock says when the request reads it

    for name, expected in (
        ("overdue", [is_passed(value, frozen, zone) for value in values]),
        ("today", [is_today(value, frozen, zone) for value in values]),
    ):
        for answer in (True, False):
            clock.now = now
            matching = [str(number) for number, one in enumerate(expected) if one == answer]
            assert await viewer.titles(**{name: answer}) == matching
