"""Rules as text: what is read, how it is written back, and what is refused and why."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_todo_kit.calendar.rule import LONGEST_RULE, Rule, RuleError, Weekday
from tests.calendar.support import BERLIN, EXAMPLES, Example, at, wall

pytestmark = pytest.mark.thorough


PARTS = "FREQ INTERVAL COUNT UNTIL BYMONTH BYWEEKNO BYYEARDAY BYMONTHDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS WKST"
WORDS = "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY MO 1MO -1SU TU,SU 20261231 20261231T170000Z RRULE:"


def test_a_rule_is_read() -> None:
    rule = Rule.parse("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU;BYMONTH=6,3;BYSETPOS=-1;WKST=SU;BYHOUR=9")

    assert rule == Rule(
        freq="MONTHLY",
        interval=2,
        count=10,
        by_month=(3, 6),
        by_day=(Weekday(6, -1), Weekday(6, 1)),
        by_hour=(9,),
        by_set_pos=(-1,),
        week_start=6,
    )


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("20261231", date(2026, 12, 31)),
        ("20261231T170000", wall("2026-12-31T17:00")),
        ("20261231T160000Z", at("2026-12-31T16:00")),
    ],
)
def test_until_is_a_day_a_wall_clock_or_an_instant(text: str, until: date) -> None:
    rule = Rule.parse(f"FREQ=DAILY;UNTIL={text}")

    assert (type(rule.until), rule.until) == (type(until), until)
    assert str(rule) == f"FREQ=DAILY;UNTIL={text}"


def test_until_is_written_in_utc() -> None:
    rule = Rule(freq="DAILY", until=at("2026-12-31T16:00").astimezone(BERLIN))

    assert str(rule) == "FREQ=DAILY;UNTIL=20261231T160000Z"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("freq=weekly;byday=th,mo", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("RRULE:FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=DAILY;", "FREQ=DAILY"),
        ("BYMONTH=2;FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2"),
        ("FREQ=DAILY;INTERVAL=1;WKST=MO", "FREQ=DAILY"),
        ("FREQ=DAILY;INTERVAL=007;WKST=SU", "FREQ=DAILY;INTERVAL=7;WKST=SU"),
        ("FREQ=MONTHLY;BYMONTHDAY=+2,-1,31,2", "FREQ=MONTHLY;BYMONTHDAY=-1,2,31"),
        ("FREQ=MONTHLY;BYDAY=MO,+1FR,-1FR,MO", "FREQ=MONTHLY;BYDAY=-1FR,MO,1FR"),
        ("FREQ=DAILY;BYHOUR=0;BYMINUTE=0;BYSECOND=0", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0;BYSECOND=0"),
    ],
)
def test_a_rule_has_one_spelling(text: str, spelled: str) -> None:
    rule = Rule.parse(text)

    assert str(rule) == spelled
    assert Rule.parse(spelled) == rule


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_rules_of_the_rfc_are_written_as_they_were_read(example: Example) -> None:
    rule = Rule.parse(example.rule)

    assert Rule.parse(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no part of a rule; the parts are FREQ, INTERVAL, COUNT"),
        ("every day", "'EVERY DAY' is no part of a rule"),
        ("FREQ=DAILY;;COUNT=2", "'' is no part of a rule"),
        ("FREQ=DAILY;COLOUR=RED", "'COLOUR' is no part of a rule"),
        ("FREQ=DAILY;RSCALE=GREGORIAN", "'RSCALE' is no part of a rule"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "'RSCALE' is no part of a rule"),
        ("FREQ=MONTHLY;SKIP=FORWARD", "'SKIP' is no part of a rule"),
        ("RRULE:RRULE:FREQ=DAILY", "'RRULE:FREQ' is no part of a rule"),
        ("FREQ=DAILY\nCOUNT=2", "FREQ must be one of"),
        ("FREQ=DAILY;COUNT=2;COUNT=3", "COUNT stands there twice."),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands there twice."),
        ("COUNT=2", "A rule begins with FREQ, as in FREQ=WEEKLY;BYDAY=MO."),
        ("FREQ", "FREQ must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY."),
        ("FREQ=SECONDLY", "FREQ must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY."),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be a number from 1 to 1000."),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL must be a number from 1 to 1000."),
        ("FREQ=DAILY;INTERVAL=1001", "INTERVAL must be a number from 1 to 1000."),
        ("FREQ=DAILY;INTERVAL=1.5", "INTERVAL must be a number from 1 to 1000."),
        ("FREQ=DAILY;COUNT=0", "COUNT must be a number from 1 to 1000."),
        ("FREQ=DAILY;COUNT=1001", "COUNT must be a number from 1 to 1000."),
        ("FREQ=DAILY;COUNT=1000000000", "COUNT must be a number from 1 to 1000."),
        ("FREQ=DAILY;COUNT=" + "9" * 400, "COUNT must be a number from 1 to 1000."),
        ("FREQ=DAILY;UNTIL=", "UNTIL must be a day or moment: 20261231, 20261231T170000 or 20261231T160000Z."),
        ("FREQ=DAILY;UNTIL=2026-12-31", "UNTIL must be a day or moment"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL must be a day or moment"),
        ("FREQ=DAILY;UNTIL=20261231T250000", "UNTIL must be a day or moment"),
        ("FREQ=DAILY;UNTIL=20261231T170000+0100", "UNTIL must be a day or moment"),
        ("FREQ=DAILY;UNTIL=18991231", "The year of UNTIL must lie between 1900 and 2200."),
        ("FREQ=DAILY;UNTIL=22010101T000000Z", "The year of UNTIL must lie between 1900 and 2200."),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH must list numbers from 1 to 12."),
        ("FREQ=YEARLY;BYMONTH=0", "BYMONTH must list numbers from 1 to 12."),
        ("FREQ=YEARLY;BYMONTH=5L", "BYMONTH must list numbers from 1 to 12."),
        ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO must list numbers from -53 to 53 without 0."),
        ("FREQ=YEARLY;BYYEARDAY=0", "BYYEARDAY must list numbers from -366 to 366 without 0."),
        ("FREQ=YEARLY;BYYEARDAY=-367", "BYYEARDAY must list numbers from -366 to 366 without 0."),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY must list numbers from -31 to 31 without 0."),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", "BYMONTHDAY must list numbers from -31 to 31 without 0."),
        ("FREQ=MONTHLY;BYMONTHDAY= 1", "BYMONTHDAY must list numbers from -31 to 31 without 0."),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR must list numbers from 0 to 23."),
        ("FREQ=DAILY;BYHOUR=-1", "BYHOUR must list numbers from 0 to 23."),
        ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE must list numbers from 0 to 59."),
        ("FREQ=DAILY;BYSECOND=60", "BYSECOND must list numbers from 0 to 59."),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS must list numbers from -366 to 366 without 0."),
        ("FREQ=WEEKLY;BYDAY=MONDAY", "BYDAY must list days such as MO,TH, or 1FR and -1SU for the first and the last."),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY must list days such as MO,TH"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY must list days such as MO,TH"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY must list days such as MO,TH"),
        ("FREQ=WEEKLY;WKST=XX", "WKST must be one of MO, TU, WE, TH, FR, SA, SU."),
        ("FREQ=WEEKLY;WKST=1MO", "WKST must be one of MO, TU, WE, TH, FR, SA, SU."),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "COUNT and UNTIL exclude each other."),
        ("FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO needs FREQ=YEARLY."),
        ("FREQ=MONTHLY;BYYEARDAY=20", "BYYEARDAY does not go with FREQ=MONTHLY, WEEKLY or DAILY."),
        ("FREQ=WEEKLY;BYYEARDAY=20", "BYYEARDAY does not go with FREQ=MONTHLY, WEEKLY or DAILY."),
        ("FREQ=DAILY;BYYEARDAY=20", "BYYEARDAY does not go with FREQ=MONTHLY, WEEKLY or DAILY."),
        ("FREQ=WEEKLY;BYMONTHDAY=20", "BYMONTHDAY does not go with FREQ=WEEKLY."),
        ("FREQ=WEEKLY;BYDAY=1FR", "Days such as 1FR in BYDAY need FREQ=MONTHLY or YEARLY."),
        ("FREQ=DAILY;BYDAY=MO,-1FR", "Days such as 1FR in BYDAY need FREQ=MONTHLY or YEARLY."),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1FR", "Days such as 1FR in BYDAY do not go with BYWEEKNO."),
        ("FREQ=DAILY;BYSECOND=0,30", "BYSECOND takes one number."),
        ("FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=1", "BYSETPOS needs FREQ=DAILY or a longer one."),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs another part that begins with BY."),
        ("FREQ=DA\u0131LY", "A rule is written in ASCII."),
        ("FREQ=MONTHLY;BYMONTHDAY=\u0663", "A rule is written in ASCII."),
        ("FREQ=DAILY;BYHOUR=" + "1," * 250 + "1", "A rule has at most 500 characters."),
    ],
)
def test_what_is_no_rule_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rule.parse(text)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;INTERVAL=1000;COUNT=1000",
        "FREQ=DAILY;UNTIL=19000101",
        "FREQ=DAILY;UNTIL=22001231T235959Z",
        "FREQ=YEARLY;BYDAY=53MO,-53SU",
        "FREQ=YEARLY;BYYEARDAY=366,-366",
        "FREQ=YEARLY;BYWEEKNO=53,-53",
        "FREQ=MONTHLY;BYMONTHDAY=31,-31",
        "FREQ=DAILY;BYHOUR=0,23;BYMINUTE=0,59;BYSECOND=59",
        "FREQ=HOURLY;BYYEARDAY=1",
        "FREQ=DAILY;BYHOUR=9,17;BYSETPOS=366,-366",
        "FREQ=DAILY;BYHOUR=" + "1," * 240 + "1",
    ],
)
def test_the_largest_numbers_are_accepted(text: str) -> None:
    assert len(text) <= LONGEST_RULE
    assert Rule.parse(str(Rule.parse(text))) == Rule.parse(text)


def test_a_message_repeats_little_of_a_hostile_text() -> None:
    with pytest.raises(RuleError) as refused:
        Rule.parse("X" * LONGEST_RULE)

    assert "X" * 20 in str(refused.value)
    assert "X" * 21 not in str(refused.value)


def read(text: str) -> Rule | None:
    try:
        return Rule.parse(text)
    except RuleError:
        return None


pieces = st.one_of(st.sampled_from(PARTS.split() + WORDS.split()), st.integers(-400, 400).map(str), st.text(max_size=3))
assembled = st.lists(st.one_of(pieces, st.sampled_from("=;,")), max_size=30).map("".join)
plausible = st.lists(st.tuples(st.sampled_from(PARTS.split()), pieces).map("=".join), max_size=8).map(";".join)


@settings(max_examples=1_000, deadline=None)
@given(st.one_of(st.text(), assembled, plausible, plausible.map("FREQ=YEARLY;{}".format)))
def test_any_text_is_a_rule_with_a_spelling_or_is_refused(text: str) -> None:
    rule = read(text)

    if rule is not None:
        assert Rule.parse(str(rule)) == rule
        assert len(str(rule)) <= LONGEST_RULE


@pytest.mark.parametrize(
    ("rule", "anchored"),
    [
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=YEARLY;BYMONTH=6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=SA;BYHOUR=9;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=WEEKLY;BYHOUR=7", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=7;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=DAILY;BYMINUTE=0", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=5"),
        ("FREQ=HOURLY", "FREQ=HOURLY;BYMINUTE=30;BYSECOND=5"),
        ("FREQ=MINUTELY", "FREQ=MINUTELY;BYSECOND=5"),
    ],
)
def test_what_a_rule_does_not_say_it_takes_from_its_first_slot(rule: str, anchored: str) -> None:
    assert str(Rule.parse(rule).anchored(wall("2026-01-31T09:30:05"))) == anchored
