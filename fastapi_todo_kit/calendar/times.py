"""Time values: a calendar day, a floating wall clock, or a wall clock in a zone. Pure; no web, no database.

The wall clock and the zone are the truth. The instant is derived from them: for a value without a zone it is the
wall clock read as UTC, so that values can be sorted, and compared with a viewer's own wall clock.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any, ClassVar, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from fastapi_todo_kit.core.fields import Day, WallClock, ZoneName

DATE_LENGTH: Final = len("2026-03-29")
_DAY: Final = timedelta(days=1)


class DateValue(BaseModel):
    """A whole day, wherever the viewer is."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    date: Day


class FloatingValue(BaseModel):
    """A wall clock, wherever the viewer is."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    datetime: WallClock


class FixedValue(BaseModel):
    """A wall clock in a time zone: one moment for everybody."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    datetime: WallClock
    timezone: ZoneName


# The tilde marks a tag, which is no part of the pointer that an error shows.
def _kind_of(value: Any) -> str:
    names = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
    if "timezone" in names:
        return "~fixed"
    return "~floating" if "datetime" in names else "~date"


# What needs more comes first: generated clients take the first one that does not complain of something missing.
TimeValue = Annotated[
    Annotated[FixedValue, Tag("~fixed")]
    | Annotated[FloatingValue, Tag("~floating")]
    | Annotated[DateValue, Tag("~date")],
    Discriminator(_kind_of),
]


def spell(value: DateValue | FloatingValue | FixedValue | None) -> dict[str, str] | None:
    """Return a value as the API shows it."""
    match value:
        case None:
            return None
        case DateValue():
            return {"date": value.date.isoformat()}
        case FloatingValue():
            return {"datetime": value.datetime.isoformat()}
        case FixedValue():
            return {"datetime": value.datetime.isoformat(), "timezone": value.timezone}


def spelled(local: str | None, zone: str | None) -> dict[str, str] | None:
    """Return what the API shows for a stored wall clock and zone."""
    if local is None:
        return None
    if len(local) == DATE_LENGTH:
        return {"date": local}
    return {"datetime": local} if zone is None else {"datetime": local, "timezone": zone}


def columns_for(name: str, shown: Mapping[str, str] | None) -> dict[str, Any]:
    """Return the columns `{name}_local`, `{name}_zone` and `{name}_at` that store a value as the API shows it."""
    if shown is None:
        return {f"{name}_local": None, f"{name}_zone": None, f"{name}_at": None}
    local, zone = shown.get("date") or shown["datetime"], shown.get("timezone")
    return {f"{name}_local": local, f"{name}_zone": zone, f"{name}_at": _instant(local, zone)}


Shown = Mapping[str, str]
"""A value as the API shows it."""


def is_all_day(shown: Shown) -> bool:
    """Say whether a value is a whole day."""
    return "date" in shown


def wall_clock_of(shown: Shown) -> datetime:
    """Return the wall clock of a value; of a whole day its midnight."""
    return datetime.fromisoformat(shown.get("date") or shown["datetime"])


def at_wall_clock(shown: Shown, wall_clock: datetime) -> dict[str, str]:
    """Return a value of the same kind, in the same zone, at another wall clock."""
    if is_all_day(shown):
        return {"date": wall_clock.date().isoformat()}
    return {**shown, "datetime": wall_clock.isoformat()}


def _instant(local: str, zone: str | None) -> datetime:
    return resolved(datetime.fromisoformat(local), UTC if zone is None else ZoneInfo(zone))


def resolved(wall_clock: datetime, zone: tzinfo) -> datetime:
    """Return the moment of a wall clock in a zone.

    A time that a change of the clocks leaves out moves on by the gap, one that comes twice is the first: both are what
    fold=0 means (PEP 495).
    """
    return wall_clock.replace(tzinfo=zone).astimezone(UTC)


def as_wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what a viewer's clock shows at a moment, read as UTC: comparable with values that have no zone."""
    return moment.astimezone(zone).replace(tzinfo=UTC)


def both_readings(moment: date | datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the start of a viewer's day, or a moment, as the wall clock read as UTC and as the instant."""
    if isinstance(moment, datetime):
        return as_wall_clock(moment, zone), moment
    midnight = datetime.combine(moment, time())
    return midnight.replace(tzinfo=UTC), midnight.replace(tzinfo=zone).astimezone(UTC)


def instant_of(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which a viewer's day begins, or the moment itself."""
    return moment if isinstance(moment, datetime) else both_readings(moment, zone)[1]


def day_of(moment: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the viewer's calendar day at a moment, and the day after it."""
    today = moment.astimezone(zone).date()
    return today, today + _DAY
