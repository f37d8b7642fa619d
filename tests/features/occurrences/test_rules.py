"""What a recurrence may be: the two forms, what is refused, and the preview."""

from typing import Any

import pytest

from tests.features.occurrences.support import DAILY, day, fixed, floating, recurring
from tests.support import Api

pytestmark = pytest.mark.thorough

FORMS = [
    ({"every": 2, "unit": "week", "on": ["MO", "TH"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
    ({"unit": "day", "until": "2026-12-31"}, "FREQ=DAILY;UNTIL=20261231"),
    ({"unit": "month", "days": [-1, 15]}, "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
    ({"unit": "month", "on": ["-1FR"], "count": 9}, "FREQ=MONTHLY;COUNT=9;BYDAY=-1FR"),
    ({"unit": "year", "months": [2], "days": [29]}, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ({"rrule": "rrule:freq=daily;interval=1;wkst=mo"}, "FREQ=DAILY"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=TH,MO;WKST=SU"}, "FREQ=WEEKLY;BYDAY=MO,TH;WKST=SU"),
]


@pytest.mark.parametrize(("sent", "rrule"), FORMS)
async def test_either_form_is_stored_and_shown_as_a_rule(api: Api, sent: dict[str, Any], rrule: str) -> None:
    todo = await recurring(api, recurrence=sent)

    assert todo["recurrence"] == {
        "rrule": rrule,
        "mode": "schedule",
        "skip": "backward",
        "catch_up": "next_future",
        "reset_subtasks": True,
        "exdates": [],
    }
    assert todo["occurrence"] == "2026-03-28"
    assert await api.get(f"/todos/{todo['id']}") == todo


async def test_a_recurrence_can_be_sent_back_as_it_was_read(api: Api) -> None:
    options = {"mode": "completion", "skip": "omit", "catch_up": "next_slot", "reset_subtasks": False}
    todo = await recurring(api, recurrence={"unit": "day", **options, "exdates": ["2026-04-02", "2026-04-01"]})

    same = await api.patch(f"/todos/{todo['id']}", {"recurrence": todo["recurrence"]})

    assert same == todo
    assert todo["recurrence"] == {"rrule": "FREQ=DAILY", **options, "exdates": ["2026-04-01", "2026-04-02"]}


@pytest.mark.parametrize("due", [floating("2026-03-28T09:00:00"), fixed("2026-03-28T09:00:00")])
async def test_the_slot_of_a_timed_todo_is_its_wall_clock(api: Api, due: dict[str, str]) -> None:
    todo = await recurring(api, due=due, recurrence={**DAILY, "exdates": ["2026-03-29T09:00:00"]})

    assert todo["occurrence"] == "2026-03-28T09:00:00"
    assert todo["recurrence"]["exdates"] == ["2026-03-29T09:00:00"]


DATE, TIME = day("2026-03-28"), floating("2026-03-28T09:00:00")
AT_RULE, AT_WHOLE = "#/recurrence/rrule", "#/recurrence"
REFUSED: list[tuple[Any, Any, str]] = [
    (DAILY, None, AT_WHOLE),
    ({"unit": "hour"}, DATE, AT_WHOLE),
    ({"unit": "minute"}, DATE, AT_WHOLE),
    ({"rrule": "FREQ=DAILY;BYHOUR=9"}, DATE, AT_WHOLE),
    ({**DAILY, "exdates": ["2026-03-29T09:00:00"]}, DATE, AT_WHOLE),
    ({**DAILY, "exdates": ["2026-03-29"]}, TIME, AT_WHOLE),
    ({"rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, DATE, AT_WHOLE),
    ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "skip": "omit"}, DATE, AT_WHOLE),
    ({"rrule": "FREQ=SECONDLY"}, TIME, AT_RULE),
    ({"rrule": "FREQ=DAILY;COUNT=1000000000"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;COUNT=0"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;INTERVAL=0"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;INTERVAL=1001"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;COUNT=2;UNTIL=20261231"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;UNTIL=99991231"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;FREQ=WEEKLY"}, DATE, AT_RULE),
    ({"rrule": "FREQ=DAILY;BYDAY=MO," + "MO," * 3_333}, DATE, AT_RULE),
    ({"rrule": "DTSTART:20260328\nRRULE:FREQ=DAILY"}, DATE, AT_RULE),
    ({"rrule": ""}, DATE, AT_RULE),
    ({"rrule": 7}, DATE, AT_RULE),
    ({**DAILY, "unit": "day"}, DATE, "#/recurrence/unit"),
    ({**DAILY, "interval": 2}, DATE, "#/recurrence/interval"),
    ({**DAILY, "mode": "never"}, DATE, "#/recurrence/mode"),
    ({**DAILY, "exdates": ["tomorrow"]}, DATE, "#/recurrence/exdates/0"),
    ({**DAILY, "exdates": ["2026-03-29T09:00:00Z"]}, TIME, "#/recurrence/exdates/0"),
    ({**DAILY, "exdates": ["2026-03-29"] * 201}, DATE, "#/recurrence/exdates"),
    ({"unit": "month", "days": [0]}, DATE, AT_WHOLE),
    ({"unit": "month", "days": [32]}, DATE, "#/recurrence/days/0"),
    ({"unit": "month", "months": [13]}, DATE, "#/recurrence/months/0"),
    ({"unit": "week", "on": ["XX"]}, DATE, "#/recurrence/on/0"),
    ({"unit": "week", "on": ["1MO"]}, DATE, AT_WHOLE),
    ({"unit": "fortnight"}, DATE, "#/recurrence/unit"),
    ({"every": 2}, DATE, "#/recurrence/unit"),
    ({"every": 0, "unit": "day"}, DATE, "#/recurrence/every"),
    ({"unit": "day", "count": 2, "until": "2026-12-31"}, DATE, AT_WHOLE),
    ("FREQ=DAILY", DATE, AT_WHOLE),
]


@pytest.mark.parametrize(("recurrence", "due", "pointer"), REFUSED)
async def test_what_cannot_recur_is_refused_where_it_stands(api: Api, recurrence: Any, due: Any, pointer: str) -> None:
    todo = await api.todo("plain", due=due)

    created = await api.post("/todos", {"title": "x", "due": due, "recurrence": recurrence}, 422)
    patched = await api.patch(f"/todos/{todo['id']}", {"recurrence": recurrence}, 422)

    for problem in (created, patched):
        assert problem["code"] == "invalid_input"
        assert pointer in {error["pointer"] for error in problem["errors"]}
    assert (await api.get("/todos"))["items"] == [todo]


async def test_exdates_of_the_wrong_kind_are_refused_while_it_goes_on(api: Api) -> None:
    todo = await recurring(api)

    problem = await api.patch(
        f"/todos/{todo['id']}", {"recurrence": {**DAILY, "exdates": ["2026-04-01T09:00:00"]}}, 422
    )

    assert problem["errors"][0]["pointer"] == "#/recurrence"
    assert await api.get(f"/todos/{todo['id']}") == todo


async def test_a_due_in_another_kind_must_go_with_the_rule_that_is_there(api: Api) -> None:
    todo = await recurring(api, due=fixed("2026-03-28T09:00:00"), recurrence={"unit": "hour", "every": 6})

    problem = await api.patch(f"/todos/{todo['id']}", {"due": day("2026-03-28")}, 422)

    assert problem["errors"][0]["pointer"] == "#/recurrence"
    assert await api.get(f"/todos/{todo['id']}") == todo


async def test_a_preview_shows_rule_words_and_first_slots_and_stores_nothing(api: Api) -> None:
    await api.todo()
    before = (await api.get("/spaces/current"))["seq"]
    asked = {"recurrence": {"unit": "month", "days": [31]}, "due": day("2026-01-31"), "limit": 4}

    preview = await api.post("/recurrence/preview", asked, 200)

    assert preview["recurrence"]["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=31"
    assert preview["text"] == "every month on the 31st of the month"
    assert [one["occurrence"] for one in preview["items"]] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert preview["items"][1] == {
        "occurrence": "2026-02-28",
        "start": None,
        "due": day("2026-02-28"),
        "deadline": None,
    }
    assert (await api.get("/spaces/current"))["seq"] == before


async def test_a_preview_of_completion_takes_each_at_its_time(api: Api) -> None:
    recurrence = {"unit": "day", "every": 3, "mode": "completion", "count": 3}

    preview = await api.post("/recurrence/preview", {"recurrence": recurrence, "due": fixed("2026-03-28T02:30:00")})

    slots = [one["occurrence"] for one in preview["items"]]
    assert slots == ["2026-03-28T02:30:00", "2026-03-31T02:30:00", "2026-04-03T02:30:00"]
    assert preview["items"][-1]["due"] == fixed("2026-04-03T02:30:00")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"limit": 0}, "#/limit"),
        ({"limit": 101}, "#/limit"),
        ({"due": None}, "#/due"),
        ({"recurrence": {"unit": "hour"}}, "#/recurrence"),
        ({"title": "x"}, "#/title"),
    ],
)
async def test_a_preview_refuses_what_a_todo_would(api: Api, change: dict[str, Any], pointer: str) -> None:
    await api.todo()
    asked = {"recurrence": DAILY, "due": day("2026-03-28"), **change}

    problem = await api.post("/recurrence/preview", asked, 422)

    assert pointer in {error["pointer"] for error in problem["errors"]}
