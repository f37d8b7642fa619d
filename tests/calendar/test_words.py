"""Rules in words, in two languages: nothing in a sentence comes from elsewhere than its wording."""

import re
from collections.abc import Sequence

import pytest

from fastapi_todo_kit.calendar.rule import Rule
from fastapi_todo_kit.calendar.words import Wording, in_words
from tests.calendar.support import EXAMPLES, Example

pytestmark = pytest.mark.thorough


def german_list(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} und {last}" if first else last


def german_ordinal(number: int) -> str:
    return f"{number}." if number > 0 else "letzten" if number == -1 else f"{-number}.-letzten"


GERMAN = Wording(
    every={
        "YEARLY": "jedes Jahr",
        "MONTHLY": "jeden Monat",
        "WEEKLY": "jede Woche",
        "DAILY": "jeden Tag",
        "HOURLY": "jede Stunde",
        "MINUTELY": "jede Minute",
    },
    every_nth={
        "YEARLY": "alle {n} Jahre",
        "MONTHLY": "alle {n} Monate",
        "WEEKLY": "alle {n} Wochen",
        "DAILY": "alle {n} Tage",
        "HOURLY": "alle {n} Stunden",
        "MINUTELY": "alle {n} Minuten",
    },
    weekdays=["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months=[
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    ordinal=german_ordinal,
    listed=german_list,
    day=lambda day: f"{day:%d.%m.%Y}",
    on_workdays="werktags",
    on_weekdays="am {days}",
    nth_weekday="{nth} {day}",
    on_month_days="am {numbers} des Monats",
    on_year_days="am {numbers} Tag des Jahres",
    in_weeks="in der {numbers} Woche",
    in_months="im {months}",
    at="um {times}",
    at_hours="in den Stunden {hours}",
    at_minutes="zu den Minuten {minutes}",
    at_positions="(davon nur den {positions})",
    until="bis {day}",
    times="({n} Mal)",
    once="(einmal)",
)


@pytest.mark.parametrize(
    ("rule", "english", "german"),
    [
        ("FREQ=DAILY", "every day", "jeden Tag"),
        ("FREQ=MINUTELY;INTERVAL=15", "every 15 minutes", "alle 15 Minuten"),
        ("FREQ=HOURLY;BYMINUTE=0,30", "every hour at the minutes 00 and 30", "jede Stunde zu den Minuten 00 und 30"),
        ("FREQ=MINUTELY;BYHOUR=9", "every minute in the hours 09", "jede Minute in den Stunden 09"),
        (
            "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=5",
            "every day at 09:05 and 17:05",
            "jeden Tag um 09:05 und 17:05",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week from Monday to Friday", "jede Woche werktags"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO,TH",
            "every 2 weeks on Monday, Thursday and Sunday",
            "alle 2 Wochen am Montag, Donnerstag und Sonntag",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1FR,-1SU",
            "every month on the last Sunday and the 1st Friday",
            "jeden Monat am letzten Sonntag und 1. Freitag",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,2,3,11,12,13,21,-1,-2",
            "every month on the 1st, 2nd, 3rd, 11th, 12th, 13th, 21st, 2nd to last and last of the month",
            "jeden Monat am 1., 2., 3., 11., 12., 13., 21., 2.-letzten und letzten des Monats",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month from Monday to Friday (of these only the last)",
            "jeden Monat werktags (davon nur den letzten)",
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=1,111,122",
            "every year on the 1st, 111th and 122nd day of the year",
            "jedes Jahr am 1., 111. und 122. Tag des Jahres",
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=3,11;BYDAY=TU",
            "every 4 years on Tuesday in March and November",
            "alle 4 Jahre am Dienstag im März und November",
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "every year on Monday in the 20th week",
            "jedes Jahr am Montag in der 20. Woche",
        ),
        ("FREQ=DAILY;UNTIL=20261231", "every day until 31 December 2026", "jeden Tag bis 31.12.2026"),
        (
            "FREQ=DAILY;UNTIL=20261231T170000",
            "every day until 31 December 2026 17:00",
            "jeden Tag bis 31.12.2026 17:00",
        ),
        (
            "FREQ=DAILY;UNTIL=20261231T170000Z",
            "every day until 31 December 2026 17:00 UTC",
            "jeden Tag bis 31.12.2026 17:00 UTC",
        ),
        ("FREQ=DAILY;COUNT=10", "every day (10 times)", "jeden Tag (10 Mal)"),
        ("FREQ=DAILY;COUNT=1", "every day (once)", "jeden Tag (einmal)"),
    ],
)
def test_a_rule_is_a_sentence_in_the_words_of_a_language(rule: str, english: str, german: str) -> None:
    parsed = Rule.parse(rule)

    assert in_words(parsed) == english
    assert in_words(parsed, GERMAN) == german


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_rule_of_the_rfc_has_words(example: Example) -> None:
    rule = Rule.parse(example.rule)

    english, german = in_words(rule), in_words(rule, GERMAN)

    assert english.startswith("every ")
    assert not re.search(r"[{}]|  |None", english + german)
    assert not re.search(r"every|\b(on|the|of|and|until|times)\b", german)


def test_rules_of_the_rfc_that_differ_have_different_words() -> None:
    # WKST is not put into words: it changes which days are meant, and not how one would say them.
    rules = {str(Rule.parse(example.rule)).partition(";WKST")[0] for example in EXAMPLES}

    assert len({in_words(Rule.parse(rule)) for rule in rules}) == len(rules)
