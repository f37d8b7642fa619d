"""How a recurring todo goes on: its record, as the API shows it, and what is stored beside it of its series."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from fastapi_todo_kit.calendar.rule import Rule, RuleError
from fastapi_todo_kit.calendar.series import Recurrence, Series
from fastapi_todo_kit.calendar.times import Shown, at_wall_clock, is_all_day, resolved, wall_clock_of
from fastapi_todo_kit.core.fields import FIRST_YEAR, LAST_YEAR

Record = Mapping[str, Any]


class Progress(TypedDict):
    """What is stored of a series: its id, `start`, `last` and `left` of `Series`, and the leads of a todo.

    A lead is how far start and deadline are from the slot: seconds, or days where they are whole days.
    """

    id: str
    start: str
    last: str | None
    left: int | None
    leads: dict[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """What a todo becomes when an occurrence is done with: fields as the API shows them, and its progress."""

    fields: dict[str, Any]
    progress: Progress


def first_step(record: Record, series_id: str) -> Step:
    """Return a todo at the first slot of its recurrence, which is its due.

    Raises:
        RuleError: the rule does not go with the due; the message says why.
    """
    due, recurrence = record["due"], _recurrence_of(record)
    if due is None:
        raise RuleError("A todo that recurs needs a due.")
    check_exdates(record)
    series = Series.beginning(recurrence, wall_clock_of(due), _zone_of(due), is_all_day=is_all_day(due))
    return Step({"occurrence": _spell(series.slot, due)}, _progress_of(series, series_id, _leads(record, series.slot)))


def advance(record: Record, progress: Progress, now: datetime, viewer: ZoneInfo) -> Step | None:
    """Return a todo at its next occurrence, with start and deadline as far from it as ever; None where none follows."""
    series = _series_of(record, progress).following(now, viewer)
    if series is None:
        return None
    fields = _fields_at(record, progress["leads"], series.slot)
    return None if fields is None else Step(fields, _progress_of(series, progress["id"], progress["leads"]))


def upcoming(record: Record, progress: Progress, now: datetime, viewer: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Yield what a todo becomes if it is completed now, and then each occurrence at its time."""
    for slot in _series_of(record, progress).upcoming(now, viewer):
        fields = _fields_at(record, progress["leads"], slot)
        if fields is None:
            return
        yield fields


def first_moment(record: Record) -> datetime:
    """Return the moment of the present slot of a todo; of one without a zone, as if it were in UTC."""
    return resolved(datetime.fromisoformat(record["occurrence"]), _zone_of(record["due"]) or UTC)


def leads_after(before: Record, fields: Record, leads: Mapping[str, int]) -> dict[str, int]:
    """Return the leads of a todo whose series goes on behind a change.

    Another start or deadline is another lead. Along with another due it is of the present occurrence only, unless there
    was none of its kind before: it is then as far from each slot as it is from that due.
    """
    after = {**before, **fields}
    is_moved = after["due"] != before["due"]
    anchor = wall_clock_of(after["due"]) if is_moved else datetime.fromisoformat(before["occurrence"])

    def is_kept(name: str) -> bool:
        return bool(before[name] == after[name] or (is_moved and _is_of_one_kind(before[name], after[name])))

    return {name: leads[name] if is_kept(name) else lead for name, lead in _leads(after, anchor).items()}


def _is_of_one_kind(one: Any, other: Any) -> bool:
    if one is None or isinstance(other, date):
        return one is not None
    return is_all_day(one) == is_all_day(other)


def _leads(record: Record, slot: datetime) -> dict[str, int]:
    """Return how far start and deadline of a todo are from a slot."""
    leads = {}
    if (start := record["start"]) is not None:
        wall = wall_clock_of(start)
        leads["start"] = (wall.date() - slot.date()).days if is_all_day(start) else _seconds(wall - slot)
    if (deadline := record["deadline"]) is not None:
        leads["deadline"] = (deadline - slot.date()).days
    return leads


def is_begun_anew(record: Record, fields: Record) -> bool:
    """Say whether changes of a recurring todo begin its series anew, or leave it where it is.

    Another due is of the present occurrence only, unless it comes with a recurrence, or in another zone or as another
    kind of value.
    """
    before, after = record["recurrence"], fields.get("recurrence", record["recurrence"])
    if any(before[name] != after[name] for name in ("rrule", "mode", "skip")):
        return True
    due = fields.get("due", record["due"])
    is_of_another_kind = (is_all_day(due), due.get("timezone")) != (
        is_all_day(record["due"]),
        record["due"].get("timezone"),
    )
    return is_of_another_kind or ("recurrence" in fields and due != record["due"])


def _fields_at(record: Record, leads: Mapping[str, int], slot: datetime) -> dict[str, Any] | None:
    """Return the values of a todo at a slot; None where one of them would be in a year that no value may have."""
    due, start, deadline = (record[name] for name in ("due", "start", "deadline"))
    fields: dict[str, Any] = {"due": at_wall_clock(due, slot), "occurrence": _spell(slot, due)}
    days = [slot.date()]
    if start is not None:
        lead = timedelta(days=leads["start"]) if is_all_day(start) else timedelta(seconds=leads["start"])
        fields["start"] = at_wall_clock(start, slot + lead)
        days.append((slot + lead).date())
    if deadline is not None:
        fields["deadline"] = slot.date() + timedelta(days=leads["deadline"])
        days.append(fields["deadline"])
    return fields if all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days) else None


def _series_of(record: Record, progress: Progress) -> Series:
    due, last = record["due"], progress["last"]
    return Series(
        recurrence=_recurrence_of(record),
        start=datetime.fromisoformat(progress["start"]),
        slot=datetime.fromisoformat(record["occurrence"]),
        zone=_zone_of(due),
        is_all_day=is_all_day(due),
        last=None if last is None else datetime.fromisoformat(last),
        left=progress["left"],
    )


def _progress_of(series: Series, series_id: str, leads: dict[str, int]) -> Progress:
    last = series.last
    return {
        "id": series_id,
        "start": series.start.isoformat(),
        "last": None if last is None else last.isoformat(),
        "left": series.left,
        "leads": leads,
    }


def _recurrence_of(record: Record) -> Recurrence:
    shown = record["recurrence"]
    return Recurrence(
        rule=Rule.parse(shown["rrule"]),
        mode=shown["mode"],
        skip=shown["skip"],
        catch_up=shown["catch_up"],
        exdates=frozenset(map(datetime.fromisoformat, shown["exdates"])),
    )


def check_exdates(record: Record) -> None:
    """Make sure that what is left out is spelled as the slots are.

    Raises:
        RuleError: it is not.
    """
    whole_days = is_all_day(record["due"])
    if any(("T" not in one) != whole_days for one in record["recurrence"]["exdates"]):
        raise RuleError(f"With this due, exdates are {'days' if whole_days else 'local times'}.")


def _zone_of(due: Shown) -> ZoneInfo | None:
    return ZoneInfo(due["timezone"]) if "timezone" in due else None


def _spell(slot: datetime, due: Shown) -> str:
    return slot.date().isoformat() if is_all_day(due) else slot.isoformat()


def _seconds(span: timedelta) -> int:
    return span.days * 86_400 + span.seconds
